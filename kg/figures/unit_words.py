"""The words that texts print for units, handed in from the ontology, ready to be found in a phrase."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from kg.figures.normal_form import normalize

__all__ = ["FoundUnit", "PrintedUnit", "UnitWords"]

# A word of Latin, Greek or Cyrillic letters ends where no letter and no digit follows. That class has no case: where
# case is ignored, to compile it takes as many steps as it has characters.
_WORD_END = r"(?:(?-i:(?![^\W_\u2e80-\u9fff\uac00-\ud7af]))|(?=p[ay]\b))"
_HAN = 0x2E80
_LONGEST_LEAD = 24
_WORD_START = r"(?<![^\W\d_\u2e80-\u9fff\uac00-\ud7af])"

# A few words may stand between a figure and its unit ("3,000 new jobs"), but none of these.
_NO_BETWEEN = (
    "short|long|troy|nautical|square|cubic|sq|cu|of|in|per|for|to|and|by|at|on|with|from|a|an|or|the|over|than|as|"
    "within|during|since|until|under|about|after|one|two|three|four|five|six|seven|eight|nine|ten|"
    "each|every|between|is|are|was|were|will|which|that|de|di|del|la|le|les|et|und|y|e|o|pour|par|pro"
)
_BETWEEN = re.compile(rf"(?!(?:{_NO_BETWEEN})\b)[a-zà-ÿ][a-zà-ÿ-]+\s+", re.IGNORECASE)
_NOUN_AFTER = re.compile(rf"[\s-]+(?!(?:{_NO_BETWEEN}|annually|yearly|will|by|when|once|so)\b)[a-z]{{3,}}s\b")
_AND = re.compile(r"(?:and|or|und|et|y|e)\s+(?=[a-zà-ÿ])", re.IGNORECASE)
_MOST_BETWEEN = 4
_LINKED = re.compile(r"\s*-?\s*(?:d'|de |di |of )?\s*", re.IGNORECASE)


@dataclass(frozen=True)
class PrintedUnit:
    """A unit as texts print it.

    `shared` are words that are more often another unit's; `rate_of` and `per` name the two units of a
    rate; `leads` tells whether its word may stand before the number, `optional` whether it may be left out.
    `whole` tells that it counts things, `large` that its figures usually need marks of thousands.
    """

    key: str
    words: tuple[str, ...]
    shared: tuple[str, ...] = ()
    rate_of: str | None = None
    per: str | None = None
    leads: bool = False
    optional: bool = False
    whole: bool = False
    large: bool = False


@dataclass(frozen=True)
class FoundUnit:
    """A unit word in a phrase: the keys it can mean, the word, and where it ends."""

    keys: tuple[str, ...]
    word: str
    end: int


def _plain(word: str) -> str:
    """Write the words of a unit with single spaces: a line may part them by hyphens."""
    return re.sub(r"(?<=[^\W\d_])[\s-]+(?=[^\W\d_])", " ", word)


def _alternatives(words: Iterable[str]) -> str:
    """Write words as alternatives, the longest first; those that end alike share what must follow them."""
    ordered = sorted(words, key=lambda word: (-len(word), word))
    runs = ((end, "|".join(map(_spaced, run))) for end, run in groupby(ordered, _end_of))
    return "|".join(f"(?:{run}){end}" for end, run in runs) or r"(?!)"


def _spaced(word: str) -> str:
    return re.escape(word).replace(r"\ ", r"[\s-]+")


def _end_of(word: str) -> str:
    return _WORD_END if word[-1].isalnum() and ord(word[-1]) < _HAN else ""


@dataclass(frozen=True)
class UnitWords:
    """All unit words, found by the longest first; letters' case tells units apart where both cases are words."""

    units: tuple[PrintedUnit, ...]

    @classmethod
    def of(cls, units: Iterable[PrintedUnit]) -> UnitWords:
        """Gather units."""
        return cls(tuple(units))

    @cached_property
    def by_key(self) -> dict[str, PrintedUnit]:
        """Each unit by its key."""
        return {unit.key: unit for unit in self.units}

    @cached_property
    def rates(self) -> dict[tuple[str, str], str]:
        """The unit of a rate by what is counted and what it is counted per."""
        return {(unit.rate_of, unit.per): unit.key for unit in self.units if unit.rate_of and unit.per}

    @cached_property
    def _exact(self) -> dict[str, tuple[str, ...]]:
        """Each word as it is written, with the keys that it can mean, its own before those that share it."""
        table: dict[str, list[str]] = {}
        for shared in (False, True):
            for unit in self.units:
                for word in unit.shared if shared else unit.words:
                    keys = table.setdefault(_plain(normalize(word)), [])
                    keys += [unit.key] if unit.key not in keys else []
        return {word: tuple(keys) for word, keys in table.items()}

    @cached_property
    def _folded(self) -> dict[str, tuple[str, ...]]:
        folded: dict[str, tuple[str, ...]] = {}
        for word, keys in self._exact.items():
            known = folded.get(word.casefold(), ())
            folded[word.casefold()] = (*known, *(key for key in keys if key not in known))
        return folded

    def _keys(self, word: str) -> tuple[str, ...]:
        plain = _plain(word)
        return self._exact.get(plain) or self._folded[plain.casefold()]

    @cached_property
    def _any(self) -> re.Pattern[str]:
        return re.compile(_alternatives(self._exact), re.IGNORECASE)

    @cached_property
    def _leading(self) -> re.Pattern[str]:
        words = {_plain(normalize(word)) for unit in self.units if unit.leads for word in (*unit.words, *unit.shared)}
        parts = "|".join(map(re.escape, sorted(words, key=lambda word: (-len(word), word))))
        return re.compile(rf"{_WORD_START}(?:{parts or '(?!)'})\s*$", re.IGNORECASE)

    def at(self, text: str, place: int) -> FoundUnit | None:
        """Find the unit word that begins at a place."""
        found = self._any.match(text, place)
        if found is None or not found[0]:
            return None
        return FoundUnit(self._keys(found[0]), found[0], found.end())

    def after(self, text: str, place: int) -> FoundUnit | None:
        """Find the unit word of a figure that ends at a place: right behind it, or behind one or two adjectives."""
        linked = _LINKED.match(text, place)
        place = linked.end() if linked else place
        for step in range(_MOST_BETWEEN + 1):
            found = self.at(text, place)
            if found and not self._names_another(text, found):
                return found
            between: re.Match[str] | None = _BETWEEN.match(text, place) or (step and _AND.match(text, place)) or None
            if between is None:
                return None
            place = between.end()
        return None

    def _names_another(self, text: str, found: FoundUnit) -> bool:
        """Tell whether a thing only names what is counted: "35,000 EV batteries" are no vehicles."""
        counts = all(self.by_key[key].whole for key in found.keys)
        return counts and not found.word.endswith("s") and _NOUN_AFTER.match(text, found.end) is not None

    def before(self, text: str, place: int) -> FoundUnit | None:
        """Find the unit word, such as a currency, that ends right before a place; its `end` is where it begins."""
        found = self._leading.search(text, max(0, place - _LONGEST_LEAD), place)
        if found is None:
            return None
        return FoundUnit(self._keys(found[0].strip()), found[0].strip(), found.start())
