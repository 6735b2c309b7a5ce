"""The verbs that give RDF: what is known about an id, the ontology, the description of the data set, the context."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any

from kg.entities.description import describe_node
from kg.entities.term import describe_term, find_term
from kg.export.jsonld import release_context
from kg.graph import Graph
from kg.ontology.glossary import read_glossary
from kg.operations.rdf_writer import write_rdf
from kg.rdf import NamedNode
from kg.rdf.labels import label
from kg.rdf.namespaces import ROOT, expand, shorten
from kg.rdf.store import Fact, facts
from kg.rdf.vocab import ONTOLOGY, VIEW
from kg.release.dcat import Place, count_partitions, describe_dataset

__all__ = ["RDF_VERBS"]

Plain = dict[str, Any]


def rdf(graph: Graph, path: str, format: str, behind: bool = False) -> str:
    """Write what is known about an id in an RDF format; with the claims `behind` it on request."""
    found = describe_node(graph.provenance, NamedNode(expand(path)), claims=behind)
    return write_rdf(found, format, _context(graph))


@lru_cache(maxsize=2)
def _context(graph: Graph) -> Plain:
    return release_context(graph.release.store)


def context(graph: Graph) -> Plain:
    """Give the JSON-LD context of the release."""
    return {"@context": _context(graph)}


def ontology(graph: Graph, format: str) -> str:
    """Write the ontology in an RDF format."""
    found = sorted(facts(graph.release.store, graph=ONTOLOGY), key=str)
    plain = [fact._replace(graph=VIEW) for fact in found]
    return write_rdf(plain, format, _context(graph))


def term(graph: Graph, path: str, format: str) -> str:
    """Write what an address below the root says that is no id: a module, an alignment, a unit, a rule, a graph."""
    return write_rdf(_term(graph, path), format, _context(graph))


def term_record(graph: Graph, path: str, language: str) -> Plain:
    """Give the same for a page; a module of the ontology names itself, since the page of the ontology shows it."""
    node = find_term(graph.release.store, path)
    modules = {module.name for module in read_glossary(graph.release.store)}
    name = node.value.removeprefix(f"{ROOT}ontology").removeprefix("/")
    if node.value == f"{ROOT}ontology" or name in modules:
        return {"module": name}
    rows = [fact for fact in _term(graph, path) if fact.subject == node]
    return {"id": shorten(node.value), "facts": [_row(graph, fact, language) for fact in rows], "module": None}


def _term(graph: Graph, path: str) -> list[Fact]:
    store = graph.release.store
    rules = {name: rule for name, (rule, _) in graph.provenance.rules.items()}
    return describe_term(store, rules, find_term(store, path))


def _row(graph: Graph, fact: Fact, language: str) -> Plain:
    return {
        "property": {"id": shorten(fact.predicate.value), "name": label(graph.release.store, fact.predicate, language)},
        "value": {
            "id": shorten(fact.object.value) if isinstance(fact.object, NamedNode) else fact.object.value,
            "name": label(graph.release.store, fact.object, language),
        },
    }


def dataset(graph: Graph, site: str, files: list[Plain], format: str) -> str:
    """Describe the release as a data set, in an RDF format."""
    place = Place(site, tuple(files))
    return write_rdf(describe_dataset(graph.release.id, partitions(graph), place), format, _context(graph))


@lru_cache(maxsize=2)
def partitions(graph: Graph) -> Plain:
    """Count the release by class and property."""
    return count_partitions(graph.release.store)


RDF_VERBS: tuple[Callable[..., Any], ...] = (rdf, context, ontology, term, term_record, dataset, partitions)
