"""What a release holds about one id, and how it is written in each form."""

from __future__ import annotations

import json

import pyoxigraph as ox
import pytest
import rdflib

from kg.entities.description import describe_node, is_minted
from kg.export.jsonld import release_context
from kg.formats import RDF
from kg.graph import Graph
from kg.operations.rdf_writer import write_rdf
from kg.rdf.namespaces import KG, expand
from kg.rdf.store import Fact
from kg.rdf.vocab import LEDGER

IDS = [
    "base/yanzhou/phase-one",
    "company/catl",
    "kg:BatteryManufacturing",
    "document/shandong-times-60gwh",
    "claim/shandong-times-60gwh/phase-one-land",
]
READERS = {
    "ttl": ox.RdfFormat.TURTLE,
    "nt": ox.RdfFormat.N_TRIPLES,
    "rdf": ox.RdfFormat.RDF_XML,
    "trig": ox.RdfFormat.TRIG,
    "nq": ox.RdfFormat.N_QUADS,
    "jsonld": ox.RdfFormat.JSON_LD,
}


def described(graph: Graph, name: str, *, claims: bool = False) -> list[Fact]:
    return describe_node(graph.provenance, ox.NamedNode(expand(name)), claims=claims)


@pytest.mark.parametrize("form", RDF)
@pytest.mark.parametrize("name", IDS)
def test_every_form_reads_back_as_what_was_written(graph: Graph, name: str, form: str) -> None:
    found = described(graph, name, claims=True)
    text = write_rdf(found, form, release_context(graph.release.store))
    read = set(ox.parse(text.encode(), format=READERS[form]))
    wanted = {ox.Quad(*fact) if RDF[form].keeps_graphs else ox.Quad(*fact.triple) for fact in found}
    assert read == wanted


@pytest.mark.parametrize("form", RDF)
def test_the_same_facts_are_the_same_text(graph: Graph, form: str) -> None:
    context = release_context(graph.release.store)
    texts = {write_rdf(described(graph, IDS[0]), form, context) for _ in range(3)}
    assert len(texts) == 1


@pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")
def test_rdflib_reads_the_json_ld_by_its_own_context(graph: Graph) -> None:
    found = described(graph, IDS[0])
    text = write_rdf(found, "jsonld", release_context(graph.release.store))
    read = rdflib.Graph().parse(data=text, format="json-ld")
    assert len(read) == len({fact.triple for fact in found})
    assert len(json.loads(text)["@context"]) < 60


def test_an_entity_comes_with_its_values_and_the_names_of_what_it_mentions(graph: Graph) -> None:
    found = {fact.triple for fact in described(graph, "base/yanzhou/phase-one")}
    value = ox.NamedNode(expand("claim/bs178-jining-may/phase-one-land#landArea"))
    assert any(triple[0] == value and triple[1].value == KG + "value" for triple in found)
    assert any(triple[1].value.endswith("#label") and triple[2].value == "land area" for triple in found)
    assert any(triple[2] == ox.NamedNode(expand("base/yanzhou/phase-one")) for triple in found)


def test_without_claims_nothing_is_from_a_claim_and_with_them_each_says_who(graph: Graph) -> None:
    plain = described(graph, "base/yanzhou/phase-one")
    assert {str(fact.graph) for fact in plain} <= {"DEFAULT", f"<{LEDGER.value}>"}
    full = described(graph, "base/yanzhou/phase-one", claims=True)
    graphs = {fact.graph.value for fact in full if isinstance(fact.graph, ox.NamedNode)} - {LEDGER.value}
    assert set(plain) <= set(full)
    assert graphs
    made = {fact.object.value for fact in full if fact.predicate.value == KG + "makesClaim"}
    assert graphs <= made


def test_a_claim_is_its_graph_its_evidence_and_its_document(graph: Graph) -> None:
    found = described(graph, "claim/shandong-times-60gwh/phase-one-land")
    words = {fact.predicate.value.removeprefix(KG) for fact in found}
    assert {"verbatim", "start", "end", "rank", "outrankedBy", "makesClaim", "title", "landArea"} <= words
    assert sum(fact.predicate.value == KG + "makesClaim" for fact in found) == 1


def test_what_is_minted_is_known(graph: Graph) -> None:
    store = graph.release.store
    assert all(is_minted(store, ox.NamedNode(expand(name))) for name in IDS)
    assert not is_minted(store, ox.NamedNode(expand("company/nobody")))
