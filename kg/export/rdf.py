"""RDF texts: N-Quads and TriG of everything, Turtle of the accepted view; the same release gives the same bytes."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import BinaryIO

from kg.export.metadata import Origin
from kg.ontology.vocabulary import read_vocabulary
from kg.rdf import NamedNode
from kg.rdf.io import Statement, serialize
from kg.rdf.namespaces import BASE, KG, PREFIXES
from kg.rdf.store import Fact, GraphName, Store, facts
from kg.rdf.vocab import RDF_TYPE, RDFS_LABEL, SKOS_ALT_LABEL, VIEW

__all__ = ["classes_above", "in_order", "write_nquads", "write_trig", "write_turtle"]

# What a reader looks for first, in this order; then by name.
_FIRST = {
    name: at
    for at, name in enumerate(
        (RDF_TYPE.value, RDFS_LABEL.value, SKOS_ALT_LABEL.value),
    )
}


def write_nquads(dump: Path, stream: BinaryIO) -> None:
    """Copy the release's dump, which is canonical: sorted, one quad a line, as its manifest sums it."""
    with dump.open("rb") as file:
        shutil.copyfileobj(file, stream, 1 << 20)


def write_turtle(store: Store, origin: Origin, stream: BinaryIO) -> None:
    """Write the accepted view as Turtle: things in order of their names, their type and labels first."""
    view = (fact.triple for fact in in_order(facts(store, graph=VIEW), classes_above(store)))
    _write(view, "ttl", origin, stream)


def write_trig(store: Store, origin: Origin, stream: BinaryIO) -> None:
    """Write everything as TriG: the accepted view, then each graph: claims, ledger, entities, ontology, rules."""
    _write(_by_graph(store), "trig", origin, stream)


def _by_graph(store: Store) -> Iterator[Fact]:
    named = sorted((graph for graph in store.named_graphs() if isinstance(graph, NamedNode)), key=str)
    graphs: list[GraphName] = [VIEW, *named]
    above = classes_above(store)
    for graph in graphs:
        yield from in_order(facts(store, graph=graph), above)


def _write(found: Iterable[Statement], form: str, origin: Origin, stream: BinaryIO) -> None:
    """Write with ids as on the command line, `<company/catl>`."""
    text = serialize(found, form, PREFIXES, BASE)
    head = [f"# {line}" for line in origin.lines()]
    head += [f"@base <{BASE}> .", *(f"@prefix {name}: <{PREFIXES[name]}> ." for name in sorted(PREFIXES))]
    stream.write("\n".join([*head, "", ""]).encode())
    stream.write(_without_head(text))


def _without_head(text: bytes) -> bytes:
    """Drop the lines of base and prefixes, which the engine writes in an order of chance."""
    start = 0
    while text.startswith((b"@base", b"@prefix"), start):
        start = text.index(b"\n", start) + 1
    return text[start:]


def classes_above(store: Store) -> dict[str, int]:
    """Count the classes above each class of the ontology: the more, the narrower it is."""
    return {KG + name: len(classes) for name, classes in read_vocabulary(store).superclasses.items()}


def in_order(found: Iterable[Fact], above: Mapping[str, int]) -> list[Fact]:
    """Sort facts by subject, then type, labels and the other properties by name, then value.

    Of the classes of a thing the narrowest comes first: it says what the thing is, the others follow from it.
    """

    def place(fact: Fact) -> tuple[str, int, str, int, str]:
        name, value = fact.predicate.value, fact.object
        width = -above.get(value.value, 0) if name == RDF_TYPE.value else 0
        return fact.subject.value, _FIRST.get(name, len(_FIRST)), name, width, str(value)

    return sorted(found, key=place)
