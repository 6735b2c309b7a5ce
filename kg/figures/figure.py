"""A figure as printed, and which units of the cards its words allow."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from kg.figures.bounds import EXACTLY
from kg.figures.unit_words import UnitWords

__all__ = ["Figure", "Reading"]


@dataclass(frozen=True)
class Figure:
    """A number with what stands around it.

    `units` are the keys that its words can mean, its `bounds` begin with the plain reading, `per` is what
    it is counted per and `per_beside` whether that stands right behind it, `per_elsewhere` whether it may as well
    belong to another figure of the phrase; `word` is the word where a unit
    would stand, also if no unit is known by it.
    """

    value: Decimal
    units: tuple[str, ...] = ()
    bounds: tuple[str, ...] = (EXACTLY,)
    per: tuple[str, ...] = ()
    per_beside: bool = False
    per_elsewhere: bool = False
    word: str = ""

    @property
    def bound(self) -> str:
        """The plain reading of its bound."""
        return self.bounds[0]

    def allows(self, key: str, words: UnitWords) -> bool:
        """Tell whether a unit says what stands with the figure: its words, and what it is counted per."""
        unit = words.by_key.get(key)
        if unit is None:
            return False
        if unit.rate_of and unit.per:
            return key in self.units or (unit.per in self.per and self._means(unit.rate_of, words))
        if not self._means(key, words):
            return False
        if self.per_beside:
            return not self.per or _is_share(key, words)
        return self.per_elsewhere or not any((key, period) in words.rates for period in self.per)

    def _means(self, key: str, words: UnitWords) -> bool:
        return key in self.units or (not self.units and words.by_key[key].optional)


def _is_share(key: str, words: UnitWords) -> bool:
    """Tell the units of shares, which are rates by themselves: "10% per year"."""
    percent = words.at("%", 0)
    return percent is not None and key in percent.keys


@dataclass(frozen=True)
class Reading:
    """The figures that a phrase can be read as, and why others could not be read."""

    figures: tuple[Figure, ...] = ()
    doubts: tuple[str, ...] = ()
