"""Figures and dates in running text, each with its place: the reader of printed phrases, sentence by sentence.

Places count the code points of the text as it was given; what `normal_form` writes differently is traced back.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from kg.figures.bounds import EXACTLY, bound_start
from kg.figures.date_reader import read_dates
from kg.figures.figure import Figure
from kg.figures.normal_form import normalize
from kg.figures.printed_date import PrintedDate
from kg.figures.reader import read_parts, read_shares
from kg.figures.unit_words import UnitWords

__all__ = ["Alignment", "LocatedDate", "LocatedFigure", "find_dates", "find_figures", "sentences"]

# A line that goes on in small letters or figures was only broken.
# A point ends a sentence where a blank and a capital follow, and not behind a short form or a single letter.
_ABBREVIATIONS = (
    "Co|Ltd|Inc|Corp|No|Nos|Mr|Ms|Mrs|Dr|Prof|St|vs|approx|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec|Fig|al|ca|"
    "max|min|Gov|Gen|Sen|e\\.g|i\\.e|U\\.S|U\\.K"
)
_END = re.compile(
    r"[。！？；](?:[”’」』）)]*)|\n\s*\n|\n(?![a-z0-9(])|(?<!\b[A-Z])(?<!\d)[.!?](?=[\"”’)]*\s+[\"“‘(]?[A-Z0-9\u2e80-\u9fff])[\"”’)]*"
    r"|(?<=\d)[.!?](?=[\"”’)]*\s+[\"“‘(]?[A-Z\u2e80-\u9fff])[\"”’)]*"
)
_SHORT_FORM = re.compile(rf"(?:^|[^\w.])(?:{_ABBREVIATIONS})$")


@dataclass(frozen=True)
class LocatedFigure:
    """A figure and where it stands with its unit and the words of its bound; `doubt` says why it cannot be told."""

    start: int
    end: int
    figure: Figure
    doubt: str = ""


@dataclass(frozen=True)
class LocatedDate:
    """A date and where it stands."""

    start: int
    end: int
    date: PrintedDate


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """Give where each sentence of a text begins and ends.

    >>> text = "CATL Co. plans 30 GWh. It costs 1.5 billion yuan.\\n年产30GWh。投资5亿元。"
    >>> [text[start:end] for start, end in sentences(text)]
    ['CATL Co. plans 30 GWh.', 'It costs 1.5 billion yuan.', '年产30GWh。', '投资5亿元。']
    """
    begin = 0
    for found in _END.finditer(text):
        if found[0].startswith(".") and _SHORT_FORM.search(text, max(0, found.start() - 12), found.start()):
            continue
        yield from _trimmed(text, begin, found.end())
        begin = found.end()
    yield from _trimmed(text, begin, len(text))


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    words = text[start:end]
    start += len(words) - len(words.lstrip())
    end -= len(words) - len(words.rstrip())
    if start < end:
        yield start, end


class Alignment:
    """A phrase in its normal form, and where each of its characters stood before.

    >>> phrase = Alignment("约１０½ ㎡")
    >>> phrase.normal, phrase.span(1, 5)
    ('约10.5 m2', (1, 4))
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.normal = normalize(text)
        matcher = SequenceMatcher(None, self.normal, text, autojunk=False)
        blocks = matcher.get_matching_blocks() if self._changed() else []
        self._blocks = blocks
        self._starts = [block.a for block in blocks]

    def _changed(self) -> bool:
        """Tell whether characters moved: a sign that is another sign at the same place did not."""
        return len(self.normal) != len(self.text)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Give where a part of the normal form stood in the text."""
        return self._before(start, first=True), self._before(end, first=False)

    def _before(self, place: int, *, first: bool) -> int:
        if not self._blocks:
            return place
        number = bisect_right(self._starts, place if first else max(0, place - 1)) - 1
        if number < 0:
            return 0 if first else self._blocks[0].b
        block = self._blocks[number]
        inside = place - block.a
        if inside <= block.size and (first is False or inside < block.size or block.size == 0):
            return block.b + inside
        # Between two runs that are alike: all that stood there.
        return block.b + block.size if first else self._blocks[min(number + 1, len(self._blocks) - 1)].b


def find_figures(text: str, words: UnitWords, language: str | None = None) -> Iterator[LocatedFigure]:
    """Find every figure of a text: a number with its unit and bound; a range is two, at one place.

    >>> [(found.start, found.figure.bound) for found in find_figures("Over 30. Up to 5", UnitWords.of([]))]
    [(0, 'MoreThan'), (9, 'AtMost')]
    >>> [found.start for found in find_figures("Es sind mehr als 30.", UnitWords.of([]))]
    [8]
    """
    for begin, end in sentences(text):
        phrase = Alignment(text[begin:end])
        shares = {(start, stop): figure for start, stop, figure in reversed(read_shares(phrase.normal, words))}
        parts = [
            (part.start, part.end, part.figure, part.doubt)
            for part in read_parts(phrase.normal, words, language)
            if not any(start < part.end and part.start < stop for start, stop in shares)
        ]
        parts += [(*place, figure, "") for place, figure in shares.items()]
        for first, last, figure, doubt in sorted(parts, key=lambda part: part[:2]):
            start, stop = phrase.span(first, last)
            yield LocatedFigure(_with_bound(text, begin, begin + start, figure), begin + stop, figure, doubt)


def _with_bound(text: str, begin: int, start: int, figure: Figure) -> int:
    """Take in the words before a figure by which it is bound."""
    return start if figure.bounds == (EXACTLY,) else begin + bound_start(text[begin:start])


def find_dates(text: str) -> Iterator[LocatedDate]:
    """Find every date of a text.

    >>> [(found.start, str(found.date)) for found in find_dates("Signed. Work is to end by June 2026.")]
    [(26, 'by 2026-06')]
    """
    for begin, end in sentences(text):
        phrase = Alignment(text[begin:end])
        for date in read_dates(phrase.normal):
            start, stop = phrase.span(date.start, date.end)
            yield LocatedDate(begin + start, begin + stop, date)
