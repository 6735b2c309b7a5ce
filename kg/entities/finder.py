"""Finds entities: by name, kind and place, or the very one that an id or a name means.

The index of names and the ontology are handed in; what else is known of an entity plays no part (see `kg.matching`).
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable

from kg.entities.containment import contained_in
from kg.errors import UsageError, Withdrawn
from kg.names.index import MAX_LIMIT, MAX_TEXT, Match, NameIndex
from kg.names.similarity import EXACT
from kg.ontology.schema import Schema
from kg.rdf import NamedNode
from kg.rdf.labels import kind_of_node, label
from kg.rdf.namespaces import is_slug_path, shorten
from kg.rdf.nodes import find_node, missing
from kg.rdf.store import Store

__all__ = ["Finder", "close_names"]


def close_names(name: str, known: Iterable[str]) -> tuple[str, ...]:
    """Give up to three of the known names that are spelled almost like one, for an error to offer.

    >>> close_names("suplier", ["supplier", "product"])
    ('supplier',)
    """
    return tuple(difflib.get_close_matches(name, list(known), n=3, cutoff=0.5))


class Finder:
    """Entities of a store by their names; the schema is read when a kind is named, for most names come without."""

    def __init__(self, store: Store, names: NameIndex, schema: Callable[[], Schema]) -> None:
        self._store = store
        self._names = names
        self._schema = schema

    def find(self, text: str, kind: str | None = None, place: str | None = None, limit: int = 10) -> list[Match]:
        """Find entities by name; `kind` takes in the classes below it, `place` keeps to what lies in it.

        An id finds its entity, and one that was given up the entity that stayed; Withdrawn tells why there is none.
        """
        if not text.strip():
            raise UsageError("the name is empty; give a name or a part of one")
        kinds = (self._schema().kinds_within(kind, self.kinds()) or kind) if kind else None
        found = [*self._by_id(text, kinds), *self._names.find(text, kind=kinds, limit=MAX_LIMIT if place else limit)]
        if place is None:
            return found[:limit]
        inside = {node.value for node in self.inside(place)}
        return [match for match in found if match.entity in inside][:limit]

    def _by_id(self, text: str, kinds: str | Iterable[str] | None) -> list[Match]:
        """Give the entity that an id means, if the text is one."""
        if not is_slug_path(text):
            return []
        node = find_node(self._store, text)
        if node is None:
            error = missing(self._store, "entity", text)
            if isinstance(error, Withdrawn):
                raise error
            return []
        kind = kind_of_node(self._store, node) or ""
        if kinds is not None and kind not in ([kinds] if isinstance(kinds, str) else kinds):
            return []
        reason = "exact id" if shorten(node.value) == text else "id that was given up for this one"
        return [Match(node.value, kind, label(self._store, node), "en", "identifier", reason, EXACT, True)]

    def inside(self, place: str) -> set[NamedNode]:
        """Give what lies in a place, however deep, by its id or name."""
        return contained_in(self._store, self._place(place))

    def kinds(self) -> list[str]:
        """Give the classes that have named things, sorted."""
        return self._names.kinds()

    def suggest(self, text: str) -> list[str]:
        """Give names that were perhaps meant by a text or its beginning."""
        return list(self._names.suggest(text))

    def nearest(self, name: str) -> tuple[str, ...]:
        """Give names that were perhaps meant, for an error to offer; none for a text that is too long for a name."""
        return tuple(self.suggest(name)) if len(name) <= MAX_TEXT else ()

    def resolve(self, name: str) -> NamedNode:
        """Give the node of an id, an IRI, a term of the ontology, or a name that only one entity has."""
        if not name.strip():
            raise UsageError("the name is empty; give an id or a name")
        node = find_node(self._store, name)
        if node is not None:
            return node
        bearers = self._exact(name)
        if len(bearers) == 1:
            return NamedNode(bearers[0])
        raise missing(self._store, "entity", name, tuple(map(shorten, bearers[:5])) or self.nearest(name))

    def _place(self, name: str) -> NamedNode:
        """Give the node of a place; a name that it shares with its government is taken for the place."""
        places = [] if is_slug_path(name) else self._exact(name, kind="Place")
        return NamedNode(places[0]) if len(places) == 1 else self.resolve(name)

    def _exact(self, name: str, kind: str | None = None) -> list[str]:
        """Give the entities that have exactly this name; of a name that several bear none is certain."""
        matches = self.find(name, kind=kind) if 0 < len(name.strip()) <= MAX_TEXT else []
        return [match.entity for match in matches if match.score == EXACT]
