"""Every figure that a printed phrase holds, read whole.

Two figures with a dash between them are a range, of which the lower end is at least and
the upper at most. What cannot be read is told, never read in part.
"""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from kg.figures.bounds import EXACTLY, bounds_around
from kg.figures.chinese import parse_numeral
from kg.figures.date_reader import read_dates
from kg.figures.figure import Figure, Reading
from kg.figures.languages import language_of
from kg.figures.normal_form import normalize
from kg.figures.numbers import find_numbers
from kg.figures.parts import Part, PartReader
from kg.figures.unit_words import UnitWords

__all__ = ["goes_on", "read_figures", "read_parts", "read_shares"]

# The longest rest of a date: " 30, 2022".
_DATE_REST = 9

_WHOLLY = re.compile(
    r"(?<!\w)(?:(?:wholly|fully)[- ]owned|wholly owns|full(?: and sole)? ownership|sole (?:owner"
    r"|shareholder))(?!\w)|全资|全資|完全子会社",
    re.IGNORECASE,
)
_RATIO = re.compile(r"(?<![\d:/.])(\d{1,2}(?:\.\d+)?)\s?[:/-]\s?(\d{1,2}(?:\.\d+)?)(?![\d:/.])")

_FRACTIONS = {
    **{f"{whole}分之{part}": Decimal(100 * number) / count for whole, count in (("二", 2), ("四", 4), ("五", 5), ("十",
    10))
       for number, part in enumerate("一二三四五六七八九", 1) if number < count},
    "half": Decimal(50), "a quarter": Decimal(25), "one quarter": Decimal(25), "three quarters": Decimal(75),
    "one fifth": Decimal(20), "a fifth": Decimal(20), "two fifths": Decimal(40), "a tenth": Decimal(10),
    "一半": Decimal(50), "半数": Decimal(50), "la moitié": Decimal(50), "die hälfte": Decimal(50),
    "la metà": Decimal(50),
    "la mitad": Decimal(50), "metade": Decimal(50),
}  # fmt: skip
# A third has no last digit; cards round it.
_THIRDS = {
    phrase: tuple(map(Decimal, rounded))
    for rounded, phrases in (
        (
            ("33.3", "33.33", "33"),
            ("one third", "a third", "三分之一", "un tiers", "ein Drittel", "un terzo", "un tercio"),
        ),
        (("66.7", "66.67", "67"), ("two thirds", "三分之二", "deux tiers", "zwei Drittel", "due terzi", "dos tercios")),
    )
    for phrase in phrases
}
_SHARES = {**{phrase: (share,) for phrase, share in _FRACTIONS.items()}, **_THIRDS}
_FRACTION = re.compile(
    "|".join(
        (r"(?<!\w)" if phrase[0].isascii() else "")
        + phrase.replace(" ", r"[\s-]+")
        + (r"(?!\w|\s+a\b|\s+an\b)" if phrase[0].isascii() else "")
        for phrase in sorted(_SHARES, key=len, reverse=True)
    ),
    re.IGNORECASE,
)
_RANKS = {
    word: number
    for number, word in enumerate(
        ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"], 1
    )
}
_NO_RANK = "(?![期批季阶届代条章次])"
_RANK = re.compile(
    rf"第([一二三四五六七八九十]+){_NO_RANK}|第(\d+){_NO_RANK}"
    rf"|(?<!\w)(?:No\.? ?(\d+)|(\d+)(?:st|nd|rd|th))(?!\w)|(?<!\w)({'|'.join(_RANKS)})(?!\w)",
    re.IGNORECASE,
)

_TO = re.compile(
    r"\s*(?:-|–|—|―|~|至|到|\bto\b|\band\b|\bbis\b|\bà\b|\ba\b|\bal\b|\bund\b|、|\bor\b|\bbzw\.|\bet\b|\by\b|\be\b|\ba\b|\bdo\b|\btot\b|\btil\b|\btill\b|\bдо\b)\s*(?:\w{0,3}\$|€|£|¥)?",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"(?:between|zwischen|entre|tra|fra|pomiędzy|między)\W*(?:\w{0,3}\$|€|£)?\s*$", re.IGNORECASE)
