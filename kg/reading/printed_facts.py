"""The figures and dates that a document prints, each with its place and what its words say: value, unit, bound, mode.

They are what claims are made of, and no claims yet: whose capacity it is, a reader says. A number that has no unit,
and takes none from the list it stands in, is left out; so are those inside addresses and names.
"""

from __future__ import annotations

import datetime
import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from kg.cards.texts import slice_digest
from kg.figures.figure import Figure
from kg.figures.rates import periods_in
from kg.figures.running_text import LocatedFigure, find_dates, find_figures, sentences
from kg.figures.unit_words import UnitWords
from kg.ontology.vocabulary import Vocabulary
from kg.reading.source_text import SourceText

__all__ = ["PrintedFact", "find_facts"]

_ADDRESS = re.compile(r"(?:https?://|www\.)[^\s|<>\"'）)]+")
_MONEY = "MoneyKind"
# Between two figures of one list: "112,000 vehicles in 2021 and 678,000 in 2023".
_LIST = re.compile(r"(?:(?!\.\s|[。；;]).){0,80}", re.DOTALL)
_OF_THESE = re.compile(r"\s*(?:of (?:them|these|those|which)\b)", re.IGNORECASE)
# What is counted: "34 promotional events", but "two of its clusters" tells of two.
_PLURAL = re.compile(
    r"\s(?!(?:of|in|and|or|to|for|is|are|was|were|a|the|by|with|at|on|from|as|has|times)\b)"
    r"(?:[a-z-]+\s){0,2}?[a-z-]{3,}(?<!s)s\b(?!-)"
)
# 一期 is a phase, and none is counted.
_PHASE = re.compile(r"[一二三四五六七八九十\d]{1,3}[期批季届]")
_LARGE = 1_000
_YEAR = re.compile(r"(?:19|20)\d\d")
_CLAUSE_END = re.compile(r"[,;:，；：、]")
_NEAR = 25
_STATED = "Stated"
_HAN = 0x2E80


@dataclass(frozen=True)
class PrintedFact:
    """A figure or a date as printed: `kind` is "figure" or "date", `value` a number or EDTF, `mode` what words tell.

    `mode_words` are the words beside it that tell the mode; without any it is Stated. `doubt` says why it cannot be
    read whole; then it has no value.
    """

    kind: str
    start: int
    end: int
    printed: str
    value: str
    unit: str = ""
    bound: str = ""
    mode: str = _STATED
    mode_words: str = ""
    doubt: str = ""

    @property
    def evidence(self) -> str:
        """The line that a card has for it."""
        return f"{{start: {self.start}, end: {self.end}, digest: {slice_digest(self.printed)}}}"

    def to_dict(self) -> dict[str, str | int]:
        """Give it as plain values."""
        values = {name: getattr(self, name) for name in self.__dataclass_fields__}
        return values | {"digest": slice_digest(self.printed)}


def find_facts(source: SourceText, vocabulary: Vocabulary) -> list[PrintedFact]:
    """Find every figure and date of a document in the order in which they are printed."""
    words = vocabulary.unit_words
    modes = _ModeReader(source.text, vocabulary.mode_words_in(source.language))
    kinds = {key: unit.kind or "" for key, unit in vocabulary.units.items()}
    figures = _Figures(source.text, words, kinds).facts(source.language)
    published = _day(source.published)
    facts = [*figures, *_dates(source.text, published)]
    return [modes.with_mode(fact) for fact in sorted(facts, key=lambda fact: (fact.start, fact.end, fact.bound))]


class _Figures:
    """The figures of one text that have a unit, and which unit it is."""

    def __init__(self, text: str, words: UnitWords, kinds: Mapping[str, str]) -> None:
        self.text = text
        self.words = words
        self.kinds = kinds
        self.begins = [start for start, _ in sentences(text)]
        self.addresses = [found.span() for found in _ADDRESS.finditer(text)]

    def facts(self, language: str) -> list[PrintedFact]:
        """Give them as facts."""
        found = list(find_figures(self.text, self.words, language or None))
        found = [one for one in found if not any(start <= one.start < end for start, end in self.addresses)]
        kept: list[LocatedFigure] = []
        for one in found:
            whole = self._inherited(one, kept)
            if whole is not None:
                kept.append(whole)
        return [self._fact(one, kept[number - 1] if number else None) for number, one in enumerate(kept)]

    def _inherited(self, one: LocatedFigure, before: list[LocatedFigure]) -> LocatedFigure | None:
        """Give a figure with a unit, its own or that of the list it stands in; None where it has none."""
        if _PHASE.fullmatch(self.text, one.start, one.end):
            return None
        if one.figure.units:
            return one
        things = self.words.at("projects", 0)
        if things and not one.doubt and _PLURAL.match(self.text, one.end):
            return replace(one, figure=replace(one.figure, units=things.keys))
        counted = next((other for other in reversed(before) if self._counts(other)), None)
        if counted is None or one.doubt:
            return None
        if (one.figure.value > 1 and _OF_THESE.match(self.text, one.end)) or (
            counted is before[-1] and self._goes_on(one, counted)
        ):
            return replace(one, figure=replace(one.figure, units=counted.figure.units))
        return None

    def _counts(self, one: LocatedFigure) -> bool:
        return any(self.words.by_key[key].whole for key in one.figure.units)

    def _goes_on(self, one: LocatedFigure, before: LocatedFigure) -> bool:
        """Tell whether a number goes on with a list: a large one that is no year, and behind it no other thing."""
        is_year = _YEAR.fullmatch(self.text, one.start, one.end) is not None
        between = self.text[before.end : one.start]
        return one.figure.value >= _LARGE and not is_year and _is_list(one.figure) and bool(_LIST.fullmatch(between))

    def _fact(self, one: LocatedFigure, before: LocatedFigure | None) -> PrintedFact:
        printed = self.text[one.start : one.end]
        if one.doubt:
            return PrintedFact("figure", one.start, one.end, printed, "", doubt=one.doubt)
        since = before.end if before and before.end <= one.start else 0
        key = self._unit(one.figure, one, since)
        value = format(one.figure.value.normalize() + Decimal(0), "f")
        return PrintedFact("figure", one.start, one.end, printed, value, key, one.figure.bound)

    def _begin(self, place: int) -> int:
        """Give where the sentence begins that holds a place."""
        number = bisect_right(self.begins, place)
        return self.begins[number - 1] if number else 0

    def _unit(self, figure: Figure, one: LocatedFigure, since: int) -> str:
        """Give the unit; a yearly one where that stands right behind it, or before it and it is no sum of money."""
        key = figure.units[0]
        if self.words.by_key[key].per:
            return key
        clause = self.text[max(since, self._begin(one.start)) : _stop(self.text, one)]
        beside = figure.per if figure.per_beside else ()
        around = () if self.kinds.get(key) == _MONEY else periods_in(clause)
        rates = [self.words.rates[key, period] for period in (*beside, *around) if (key, period) in self.words.rates]
        return rates[0] if rates else key


