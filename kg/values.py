"""Quantities and dates as a document prints them, read into exact values.

A printed figure ("over 800 acres", "RMB15 billion", "51.2万平方米") gives a number, a
unit word and a bound; a printed date gives whatever of year, month and day it names.
Which units exist and how they convert is told by the ontology (`kg.ontology.vocabulary`).
Nothing here reads files.
"""

from __future__ import annotations

import calendar
import datetime
import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation, localcontext
from fractions import Fraction

__all__ = ["Figure", "Span", "convert", "goes_on", "parse_decimal", "parse_edtf", "read_date", "read_figures"]

# Comparison values carry twelve digits: enough for any figure that is printed, and
# thirds (15 mu = 1 ha) must end somewhere.
COMPARISON_DIGITS = 12

_MAGNITUDES: dict[str, int] = {
    "hundred": 10**2, "thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12,
    "mn": 10**6, "bn": 10**9, "hundred billion": 10**11, "hundred million": 10**8,
    "十": 10, "百": 10**2, "千": 10**3, "万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8,
    "百万": 10**6, "千万": 10**7, "百亿": 10**10, "千亿": 10**11, "千億": 10**11, "万亿": 10**12, "萬億": 10**12,
}  # fmt: skip

_WORDS: dict[str, int] = {
    "a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6,
    "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12,
    "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10,
}  # fmt: skip

# The unit words that a text may print, each with the card keys it can stand for.
_UNIT_WORDS: dict[str, tuple[str, ...]] = {
    "gwh": ("GWh", "GWh-per-year"), "吉瓦时": ("GWh", "GWh-per-year"), "mwh": ("MWh",), "mw": ("MW",), "gw": ("GW",),
    "hectares": ("ha",), "hectare": ("ha",), "ha": ("ha",), "公顷": ("ha",),
    "acres": ("acre",), "acre": ("acre",), "英亩": ("acre",),
    "mu": ("mu",), "亩": ("mu",), "畝": ("mu",),
    "square meters": ("m2",), "square metres": ("m2",), "m2": ("m2",), "m²": ("m2",), "平方米": ("m2",), "㎡": ("m2",),
    "square kilometers": ("km2",), "square kilometres": ("km2",), "km2": ("km2",), "平方公里": ("km2",),
    "rmb": ("CNY", "CNY-per-year"), "yuan": ("CNY", "CNY-per-year"), "cny": ("CNY", "CNY-per-year"),
    "元": ("CNY", "CNY-per-year"), "usd": ("USD",), "us$": ("USD",), "美元": ("USD",),
    "eur": ("EUR",), "euros": ("EUR",),
    "%": ("percent",), "percent": ("percent",), "per cent": ("percent",),
    "jobs": ("people",), "job opportunities": ("people",), "people": ("people",), "人": ("people",),
    "tonnes": ("t", "t-per-year"), "tons": ("t", "t-per-year"), "t": ("t", "t-per-year"), "吨": ("t", "t-per-year"),
    "years": ("year",), "days": ("day",),
}  # fmt: skip

_BOUND_WORDS: tuple[tuple[str, str], ...] = (
    ("as high as", "AtMost"), ("up to", "AtMost"), ("at most", "AtMost"), ("no more than", "AtMost"),
    ("不超过", "AtMost"),
    ("nearly", "About"), ("近", "About"), ("about", "About"), ("around", "About"), ("approximately", "About"),
    ("约", "About"), ("at least", "AtLeast"), ("no less than", "AtLeast"), ("不低于", "AtLeast"), ("不少于", "AtLeast"),
    ("over", "MoreThan"), ("more than", "MoreThan"), ("above", "MoreThan"), ("exceeding", "MoreThan"),
    ("超过", "MoreThan"), ("超", "MoreThan"), ("余", "MoreThan"), ("餘", "MoreThan"), ("多", "MoreThan"),
)  # fmt: skip

_YEARLY = re.compile(r"annual|yearly|per year|a year|/\s?yr|/\s?a\b|/\s?年|每年|年产|年產", re.IGNORECASE)


def _alternatives(words: dict[str, object]) -> str:
    """Join words into a pattern, the longest first, with word ends for Latin ones."""
    ordered = sorted(words, key=lambda word: (-len(word), word))
    return "|".join(
        re.escape(word) + (r"(?![a-z])" if word[-1].isascii() and word[-1].isalpha() else "") for word in ordered
    )