_FROM = re.compile(r"(?<!\w)(?:from|von|de|da|od|fra|från|van|от|由|从)\s*$", re.IGNORECASE)
_BRACKET = re.compile(r"\s*[(（]\s*(?:or )?")
_JOINS = re.compile(r"\s*(?:and|und|et|y|e|i|、|bzw\.?|or|resp\.?)\s*", re.IGNORECASE)


def read_figures(phrase: str, words: UnitWords, language: str | None = None) -> Reading:
    """Find every figure that a phrase can be read as; `language` is that of its document.

    >>> [(figure.value, figure.bound) for figure in read_figures("over 3,000 of 5-6 million", UnitWords.of([])).figures]
    [(Decimal('3000'), 'MoreThan'), (Decimal('5000000'), 'AtLeast'), (Decimal('6000000'), 'AtMost')]
    """
    text = normalize(phrase)
    parts = read_parts(text, words, language)
    figures = [part.figure for part in parts if not part.doubt]
    figures += _without_number(text, words)
    return Reading(tuple(dict.fromkeys(figures)), tuple(dict.fromkeys(part.doubt for part in parts if part.doubt)))


def read_parts(text: str, words: UnitWords, language: str | None = None) -> list[Part]:
    """Read every figure that has a number of its own in a text in normal form, with its place; a range is two."""
    parts = _parts(text, words, language)
    if len({part.figure.units for part in parts}) > 1:
        parts = [replace(part, figure=replace(part.figure, per_elsewhere=True)) for part in parts]
    return _ranges(text, parts)


def goes_on(phrase: str, after: str, words: UnitWords) -> bool:
    """Tell whether the last figure or date of a phrase goes on in the text behind it.

    >>> none = UnitWords.of([])
    >>> goes_on("15", "亿元", none), goes_on("15亿", "的", none), goes_on("in June", " 1, the", none)
    (True, False, True)
    """
    text, longer = normalize(phrase), normalize(phrase + after[:1])
    if after[:1].isalnum() and any(part.start < len(text) < part.end for part in _parts(longer, words, None)):
        return True
    named = read_dates(phrase)
    return bool(named) and read_dates(phrase + after[:_DATE_REST])[: len(named)] != named


def _parts(text: str, words: UnitWords, language: str | None) -> list[Part]:
    spoken = language_of(text, language)
    reader = PartReader(text, words, spoken)
    parts: list[Part] = []
    for number in find_numbers(text, spoken):
        # "a million" inside "5 million" is none.
        if not parts or number.start >= parts[-1].end:
            before = parts[-1] if parts else None
            parts += [_same_sum(text, before, part) for part in reader.read(number)]
    return parts


def _same_sum(text: str, before: Part | None, part: Part) -> Part:
    """Give a figure in brackets the bound of the one that it says again: "about $184 million (RMB 1.3 billion)"."""
    if before is None or part.figure.bound != EXACTLY or not _BRACKET.fullmatch(text, before.end, part.start):
        return part
    return replace(part, figure=replace(part.figure, bounds=tuple(dict.fromkeys((EXACTLY, *before.figure.bounds)))))


def _without_number(text: str, words: UnitWords) -> list[Figure]:
    """Read shares and places in an order that are printed without a number of their own: "wholly-owned", 第三."""
    percent, rank = words.at("%", 0), words.at("第", 0)
    figures = []
    if percent:
        figures += [Figure(Decimal(100), percent.keys, word=found[0]) for found in _WHOLLY.finditer(text)]
        for found in _RATIO.finditer(text):
            ends = Decimal(found[1]), Decimal(found[2])
            figures += [Figure(end, percent.keys, word=found[0]) for end in ends if sum(ends) == 100]
        figures += [figure for _, _, figure in read_shares(text, words)]
    if rank:
        for found in _RANK.finditer(text):
            number = parse_numeral(found[1]) if found[1] else None
            digits = found[2] or found[3] or found[4] or _RANKS.get((found[5] or "").casefold(), 1)
            figures.append(Figure(number.value if number else Decimal(digits), rank.keys, word=found[0]))
    return figures


