"""Finds entities: by name, kind and place, or the very one that an id or a name means.

The index of names and the ontology are handed in; what else is known of an entity plays no part (see `kg.matching`).
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property

from kg.entities.containment import contained_in
from kg.errors import NotFound, UsageError, Withdrawn
from kg.names.index import MAX_LIMIT, MAX_TEXT, Match, NameIndex
from kg.names.normalize import normalize
from kg.names.similarity import EXACT
from kg.ontology.schema import Schema, read_annotation
from kg.rdf import Literal, NamedNode
from kg.rdf.labels import kind_of_node, kinds_of_node, label
from kg.rdf.namespaces import KG, expand, is_slug_path, shorten
from kg.rdf.nodes import find_node, missing, node_of
from kg.rdf.store import Store, facts
from kg.rdf.vocab import ENTITIES, OWL_ANNOTATION_PROPERTY, RDF_TYPE, kg

__all__ = ["Finder", "close_names"]

_OFFERED = 3
_BEARERS = 50
_CARD_KEY = kg("cardKey")


def close_names(name: str, known: Iterable[str]) -> tuple[str, ...]:
    """Give up to three of the known names that are spelled almost like one, for an error to offer.

    >>> close_names("suplier", ["supplier", "product"])
    ('supplier',)
    """
    return tuple(difflib.get_close_matches(name, list(known), n=3, cutoff=0.5))


class Finder:
    """Entities of a store by their names.

    The index of names is opened for a name, which an id is not, and the schema is read where a kind is named.
    """

    def __init__(self, store: Store, names: Callable[[], NameIndex], schema: Callable[[], Schema]) -> None:
        self._store = store
        self._names = names
        self._schema = schema

    def find(self, text: str, kind: str | None = None, place: str | None = None, limit: int = 10) -> list[Match]:
        """Find entities by name; `kind` takes in the classes below it, `place` keeps to what lies in it.

        An id finds its entity, and one that was given up the entity that stayed; Withdrawn tells why there is none.
        """
        if not text.strip():
            raise UsageError("the name is empty; give a name or a part of one")
        kinds = self._kinds_within(kind) if kind else None
        if kinds == []:
            return []
        found = [*self._by_id(text, kinds), *self._names().find(text, kind=kinds, limit=MAX_LIMIT if place else limit)]
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
        return self._names().kinds()

    def schema(self) -> Schema:
        """Give the classes and properties of the ontology."""
        return self._schema()

    def called_after(self) -> list[str]:
        """Name the classes whose things are often called like what they are about."""
        return sorted(kind for kind in self._called_after if self._is_called_after(kind))

    def suggest(self, text: str) -> list[str]:
        """Give names that were perhaps meant by a text or its beginning."""
        return list(self._names().suggest(text))

    def nearest(self, name: str, wanted: Sequence[str] = ()) -> tuple[str, ...]:
        """Give names that were perhaps meant, for an error to offer; none for a text that is too long for a name."""
        if not 0 < len(name.strip()) <= MAX_TEXT:
            return ()
        kinds = [kind for above in wanted for kind in self._schema().kinds_within(above, self.kinds())]
        if not kinds:
            return tuple(self.suggest(name))
        found = self._names().find(name, kind=kinds, limit=_OFFERED)
        return tuple(dict.fromkeys(match.label for match in found))[:_OFFERED]

    def _kinds_within(self, kind: str) -> list[str] | str:
        """Give the kinds below a class, by its id or label, that have something; what is none the index refuses."""
        named = self._schema().class_named(kind)
        return kind if named is None else self._schema().kinds_within(named, self.kinds())

    def resolve(self, name: str, wanted: Sequence[str] = (), *, strict: bool = False) -> NamedNode:
        """Give the node of an id, an IRI, a term of the ontology, or a name or label in either language.

        `wanted` are the classes of what is meant, the first above all: a name that things of several kinds bear is that
        of the wanted one, else of the nearest to it. With `strict` a name of something else is none. Of a name that is
        the label of one thing and a mere alias of others the first is meant, and a place before its government.
        """
        node = find_node(self._store, name)
        if node is not None and (not wanted or self._is_one_of(node, wanted)):
            return node
        bearers: list[str] = []
        called_after: list[str] = []
        tiers = list(wanted) if strict else [*self._tiers(wanted), *([] if node is not None else [None])]
        for kinds in tiers:
            bearers = self._exact(name, kinds)
            if len(bearers) == 1 and kinds not in wanted:
                return self._wanted_beside(name, NamedNode(bearers[0]), wanted)
            if len(bearers) == 1 and not (kinds in wanted[:-1] and self._names_another(bearers[0])):
                return NamedNode(bearers[0])
            called_after += bearers if len(bearers) == 1 else []
            if len(bearers) > 1:
                break
        if node is not None:
            return node
        if called_after:
            return NamedNode(called_after[0])
        what = self._words(wanted[0]) if wanted and strict else "entity"
        near = tuple(map(shorten, bearers[:5])) or self._nearest_ids(name) or self.nearest(name, wanted)
        raise missing(self._store, what, name, near)

    def _names_another(self, bearer: str) -> bool:
        """Tell whether a thing is of a kind that is called after others, such as a government after its place."""
        return self._is_called_after(kind_of_node(self._store, NamedNode(bearer)) or "")

    def _wanted_beside(self, name: str, node: NamedNode, wanted: Sequence[str]) -> NamedNode:
        """Give in place of a thing that nobody wants here what belongs to it by its name.

        It is who governs a place, or the stage or goods whose name begins like that of a topic. Where there are several
        of a kind, it is the thing itself.
        """
        if not wanted or self._is_one_of(node, wanted):
            return node
        governing = {fact.subject for fact in facts(self._store, None, kg("governs"), node)}
        named = [one for one in governing if self._names_another(one.value) and self._is_one_of(one, wanted)]
        if len(named) == 1:
            return named[0]
        above = self._schema().superclasses
        own = kind_of_node(self._store, node) or ""
        for kind in wanted if self._names_another(node.value) else ():
            if above.get(kind, frozenset()) & above.get(own, frozenset()):
                found = self._names().find(name, kind=self._schema().kinds_within(kind, self.kinds()), limit=_BEARERS)
                begin = {match.entity for match in found if match.reason == "prefix"}
                if len(begin) == 1:
                    return NamedNode(begin.pop())
        return node

    def _nearest_ids(self, name: str) -> tuple[str, ...]:
        """Give the ids that are spelled almost like one, of the same sort of thing."""
        sort, slash, _ = name.partition("/")
        if not slash or not is_slug_path(name):
            return ()
        ids = {shorten(fact.subject.value) for fact in facts(self._store, None, RDF_TYPE, graph=ENTITIES)}
        return tuple(difflib.get_close_matches(name, [one for one in ids if one.startswith(f"{sort}/")], 3, 0.8))

    def property_named(self, text: str) -> NamedNode:
        """Give the node of a property, by its id, IRI or label; what annotates the ontology by its id or IRI."""
        name = self._schema().property_named(text)
        if name is not None:
            return kg(name)
        node = node_of(expand(text) if ":" in text else KG + text.strip())
        if node is None or not any(facts(self._store, predicate=node)):
            known = sorted({*self._schema().properties, *self._annotations})
            raise NotFound("property", text, close_names(text, known))
        return node

    @cached_property
    def _annotations(self) -> frozenset[str]:
        """What annotates the terms of the ontology, by local name."""
        found = facts(self._store, None, RDF_TYPE, OWL_ANNOTATION_PROPERTY)
        return frozenset(one.subject.value.removeprefix(KG) for one in found if one.subject.value.startswith(KG))

    def unit_named(self, text: str) -> str | None:
        """Give the key by which cards call a unit that a text names, by that key, its symbol or its label."""
        if any(facts(self._store, None, _CARD_KEY, Literal(text))):
            return text
        units = self._exact(text, "Unit")
        keys = [fact.object.value for unit in units for fact in facts(self._store, NamedNode(unit), _CARD_KEY)]
        return min(keys) if len(set(units)) == 1 and keys else None

    def kinds_like(self, node: NamedNode) -> tuple[str, ...]:
        """Name the classes of a node: what is wanted where it is the example."""
        return tuple(
            kind.value.removeprefix(KG) for kind in kinds_of_node(self._store, node) if kind.value.startswith(KG)
        )

    def _is_one_of(self, node: NamedNode, wanted: Sequence[str]) -> bool:
        kinds = self.kinds_like(node)
        # The schema takes longer to read than most answers to find, and what was meant mostly is just what was wanted.
        return not set(wanted).isdisjoint(kinds) or any(
            self._schema().is_a(kind, name) for kind in kinds for name in wanted
        )

    def _tiers(self, wanted: Sequence[str]) -> Iterator[str]:
        """Give the wanted classes, then those above them, narrow ones first."""
        above = self._schema().superclasses
        yield from wanted
        wider = {name for kind in wanted for name in above.get(kind, ()) if name in self._schema().classes}
        yield from sorted(wider - set(wanted), key=lambda name: (-len(above.get(name, ())), name))

    def _words(self, kind: str) -> str:
        term = self._schema().classes.get(kind)
        return term.labels.get("en", kind) if term else kind

    def _place(self, name: str) -> NamedNode:
        """Give the node of a place; a name that it shares with its government is taken for the place."""
        return self.resolve(name, ("Place",))

    def _exact(self, name: str, kind: str | None = None) -> list[str]:
        """Give the entities that have exactly this name, those alone that are first of all called so."""
        if not normalize(name) or len(name) > MAX_TEXT:
            return []
        kinds = self._schema().kinds_within(kind, self.kinds()) if kind else None
        if kinds == []:
            return []
        found = self._names().find(name, kind=kinds, limit=_BEARERS)
        matches = [match for match in found if match.score == EXACT]
        if len(matches) > 1:
            matches = [match for match in matches if match.field in ("name", "identifier")] or matches
            matches = [match for match in matches if not self._is_called_after(match.kind)] or matches
        return [match.entity for match in matches]

    def _is_called_after(self, kind: str) -> bool:
        return self._called_after.get(kind) == "true"

    @cached_property
    def _called_after(self) -> dict[str, str]:
        return read_annotation(self._store, "calledAfter")
