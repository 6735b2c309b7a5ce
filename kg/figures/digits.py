"""Numbers in digits, with the marks that part thousands and decimals.

Which mark does what depends on the language. Where nothing tells, the number is in doubt
and said to be so: no reader may take 1,5 for 15 or 2.000 for 2.
"""

from __future__ import annotations

import re
from decimal import Decimal

from kg.figures.languages import COMMA_LANGUAGES

__all__ = ["DIGITS", "parse_digits"]

# Groups of three behind spaces belong to the number; marks do only where a digit follows.
DIGITS = re.compile(r"(?<![\w.,])\d{1,3}(?: \d{3})+(?![\d])(?:[.,]\d+)?|\d+(?:[.,']\d+)*")

_THREES = re.compile(r"\d{1,3}(?:[.,' ]\d{3})+")
_INDIAN = re.compile(r"\d{1,2}(?:,\d\d)+,\d{3}")

AMBIGUOUS = "its mark may part thousands or decimals"
MALFORMED = "its marks part neither thousands nor decimals"


def parse_digits(text: str, language: str | None, decimals_likely: bool | None) -> Decimal | str:
    """Give the number that digits print, or say why it cannot be told.

    `decimals_likely` says what the words around say of a single mark before three digits:
    True for a magnitude or a share, False for things that are counted whole, None for neither.

    >>> parse_digits("1,234.5", None, None), parse_digits("1,5", "en", None), parse_digits("2.000", "en", False)
    (Decimal('1234.5'), Decimal('1.5'), Decimal('2000'))
    >>> parse_digits("2.500", None, None)
    'its mark may part thousands or decimals'
    """
    if " " in text:
        whole, mark, rest = _parted(text)
        return Decimal(whole.replace(" ", "") + ("." + rest if mark else ""))
    marks = set(text) & set(".,'")
    if not marks:
        return Decimal(text)
    if len(marks) == 1:
        return _one_kind(text, marks.pop(), language, decimals_likely)
    whole, _, rest = _parted(text)
    if rest and _THREES.fullmatch(whole) and len(set(whole) & set(".,'")) == 1:
        return Decimal(re.sub(r"[.,']", "", whole) + "." + rest)
    return MALFORMED


def _parted(text: str) -> tuple[str, str, str]:
    """Part the decimals from a number whose last mark is a point or a comma."""
    found = re.fullmatch(r"(.*)([.,])(\d+)", text)
    return (found[1], found[2], found[3]) if found else (text, "", "")


def _one_kind(text: str, mark: str, language: str | None, decimals_likely: bool | None) -> Decimal | str:
    plain = Decimal(text.replace(mark, ""))
    if text.count(mark) > 1:
        return plain if _THREES.fullmatch(text) or _INDIAN.fullmatch(text) else MALFORMED
    whole, rest = text.split(mark)
    decimal = Decimal(f"{whole}.{rest}")
    if mark == "'":
        return plain if len(rest) == 3 else MALFORMED
    if len(rest) != 3 or len(whole) > 3 or whole.startswith("0"):
        return decimal
    if mark == ",":
        return _comma(plain, decimal, language, decimals_likely)
    return _point(plain, decimal, language, decimals_likely)


def _comma(plain: Decimal, decimal: Decimal, language: str | None, decimals_likely: bool | None) -> Decimal | str:
    """Read a comma before three digits: thousands, but in a language of decimal commas."""
    if language not in COMMA_LANGUAGES:
        return plain
    if decimals_likely is False:
        return plain
    return decimal if decimals_likely else AMBIGUOUS


def _point(plain: Decimal, decimal: Decimal, language: str | None, decimals_likely: bool | None) -> Decimal | str:
    """Read a point before three digits: nobody prints three noughts behind a decimal point."""
    if language in COMMA_LANGUAGES or decimals_likely is False:
        return plain
    if decimals_likely:
        return decimal
    if decimal == decimal.to_integral_value():
        return plain
    return AMBIGUOUS
