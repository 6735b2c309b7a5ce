"""Where the numbers of a phrase stand: in digits, in Chinese numerals, in words; none inside a date or a name."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from kg.figures.chinese import NUMERAL, parse_numeral
from kg.figures.date_reader import read_dates
from kg.figures.digits import DIGITS
from kg.figures.number_words import find_spelled_numbers

__all__ = ["Number", "find_numbers"]

# 17th is a place in an order; CO2, LFP4 and GB36276 are names.
_ORDINAL = re.compile(r"\d+(?:st|nd|rd|th|er|º|ª)\b", re.IGNORECASE)
_LETTER_BEFORE = re.compile(r"[A-Za-z]-?$")
_CURRENCY_BEFORE = re.compile(r"(?<![A-Za-z])(?!(?:CO|PM|GB|ISO|EU|NO|SO)$)(?:[A-Z]{2,3}|Rs|Rp|Yn|[a-z]{3})$")


@dataclass(frozen=True)
class Number:
    """A number before its unit is known. Digits wait for the unit, since it tells what their marks do."""

    start: int
    end: int
    digits: str = ""
    value: Decimal = Decimal(0)
    scale: Decimal = Decimal(1)
    more: bool = False
    order: bool = False
    doubt: str = ""


def find_numbers(text: str, language: str | None) -> list[Number]:
    """Find the numbers of a normalised phrase in order, none inside another.

    >>> [number.digits or number.value for number in find_numbers("in June 2023 two plants of 30 GWh", "en")]
    [Decimal('2'), '30']
    """
    spelled = find_spelled_numbers(text, language)
    found = [Number(word.start, word.end, value=word.value, order=word.order) for word in spelled]
    found += [_numeral(run) for run in NUMERAL.finditer(text)]
    found += [Number(run.start(), run.end(), digits=run[0]) for run in DIGITS.finditer(text)]
    dates = read_dates(text)
    chosen: list[Number] = []
    for number in sorted(found, key=lambda number: (number.start, -number.end)):
        dated = any(
            date.start < number.end and number.start < date.end and not date.bare and date.ahead is None
            for date in dates
        )
        if not dated and not (chosen and number.start < chosen[-1].end) and not _is_part_of_a_name(text, number):
            chosen.append(number)
    return chosen


def _numeral(run: re.Match[str]) -> Number:
    numeral = parse_numeral(run[0])
    if numeral is None:
        return Number(run.start(), run.end(), doubt=f"{run[0]!r} is no numeral that it knows")
    return Number(
        run.start(), run.end(), value=numeral.value, scale=numeral.scale, more=numeral.more, order=numeral.order
    )


def _is_part_of_a_name(text: str, number: Number) -> bool:
    if not number.digits:
        return False
    before = text[: number.start]
    if _ORDINAL.match(text, number.start):
        return True
    return (
        _LETTER_BEFORE.search(before) is not None and not before.endswith("-") and not _CURRENCY_BEFORE.search(before)
    )
