"""Modes and source grades in the order that the ontology gives them: how sure a claim is, how good its source.

There is one order, `kg:order`, by which rival claims are ranked. Of several parts that something rests on, the least
sure one counts; there the weak grades (`kg:isWeak`) stand behind all others, our own notes among these.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from kg.errors import NotListed
from kg.rdf.namespaces import KG
from kg.rdf.store import Store, facts
from kg.rdf.vocab import RDF_TYPE, kg

__all__ = ["Scale", "Scales", "read_scale", "read_scales"]


@dataclass(frozen=True)
class Scale:
    """The concepts of a class with their places, the best having the first; some share a place, some are weak."""

    places: Mapping[str, int]
    weak: frozenset[str] = frozenset()

    def place(self, name: str) -> int:
        """Give the place of a concept; one without an order stands behind those that have one.

        >>> Scale({"Primary": 1, "Press": 2}).place("Rumour")
        3
        """
        return self.places.get(name, max(self.places.values(), default=0) + 1)

    @property
    def names(self) -> list[str]:
        """The concepts, the best first."""
        return sorted(self.places, key=lambda name: (self.places[name], name))

    @property
    def best(self) -> str:
        """The concept with the first place."""
        return self.names[0]

    def surest(self, names: Iterable[str]) -> str | None:
        """Give the surest of some concepts, or None of none."""
        return min(names, key=self._sureness, default=None)

    def least_sure(self, names: Iterable[str]) -> str | None:
        """Give the least sure of some concepts, or None of none.

        >>> grades = Scale({"Press": 1, "Mirror": 2, "Editorial": 3}, frozenset({"Mirror"}))
        >>> grades.least_sure(["Mirror", "Editorial", "Press"]), grades.surest(["Mirror", "Editorial"])
        ('Mirror', 'Editorial')
        """
        return max(names, key=self._sureness, default=None)

    def weakness(self, name: str) -> int:
        """Tell how many places a weak concept stands behind the last before it that is not weak; 0 for another.

        >>> grades = Scale({"Press": 1, "Translation": 2, "Mirror": 3}, frozenset({"Translation", "Mirror"}))
        >>> [grades.weakness(name) for name in grades.names]
        [0, 1, 2]
        """
        if name not in self.weak:
            return 0
        place = self.place(name)
        return place - max((at for one, at in self.places.items() if one not in self.weak and at < place), default=0)

    def _sureness(self, name: str) -> tuple[bool, int, str]:
        return name in self.weak, self.place(name), name

    def check(self, kind: str, name: str) -> None:
        """Raise NotListed for what is no concept of the scale."""
        if name not in self.places:
            raise NotListed(f"{kind}: {name!r} is not known; write one of {', '.join(self.names)}")


@dataclass(frozen=True)
class Scales:
    """The scale of modes and that of source grades."""

    modes: Scale
    grades: Scale

    def to_dict(self) -> dict[str, Any]:
        """Give both as plain values, for a release."""
        return {
            name: {"places": {one: scale.places[one] for one in scale.names}, "weak": sorted(scale.weak)}
            for name, scale in (("modes", self.modes), ("grades", self.grades))
        }

    @classmethod
    def from_dict(cls, tree: Mapping[str, Any]) -> Scales:
        """Read what `to_dict` gave."""
        modes, grades = (Scale(tree[name]["places"], frozenset(tree[name]["weak"])) for name in ("modes", "grades"))
        return cls(modes, grades)


def read_scale(store: Store, kind: str) -> Scale:
    """Read the concepts of a class that have an order, by their local names."""
    places: dict[str, int] = {}
    weak: set[str] = set()
    for member in sorted({fact.subject for fact in facts(store, None, RDF_TYPE, kg(kind))}, key=str):
        name = member.value.removeprefix(KG)
        places.update((name, int(fact.object.value)) for fact in facts(store, member, kg("order")))
        weak.update(name for fact in facts(store, member, kg("isWeak")) if fact.object.value == "true")
    return Scale(places, frozenset(weak))


def read_scales(store: Store) -> Scales:
    """Read both scales out of a store that holds the ontology."""
    return Scales(read_scale(store, "Mode"), read_scale(store, "SourceGrade"))
