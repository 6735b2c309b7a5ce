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

__all__ = ["Span", "convert", "parse_decimal", "parse_edtf"]

# Comparison values carry twelve digits: enough for any figure that is printed, and
# thirds (15 mu = 1 ha) must end somewhere.
COMPARISON_DIGITS = 12


@dataclass(frozen=True)
class Span:
    """The days that a date of any precision covers, both ends included."""

    earliest: datetime.date
    latest: datetime.date


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
    """Read the part of EDTF level 0 that we use: a day, a month, a year, or an interval of two of these.

    Source: ISO 8601-2:2019, the Extended Date/Time Format of the Library of Congress.

    >>> parse_edtf("2022-02")
    Span(earliest=datetime.date(2022, 2, 1), latest=datetime.date(2022, 2, 28))
    >>> parse_edtf("2023-02-30") is None
    True
    """
    first, slash, last = text.partition("/")
    start, end = _parse_day(first), _parse_day(last if slash else first)
    if start is None or end is None or start.earliest > end.latest:
        return None
    return Span(start.earliest, end.latest)


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
