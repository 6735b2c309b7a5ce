"""Figures and words of ours as people read them, in English and in Chinese; what programs read keeps plain numbers.

Names of things come from the graph, and words of the ontology too; what tables say of their own, such as the heads of
columns, stands in `words.csv`, in both languages. What a language does with large numbers (10 billion, 100亿) Babel
knows, by the Unicode CLDR. A figure is only written another way, never rounded; one that was converted for the reader
is, and stands beside the printed one.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from pathlib import Path

__all__ = [
    "group_digits",
    "is_foreign",
    "name_column",
    "round_figure",
    "translate",
    "write_date",
    "write_number",
    "write_quantity",
]

_WORDS = Path(__file__).with_name("words.csv")
_YEAR, _LONG_FRACTION, _SHOWN_FRACTION = 4, 6, 4
# From where on a number is written with a word for its magnitude, and how many decimals that may take.
_LARGE = {"en": 1_000_000, "zh": 10_000}
_COMPACT_FRACTION, _EXACT_FRACTION = 3, 20
_SIGNIFICANT = 4
# Beyond the digits of a context a decimal cannot be rounded, and no figure of a document is so large.
_VAST = Decimal(10) ** 20
# Scripts that a reader of English does not read, and words that one of Chinese does not. Compiled where they are first
# used: classes of so many characters take a while, and most answers need none.
_BOUND = re.compile(r"\.\./(\d{4}(?:-\d\d){0,2})|(\d{4}(?:-\d\d){0,2})/\.\.")
_NOT_LATIN = r"[\u0370-\u1fff\u2c00-\ua7ff\ua830-\ufaff\uff66-\uffdc]"
_HAN, _LATIN_WORD = r"[\u3400-\u9fff]", r"[a-z]{3}"


def group_digits(number: int | Decimal) -> str:
    """Write a number with its thousands grouped; of a fraction that does not end four digits.

    >>> group_digits(14_000_000_000), group_digits(2026), group_digits(Decimal("53.3333333333"))
    ('14,000,000,000', '2026', '53.3333')
    """
    if isinstance(number, Decimal) and not number.is_finite():
        return str(number)
    whole, point, fraction = format(Decimal(number), "f").partition(".")
    if len(fraction) > _LONG_FRACTION and 1 <= abs(Decimal(number)) < _VAST:
        whole, point, fraction = format(round(Decimal(number), _SHOWN_FRACTION), "f").partition(".")
    # A year has four digits.
    return (f"{int(whole):,}" if len(whole.lstrip("-")) > _YEAR else whole) + point + fraction


def write_number(number: int | Decimal, language: str = "en") -> str:
    """Write a number as a sentence has it: a large one by the words of the language, where that leaves nothing out.

    >>> write_number(10_000_000_000), write_number(376_800_000), write_number(35_000), write_number(41_796_123)
    ('10 billion', '376.8 million', '35,000', '41,796,123')
    >>> write_number(10_000_000_000, "zh"), write_number(35_000, "zh"), write_number(2_000_000_000_000, "zh")
    ('100亿', '3.5万', '2万亿')
    """
    if not Decimal(number).is_finite() or not _LARGE.get(language, _LARGE["en"]) <= abs(Decimal(number)) < _VAST:
        return group_digits(number)
    # Few answers hold a number so large, and the others need not wait for its words.
    from babel.numbers import format_compact_decimal

    words = format_compact_decimal(number, format_type="long", locale=language, fraction_digits=_EXACT_FRACTION)
    fraction = re.search(r"\.(\d+)", words)
    return group_digits(number) if fraction and len(fraction[1]) > _COMPACT_FRACTION else words


def write_quantity(number: int | Decimal, unit: str, language: str = "en") -> str:
    """Write a number with its unit behind it, as the language has it.

    >>> write_quantity(60, "GWh"), write_quantity(Decimal("65.5"), "%"), write_quantity(10_000_000_000, "元", "zh")
    ('60 GWh', '65.5%', '100亿元')
    """
    # Chinese words follow their number at once, and so does a sign such as that of percent.
    space = "" if not unit[:1].isalnum() or re.match(_HAN, unit) else " "
    return f"{write_number(number, language)}{space}{unit}".strip()


def write_date(edtf: str, language: str = "en", *, lasts: bool = False) -> str:
    """Write a date in EDTF as people read it: a bound by its words, anything else as it stands.

    What `lasts` begins or ends at the bound; what happens does so by then, or not before.

    >>> write_date("../2030"), write_date("2025/.."), write_date("2003/..", lasts=True), write_date("2025-03")
    ('by 2030', '2025 at the earliest', 'from 2003 on', '2025-03')
    >>> write_date("../2030-09", "zh"), write_date("2025/..", "zh"), write_date("../2025-08-14", "zh", lasts=True)
    ('最迟2030年9月', '最早2025年', '至2025年8月14日')
    """
    found = _BOUND.fullmatch(edtf)
    if found is None:
        return edtf
    last, first = found.groups()
    day = last or first
    if language == "zh":
        day = "".join(f"{int(part)}{sign}" for part, sign in zip(day.split("-"), "年月日", strict=False))
    if lasts:
        return translate("until {day}" if last else "from {day} on", language, day=day)
    return translate("by {day}" if last else "{day} at the earliest", language, day=day)


def round_figure(number: Decimal) -> Decimal:
    """Round a figure that was converted, whose last digits nobody printed.

    >>> round_figure(Decimal("53.3333333333")), round_figure(Decimal("12345.67")), round_figure(Decimal("40"))
    (Decimal('53.33'), Decimal('12346'), Decimal('40'))
    """
    if not number.is_finite() or abs(number) >= _VAST:
        return number
    places = max(0, _SIGNIFICANT - 1 - number.adjusted())
    rounded = number.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    plain = format(rounded, "f")
    return Decimal(plain.rstrip("0").rstrip(".") if "." in plain else plain)


def is_foreign(text: str, language: str) -> bool:
    """Tell whether printed words need others beside them for a reader of a language.

    >>> is_foreign("800余亩", "en"), is_foreign("60 GWh", "zh"), is_foreign("about 800 mu", "zh")
    (True, False, True)
    """
    if language == "zh":
        return re.search(_HAN, text) is None and re.search(_LATIN_WORD, text) is not None
    return re.search(_NOT_LATIN, text) is not None


@cache
def _words() -> Mapping[str, Mapping[str, str]]:
    with _WORDS.open(encoding="utf-8", newline="") as file:
        return {row["text"]: row for row in csv.DictReader(file)}


def translate(text: str, /, language: str = "en", **values: object) -> str:
    """Give a text of ours in a language, its gaps filled; one that has no translation stays as it is.

    >>> translate("delivery", "zh"), translate("outranked {rule}", "zh", rule="较新者优先"), translate("odd", "zh")
    ('供货', '被取代（较新者优先）', 'odd')
    """
    words = text if language == "en" else _words().get(text, {}).get(language) or text
    return words.format(**values) if values else words


def name_column(name: str, language: str = "en") -> str:
    """Give the head of a column as people read it; a column that is not ours keeps its name.

    >>> name_column("hectares_per_gwh"), name_column("site_status", "zh"), name_column("your_own", "zh")
    ('hectares per GWh', '场地状态', 'your_own')
    """
    words = _words().get(name)
    return name if words is None else words[language] or name.replace("_", " ")