_MAGNITUDE = _alternatives(dict(_MAGNITUDES))
_UNIT = _alternatives(dict(_UNIT_WORDS))
_FIGURE = re.compile(
    rf"(?P<before>(?<![a-z])(?:rmb|cny|usd|us\$|eur|yuan))?\s*"
    rf"(?:(?P<number>\d[\d,]*(?:\.\d+)?)|(?P<word>(?<![a-z])(?:{_alternatives(dict(_WORDS))}))"
    rf"|(?=(?:{_MAGNITUDE})-?(?:level|级|級)|[百千万萬][亿億]))"
    rf"[\s-]*(?P<magnitude>{_MAGNITUDE})?[\s-]*(?P<more>[余餘多])?\s*(?P<level>level|级|級)?\s*(?P<unit>{_UNIT})?"
)


@dataclass(frozen=True)
class Figure:
    """A figure as printed: its number, the card keys its unit word allows, its bound, and whether it is yearly."""

    value: Decimal
    units: tuple[str, ...]
    bound: str
    yearly: bool


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


def read_figures(verbatim: str) -> list[Figure]:
    """Find every figure that a printed phrase can be read as.

    >>> read_figures("over 800 acres")
    [Figure(value=Decimal('800'), units=('acre',), bound='MoreThan', yearly=False)]
    >>> read_figures("RMB15 billion")[0].value
    Decimal('15000000000')
    """
    text = verbatim.casefold()
    yearly = _YEARLY.search(verbatim) is not None
    figures = []
    for found in _FIGURE.finditer(text):
        units: tuple[str, ...] = ()
        for word in (found["before"], found["unit"]):
            units += _UNIT_WORDS[word] if word else ()
        # "Trillion-level" and 千亿 without a number name an order of magnitude, not a figure.
        order_only = found["level"] or not (found["number"] or found["word"])
        bound = "MoreThan" if found["more"] else "About" if order_only else _bound_before(text[: found.start()])
        figures.append(Figure(_number(found), units, bound, yearly))
    return figures


def goes_on(verbatim: str, after: str) -> bool:
    """Tell whether a printed figure or date goes on in the text after it.

    >>> goes_on("15亿", "元的"), goes_on("15亿元", "的"), goes_on("in June", " 1, the"), goes_on("2022", ", the")
    (True, False, True, False)
    """
    text, next_one = verbatim.casefold(), after[:1].casefold()
    figures = _FIGURE.finditer(text + next_one) if next_one.isalnum() else ()
    named = read_date(verbatim)
    return any(found.start() < len(text) < found.end() for found in figures) or (
        bool(named) and read_date(verbatim + after[:_DATE_REST]) != named
    )


def _number(found: re.Match[str]) -> Decimal:
    base = Decimal(found["number"].replace(",", "")) if found["number"] else Decimal(_WORDS.get(found["word"] or "", 1))
    return base * _MAGNITUDES.get(found["magnitude"] or "", 1)


def _bound_before(text: str) -> str:
    """Read the bound from the words right before a figure."""
    words = text.rstrip().removesuffix("rmb").rstrip()
    for phrase, bound in _BOUND_WORDS:
        if words.endswith(phrase):
            return bound
    return "Exactly"


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


# The longest rest of a date: " 30, 2022".
_DATE_REST = 9
_MONTHS = {name.casefold(): number for number, name in enumerate(calendar.month_name) if name}
_DATE_PARTS = re.compile(
    rf"(?<![a-z])(?P<month>{'|'.join(_MONTHS)})(?![a-z])(?:\s+(?P<day>\d{{1,2}})(?!\d))?(?:,?\s+(?P<year>\d{{4}}))?"
    r"|(?:(?P<zyear>\d{4})年)?(?P<zmonth>\d{1,2})月(?:(?P<zday>\d{1,2})日)?"
    r"|(?P<iyear>\d{4})(?:-(?P<imonth>\d\d)(?:-(?P<iday>\d\d))?|年)?"
)


def read_date(verbatim: str) -> dict[str, int]:
    """Find what a printed date names: any of year, month and day.

    >>> read_date("in February 2022")
    {'year': 2022, 'month': 2}
    >>> read_date("early April")
    {'month': 4}
    """
    found = _DATE_PARTS.search(verbatim.casefold())
    if found is None:
        return {}
    parts = {key.lstrip("zi"): text for key, text in found.groupdict().items() if text}
    named: dict[str, int] = {}
    for part in ("year", "month", "day"):
        if part in parts:
            named[part] = _MONTHS.get(parts[part]) or int(parts[part])
    return named
