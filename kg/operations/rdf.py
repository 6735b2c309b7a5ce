"""The verbs that give RDF: what is known about an id, the ontology, the description of the data set, the context."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any

import pyoxigraph as ox

from kg.entities.description import describe_node
from kg.export.jsonld import release_context
from kg.graph import Graph
from kg.operations.rdf_writer import write_rdf
from kg.rdf.namespaces import expand
from kg.rdf.store import facts
from kg.rdf.vocab import ONTOLOGY, VIEW
from kg.release.dcat import Place, count_partitions, describe_dataset

__all__ = ["RDF_VERBS"]

Plain = dict[str, Any]


def rdf(graph: Graph, path: str, form: str, behind: bool = False) -> str:
    """Write what is known about an id in an RDF form; with the claims `behind` it on request."""
    found = describe_node(graph.provenance, ox.NamedNode(expand(path)), claims=behind)
    return write_rdf(found, form, _context(graph))


@lru_cache(maxsize=2)
def _context(graph: Graph) -> Plain:
    return release_context(graph.release.store)


def context(graph: Graph) -> Plain:
    """Give the JSON-LD context of the release."""
    return {"@context": _context(graph)}


def ontology(graph: Graph, form: str) -> str:
    """Write the ontology in an RDF form."""
    found = sorted(facts(graph.release.store, graph=ONTOLOGY), key=str)
    plain = [fact._replace(graph=VIEW) for fact in found]
    return write_rdf(plain, form, _context(graph))


def dataset(graph: Graph, site: str, files: list[Plain], form: str) -> str:
    """Describe the release as a data set, in an RDF form."""
    place = Place(site, tuple(files))
    return write_rdf(describe_dataset(graph.release.id, partitions(graph), place), form, _context(graph))


@lru_cache(maxsize=2)
def partitions(graph: Graph) -> Plain:
    """Count the release by class and property."""
    return count_partitions(graph.release.store)


RDF_VERBS: tuple[Callable[..., Any], ...] = (rdf, context, ontology, dataset, partitions)
