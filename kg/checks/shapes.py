"""SHACL shapes and SPARQL quality checks over an assembled store.

Shapes are run by pySHACL on an rdflib memory graph: given an Oxigraph store it reports
violations that are none. A stricter copy of them (`kg.checks.prefilter`) picks the few nodes that
need a closer look. Checks are SELECT queries in `ontology/checks/`, one a rule;
each row is a finding about `?focus`, told by `?message`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from pyshacl import validate as run_pyshacl
from rdflib import Graph, Literal, URIRef
from rdflib.namespace import RDF, SH, XSD
from rdflib.term import Node

from kg.checks.plain_store import PlainGraph
from kg.checks.prefilter import Prefilter, predicates_of, prefilter_of, retarget
from kg.errors import InputError
from kg.rdf import Literal as LiteralNode
from kg.rdf import NamedNode
from kg.rdf.namespaces import shorten
from kg.rdf.store import Fact, Store, facts, select
from kg.rdf.vocab import LEDGER, VIEW
from kg.regular_file import read_regular
from kg.sparql.query_file import read_query_file

__all__ = ["Violation", "run_checks", "run_shapes"]

_Triple = tuple[Node, Node, Node]


@dataclass(frozen=True, order=True)
class Violation:
    """What a shape or a check found: about which node, under which rule, and in words."""

    focus: str
    rule: str
    message: str


def checked_graph(store: Store, predicates: Collection[str] | None = None, shapes: Iterable[_Triple] = ()) -> Graph:
    """Copy the accepted view and the ledger into an rdflib memory graph, whole or the facts of some predicates.

    What shapes name is the same object in both: to find a key that is only equal takes twice as long.
    """
    graph = PlainGraph()
    named = {term for triple in shapes for term in triple if isinstance(term, URIRef)}
    terms: dict[object, Node] = {NamedNode(term): term for term in named}
    for fact in _checked_facts(store, predicates):
        for term in fact.triple:
            if term not in terms:
                terms[term] = _to_rdflib(term)
        # The memory itself: `Graph.add` would check again what cannot be wrong here.
        graph.store.add((terms[fact.subject], terms[fact.predicate], terms[fact.object]), graph)
    return graph


def _checked_facts(store: Store, predicates: Collection[str] | None) -> Iterator[Fact]:
    chosen = [None] if predicates is None else [NamedNode(name) for name in sorted(predicates)]
    for name in (VIEW, LEDGER):
        for predicate in chosen:
            yield from facts(store, None, predicate, None, name)


def _to_rdflib(term: NamedNode | LiteralNode) -> Node:
    if isinstance(term, NamedNode):
        return URIRef(term.value)
    if term.language:
        return Literal(term.value, lang=term.language)
    # rdflib tells plain strings from xsd:string, SHACL's `sh:in ("x")` means plain ones.
    datatype = None if term.datatype.value == str(XSD.string) else URIRef(term.datatype.value)
    return Literal(term.value, datatype=datatype)


def run_shapes(store: Store, folder: Path) -> list[Violation]:
    """Validate the accepted view and the ledger against the shapes of a folder."""
    shapes = Graph()
    for path in sorted(folder.glob("*.ttl")):
        try:
            shapes.parse(data=read_regular(path), format="turtle")
        except OSError as error:
            raise InputError(f"{path}: the shapes cannot be read ({error.strerror}); mend the folder") from error
    graph = checked_graph(store, predicates_of(shapes), shapes)
    screen = prefilter_of(shapes, graph)
    report, results = _validate(graph, screen.shapes)
    suspects = {_suspect(screen, report, result) for result in results}
    if not suspects:
        return []
    # A shape deeper inside does not tell at which node it was asked for: then all shapes ask all nodes.
    certain = {suspect for suspect in suspects if suspect is not None}
    report, results = _validate(graph, retarget(shapes, certain) if certain == suspects else shapes)
    return [_violation(shapes, report, result) for result in results]


def _suspect(screen: Prefilter, report: Graph, result: Node) -> tuple[Node, Node] | None:
    """Give the shape of ours that has to look at a node that did not pass the screen, and the node."""
    source, focus = report.value(result, SH.sourceShape), report.value(result, SH.focusNode)
    owner = screen.owners.get(source) if source is not None else None
    return (owner, focus) if owner is not None and focus is not None else None


def _validate(graph: Graph, shapes: Graph) -> tuple[Graph, list[Node]]:
    """Run pySHACL; gives its report and the results in it."""
    # In place: a copy of the graph would take longer than the validation.
    _, report, _ = run_pyshacl(graph, shacl_graph=shapes, inplace=True, meta_shacl=False)
    # Only the report's own results: pySHACL also writes the details of nested shapes as results.
    return report, list(report.objects(predicate=SH.result))


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


def run_checks(store: Store, folder: Path) -> list[Violation]:
    """Run the SPARQL checks of a folder; a check without rows found nothing."""
    found = []
    for path in sorted(folder.glob("*.rq")):
        _, text = read_query_file(path)
        _, rows = select(store, text)
        found += [Violation(str(row["focus"].value), path.stem, str(row["message"].value)) for row in rows]
    return found
