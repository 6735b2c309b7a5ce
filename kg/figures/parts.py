"""A number with its magnitude, unit, bound and rate."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from kg.figures.bounds import EXACTLY, bounds_around
from kg.figures.digits import parse_digits
from kg.figures.figure import Figure
from kg.figures.number_words import MAGNITUDE, magnitude_of
from kg.figures.numbers import Number
from kg.figures.rates import per_after, periods_in
from kg.figures.unit_words import FoundUnit, UnitWords

__all__ = ["Part", "PartReader"]

# A letter for a power of ten: $500m, 30k jobs, 30ktpa, 5 Mt.
_PREFIX = re.compile(r"\s?(?P<letter>[kM])(?=t(?:on(?:ne)?s?\b|pa|py|CO|[/a]|\b)|TPA)")
_LETTER = re.compile(r"\s?(?P<letter>[kK]|[mM][nN]?|[bB][nN]?)(?![^\W_\u2e80-\u9fff])")
_POWERS = {"k": 3, "m": 6, "mn": 6, "b": 9, "bn": 9}
_AFTER_NUMBER = re.compile(r"\s*(?P<more>[余多](?!种|样)|odd(?=\s)|\+(?=\s?[^\W\d]))?(?P<level>[\s-]*(?:level|级))?")
_PERCENT_BEFORE = re.compile(r"百分之\s?$")
_TENTHS = re.compile(r"成(?![为立员本功果品都长])")
_HALF_AFTER = re.compile(r"\s?半(?!导体|年|径|数)")
# In "€50-60m" the currency stands before the lower end.
_SUM_BEFORE = re.compile(r"(?:[$€£¥]|\b[A-Z]{3})\s?[\d.,]+\s?(?:-|–|to|and)\s?$")
_TIMES = re.compile(r"\s?[x×*]\s?(?=[\d])|/(?=\d)|:(?=\d)", re.IGNORECASE)
_WORD = re.compile(r"[\s-]*(?P<word>[^\W\d_]+(?:[\s-][^\W\d_]+)?)")
_LIMIT_SIGNS = re.compile(r"(?:排放量?|达到?|不?超过?|逾|近|大?约|量|共|[:： ])+$")
_LONGEST_MATTER = 6
_HAN = 0x2E80
_SPAN_OF_TIME = re.compile(r"(?<!\w)over\s+(?:the\s+)?$", re.IGNORECASE)


@dataclass(frozen=True)
class Part:
    """A figure and where it begins and ends; `base` is its number without `magnitude`, which a range may share."""

    start: int
    end: int
    figure: Figure
    base: Decimal
    magnitude: Decimal
    doubt: str = ""


@dataclass
class _Place:
    """How far a part has been read."""

    start: int
    end: int
    magnitude: Decimal = Decimal(1)
    more: bool = False
    plus: bool = False
    level: bool = False
    may_be_million: bool = False


class PartReader:
    """Reads parts of one phrase."""

    def __init__(self, text: str, words: UnitWords, language: str | None) -> None:
        self.text = text
        self.words = words
        self.language = language
        self.periods = periods_in(text)

    def read(self, number: Number) -> list[Part]:
        """Read the part of a number; two where a letter may be a million or a metre, none where it is no figure."""
        place = _Place(number.start, number.end)
        lead = self._lead(number, place)
        self._magnitude(number, lead, place)
        after = _AFTER_NUMBER.match(self.text, place.end)
        if after is not None:
            place.end = after.end() if after["more"] or after["level"] else place.end
            place.more, place.level = number.more or bool(after["more"]), bool(after["level"])
            place.plus = after["more"] == "+"
        unit = self._unit(number, place)
        if number.order and not (place.level or unit or lead) and number.end - number.start < 2:
            return []
        parts = [self._finished(number, place, self._keys(lead, unit), unit)]
        if place.may_be_million:
            million = _Place(place.start, place.end, Decimal(10**6))
            parts.append(self._finished(number, million, lead.keys if lead else (), None))
        return parts

    def _lead(self, number: Number, place: _Place) -> FoundUnit | None:
        """Find a currency, or 百分之, before the number."""
        if percent := _PERCENT_BEFORE.search(self.text, 0, number.start):
            found = self.words.at("%", 0)
            place.start = percent.start()
            return FoundUnit(found.keys, percent[0], percent.start()) if found else None
        lead = self.words.before(self.text, number.start)
        if lead:
            place.start = lead.end
        return lead

    def _magnitude(self, number: Number, lead: FoundUnit | None, place: _Place) -> None:
        if number.digits and (prefix := _PREFIX.match(self.text, number.end)):
            place.magnitude, place.end = Decimal(10) ** _POWERS[prefix["letter"].casefold()], prefix.end()
            return
        if found := MAGNITUDE.match(self.text, number.end):
            place.magnitude, place.end = magnitude_of(found[0]), found.end()
            return
        letter = _LETTER.match(self.text, number.end)
        if letter is None or not number.digits:
            return
        power = Decimal(10) ** _POWERS[letter["letter"].casefold()]
        summed = lead or _SUM_BEFORE.search(self.text[: number.start])
        if summed or power != 10**6 or len(letter["letter"]) > 1 or self.words.after(self.text, letter.end()):
            place.magnitude, place.end = power, letter.end()
        else:
            place.may_be_million = True

    def _unit(self, number: Number, place: _Place) -> FoundUnit | None:
        if len(number.digits) < 2 and (tenths := _TENTHS.match(self.text, place.end)):
            percent = self.words.at("%", 0)
            place.magnitude, place.end = Decimal(10), tenths.end()
            return FoundUnit(percent.keys, "成", tenths.end()) if percent else None
        found = self.words.after(self.text, place.end)
        if found:
            place.end = found.end
            found = self._with_word_before(place, found)
        return found

    def _with_word_before(self, place: _Place, unit: FoundUnit) -> FoundUnit:
        """Join a unit with what it is of, which Chinese may print before the number: 二氧化碳5万吨, 标准煤2000吨."""
        before = _LIMIT_SIGNS.sub("", self.text[: place.start])
        if not before or (ord(before[-1]) < _HAN and not before[-1].isdigit()):
            return unit
        for length in range(min(_LONGEST_MATTER, len(before)), 1, -1):
            whole = self.words.at(unit.word + before[-length:], 0)
            if whole and whole.end == len(unit.word) + length:
                return FoundUnit(whole.keys, unit.word, unit.end)
        return unit

    def _keys(self, lead: FoundUnit | None, unit: FoundUnit | None) -> tuple[str, ...]:
        """Give what both words can mean: "$1.6 billion CAD" is Canadian; "RMB 5 billion" has one word only."""
        if lead is None or unit is None:
            found = lead or unit
            return found.keys if found else ()
        both = tuple(key for key in lead.keys if key in unit.keys)
        return both or lead.keys + unit.keys

    def _finished(self, number: Number, place: _Place, keys: tuple[str, ...], unit: FoundUnit | None) -> Part:
        base, doubt = self._base(number, place, keys)
        magnitude = place.magnitude * number.scale
        half = _HALF_AFTER.match(self.text, place.end) if unit else None
        if half:
            base, place.end = base + Decimal("0.5"), half.end()
        per = per_after(self.text, place.end, self.words)
        place.end = per[1] if per else place.end
        bounds = self._bounds(number, place, keys)
        word = _WORD.match(self.text, place.end)
        figure = Figure(
            base * magnitude,
            keys,
            bounds,
            (per[0],) if per else self.periods,
            per is not None,
            word=unit.word if unit else word["word"] if word and not keys else "",
        )
        return Part(place.start, place.end, figure, base, magnitude, doubt)

    def _base(self, number: Number, place: _Place, keys: tuple[str, ...]) -> tuple[Decimal, str]:
        """Give the number itself, or say why it cannot be told."""
        if number.doubt:
            return Decimal(0), number.doubt
        if _TIMES.match(self.text, number.end) or re.search(r"\d\s?[x×*/:]\s?$", self.text[: number.start]):
            return Decimal(0), f"{self.text[place.start : place.end]!r} multiplies or divides"
        if not number.digits:
            return number.value / number.scale, ""
        value = parse_digits(number.digits, self.language, self._decimals_likely(number, place, keys))
        if isinstance(value, str):
            return Decimal(0), f"in {number.digits!r} {value}"
        return (-value if self._is_negative(number) else value), ""

    def _decimals_likely(self, number: Number, place: _Place, keys: tuple[str, ...]) -> bool | None:
        units = [self.words.by_key[key] for key in keys]
        if place.magnitude > 1:
            return True
        if re.search(r"[.]000$", number.digits) and not any("percent" in key for key in keys):
            return None
        if not units:
            # A plural of things counts them whole: "2.500 projects".
            return False if _WORD.match(self.text, place.end) else None
        if any(unit.whole for unit in units):
            return False
        return None if any(unit.large for unit in units) else True

    def _is_negative(self, number: Number) -> bool:
        return re.search(r"(?:^|[\s(（:：])-$", self.text[: number.start]) is not None

    def _bounds(self, number: Number, place: _Place, keys: tuple[str, ...]) -> tuple[str, ...]:
        bounds, place.end = bounds_around(self.text, place.start, place.end)
        if number.order or place.level:
            # 千亿 names an order of magnitude; so does 千亿级, which can be nothing else.
            inexact = ("About",) if place.level else ("About", EXACTLY)
            return inexact if bounds[0] == EXACTLY else bounds
        if place.more:
            return ("MoreThan", "AtLeast") if place.plus else ("MoreThan",)
        if {"year", "month", "day"} & set(keys) and _SPAN_OF_TIME.search(self.text[: place.start]):
            return (EXACTLY, "MoreThan")
        return bounds
