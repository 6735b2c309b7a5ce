"""The statements of an ontology, looked up in a store: a predicate at once, or the words of one term when asked for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import cast

from kg.rdf import NamedNode
from kg.rdf.namespaces import KG, shorten
from kg.rdf.store import Fact, GraphName, Node, Store, facts, text_of

__all__ = ["Statements", "local_name"]


def local_name(iri: str) -> str:
    """Name a term of ours by its local name, one of others with a prefix."""
    return iri.removeprefix(KG) if iri.startswith(KG) else shorten(iri)


class Statements:
    """What a store, or one of its graphs, states."""

    def __init__(self, store: Store, graph: GraphName | None = None) -> None:
        self._store = store
        self._graph = graph

    def pairs(self, predicate: NamedNode, value: Node | None = None) -> Iterator[tuple[str, str]]:
        """Give who has which value of a predicate."""
        # Not by `facts`, which makes a tuple of each: half of the time that reading the ontology takes.
        quads = cast(Iterator[Fact], self._store.quads_for_pattern(None, predicate, value, self._graph))
        for subject, _, found, _ in quads:
            yield subject.value, found.value

    def values(self, *predicates: NamedNode) -> dict[str, set[str]]:
        """Give the values of some predicates together, by who has them."""
        found: dict[str, set[str]] = {}
        for predicate in predicates:
            for subject, value in self.pairs(predicate):
                found.setdefault(subject, set()).add(value)
        return found

    def about(self, iri: str) -> dict[str, list[Node]]:
        """Give all that is stated of one node, by the local name of the predicate."""
        found: dict[str, list[Node]] = {}
        for fact in facts(self._store, NamedNode(iri), None, None, self._graph):
            found.setdefault(local_name(fact.predicate.value), []).append(fact.object)
        return found

    def texts(self, iri: str, predicate: NamedNode) -> Iterator[tuple[str, str]]:
        """Give the texts that a node has by a predicate, each after its language."""
        return (text_of(fact.object) for fact in facts(self._store, NamedNode(iri), predicate, None, self._graph))

    def words(self, iri: str, predicate: NamedNode) -> Mapping[str, str]:
        """Give the texts of a node by language, of several in a language the first; read when they are looked at."""
        return _Words(self, iri, predicate)


class _Words(Mapping[str, str]):
    """Texts by language. Of the thousands that an ontology has, an answer shows a few."""

    def __init__(self, statements: Statements, iri: str, predicate: NamedNode) -> None:
        self._source = statements, iri, predicate

    @cached_property
    def _by_language(self) -> dict[str, str]:
        statements, iri, predicate = self._source
        first = dict(sorted(statements.texts(iri, predicate), reverse=True))
        return dict(sorted(first.items()))

    def __getitem__(self, language: str) -> str:
        return self._by_language[language]

    def __iter__(self) -> Iterator[str]:
        return iter(self._by_language)

    def __len__(self) -> int:
        return len(self._by_language)
