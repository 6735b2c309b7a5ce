"""Whether a value says what the printed words beside it say: number, unit, bound, days.

The words are read by `kg.figures`. Advice only ever repeats what the words give; where they
cannot be read, or leave the unit to their surroundings, that is what is told.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from kg.cards.yaml_reader import Text
from kg.figures import Figure, PrintedDate, Reading, UnitWords, read_dates, read_figures
from kg.values import parse_decimal, parse_edtf

__all__ = ["UNSAID", "Disagreement", "Surroundings", "compare_date", "compare_quantity"]

EXACTLY = "Exactly"
_DIGIT = re.compile(r"\d")
_BOUND_WORDS = {"MoreThan": "more than ", "AtLeast": "at least ", "AtMost": "at most ", "About": "about "}


# What words kept may leave to what stood around them on the page, in the order in which it is told.
UNSAID = ("what it is counted per", "the unit", "a unit word that the reader does not know", "the date")


@dataclass(frozen=True)
class Surroundings:
    """What reading a phrase needs besides the phrase: the unit words, the document's language and day.

    `events` are the properties that date an event, of which words may tell a bound.
    """

    words: UnitWords
    language: str | None = None
    published: datetime.date | None = None
    events: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Disagreement:
    """What is wrong where, as a finding tells it; with `unsaid` nothing is, but the words leave that out."""

    place: Text
    code: str
    message: str
    fix: str
    unsaid: str = ""


def compare_quantity(node: dict[Text, Any], phrases: Sequence[Text], around: Surroundings) -> Disagreement | None:
    """Hold a value, its unit and its bound against printed words."""
    value, unit = node.get(Text("value")), node.get(Text("unit"))
    if not (isinstance(value, Text) and isinstance(unit, Text)):
        return None
    number = parse_decimal(value)
    reading = read_figures("; ".join(phrases), around.words, around.language)
    same = [figure for figure in reading.figures if figure.value == number and figure.allows(unit, around.words)]
    partly = [
        figure for figure in reading.figures if figure.value == number and _leaves_out(figure, unit, around.words)
    ]
    if not same and not partly:
        return _no_such_figure(value, unit, phrases, reading)
    if wrong := _compare_bound(node, value, phrases, same or partly):
        return wrong
    if same:
        return None
    message = f"{_quoted(phrases)} reads as {_say(partly[0])}: the words leave out that it is {unit}"
    if partly[0].word and not partly[0].units:
        message += f", or the reader does not know the word {partly[0].word!r}"
    fix = "keep the words that carry the unit; a unit word that is new goes to the unit in the ontology (skos:altLabel)"
    per, none, unknown, _ = UNSAID
    unsaid = per if partly[0].units else unknown if partly[0].word else none
    return Disagreement(value, "value-disagrees", message, fix, unsaid)


def _leaves_out(figure: Figure, unit: str, words: UnitWords) -> bool:
    """Tell whether words give the number, but the unit or what it is counted per only by their surroundings."""
    known = words.by_key.get(unit)
    if known is None or figure.per_beside:
        return False
    return not figure.units or (known.rate_of in figure.units and not figure.per)


def _no_such_figure(value: Text, unit: Text, phrases: Sequence[Text], reading: Reading) -> Disagreement:
    shown = _quoted(phrases)
    if reading.doubts:
        message = f"{shown} cannot be read: {'; '.join(reading.doubts)}"
        return Disagreement(value, "figure-unread", message, "keep words that tell it, or no words")
    if not reading.figures:
        message = f"{shown} holds no figure that can be read, so it does not carry {value} {unit}"
        return Disagreement(value, "figure-unread", message, "keep the words of the figure, or no words")
    read = " or ".join(dict.fromkeys(map(_say, reading.figures)))
    message = f"{shown} reads as {read}, not as {value} {unit}"
    return Disagreement(value, "value-disagrees", message, "write what is printed, or keep the words that carry it")


def _compare_bound(
    node: dict[Text, Any], value: Text, phrases: Sequence[Text], figures: Sequence[Figure]
) -> Disagreement | None:
    bound = node.get(Text("bound"), Text(EXACTLY, value.line, value.column))
    allowed = list(dict.fromkeys(bound for figure in figures for bound in figure.bounds))
    if not isinstance(bound, Text) or bound in allowed:
        return None
    message = f"{_quoted(phrases)} reads as {' or '.join(allowed)}, not as {bound}"
    fix = "leave the bound out" if allowed == [EXACTLY] else f"write bound: {' or '.join(allowed)}"
    return Disagreement(bound, "bound-disagrees", message, fix)


def compare_date(
    node: dict[Text, Any], phrases: Sequence[Text], around: Surroundings, *, event: bool = False
) -> Disagreement | None:
    """Hold the days of a date against printed words; that of an `event` is a bound where the words bound it."""
    edtf = node.get(Text("edtf"))
    span = parse_edtf(edtf) if isinstance(edtf, Text) else None
    if span is None or not isinstance(edtf, Text):
        return None
    dates = read_dates("; ".join(phrases))
    if meant := [date for date in dates if date.allows(span, around.published)]:
        from_page = around.published is not None and span.earliest == around.published < span.latest
        return None if not event or span.is_bound or from_page else _compare_limit(edtf, phrases, meant)
    if doubts := [date.doubt for date in dates if date.doubt]:
        message = f"{_quoted(phrases)} cannot be read: {'; '.join(doubts)}"
        return Disagreement(edtf, "date-unread", message, "keep words that tell it, or no words")
    if not dates:
        message = f"{_quoted(phrases)} holds no date that can be read, so it does not carry {edtf}"
        # Words without a number may leave the date to their surroundings; a number that is no date does not.
        unsaid = "" if any(map(_DIGIT.search, phrases)) else UNSAID[-1]
        return Disagreement(edtf, "date-unread", message, "keep the words of the date, or no words", unsaid)
    read = " or ".join(dict.fromkeys(str(date) for date in dates))
    message = f"{_quoted(phrases)} names {read}, not {edtf}"
    return Disagreement(edtf, "date-disagrees", message, "write what is printed, and no more precisely")


def _compare_limit(edtf: Text, phrases: Sequence[Text], dates: Sequence[PrintedDate]) -> Disagreement | None:
    """Refuse a date where the words only tell that something happens before it, or not before."""
    if not all(date.is_limit for date in dates):
        return None
    message = f"{_quoted(phrases)} says {' or '.join(dict.fromkeys(map(str, dates)))}, the card {edtf} itself"
    fix = "write ../ before the last day that the words leave, or /.. behind the first"
    return Disagreement(edtf, "bound-disagrees", message, fix)


def _quoted(phrases: Sequence[str]) -> str:
    return " with ".join(repr(str(phrase)) for phrase in phrases)


def _say(figure: Figure) -> str:
    """Say a figure for people: "at most 30 GWh a year"."""
    unit = " or ".join(figure.units[:2]) or (f"{figure.word!r}" if figure.word else "without a unit")
    per = f" per {' or '.join(figure.per)}" if figure.per else ""
    return f"{_BOUND_WORDS.get(figure.bound, '')}{_plain(figure.value)} {unit}{per}"


def _plain(value: Decimal) -> str:
    return format(value.normalize(), "f")