def read_shares(text: str, words: UnitWords) -> list[tuple[int, int, Figure]]:
    """Read fractions in words ("two thirds", 一半) with their places; of the roundings of a third the first."""
    percent = words.at("%", 0)
    read: list[tuple[int, int, Figure]] = []
    for found in _FRACTION.finditer(text) if percent else ():
        bounds, _ = bounds_around(text, found.start(), found.end())
        shares = _SHARES[next(phrase for phrase in _SHARES if _same_words(phrase, found[0]))]
        around = bounds if len(shares) == 1 else (*bounds, "About")
        keys = percent.keys if percent else ()
        read += [(found.start(), found.end(), Figure(share, keys, around, word=found[0])) for share in shares]
    return read


def _same_words(phrase: str, printed: str) -> bool:
    return phrase.casefold() == re.sub(r"[\s-]+", " ", printed.casefold())


def _ranges(text: str, parts: list[Part]) -> list[Part]:
    """Turn each pair of parts that is a range into its two ends."""
    read: list[Part] = []
    place = 0
    while place < len(parts):
        ends = _range(text, parts[place], parts[place + 1]) if place + 1 < len(parts) else None
        read += ends or [parts[place]]
        place += 2 if ends else 1
    return read


def _range(text: str, lower: Part, upper: Part) -> list[Part] | None:
    between = text[lower.end : upper.start]
    if (
        upper.start < lower.end
        or lower.doubt
        or upper.doubt
        or not (_TO.fullmatch(between) or _JOINS.fullmatch(between))
    ):
        return None
    before = text[: lower.start]
    if _JOINS.fullmatch(between) and not _BETWEEN.search(before):
        return (
            None
            if lower.figure.units
            else [lower, replace(lower, figure=replace(lower.figure, units=upper.figure.units)), upper]
        )
    low = _shared(lower, upper)
    high = replace(upper, figure=replace(upper.figure, units=upper.figure.units or low.figure.units))
    if low.figure.value >= high.figure.value:
        return None
    # "from 30 to 60 GWh" may as well be a change.
    changed = [low, high] if _FROM.search(before) else []
    return [*changed, _end(low, "AtLeast"), _end(high, "AtMost")]


def _shared(lower: Part, upper: Part) -> Part:
    """Give the lower end the magnitude, the unit and the rate that only the upper end prints."""
    # Without a unit, the word behind it is the "to" of the range.
    figure = lower.figure if lower.figure.units else replace(lower.figure, word="")
    if lower.magnitude == 1 and not figure.word and figure.value <= upper.base and not _has_unit_behind(lower):
        figure = replace(figure, value=figure.value * upper.magnitude)
    if not figure.units or _is_leading_only(lower):
        figure = replace(figure, units=upper.figure.units or figure.units)
    if upper.figure.per_beside and not figure.per_beside:
        figure = replace(figure, per=upper.figure.per, per_beside=True)
    return replace(lower, figure=figure)


def _has_unit_behind(part: Part) -> bool:
    return bool(part.figure.units) and bool(part.figure.word)


def _is_leading_only(part: Part) -> bool:
    return bool(part.figure.units) and not part.figure.word


def _end(part: Part, bound: str) -> Part:
    """Give an end of a range its bound; the one before a range may be that of both ends: "≤0.2-0.3"."""
    own = part.figure.bounds if part.figure.bound not in (EXACTLY, bound) else ()
    return replace(part, figure=replace(part.figure, bounds=(bound, *own)))
