"""What a query's rows rest on: the triples of the accepted view that each solution matched.

A lineage is read off the text of a query once, by `kg.provenance.lineage_parser`: the same WHERE clause
asked with `SELECT *`, and the triple patterns in it. Filled with a row's values
the patterns give the triples behind the row; what is matched under NOT EXISTS or MINUS
is an absence and gives none. A property path gives the triples of one shortest way.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from functools import cache
from typing import Any, TypeGuard

from kg.provenance.projection import Projection
from kg.rdf import NamedNode
from kg.rdf.namespaces import BASE
from kg.rdf.store import Node, Rows, Store, Triple, facts, has_rows, holds, read_term, select
from kg.rdf.vocab import VIEW

__all__ = ["Lineage", "Pattern"]

_CLAIMS = BASE + "claim/"


@dataclass(frozen=True)
class Pattern:
    """A triple pattern; each place is `?name` or a term in N-Triples.

    Of a path, `steps` are the IRIs, `^` for inverse, `!` for any but these; it is `skippable` if it may
    have no step at all.
    """

    subject: str
    predicate: str
    object: str
    graph: str = ""
    steps: tuple[str, ...] = ()
    skippable: bool = False


@dataclass(frozen=True)
class Lineage:
    """The solutions query of a text, the patterns in its WHERE clause and, of a CONSTRUCT, its template.

    Where the rows of a SELECT follow from its solutions, the `projection` tells how.
    """

    solutions: str
    patterns: tuple[Pattern, ...]
    template: tuple[Pattern, ...] = ()
    projection: Projection | None = None

    def to_dict(self) -> dict[str, Any]:
        """Give the lineage as plain values, for the release."""
        return asdict(self)

    @classmethod
    def from_dict(cls, facts: dict[str, Any]) -> Lineage:
        """Read what `to_dict` wrote."""
        patterns, template = (
            tuple(Pattern(**(entry | {"steps": tuple(entry["steps"])})) for entry in facts[name])
            for name in ("patterns", "template")
        )
        projection = facts.get("projection")
        return cls(facts["solutions"], patterns, template, Projection.from_dict(projection) if projection else None)

    def rows(self, store: Store, bindings: dict[str, Node]) -> Rows:
        """Find every solution of the WHERE clause in which the bound variables have these values."""
        return select(store, self.solutions, bindings)[1]

    def has_rows(self, store: Store, bindings: dict[str, Node]) -> bool:
        """Tell whether the WHERE clause has a solution in which the bound variables have these values."""
        return has_rows(store, self.solutions, bindings)

    def solve(self, store: Store, text: str, bindings: dict[str, Node]) -> tuple[Rows, Rows]:
        """Give the rows of the SELECT that this was read off, and the solutions behind them.

        The WHERE clause is run once where the rows follow from its solutions, and else once for each.
        """
        solutions = self.rows(store, bindings)
        if self.projection is None:
            return select(store, text, bindings)[1], solutions
        return self.projection.rows(solutions), solutions

    def rows_about(self, store: Store, subject: NamedNode) -> Rows:
        """Find the solutions by which a CONSTRUCT says something of one thing."""
        places = {pattern.subject for pattern in self.template}
        [name] = places if len(places) == 1 else [""]
        return self.rows(store, {name[1:]: subject}) if name.startswith("?") else []

    def triples(self, store: Store, row: dict[str, Node]) -> Iterator[Triple]:
        """Fill the patterns with one solution: the triples of the accepted view behind it.

        What was matched in a claim by name rests on that claim alone (see `named_claims`), whoever else says it.
        """
        for pattern in self.patterns:
            if not _is_claim(_graph(pattern, row)):
                yield from _matched(store, pattern, row)

    def named_claims(self, row: dict[str, Node]) -> Iterator[str]:
        """Give the graphs that the solution matched by name, `GRAPH ?claim { … }`."""
        for pattern in self.patterns:
            graph = _graph(pattern, row)
            if _is_claim(graph):
                yield graph.value

    def inferred(self, row: dict[str, Node]) -> Iterator[Triple]:
        """Fill the template with one solution: the triples that a CONSTRUCT makes of it."""
        for pattern in self.template:
            subject, predicate, target = (
                _fill(place, row) for place in (pattern.subject, pattern.predicate, pattern.object)
            )
            if isinstance(subject, NamedNode) and isinstance(predicate, NamedNode) and target is not None:
                yield subject, predicate, target


def _matched(store: Store, pattern: Pattern, row: dict[str, Node]) -> Iterator[Triple]:
    """Give the triples that a pattern matched in a solution: one, those of a path, or none in an empty OPTIONAL."""
    subject, target = _fill(pattern.subject, row), _fill(pattern.object, row)
    if not isinstance(subject, NamedNode) or target is None:
        return
    if pattern.steps:
        if subject != target or not pattern.skippable:
            yield from _way(store, subject, target, pattern.steps)
        return
    predicate = _fill(pattern.predicate, row)
    if isinstance(predicate, NamedNode) and _there(store, (subject, predicate, target), pattern, row):
        yield subject, predicate, target


def _graph(pattern: Pattern, row: dict[str, Node]) -> Node | None:
    return _fill(pattern.graph, row) if pattern.graph else None


def _is_claim(graph: Node | None) -> TypeGuard[NamedNode]:
    return isinstance(graph, NamedNode) and graph.value.startswith(_CLAIMS)


def _there(store: Store, triple: Triple, pattern: Pattern, row: dict[str, Node]) -> bool:
    if not pattern.graph:
        return holds(store, triple, VIEW)
    graph = _graph(pattern, row)
    return isinstance(graph, NamedNode) and holds(store, triple, graph)


def _fill(place: str, row: dict[str, Node]) -> Node | None:
    if place.startswith("?"):
        return row.get(place[1:])
    return _term(place)


@cache
def _term(text: str) -> Node:
    """Read a term of a pattern once; a release has some hundreds of them."""
    return read_term(text)


def _way(store: Store, start: NamedNode, end: Node, steps: tuple[str, ...]) -> list[Triple]:
    """Find the triples of one shortest way between two nodes over the steps of a path."""
    came: dict[Node, tuple[Node, Triple]] = {}
    waiting: deque[Node] = deque([start])
    # The start is not yet come to: a way that ends where it began is a loop.
    while waiting and end not in came:
        node = waiting.popleft()
        for following, triple in _moves(store, node, steps):
            if following not in came:
                came[following] = (node, triple)
                waiting.append(following)
    way: list[Triple] = []
    node = end
    while node in came:
        node, triple = came[node]
        way.append(triple)
        if node == start:
            break
    return way[::-1]


def _moves(store: Store, node: Node, steps: tuple[str, ...]) -> Iterator[tuple[Node, Triple]]:
    for step in steps:
        name, backwards = step.removeprefix("^"), step.startswith("^")
        predicate = None if name.startswith("!") else NamedNode(name)
        here, there = (None, node) if backwards else (node, None)
        for fact in facts(store, here, predicate, there, VIEW):
            if predicate is not None or fact.predicate.value not in name[1:].split():
                yield (fact.subject if backwards else fact.object), fact.triple
