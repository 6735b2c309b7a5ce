"""A memory of triples for rdflib that knows one graph and tells nobody of changes.

rdflib's own memory keeps the graphs of each triple and makes an event of each: validating tens of thousands of nodes
takes a third longer on it. It holds what it is given; nothing is taken out.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Generator, Iterable, Iterator
from typing import Any

from rdflib import Graph
from rdflib.store import Store

__all__ = ["PlainStore"]

_Triple = tuple[Any, Any, Any]


class PlainStore(Store):
    """Triples by subject and by predicate. To pySHACL, which asks for graphs, it has none but the one it is."""

    context_aware = True
    graph_aware = True

    def __init__(self) -> None:
        super().__init__()
        # Dictionaries without values: they keep the order in which nodes came.
        self._by_subject: dict[Any, dict[Any, dict[Any, None]]] = defaultdict(lambda: defaultdict(dict))
        self._by_predicate: dict[Any, dict[Any, dict[Any, None]]] = defaultdict(lambda: defaultdict(dict))
        self._count = 0

    def add(self, triple: _Triple, context: Any = None, quoted: bool = False) -> None:  # noqa: ARG002 - as rdflib calls it
        """Add a triple, once."""
        subject, predicate, value = triple
        values = self._by_subject[subject][predicate]
        if value not in values:
            values[value] = None
            self._by_predicate[predicate][value][subject] = None
            self._count += 1

    def triples(
        self,
        triple_pattern: tuple[Any, Any, Any],
        context: Any = None,  # noqa: ARG002 - as rdflib calls it
    ) -> Iterator[tuple[_Triple, Iterator[None]]]:
        """Give the triples that match a pattern, None matching anything."""
        subject, predicate, value = triple_pattern
        if subject is None:
            for one in _chosen(self._by_predicate, predicate):
                for node in _chosen(self._by_predicate[one], value):
                    for bearer in list(self._by_predicate[one][node]):
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


def _chosen(known: dict[Any, Any], one: Any) -> Iterable[Any]:
    """Give one of the keys if it is there, or all for None, as they stand now."""
    if one is None:
        return list(known)
    return (one,) if one in known else ()
