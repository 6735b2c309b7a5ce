"""What a text says without a name: dates, numbers with their magnitude, words in quotation marks, ids."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType

from kg.figures.date_reader import read_dates
from kg.figures.reader import read_parts
from kg.figures.unit_words import PrintedUnit, UnitWords
from kg.rdf.namespaces import is_slug_path

__all__ = ["Literal", "find_literals"]

_FIRST_YEAR, _LAST_YEAR = 1900, 2200
_LARGE = 10_000
_QUOTED = re.compile(r"[\"“„「『]([^\"“”„「」『』]{1,100})[\"”」』]|(?<!\w)['‘]([^'‘’]{1,100})['’](?!\w)")
_ID = re.compile(
    r"(?<![\w/:.-])(?:kg:[A-Za-z]\w*|https?://[^\s<>\"，。；？！）)]+|[a-z]+(?:/[a-z0-9][a-z0-9.-]*[a-z0-9])+)"
)
# What a period of time counts in days, as people say it who do not count them.
_DAYS = MappingProxyType({"day": 1, "week": 7, "month": 30, "year": 365})
_PERIODS = UnitWords.of(
    [
        PrintedUnit("day", ("day", "days", "天", "日")),
        PrintedUnit("week", ("week", "weeks", "周")),
        PrintedUnit("month", ("month", "months", "月", "个月")),
        PrintedUnit("year", ("year", "years", "年")),
    ]
)
_A_PERIOD = re.compile(rf"(?<![A-Za-z0-9_.,/-])an? ({'|'.join(_DAYS)})(?![a-z])", re.IGNORECASE)
_DIGIT = re.compile(r"\d")


@dataclass(frozen=True)
class Literal:
    """A value in a text, from one character to before another.

    kind    date, number, days, text or id
    values  as parameters are written: of a date the first and the last day, else one
    """

    kind: str
    start: int
    end: int
    values: tuple[str, ...]


def find_literals(text: str) -> list[Literal]:
    """Find the literals of a text, none within another.

    >>> [(one.kind, one.values) for one in find_literals("since 2025 for 90 days, over 1.5 billion")]
    [('date', ('2025-01-01', '2025-12-31')), ('days', ('90',)), ('number', ('1500000000',))]
    >>> [one.values for one in find_literals("the two partners, for seven days or 两周")]
    [('7',), ('14',)]
    """
    found: list[Literal] = []
    for one in (*_quoted(text), *_ids(text), *_dates(text), *_numbers(text)):
        if all(one.end <= other.start or other.end <= one.start for other in found):
            found.append(one)
    return sorted(found, key=lambda one: one.start)


def _quoted(text: str) -> Iterator[Literal]:
    for found in _QUOTED.finditer(text):
        yield Literal("text", found.start(), found.end(), (found[1] or found[2],))


def _ids(text: str) -> Iterator[Literal]:
    for found in _ID.finditer(text):
        name = found[0].rstrip(".,")
        if is_slug_path(name) or ":" in name:
            yield Literal("id", found.start(), found.start() + len(name), (name,))


def _dates(text: str) -> Iterator[Literal]:
    for one in read_dates(text):
        last = one.last or one.first
        if one.doubt or one.first.year is None or last.year is None or one.start >= one.end:
            continue
        if not (_FIRST_YEAR < one.first.year < _LAST_YEAR and _FIRST_YEAR < last.year < _LAST_YEAR):
            continue
        days = one.first.whole(one.first.year), last.whole(last.year)
        if days[0] is not None and days[1] is not None:
            yield Literal("date", one.start, one.end, _written(days[0].earliest, days[1].latest))


def _written(first: datetime.date, last: datetime.date) -> tuple[str, str]:
    return first.isoformat(), last.isoformat()


def _numbers(text: str) -> Iterator[Literal]:
    """Give numbers in digits or with a magnitude, and periods in days; another number in words counts things."""
    for found in _A_PERIOD.finditer(text):
        yield Literal("days", found.start(), found.end(), (str(_DAYS[found[1].lower()]),))
    for part in read_parts(text, _PERIODS):
        if part.doubt:
            continue
        number, units = part.figure.value, part.figure.units
        if units:
            yield Literal("days", part.start, part.end, (_plain(number * _DAYS[units[0]]),))
        elif _DIGIT.search(text, part.start, part.end) or number >= _LARGE:
            yield Literal("number", part.start, part.end, (_plain(number),))


def _plain(number: Decimal) -> str:
    return format(number.normalize(), "f")
