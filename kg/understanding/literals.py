"""What a text says without a name: dates, numbers with their magnitude, words in quotation marks, ids."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType

from kg.figures.chinese import parse_numeral
from kg.figures.date_reader import read_dates
from kg.rdf.namespaces import is_slug_path

__all__ = ["Literal", "find_literals"]

_FIRST_YEAR, _LAST_YEAR = 1900, 2200
_QUOTED = re.compile(r"[\"“„「『]([^\"“”„「」『』]{1,100})[\"”」』]|(?<!\w)['‘]([^'‘’]{1,100})['’](?!\w)")
_ID = re.compile(
    r"(?<![\w/:.-])(?:kg:[A-Za-z]\w*|https?://[^\s<>\"，。；？！）)]+|[a-z]+(?:/[a-z0-9][a-z0-9.-]*[a-z0-9])+)"
)
_MAGNITUDES = MappingProxyType(
    {
        "万亿": 10**12, "千亿": 10**11, "百亿": 10**10, "十亿": 10**9, "亿": 10**8,
        "千万": 10**7, "百万": 10**6, "万": 10**4,
        "trillion": 10**12, "billion": 10**9, "bn": 10**9, "million": 10**6, "mn": 10**6, "thousand": 10**3,
    }
)  # fmt: skip
_WORDS = MappingProxyType(
    {
        "a": 1,
        "an": 1,
        "one": 1,
        "two": 2,
        "three": 3,
        "four": 4,
        "five": 5,
        "six": 6,
        "nine": 9,
        "ten": 10,
        "twelve": 12,
    }
)
_DIGITS = re.compile(
    rf"(?<![A-Za-z0-9_.,/-])(\d{{1,3}}(?:,\d{{3}})+|\d{{1,15}})(\.\d{{1,6}})?\s?({'|'.join(_MAGNITUDES)})?(?![\d/])"
    rf"|(?<![A-Za-z0-9_.,/-])({'|'.join(_WORDS)})(?=\s(?:day|week|month|year)s?(?![a-z]))"
    rf"|(?<![A-Za-z0-9_.,/-])([一二三四五六七八九十百两]{{1,6}})(?=\s?(?:天|日|周|个?月|年|{'|'.join(_MAGNITUDES)}))"
)
# What a period of time counts in days, as people say it who do not count them.
_DAYS = MappingProxyType(
    {"day": 1, "天": 1, "日": 1, "week": 7, "周": 7, "month": 30, "月": 30, "year": 365, "年": 365}
)
_PERIOD = re.compile(rf"[\s-]?个?({'|'.join(_DAYS)})s?(?![a-z])", re.IGNORECASE)


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
    for found in _DIGITS.finditer(text):
        whole, fraction, magnitude, word, numeral = found.groups()
        read = parse_numeral(numeral) if numeral else None
        if numeral and read is None:
            continue
        if read is not None:
            number = read.value
        else:
            number = Decimal(_WORDS[word]) if word else Decimal(whole.replace(",", "") + (fraction or ""))
        number *= _MAGNITUDES.get(magnitude or "", 1)
        period = _PERIOD.match(text, found.end())
        if period and not magnitude:
            days = number * _DAYS[period[1].lower()]
            yield Literal("days", found.start(), period.end(), (_plain(days),))
        else:
            yield Literal("number", found.start(), found.end(), (_plain(number),))


def _plain(number: Decimal) -> str:
    return format(number.normalize(), "f")
