"""Every date that a printed phrase holds, with the words around it: parts, limits and ranges.

"early April", "by the end of 2025", "2025-2027", 6月中旬, 2025年底前.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache

from kg.figures.date_forms import find_dates
from kg.figures.date_limits import with_limits
from kg.figures.date_words import PART_AFTER, PART_BEFORE
from kg.figures.normal_form import normalize
from kg.figures.printed_date import EXACT, Moment, PrintedDate

__all__ = ["read_dates"]

_PARTS_BEFORE = {
    part: re.compile(rf"(?<!\w)(?:{words})(?:[\s-]+|')$", re.IGNORECASE) for part, words in PART_BEFORE.items()
}
_PARTS_AFTER = {part: re.compile(rf"\s?(?:{words})") for part, words in PART_AFTER.items()}
_TO = re.compile(
    r"\s?(?:-|–|—|―|~|至|到|/|\bto\b|\bthrough\b|\buntil\b|\band\b|\bor\b|\bbis\b|\bund\b|\boder\b|\by\b|\bo\b|\bet\b|\bou\b"
    r"|から|\bà\b|\bal\b|和|或|か|\blub\b|\beller\b|\bof\b(?=\s\w+\s\d{4}))\s?",
    re.IGNORECASE,
)
_IN = re.compile(r"(?<!\w)(?:in|during|since|through|im Jahr|en|nel|em|w|au cours de)\s$", re.IGNORECASE)
# Words between two days that each may be meant; a dash makes one span of them.
_ENDS = re.compile(r"\s?(?:to|through|until|and|or|und|oder|bis|o|ou|lub|eller|至|到|和|或|か|から)\s?", re.IGNORECASE)
_YEAR_END = re.compile(r"(?<![\d年])年(?P<part>[底末初中])")
# Four digits beside a month that were not read as its year: what is printed is no date that can be.
_NUMBER_BEFORE = re.compile(r"(?<![\d.,])(\d{4})(?:年|\s|/|-)$")
_NUMBER_AFTER = re.compile(r"(?:\s|,\s|\s?/)(\d{4})(?![\d.,]?\d|\s?[^\W\d_])")
_SLASH_YEARS = re.compile(r"年(?:$|[^\d])")


@lru_cache(maxsize=20_000)
def read_dates(phrase: str) -> tuple[PrintedDate, ...]:
    """Find every date that a phrase prints, in order.

    >>> [(date.first.year, date.first.part, date.by) for date in read_dates("by the end of 2025")]
    [(2025, 'end', True)]
    """
    text = normalize(phrase)
    dates = [_with_words_around(text, date) for date in find_dates(text)]
    dates += [_year_end(found) for found in _YEAR_END.finditer(text) if not _covers(dates, found.start())]
    if any(date.weekday is None for date in dates):
        dates = [date for date in dates if date.weekday is None]
    read = [_in_doubt(text, date, dates) for date in sorted(dates, key=lambda date: date.start)]
    return tuple(_ranges(text, read))


def _in_doubt(text: str, date: PrintedDate, dates: list[PrintedDate]) -> PrintedDate:
    """Doubt a date without a year where a number that is no year stands in its place: "February 1022"."""
    if date.first.year is not None or date.first.offset is not None or date.near is not None or date.doubt:
        return date
    beside = (_NUMBER_BEFORE.search(text, 0, date.start), _NUMBER_AFTER.match(text, date.end))
    strange = next((found[1] for found in beside if found and not _covers(dates, found.start(1))), None)
    return replace(date, doubt=f"{strange} is no year that it knows") if strange else date


def _covers(dates: list[PrintedDate], place: int) -> bool:
    return any(date.start <= place < date.end for date in dates)


def _year_end(found: re.Match[str]) -> PrintedDate:
    """Read 年底 without a year, which is near the day of publication."""
    part = {"底": "end", "末": "end", "初": "early", "中": "mid"}[found["part"]]
    return PrintedDate(found.start(), found.end(), Moment(part=part))


def _with_words_around(text: str, date: PrintedDate) -> PrintedDate:
    """Add the part, and whether the date is only an end or a beginning."""
    for part, pattern in _PARTS_BEFORE.items():
        if date.first.days is None and (found := pattern.search(text, 0, date.start)):
            date = replace(date, start=found.start(), first=replace(date.first, part=part), bare=False)
            break
    for part, pattern in _PARTS_AFTER.items():
        if date.first.days is None and (found := pattern.match(text, date.end)):
            date = replace(date, end=found.end(), first=replace(date.first, part=part), bare=False)
            break
    if date.bare and _IN.search(text[: date.start]):
        date = replace(date, bare=False)
    return with_limits(text, date)


def _ranges(text: str, dates: list[PrintedDate]) -> list[PrintedDate]:
    """Join each two dates with a dash or "to" between them."""
    joined: list[PrintedDate] = []
    for date in dates:
        before = joined[-1] if joined else None
        if (
            before
            and before.last is None
            and _TO.fullmatch(text, before.end, date.start)
            and not (before.doubt or date.doubt)
        ):
            joined[-1] = _joined(text, before, date)
        else:
            joined.append(date)
    return joined


def _joined(text: str, first: PrintedDate, last: PrintedDate) -> PrintedDate:
    """Make a range of two dates; a year or month that one of them leaves out is the other's."""
    begin, end = first.first, last.first
    if begin.year is None and begin.offset is None:
        begin = replace(begin, year=end.year, offset=end.offset)
    if end.year is None and end.offset is None:
        end = replace(end, year=begin.year, offset=begin.offset)
    limits = first.limits if EXACT not in first.limits else (EXACT,)
    ends = first.since or _ENDS.fullmatch(text, first.end, last.start) is not None
    return PrintedDate(first.start, last.end, begin, end, ends=ends, limits=limits)
