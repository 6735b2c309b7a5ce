"""SHACL shapes and SPARQL quality checks over an assembled store.

Shapes are run by pySHACL on an rdflib memory graph: given an Oxigraph store it reports
violations that are none. Checks are SELECT queries in `ontology/checks/`, one a rule;
each row is a finding about `?focus`, told by `?message`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox
from pyshacl import validate as run_pyshacl
from rdflib import Graph, URIRef
from rdflib.namespace import RDF, SH
from rdflib.term import Node

from kg.rules import read_header
from kg.store import Store, select
from kg.terms import LEDGER, shorten

__all__ = ["Violation", "run_checks", "run_shapes"]


@dataclass(frozen=True, order=True)
class Violation:
    """What a shape or a check found: about which node, under which rule, and in words."""

    focus: str
    rule: str
    message: str


def checked_graph(store: Store) -> Graph:
    """Copy the accepted view and the ledger into an rdflib memory graph."""
    graph = Graph()
    triples = (
        ox.Triple(quad.subject, quad.predicate, quad.object)
        for name in (ox.DefaultGraph(), ox.NamedNode(LEDGER))
        for quad in store.quads_for_pattern(None, None, None, name)
    )
    data = ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES)
    if data:
        graph.parse(data=data.decode("utf-8"), format="nt")
    return graph


def run_shapes(store: Store, folder: Path) -> Iterator[Violation]:
    """Validate the accepted view and the ledger against the shapes of a folder."""
    shapes = Graph()
    for path in sorted(folder.glob("*.ttl")):
        shapes.parse(path, format="turtle")
    _, report, _ = run_pyshacl(checked_graph(store), shacl_graph=shapes, advanced=True, meta_shacl=False)
    # Only the report's own results: pySHACL also writes the details of nested shapes as results.
    for result in report.objects(predicate=SH.result):
        focus = report.value(result, SH.focusNode)
        source = report.value(result, SH.sourceShape)
        messages = sorted(
            str(text) for text in report.objects(result, SH.resultMessage) if _language(text) in (None, "en")
        )
        yield Violation(str(focus), _shape_name(shapes, source), "; ".join(messages))


def _language(text: object) -> str | None:
    return getattr(text, "language", None)


def _shape_name(shapes: Graph, source: Node | None) -> str:
    """Name a shape by its own id, or by the node shape that holds it."""
    while not isinstance(source, URIRef):
        source = next(iter(shapes.subjects(SH.property, source)), None) or next(
            iter(shapes.subjects(SH.sparql, source)), RDF.nil
        )
    return shorten(str(source)).removeprefix("kg:")


def run_checks(store: Store, folder: Path) -> Iterator[Violation]:
    """Run the SPARQL checks of a folder; a check without rows found nothing."""
    for path in sorted(folder.glob("*.rq")):
        _, text = read_header(path)
        _, rows = select(store, text)
        for row in rows:
            yield Violation(str(row["focus"].value), path.stem, str(row["message"].value))


def in_words(violations: Iterable[Violation]) -> list[Violation]:
    """Sort violations, each once."""
    return sorted(set(violations))
