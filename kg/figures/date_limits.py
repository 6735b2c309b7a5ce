"""The words that bound a date: by 2030, before June, 2025 at the earliest, 2027年底前, 最早2026年.

What such words tell is a last or a first day, not the day itself. Some may mean either: "until 2030", 到2025年.
"""

from __future__ import annotations

import re
from dataclasses import replace

from kg.figures.printed_date import ABOVE, BELOW, EXACT, FROM, TO, PrintedDate

__all__ = ["with_limits"]

_ROUGHLY = r"(?:(?: in| by| on| im| en| il| nel)?(?: about| around| roughly| approximately)?(?: the| year)?\s+)$"
_NOT = r"(?:not|\w*n't|never|no \w+|unlikely|keine?|nicht|pas)\b[^.;。；]{0,40}?"


def _before(words: str, han: str = "") -> re.Pattern[str]:
    """Find words that stand before a date, in scripts that part their words and in Chinese."""
    return re.compile(rf"(?<!\w)(?:{words}){_ROUGHLY}" + (rf"|(?:{han})$" if han else ""), re.IGNORECASE)


def _after(words: str) -> re.Pattern[str]:
    return re.compile(rf",?\s?(?:{words})", re.IGNORECASE)


# The first that matches counts: "not before" before "before".
_BEFORE: tuple[tuple[re.Pattern[str], tuple[str, ...]], ...] = (
    (_before(rf"{_NOT}\b(?:until|till|before|prior to|earlier than|sooner than|vor|avant)|no (?:earlier|sooner) than"
             r"|(?:at )?(?:the )?earliest|frühestens(?: ab)?|au plus tôt|non prima del?(?:l')?"
             r"|no antes de|não antes de|nie wcześniej niż|najwcześniej",
             r"(?:最早|最快|不早于)(?:将|可|要|预计|计划|有望)?(?:在|于|到)?"), (FROM,)),
    (_before(r"(?:no|not) later than(?: the end of)?|(?:at )?(?:the )?latest|au plus tard|spätestens(?: bis)?"
             r"|al più tardi|a más tardar|najpóźniej|by|on or before|d'ici(?: à)?(?: la)?(?: fin)?(?: de)?"
             r"|entro(?: la fine del?)?|bis spätestens",
             r"(?:最迟|最遲|最晚|不晚于|不迟于|不遲于|至迟|至遲)(?:将|要|应|须)?(?:在|于|到)?"), (TO,)),
    (_before(r"before|prior to|ahead of|vor|avant|prima del?(?:l')?|antes de|przed", "早于"), (BELOW,)),
    (_before(r"until|till|up to|bis|jusqu'(?:à|en)|até|hasta|do", "到|至"), (EXACT, TO)),
    (re.compile("(?:截至|在)$"), (EXACT,)),
    (_before(r"after|nach|après|dopo il|po", "晚于"), (EXACT, ABOVE)),
    # "As early as 1961" tells a year of the past, "as early as next year" a first one.
    (_before(r"as (?:early|soon) as|since|from|starting(?: in| from)?|beginning(?: in| from)?|as of|effective|seit|ab"
             r"|depuis|à partir de|a partire dal|dal|desde|od", "自|从"), (EXACT, FROM)),
)  # fmt: skip
_AFTER: tuple[tuple[re.Pattern[str], tuple[str, ...]], ...] = (
    (_after(r"at (?:the )?(?:very )?earliest|or later\b|or after\b|或之?以?后|或更晚"), (FROM,)),
    (_after(r"at (?:the )?(?:very )?latest|or earlier\b|or before\b|或更早|或之?以?前"), (TO,)),
    # Chinese says the same of what ends with a year and of what ends before it.
    (_after(r"(?:之|以)?前(?!后)"), (TO, BELOW)),
    (_after(r"(?:之|以)后"), (EXACT, ABOVE)),
    (_after(r"以来|起|开始|至今|onwards?\b|and beyond\b|on\b(?=$|[,.;)])"), (EXACT, FROM)),
)


def with_limits(text: str, date: PrintedDate) -> PrintedDate:
    """Tell of a date what the words beside it leave: the day itself, a last or a first day, or a choice of these."""
    for pattern, limits in _AFTER:
        if found := pattern.match(text, date.end):
            return replace(_limited(date, limits), end=found.end())
    for pattern, limits in _BEFORE:
        if pattern.search(text[: date.start]):
            return _limited(date, limits)
    return date


def _limited(date: PrintedDate, limits: tuple[str, ...]) -> PrintedDate:
    # What holds on a day, such as a count as of it, may hold for a time that ends with it.
    by = limits == (EXACT,) or bool({TO, BELOW} & set(limits))
    return replace(date, limits=limits, bare=False, by=by, since=bool({FROM, ABOVE} & set(limits)))
