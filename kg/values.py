"""Numbers and dates as cards write them, and the exact conversion of units.

Which units exist and how they convert is told by the ontology (`kg.ontology.vocabulary`);
what documents print is read by `kg.figures`. Nothing here reads files.
"""

from __future__ import annotations

import calendar
import datetime
import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation, localcontext
from fractions import Fraction
from functools import lru_cache

__all__ = ["Span", "convert", "parse_day", "parse_decimal", "parse_edtf"]

# Comparison values carry twelve digits: enough for any figure that is printed, and
# thirds (15 mu = 1 ha) must end somewhere.
COMPARISON_DIGITS = 12
_DAY_LENGTH = len("2026-11-30")
# What EDTF writes for an end that is open.
_OPEN = ".."


@dataclass(frozen=True)
class Span:
    """The days that a date of any precision covers, both ends included.

    A bound has one end only: "by 2030" covers all days until the last of 2030, "2025 at the earliest" all from the
    first of 2025. The end that is left open reaches as far as days are counted, so that spans compare as any others.
    """

    earliest: datetime.date
    latest: datetime.date

    @property
    def has_first(self) -> bool:
        """Whether the first day is told."""
        return self.earliest != datetime.date.min

    @property
    def has_last(self) -> bool:
        """Whether the last day is told."""
        return self.latest != datetime.date.max

    @property
    def is_bound(self) -> bool:
        """Whether only one end is told."""
        return not (self.has_first and self.has_last)

    def holds(self, other: Span) -> bool:
        """Tell whether all days of another span are among its own."""
        return self.earliest <= other.earliest and other.latest <= self.latest


def parse_decimal(text: str) -> Decimal | None:
    """Read a plain decimal, or give None: no exponent, no sign of infinity, no thousands marks.

    >>> parse_decimal("95.7"), parse_decimal("1e3"), parse_decimal("1,000")
    (Decimal('95.7'), None, None)
    """
    if re.fullmatch(r"-?\d+(\.\d+)?", text, re.ASCII) is None:
        return None
    try:
        return Decimal(text)
    except InvalidOperation:  # pragma: no cover - the pattern admits only decimals
        return None


def convert(value: Decimal, factor: Fraction) -> Decimal:
    """Multiply by an exact ratio and round to twelve digits.

    >>> convert(Decimal(800), Fraction(1, 15))
    Decimal('53.3333333333')
    """
    with localcontext() as context:
        context.prec = COMPARISON_DIGITS
        # One division of exact numbers: rounding at each step would lose the last digit.
        exact = Fraction(value) * factor
        product = Decimal(exact.numerator) / Decimal(exact.denominator)
    plain = format(product, "f")
    return Decimal(plain.rstrip("0").rstrip(".") if "." in plain else plain)


def parse_edtf(text: str) -> Span | None:
    """Read the part of EDTF that we use: a day, a month, a year, an interval of two of these, or one with an open end.

    Source: ISO 8601-2:2019, the Extended Date/Time Format of the Library of Congress, level 0, and of level 1 the open
    intervals. One without any end tells nothing, and is none.

    >>> parse_edtf("2022-02")
    Span(earliest=datetime.date(2022, 2, 1), latest=datetime.date(2022, 2, 28))
    >>> parse_edtf("2023-02-30") is None, parse_edtf("../..") is None
    (True, True)
    >>> parse_edtf("../2030").latest, parse_edtf("../2030").has_first
    (datetime.date(2030, 12, 31), False)
    """
    first, slash, last = text.partition("/")
    if not slash:
        return _parse_day(first)
    start = _NO_FIRST if first == _OPEN else _parse_day(first)
    end = _NO_LAST if last == _OPEN else _parse_day(last)
    if start is None or end is None or start.earliest > end.latest or (start, end) == (_NO_FIRST, _NO_LAST):
        return None
    return Span(start.earliest, end.latest)


def parse_day(text: str) -> datetime.date | None:
    """Read one whole day, or give None.

    >>> parse_day("2025-03-15"), parse_day("2025-03"), parse_day("../2025-03")
    (datetime.date(2025, 3, 15), None, None)
    """
    span = _parse_day(text)
    return span.earliest if span is not None and len(text) == _DAY_LENGTH else None


@lru_cache(maxsize=10_000)
def _parse_day(text: str) -> Span | None:
    found = re.fullmatch(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?", text, re.ASCII)
    if found is None:
        return None
    year, month, day = found.groups()
    try:
        first = datetime.date(int(year), int(month or 1), int(day or 1))
    except ValueError:
        return None
    if day:
        return Span(first, first)
    last_month = int(month or 12)
    return Span(first, datetime.date(first.year, last_month, calendar.monthrange(first.year, last_month)[1]))


_NO_FIRST = Span(datetime.date.min, datetime.date.min)
_NO_LAST = Span(datetime.date.max, datetime.date.max)
