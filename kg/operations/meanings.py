"""What a name was taken for: an empty answer says what was looked for, and what else bears the name.

A name that a stage, a product, a topic and a company share leads to one of them. Who gets nothing for it must see which
one that was, or the empty table reads as if nothing were known of the others.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from kg.errors import KgError
from kg.graph import Graph
from kg.localization import translate
from kg.rdf import NamedNode
from kg.rdf.labels import kind_of_node, label
from kg.rdf.namespaces import expand, is_slug_path, shorten
from kg.rdf.vocab import kg

__all__ = ["GivenName", "describe_meanings"]

_OTHERS = 4
_LOOKED_AT = 12


class GivenName(NamedTuple):
    """A name as it was given, and the classes of which something is wanted."""

    text: str
    kinds: tuple[str, ...] = ()


def describe_meanings(graph: Graph, names: Mapping[str, GivenName], language: str, *, empty: bool) -> Iterator[str]:
    """Say of each name that was given under a parameter what it was taken for, where that is worth saying.

    Of an `empty` answer everything is told: what was looked for, and what else is called so or much like it.
    Otherwise only that a name has other bearers.
    """
    for parameter, (text, kinds) in names.items():
        node = _meant(graph, text, kinds)
        if node is None:
            continue
        others = [] if is_slug_path(text) or ":" in text else list(_others(graph, text, node, exact=not empty))
        if empty or others:
            yield _words(graph, (parameter, text), node, others, language)


def _meant(graph: Graph, text: str, kinds: Sequence[str]) -> NamedNode | None:
    """Give the node that a name was taken for."""
    try:
        return graph.resolve(text, kinds, strict=False)
    except KgError:
        return None


def _others(graph: Graph, text: str, node: NamedNode, *, exact: bool) -> Iterator[NamedNode]:
    """Give what else is called by a text, or much like it; the best first."""
    try:
        found = graph.find(text, limit=_LOOKED_AT)
    except KgError:
        return
    best = max((match.score for match in found), default=0.0)
    for match in found:
        if expand(match.entity) != node.value and (match.score == best if exact else True):
            yield NamedNode(expand(match.entity))


def _words(graph: Graph, given: tuple[str, str], node: NamedNode, others: Iterable[NamedNode], language: str) -> str:
    parameter, text = given
    named = [_describe(graph, one, language) for one in others][:_OTHERS]
    also = translate("; called so or much like it: {names}", language, names=", ".join(named)) if named else ""
    taken = _describe(graph, node, language)
    if shorten(node.value) == text:
        return translate("{parameter}: looked for {taken}", language, parameter=parameter, taken=taken) + also
    words = "{parameter}: {text} was taken for {taken}"
    return translate(words, language, parameter=parameter, text=repr(text), taken=taken) + also


def _describe(graph: Graph, node: NamedNode, language: str) -> str:
    store = graph.release.store
    kind = kind_of_node(store, node)
    named = label(store, kg(kind), language) if kind else ""
    return f"{label(store, node, language)} ({shorten(node.value)}{', ' + named if named else ''})"