_PERIOD_BEHIND = re.compile(r"[^.。；;，,]{0,40}?\b(?:a|per|each|every) (?:year|month|day)\b", re.IGNORECASE)


def _stop(text: str, one: LocatedFigure) -> int:
    """Give where the words end that may say what a figure is counted per: "30 GWh of power batteries a year"."""
    found = _PERIOD_BEHIND.match(text, one.end)
    return found.end() if found and not re.search(r"\d", found[0]) else one.end


def _is_list(figure: Figure) -> bool:
    """Tell whether no thing stands behind a number that could be what is counted."""
    first = figure.word.partition(" ")[0].casefold()
    return first in ("", "in", "for", "are", "were", "by", "and", "to", "a", "more", "or", "on", "is", "was", "last")


def _dates(text: str, published: datetime.date | None) -> Iterator[PrintedFact]:
    addresses = [found.span() for found in _ADDRESS.finditer(text)]
    for one in find_dates(text):
        if any(start <= one.start < end for start, end in addresses) or one.date.bare:
            continue
        printed = text[one.start : one.end]
        date = one.date
        if date.doubt:
            yield PrintedFact("date", one.start, one.end, printed, "", doubt=date.doubt)
        elif date.first.year is not None:
            yield PrintedFact("date", one.start, one.end, printed, str(date).replace("XXXX", str(date.first.year)))
        elif date.first.months and published is not None:
            yield PrintedFact("date", one.start, one.end, printed, _of_year(str(date), date.first.months[0], published))


def _of_year(shown: str, month: int, published: datetime.date) -> str:
    """Give a date without a year the year in which it is nearest to the day of publication."""
    years = (published.year - 1, published.year, published.year + 1)
    nearest = min(years, key=lambda year: abs((datetime.date(year, min(month, 12), 15) - published).days))
    return shown.replace("XXXX", str(nearest))


def _day(text: str) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        return None


class _ModeReader:
    """Which mode the words around a figure tell, by the words that the ontology lists for each mode."""

    def __init__(self, text: str, words: Mapping[str, tuple[str, ...]]) -> None:
        self.text = text
        self.places = list(sentences(text))
        self.modes: dict[str, str] = {}
        # "Will" is said of what is planned and of what is expected: of several modes the first in their order is meant.
        for mode, listed in words.items():
            for word in listed:
                self.modes.setdefault(word.casefold(), mode)
        parts = sorted(self.modes, key=lambda word: (-len(word), word))
        self.pattern = re.compile("|".join(map(_whole, parts)) or r"(?!)", re.IGNORECASE)

    def with_mode(self, fact: PrintedFact) -> PrintedFact:
        """Add the mode that the nearest word of the sentence tells, one before the figure rather than behind it."""
        span = next(((start, end) for start, end in self.places if start <= fact.start < end), None)
        if span is None:
            return fact
        found = list(self.pattern.finditer(self.text, *span))
        before = [one for one in found if one.end() <= fact.start]
        behind = [one for one in found if one.start() >= fact.end and self._beside(fact, one.start())]
        chosen = before[-1] if before else behind[0] if behind else None
        if chosen is None:
            return fact
        return replace(fact, mode=self.modes[chosen[0].casefold()], mode_words=chosen[0])

    def _beside(self, fact: PrintedFact, place: int) -> bool:
        """Tell whether a word behind a figure is near it and in its clause: "800,000 are expected"."""
        return place - fact.end <= _NEAR and not _CLAUSE_END.search(self.text, fact.end, place)


def _whole(word: str) -> str:
    return re.escape(word) if ord(word[0]) >= _HAN else rf"(?<![\w-]){re.escape(word)}(?![\w-])"
