"""Every address that the data or the ontology use answers: ids, modules, alignments, units, rules, graphs."""

from __future__ import annotations

import csv

import pyoxigraph as ox
import pytest

from kg.entities.term import describe_term, find_term
from kg.errors import NotFound, Withdrawn
from kg.graph import Graph
from kg.operations.pages import locate
from kg.rdf.namespaces import BASE, ROOT, shorten
from kg.rdf.nodes import find_node
from kg.rdf.store import Store, facts
from tests.support.articles import DATA
from tests.support.serving import Server

# What came before is told in a header and is not served: there was no address for it then.
PRIOR = ox.NamedNode("http://www.w3.org/2002/07/owl#priorVersion")


def addresses(store: Store) -> set[str]:
    """Name each address of ours that any graph of a release uses, without what stands behind a #."""
    used: set[str] = set()
    for fact in facts(store):
        if fact.predicate != PRIOR:
            terms = (fact.subject, fact.predicate, fact.object, fact.graph)
            used |= {term.value.partition("#")[0] for term in terms if isinstance(term, ox.NamedNode)}
    return {iri for iri in used if iri.startswith(ROOT)}


def test_every_address_of_the_articles_answers(site: Server, graph: Graph) -> None:
    used = addresses(graph.release.store)
    assert {part.partition("/")[0] for part in (iri.removeprefix(ROOT) for iri in used)} >= {
        "id",
        "ontology",
        "rule",
        "graph",
    }
    refused = {}
    for iri in sorted(used):
        reply = site.ask("/" + iri.removeprefix(ROOT), Accept="text/turtle")
        if reply.status not in (200, 308):
            refused[iri] = reply.status
    assert refused == {}


def test_every_address_of_the_wide_data_is_known(wide_graph: Graph) -> None:
    store = wide_graph.release.store
    rules = {name: rule for name, (rule, _) in wide_graph.provenance.rules.items()}
    with (DATA / "withdrawn.csv").open(encoding="utf-8", newline="") as lines:
        withdrawn = {line["id"] for line in csv.DictReader(lines)}
    for iri in sorted(addresses(store)):
        # What a term of the ontology took the place of leads there, though it is withdrawn.
        if iri.startswith(BASE) and shorten(iri) in withdrawn and find_node(store, shorten(iri)) is None:
            with pytest.raises(Withdrawn):
                locate(wide_graph, shorten(iri))
        elif iri.startswith(BASE):
            assert locate(wide_graph, shorten(iri))["sort"]
        elif iri != ROOT + "ontology":
            assert describe_term(store, rules, find_term(store, iri.removeprefix(ROOT)))


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/ontology/claims", ["kg:Claim a owl:Class", "kg:rivalOf a "]),
        ("/ontology/0.2.0/claims", ["kg:Claim a owl:Class"]),
        ("/ontology/alignments/oa", ["TextPositionSelector"]),
        ("/unit/PERCENT_CHANGE.ttl", ["percent-change"]),
        ("/rule/owned-by", ["SPARQLRule", "CONSTRUCT"]),
        ("/graph/ledger", ["Graph", "账本"]),
    ],
)
def test_each_sort_says_what_it_is(site: Server, path: str, words: list[str]) -> None:
    reply = site.ask(path, Accept="text/turtle")
    assert (reply.status, reply.headers["content-type"]) == (200, "text/turtle; charset=utf-8")
    assert all(word in reply.body.decode() for word in words)


def test_a_module_leads_people_to_its_part_of_the_page(site: Server) -> None:
    reply = site.ask("/ontology/claims", Accept="text/html")
    assert (reply.status, reply.headers["location"].partition("#")[2]) == (303, "module-claims")
    page = site.ask("/unit/PERCENT_CHANGE", Accept="text/html")
    assert page.status == 200
    assert "percent-change" in page.body.decode()


@pytest.mark.parametrize(
    "path", ["/ontology/nothing", "/ontology/alignments/nothing", "/unit/NOTHING", "/rule/nothing", "/graph/x"]
)
def test_what_is_not_there_is_told(site: Server, path: str) -> None:
    reply = site.ask(path, Accept="application/json, text/turtle;q=0.5")
    assert reply.status == 404
    assert "Traceback" not in reply.body.decode()


def test_an_unknown_address_is_no_term(graph: Graph) -> None:
    with pytest.raises(NotFound):
        describe_term(graph.release.store, {}, find_term(graph.release.store, "ontology/nothing"))
