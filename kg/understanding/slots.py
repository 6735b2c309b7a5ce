"""Which mention can be the value of which parameter: by the classes that the parameter takes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import NamedTuple

from kg.entities.finder import Finder
from kg.languages import LANGUAGES
from kg.ontology.schema import Schema
from kg.questions.question import Parameter, Question
from kg.questions.wordings import QuestionWordings
from kg.rdf import Literal as RdfLiteral
from kg.rdf.labels import label
from kg.rdf.namespaces import shorten
from kg.rdf.nodes import find_node
from kg.rdf.store import Store, facts
from kg.rdf.vocab import RDF_TYPE, VIEW, kg
from kg.understanding.atoms import split_atoms
from kg.understanding.gazetteer import PROPERTY
from kg.understanding.mentions import CHOICE, Meaning, Mention

__all__ = ["NARROWING", "Filling", "Slot", "SlotReader", "assign"]

NARROWING = "only"
"""The name under which a question that can be is narrowed to some of its rows."""

_CHOSEN, _EXACT, _NEAR, _TURNED = 1.05, 1.0, 0.92, 0.8
_RANK_COST, _OTHERS_NAME = 0.04, 0.6
_MOST_FILLINGS = 24
_BASE = "Base"
_YEAR_END = "-12-31"
_PER_YEAR = "-per-year"


class Filling(NamedTuple):
    """A mention as the value of a parameter, and how well it fits."""

    mention: Mention
    value: str
    fit: float
    kind: str = ""


@dataclass(frozen=True)
class Slot:
    """A parameter with the classes it takes; `exact` are those of its default, and what lies below them."""

    name: str
    kind: str
    default: str
    exact: frozenset[str]
    near: frozenset[str]
    is_unit: bool = False

    def fit(self, kind: str) -> float:
        """Give how well a class fits; 0 where it does not."""
        return _EXACT if kind in self.exact else _NEAR if kind in self.near else 0.0


class SlotReader:
    """Reads which values mentions give to parameters, with what the ontology says of stages and products."""

    def __init__(self, store: Store, finder: Finder) -> None:
        self._store = store
        self._finder = finder
        self._made_by: dict[str, list[str]] = defaultdict(list)
        self._bases: dict[str, list[str]] = defaultdict(list)
        for fact in sorted(facts(store, None, RDF_TYPE, kg(_BASE), VIEW), key=str):
            for place in facts(store, fact.subject, kg("locatedIn"), None, VIEW):
                self._bases[shorten(place.object.value)].append(shorten(fact.subject.value))
        for fact in sorted(facts(store, None, kg("outputProduct"), None, VIEW), key=str):
            stage, made = shorten(fact.subject.value), shorten(fact.object.value)
            self._made_by[made].append(stage)

    def slots(self, question: Question, wordings: QuestionWordings) -> tuple[Slot, ...]:
        """Give the parameters of a question with what they take."""
        return tuple(self._slot(one, wordings.takes.get(one.name, ())) for one in question.parameters)

    def _slot(self, parameter: Parameter, takes: Sequence[str]) -> Slot:
        node = find_node(self._store, parameter.default) if parameter.default else None
        named = parameter.kind in ("entity", "concept")
        kinds = self._finder.kinds_like(node) if node is not None and named else ()
        schema = self._finder.schema()
        if parameter.kind == "concept" and parameter.default in schema.properties:
            # Any word may be the label of a property, so that it tells less than a name.
            kinds, takes = (), (*takes, PROPERTY)
        above = {name for kind in kinds for name in schema.superclasses.get(kind, ()) if _is_narrow(schema, name)}
        is_unit = parameter.kind == "text" and self._finder.unit_named(parameter.default) == parameter.default
        wide = {*takes, *(() if takes else above)}
        return Slot(
            parameter.name,
            parameter.kind,
            parameter.default,
            frozenset(_below(schema, kinds)),
            frozenset(_below(schema, wide)) | frozenset(takes),
            is_unit,
        )

    def can_have(self, filled: Mapping[str, Filling]) -> bool:
        """Tell whether the things among some values can have the property among them."""
        schema = self._finder.schema()
        names = [one.value for one in filled.values() if one.kind == PROPERTY and one.value in schema.properties]
        kinds = [one.kind for one in filled.values() if one.kind in schema.classes]
        domains = [schema.properties[name].domain for name in names]
        return all(
            not domain or any(schema.is_a(kind, above) or schema.is_a(above, kind) for above in domain)
            for domain in domains
            for kind in kinds
        )

    def narrowing(self, kinds: Sequence[str]) -> Slot:
        """Give the slot of what rows may be narrowed to."""
        return Slot(NARROWING, "entity", "", frozenset(_below(self._finder.schema(), kinds)), frozenset())

    def label(self, value: str, language: str) -> str:
        """Put a value into words."""
        node = find_node(self._store, value)
        return value if node is None else label(self._store, node, language)

    def words(self, value: str) -> frozenset[str]:
        """Give the words that a thing is called by."""
        node = find_node(self._store, value)
        names = [label(self._store, node, language) for language in LANGUAGES] if node is not None else []
        return frozenset(atom.key for name in names for atom in split_atoms(name))

    def fill(self, slot: Slot, mention: Mention) -> Iterator[Filling]:
        """Give the values that a mention has for a slot, the best first; several where the name has several bearers."""
        found = [one for meaning in mention.meanings if (one := self._value(slot, mention, meaning)) is not None]
        found.sort(key=lambda one: -one.fit)
        best = found[0].fit if found else 0.0
        yield from dict.fromkeys(one for one in found if one.fit >= best - _RANK_COST / 2)

    def _value(self, slot: Slot, mention: Mention, meaning: Meaning) -> Filling | None:
        # Who types a name means what is first of all called so: the place, not the government of the same name.
        away = meaning.rank - min(one.rank for one in mention.meanings)
        cost = min(meaning.rank, away + 1) * _RANK_COST + (_OTHERS_NAME if away > 1 else 0.0)
        if meaning.kind == f"{CHOICE}{slot.name}":
            return Filling(mention, meaning.value, _CHOSEN)
        if slot.kind == "date":
            if meaning.kind != "date":
                return None
            return Filling(mention, meaning.last if slot.default.endswith(_YEAR_END) else meaning.value, _EXACT)
        if slot.kind == "number":
            return Filling(mention, meaning.value, _EXACT) if meaning.kind in _counts(slot) else None
        if slot.is_unit:
            return self._unit(slot, mention, meaning)
        if slot.kind == "text":
            text = meaning.value if meaning.kind == "text" else mention.text
            return Filling(mention, text, _NEAR) if slot.fit(meaning.kind) or meaning.kind == "text" else None
        if fit := slot.fit(meaning.kind):
            return Filling(mention, _written(slot, meaning.value), fit - cost, meaning.kind)
        turned = self._turned(slot, meaning) or self._only_base_in(slot, meaning)
        return Filling(mention, _written(slot, turned), _TURNED - cost) if turned else None

    def _turned(self, slot: Slot, meaning: Meaning) -> str | None:
        """Give the stage that makes a product, where it is named for what it makes."""
        makers = self._made_by.get(meaning.value, ()) if "Stage" in slot.exact and meaning.kind == "Product" else ()
        return next(iter(makers), None)

    def _only_base_in(self, slot: Slot, meaning: Meaning) -> str | None:
        """Give the base of a place that has one alone, where a base is named by its place."""
        bases = self._bases.get(meaning.value, ()) if _BASE in slot.exact else ()
        return bases[0] if len(bases) == 1 else None

    def _unit(self, slot: Slot, mention: Mention, meaning: Meaning) -> Filling | None:
        if meaning.kind != "Unit":
            return None
        key = self._key(meaning.value)
        # Money is counted in money, and nothing else is.
        if key is None or self._is_money(meaning.value) != self._is_money(self._unit_of(slot.default)):
            return None
        # Who says GWh of a capacity means those of a year, as all but a few are told.
        return Filling(mention, slot.default if slot.default == key + _PER_YEAR else key, _EXACT)

    def _unit_of(self, key: str) -> str:
        """Give the unit that cards call by a key."""
        found = facts(self._store, None, kg("cardKey"), RdfLiteral(key))
        return next((shorten(fact.subject.value) for fact in found), "")

    def _is_money(self, unit: str) -> bool:
        node = find_node(self._store, unit) if unit else None
        return node is not None and any(facts(self._store, node, kg("unitKind"), kg("MoneyKind")))

    def _key(self, unit: str) -> str | None:
        node = find_node(self._store, unit)
        keys = [fact.object.value for fact in facts(self._store, node, kg("cardKey"))] if node is not None else []
        return min(keys, default=None)


def _counts(slot: Slot) -> tuple[str, ...]:
    return ("days", "number") if slot.name == "days" else ("number",)


def _written(slot: Slot, value: str) -> str:
    return value.removeprefix("kg:") if slot.kind == "concept" else value


def _is_narrow(schema: Schema, name: str) -> bool:
    """Tell whether a class is below another one: those on top hold too much to be meant."""
    return name in schema.classes and any(one in schema.classes for one in schema.superclasses.get(name, ()))


def _below(schema: Schema, kinds: Iterable[str]) -> set[str]:
    return {*kinds, *(name for kind in kinds for name in schema.kinds_within(kind, schema.classes))}


def assign(
    slots: Sequence[Slot], candidates: Mapping[str, Sequence[Filling]], *, most: int = _MOST_FILLINGS
) -> list[dict[str, Filling]]:
    """Give the ways to fill slots with candidates that share no word, those that fill more and better first.

    One date fills the first day and the last one.
    """
    choices = [[None, *candidates.get(slot.name, ())] for slot in slots]
    ways = []
    for way in product(*choices):
        filled = {slot.name: one for slot, one in zip(slots, way, strict=True) if one is not None}
        if _is_apart(slots, filled):
            ways.append(filled)
    ways.sort(
        key=lambda way: -sum(one.fit * (1 + 0.1 * (one.mention.last - one.mention.first)) for one in way.values())
    )
    return ways[:most]


def _is_apart(slots: Sequence[Slot], filled: Mapping[str, Filling]) -> bool:
    kinds = {slot.name: slot.kind for slot in slots}
    named = list(filled.items())
    return not any(
        one.mention.overlaps(other.mention)
        and not (kinds[name] == kinds[next_name] == "date" and one.mention is other.mention)
        for at, (name, one) in enumerate(named)
        for next_name, other in named[at + 1 :]
    )
