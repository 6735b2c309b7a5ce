"""SHACL shapes and SPARQL quality checks over an assembled store.

Shapes are run by pySHACL on an rdflib memory graph: given an Oxigraph store it reports
violations that are none. Checks are SELECT queries in `ontology/checks/`, one a rule;
each row is a finding about `?focus`, told by `?message`.
"""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path

import pyoxigraph as ox
from pyshacl import validate as run_pyshacl
from rdflib import Graph, Literal, URIRef
from rdflib.namespace import RDF, SH, XSD
from rdflib.term import Node

from kg.errors import InputError
from kg.rules import read_header
from kg.store import Store, facts, select
from kg.terms import LEDGER, shorten

__all__ = ["Violation", "run_checks", "run_shapes"]


# Triples from which two processes are worth their start.
_LARGE = 30_000


@dataclass(frozen=True, order=True)
class Violation:
    """What a shape or a check found: about which node, under which rule, and in words."""

    focus: str
    rule: str
    message: str


def checked_graph(store: Store) -> Graph:
    """Copy the accepted view and the ledger into an rdflib memory graph."""
    graph = Graph()
    terms: dict[object, Node] = {}
    for name in (ox.DefaultGraph(), ox.NamedNode(LEDGER)):
        for fact in facts(store, graph=name):
            for term in fact.triple:
                if term not in terms:
                    terms[term] = _to_rdflib(term)
            # The memory store itself: `Graph.add` would check again what cannot be wrong here.
            graph.store.add((terms[fact.subject], terms[fact.predicate], terms[fact.object]), graph)
    return graph


def _to_rdflib(term: ox.NamedNode | ox.Literal) -> Node:
    if isinstance(term, ox.NamedNode):
        return URIRef(term.value)
    if term.language:
        return Literal(term.value, lang=term.language)
    # rdflib tells plain strings from xsd:string, SHACL's `sh:in ("x")` means plain ones.
    datatype = None if term.datatype.value == str(XSD.string) else URIRef(term.datatype.value)
    return Literal(term.value, datatype=datatype)


def run_shapes(store: Store, folder: Path) -> list[Violation]:
    """Validate the accepted view and the ledger against the shapes of a folder."""
    graph = checked_graph(store)
    files = sorted(folder.glob("*.ttl"))
    if len(graph) < _LARGE:
        return _validate(graph, files)
    # The ledger's shapes look at every claim and take as long as all others together.
    ledger = [path for path in files if path.stem == "claims"]
    return _in_processes(graph, [ledger, [path for path in files if path not in ledger]])


def _in_processes(graph: Graph, shares: list[list[Path]]) -> list[Violation]:
    """Validate each share of the shapes in a process of its own; a fork has the graph without copying it."""
    context = multiprocessing.get_context("fork")
    started = []
    for files in shares:
        receiving, sending = context.Pipe(duplex=False)
        process = context.Process(target=_send, args=(graph, files, sending))
        process.start()
        sending.close()
        started.append((process, receiving))
    found: list[Violation] = []
    for process, receiving in started:
        try:
            found += receiving.recv()
        except EOFError as error:
            raise InputError("the shapes could not be checked: a process ended early; free some memory") from error
        finally:
            process.join()
    return found


def _send(graph: Graph, files: list[Path], connection: Connection) -> None:
    connection.send(_validate(graph, files))


def _validate(graph: Graph, files: list[Path]) -> list[Violation]:
    shapes = Graph()
    for path in files:
        shapes.parse(path, format="turtle")
    # In place: a copy of the graph would take longer than the validation.
    _, report, _ = run_pyshacl(graph, shacl_graph=shapes, inplace=True, meta_shacl=False)
    # Only the report's own results: pySHACL also writes the details of nested shapes as results.
    return [_violation(shapes, report, result) for result in report.objects(predicate=SH.result)]


def _violation(shapes: Graph, report: Graph, result: Node) -> Violation:
    texts = report.objects(result, SH.resultMessage)
    messages = sorted(str(text) for text in texts if _language(text) in (None, "en"))
    source = _shape_name(shapes, report.value(result, SH.sourceShape))
    return Violation(str(report.value(result, SH.focusNode)), source, "; ".join(messages))


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
