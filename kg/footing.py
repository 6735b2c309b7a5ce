"""What a query's rows rest on: the triples of the accepted view that each solution matched.

A footing is read off the text of a query once, when a release is built: the same WHERE
clause asked with `SELECT *`, and the triple patterns in it. Filled with a row's values
the patterns give the triples behind the row; what is matched under NOT EXISTS or MINUS
is an absence and gives none. A property path gives the triples of one shortest way.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

import pyoxigraph as ox
from pyparsing import ParseException
from rdflib import BNode, Variable
from rdflib.paths import AlternativePath, InvPath, MulPath, NegatedPath, Path, SequencePath
from rdflib.plugins.sparql import prepareQuery
from rdflib.plugins.sparql.parserutils import CompValue

from kg.errors import QueryError
from kg.store import Node, Rows, Store, Triple, facts, holds, read_term, select
from kg.terms import BASE, PREFIXES

__all__ = ["Footing", "Pattern", "read_footing"]

_TOKEN = re.compile(
    r'"""(?:\\.|[^\\])*?"""|\'\'\'(?:\\.|[^\\])*?\'\'\'|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\''
    r"|<[^<>\s]*>|\#[^\n]*|[{}]|[^\W\d]\w*|.",
    re.DOTALL,
)
_FORMS = frozenset({"SELECT", "CONSTRUCT", "ASK"})


@dataclass(frozen=True)
class Pattern:
    """A triple pattern; each place is `?name` or a term in N-Triples.

    Of a path, `steps` are the IRIs, `^` for inverse; it is `skippable` if it may have no step at all.
    """

    subject: str
    predicate: str
    object: str
    graph: str = ""
    steps: tuple[str, ...] = ()
    skippable: bool = False


@dataclass(frozen=True)
class Footing:
    """The solutions query of a text, the patterns in its WHERE clause and, of a CONSTRUCT, its template."""

    solutions: str
    patterns: tuple[Pattern, ...]
    template: tuple[Pattern, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """Give the footing as plain values, for the release."""
        return asdict(self)

    @classmethod
    def from_dict(cls, facts: dict[str, Any]) -> Footing:
        """Read what `to_dict` wrote."""
        patterns, template = (
            tuple(Pattern(**(entry | {"steps": tuple(entry["steps"])})) for entry in facts[name])
            for name in ("patterns", "template")
        )
        return cls(facts["solutions"], patterns, template)

    def rows(self, store: Store, bindings: dict[str, Node]) -> Rows:
        """Find every solution of the WHERE clause in which the bound variables have these values."""
        return select(store, self.solutions, bindings)[1]

    def triples(self, store: Store, row: dict[str, Node]) -> Iterator[Triple]:
        """Fill the patterns with one solution: the triples of the accepted view behind it."""
        for pattern in self.patterns:
            subject, target = _fill(pattern.subject, row), _fill(pattern.object, row)
            if not isinstance(subject, ox.NamedNode) or target is None:
                continue
            if pattern.steps:
                if subject != target or not pattern.skippable:
                    yield from _way(store, subject, target, pattern.steps)
                continue
            predicate = _fill(pattern.predicate, row)
            if isinstance(predicate, ox.NamedNode) and _there(store, (subject, predicate, target), pattern, row):
                yield subject, predicate, target

    def named_claims(self, row: dict[str, Node]) -> Iterator[str]:
        """Give the graphs that the solution matched by name, `GRAPH ?claim { … }`."""
        for pattern in self.patterns:
            graph = _fill(pattern.graph, row) if pattern.graph.startswith("?") else None
            if isinstance(graph, ox.NamedNode):
                yield graph.value

    def bindings_for(self, triple: Triple) -> Iterator[dict[str, Node]]:
        """Give the values under which a template triple becomes this triple, one for each template that fits."""
        for pattern in self.template:
            bindings: dict[str, Node] = {}
            places = (pattern.subject, pattern.predicate, pattern.object)
            if all(_unify(place, term, bindings) for place, term in zip(places, triple, strict=True)):
                yield bindings


def _there(store: Store, triple: Triple, pattern: Pattern, row: dict[str, Node]) -> bool:
    if not pattern.graph:
        return holds(store, triple, ox.DefaultGraph())
    graph = _fill(pattern.graph, row)
    return isinstance(graph, ox.NamedNode) and holds(store, triple, graph)


def _fill(place: str, row: dict[str, Node]) -> Node | None:
    if place.startswith("?"):
        return row.get(place[1:])
    return read_term(place)


def _unify(place: str, term: Node, bindings: dict[str, Node]) -> bool:
    if place.startswith("?"):
        return bindings.setdefault(place[1:], term) == term
    return read_term(place) == term


def _way(store: Store, start: ox.NamedNode, end: Node, steps: tuple[str, ...]) -> list[Triple]:
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
        predicate = ox.NamedNode(step.removeprefix("^"))
        if step.startswith("^"):
            for fact in facts(store, None, predicate, node, ox.DefaultGraph()):
                yield fact.subject, fact.triple
        else:
            for fact in facts(store, node, predicate, None, ox.DefaultGraph()):
                yield fact.object, fact.triple


def read_footing(text: str) -> Footing:
    """Read what the rows of a SELECT, or the triples of a CONSTRUCT, rest on."""
    try:
        algebra = prepareQuery(text, initNs=PREFIXES, base=BASE).algebra
    except ParseException as error:
        raise QueryError(f"line {error.lineno}, column {error.column}: the query is not SPARQL 1.1") from error
    except Exception as error:
        raise QueryError(f"the query is not SPARQL 1.1 ({error})") from error
    # Not `get`: rdflib's looks a missing key up as a variable of the query.
    patterns = tuple(_patterns(algebra["p"], ""))
    template = tuple(_pattern(triple, "") for triple in (algebra["template"] or () if "template" in algebra else ()))
    shown = tuple(str(name) for name in algebra["PV"]) if algebra.name == "SelectQuery" else ()
    return Footing(_solutions_query(text, shown), patterns, template)


def _solutions_query(text: str, shown: tuple[str, ...]) -> str:
    """Put `SELECT *` before the WHERE clause of a query and drop everything after it.

    `SELECT *` leaves out a variable that stands in a filter only, and then the engine cannot
    bind it: so the variables that the query shows are named once more, without a value.
    """
    form = body = end = None
    depth = 0
    for token in _TOKEN.finditer(text):
        word = token[0].upper()
        if word == "{":
            if depth == 0 and body is None and (form is None or text[form:].upper()[:9] != "CONSTRUCT"):
                body = token.start()
            depth += 1
        elif word == "}":
            depth -= 1
            if depth == 0 and body is not None:
                end = token.end()
                break
        elif depth == 0 and word in _FORMS and form is None:
            form = token.start()
        elif depth == 0 and word == "WHERE" and body is None:
            body = token.end()
    if form is None or body is None or end is None:
        raise QueryError("the query has no WHERE clause that can be read; write WHERE { … }")
    names = " ".join(f"?{name}" for name in shown)
    values = f" VALUES ({names}) {{ ({' '.join('UNDEF' for _ in shown)}) }}" if shown else ""
    return f"{text[:form]}SELECT * WHERE {text[body:end]}{values}"


def _patterns(node: Any, graph: str) -> Iterator[Pattern]:
    """Walk the algebra for triple patterns, leaving out absences."""
    if isinstance(node, (list, tuple)):
        for item in node:
            yield from _patterns(item, graph)
        return
    if not isinstance(node, CompValue):
        return
    if node.name == "BGP":
        for triple in node.triples:
            yield _pattern(triple, graph)
        return
    inner = _place(node.term) if node.name == "Graph" else graph
    for key in ("p", "p1") if node.name == "Minus" else ("p", "p1", "p2"):
        if key in node:
            yield from _patterns(node[key], inner)


def _pattern(triple: tuple[Any, Any, Any], graph: str) -> Pattern:
    subject, predicate, target = triple
    if isinstance(predicate, Path):
        steps, skippable = tuple(_steps(predicate)), _may_be_empty(predicate)
        return Pattern(_place(subject), "", _place(target), graph, steps, skippable)
    return Pattern(_place(subject), _place(predicate), _place(target), graph)


def _place(term: Any) -> str:
    if isinstance(term, (Variable, BNode)):
        return f"?{term}"
    return str(term.n3())


def _steps(path: Any, *, inverse: bool = False) -> Iterator[str]:
    """List the properties that a path may walk, `^` before those walked backwards."""
    if isinstance(path, InvPath):
        yield from _steps(path.arg, inverse=not inverse)
    elif isinstance(path, MulPath):
        yield from _steps(path.path, inverse=inverse)
    elif isinstance(path, (SequencePath, AlternativePath)):
        for part in path.args:
            yield from _steps(part, inverse=inverse)
    elif not isinstance(path, NegatedPath):
        yield f"{'^' if inverse else ''}{path}"


def _may_be_empty(path: Any) -> bool:
    """Tell whether a path can lead from a node to itself without a step."""
    if isinstance(path, InvPath):
        return _may_be_empty(path.arg)
    if isinstance(path, MulPath):
        return bool(path.zero) or _may_be_empty(path.path)
    if isinstance(path, SequencePath):
        return all(_may_be_empty(part) for part in path.args)
    return isinstance(path, AlternativePath) and any(_may_be_empty(part) for part in path.args)
