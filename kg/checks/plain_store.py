"""A memory of triples for rdflib that knows one graph and tells nobody of changes.

rdflib's own memory keeps the graphs of each triple and makes an event of each: validating tens of thousands of nodes
takes a third longer on it. It holds what it is given; nothing is taken out.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Generator, Iterable, Iterator
from typing import Any

from rdflib import Graph, URIRef
from rdflib.store import Store
from rdflib.term import Identifier

__all__ = ["PlainGraph", "PlainStore"]

_Triple = tuple[Any, Any, Any]


class PlainStore(Store):
    """Triples by subject and by predicate. To pySHACL, which asks for graphs, it has none but the one it is."""

    context_aware = True
    graph_aware = True

    def __init__(self) -> None:
        super().__init__()
        # Dictionaries without values: they keep the order in which nodes came.
        self._by_subject: dict[Any, dict[Any, dict[Any, None]]] = defaultdict(lambda: defaultdict(dict))
        # Few predicates are asked from their objects: each has an index once it is.
        self._pairs: dict[Any, list[tuple[Any, Any]]] = defaultdict(list)
        self._by_value: dict[Any, dict[Any, dict[Any, None]]] = {}
        self._count = 0

    def add(self, triple: _Triple, context: Any = None, quoted: bool = False) -> None:  # noqa: ARG002 - as rdflib calls it
        """Add a triple, once."""
        subject, predicate, value = triple
        values = self._by_subject[subject][predicate]
        if value not in values:
            values[value] = None
            self._pairs[predicate].append((subject, value))
            if predicate in self._by_value:
                self._by_value[predicate].setdefault(value, {})[subject] = None
            self._count += 1

    def values(self, subject: Any, predicate: Any) -> Iterable[Any]:
        """Give what a subject has under a predicate."""
        properties = self._by_subject.get(subject)
        found = None if properties is None else properties.get(predicate)
        return () if found is None else tuple(found)

    def _bearers(self, predicate: Any) -> dict[Any, dict[Any, None]]:
        """Give the subjects of a predicate by their values."""
        if predicate not in self._by_value:
            index = self._by_value[predicate] = {}
            for subject, value in self._pairs.get(predicate, ()):
                index.setdefault(value, {})[subject] = None
        return self._by_value[predicate]

    def triples(
        self,
        triple_pattern: tuple[Any, Any, Any],
        context: Any = None,  # noqa: ARG002 - as rdflib calls it
    ) -> Iterator[tuple[_Triple, Iterator[None]]]:
        """Give the triples that match a pattern, None matching anything."""
        subject, predicate, value = triple_pattern
        if subject is None:
            for one in _chosen(self._pairs, predicate):
                bearers = self._bearers(one)
                for node in _chosen(bearers, value):
                    for bearer in list(bearers[node]):
                        yield (bearer, one, node), iter(())
            return
        properties = self._by_subject.get(subject, {})
        for one in _chosen(properties, predicate):
            for node in _chosen(properties[one], value):
                yield (subject, one, node), iter(())

    def contexts(self, triple: Any = None) -> Generator[Graph, None, None]:  # noqa: ARG002 - as rdflib calls it
        """Give no graph by name."""
        yield from ()

    def add_graph(self, graph: Any) -> None:
        """Take note of no graph."""

    def __len__(self, context: Any = None) -> int:
        return self._count


class PlainGraph(Graph):
    """A graph over such a memory, which gives the values of a node without making triples of them first.

    That is what validation asks some hundred thousand times.
    """

    def __init__(self) -> None:
        memory = PlainStore()
        super().__init__(memory)
        self._memory = memory

    def objects(self, subject: Any = None, predicate: Any = None, unique: bool = False) -> Iterator[Any]:  # type: ignore[override]
        """Give the values of a subject under a predicate, or as any graph does where one of them is left out."""
        if isinstance(subject, Identifier) and isinstance(predicate, URIRef):
            return iter(self._memory.values(subject, predicate))
        return super().objects(subject, predicate, unique)


def _chosen(known: dict[Any, Any], one: Any) -> Iterable[Any]:
    """Give one of the keys if it is there, or all for None, as they stand now."""
    if one is None:
        return list(known)
    return (one,) if one in known else ()
