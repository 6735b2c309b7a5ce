"""Whether the dates of a card are told by something: its words, its day of publication, or what else says the same.

A date that neither the words kept of a claim nor the day of its page tell, nor any other claim, is a slip or was never
read. And the day of publication is held against the address of the page and the folder of the card.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from kg.cards.files import CardFile, Cards, claims_of, passages_of
from kg.cards.findings import Finding
from kg.cards.yaml_reader import Text
from kg.figures import PrintedDate, read_dates
from kg.values import Span, parse_edtf

__all__ = ["check_dates"]

# A page tells of what was a few days before; and an address may bear the day of writing.
_DAYS_BEFORE = 3
_DAY_IN_ADDRESS = re.compile(r"(?<!\d)(20[0-3]\d)([-/_.]?)(0[1-9]|1[0-2])\2(0[1-9]|[12]\d|3[01])(?!\d)")
_MONTH_IN_ADDRESS = re.compile(r"(?<![\d/])/(20[0-3]\d)([-/])(0[1-9]|1[0-2])(?=/)")
_YEAR = re.compile(r"\d{4}")
# What it tells of the page itself needs no words: as of when the page says it.
_OF_THE_PAGE = "asOf"


@dataclass(frozen=True)
class _Printed:
    """What tells dates on one card: its day, its titles and words, and how often each date is claimed."""

    published: Span | None
    texts: tuple[str, ...]
    claimed: Counter[str]

    def by_the_page(self, span: Span) -> bool:
        """Tell whether the dates are the page's own, or of a few days before."""
        if self.published is None or span.is_bound:
            return False
        return (
            self.published.earliest - timedelta(_DAYS_BEFORE) <= span.latest and span.earliest <= self.published.latest
        )

    def by_words(self, span: Span, texts: Iterable[str]) -> bool:
        """Tell whether words say the dates, or some that lie among them."""
        day = self.published.latest if self.published and self.published.earliest == self.published.latest else None
        read = (date for text in texts for date in read_dates(text))
        return any(date.allows(span, day) or _holds(span, date) for date in read)


def check_dates(cards: Cards) -> list[Finding]:
    """Give a finding for each date that nothing tells, and for each day of publication that its address belies."""
    shared = Counter(key for card in cards.documents for key in _subjects_and_dates(card))
    findings: list[Finding] = []
    for card in cards.documents:
        findings += _published(card)
        printed = _printed_by(card)
        for claim in claims_of(card):
            findings += [_finding(card, date) for date in _untold(claim, printed, shared)]
    return findings


def _printed_by(card: CardFile) -> _Printed:
    published, title = card.tree.get(Text("published")), card.tree.get(Text("title"))
    claims = claims_of(card)
    titles = [str(text) for text in title.values()] if isinstance(title, dict) else []
    words = [words for claim in claims for words in passages_of(claim)]
    claimed = Counter(date for claim in claims for date in _distinct(claim))
    return _Printed(parse_edtf(published) if isinstance(published, Text) else None, (*titles, *words), claimed)


def _untold(claim: Mapping[Text, Any], printed: _Printed, shared: Mapping[tuple[str, str], int]) -> Iterator[Text]:
    """Give the dates of a claim that nothing tells; without words, only as of when its page says it."""
    passages, says, evidence = passages_of(claim), claim.get(Text("says")), claim.get(Text("evidence"))
    if not isinstance(says, dict) or evidence is None or (isinstance(evidence, dict) and "start" in evidence):
        return
    for key, date in _dates(says):
        span = parse_edtf(date)
        if span is None or not (passages or key == _OF_THE_PAGE) or printed.by_the_page(span):
            continue
        known = printed.claimed[date] > 1 or shared[str(says.get(Text("id"))), date] > 1
        if not (known or printed.by_words(span, passages) or _is_named(date, span, claim, printed)):
            yield date


def _is_named(date: Text, span: Span, claim: Mapping[Text, Any], printed: _Printed) -> bool:
    """Tell whether the title, another claim, a note, the id or what is measured names the date."""
    texts = (*_texts(claim.get(Text("says"))), *_texts(claim.get(Text("note"))), claim.get(Text("id"), ""))
    beside = " ".join((*printed.texts, *texts))
    if date.strip("./") in beside or all(part in beside and _YEAR.fullmatch(part) for part in date.split("/")):
        return True
    return printed.by_words(span, (*printed.texts, *(text.replace("-", " ") for text in texts)))


def _holds(span: Span, date: PrintedDate) -> bool:
    """Tell whether a printed date lies among the days of a card: the card says less, and nothing wrong."""
    whole = date.first.whole(date.first.year) if date.first.year and not span.is_bound else None
    return whole is not None and span.holds(whole)


def _dates(node: Any, key: str = "") -> Iterator[tuple[str, Text]]:
    """Walk the dates of a statement, each with its property."""
    if isinstance(node, dict):
        edtf = node.get(Text("edtf"))
        if isinstance(edtf, Text) and "verbatim" not in node:
            yield key, edtf
        for name, value in node.items():
            yield from _dates(value, str(name))
    elif isinstance(node, list):
        for value in node:
            yield from _dates(value, key)


def _distinct(claim: Mapping[Text, Any]) -> set[str]:
    return {str(date) for _, date in _dates(claim.get(Text("says")))}


def _subjects_and_dates(card: CardFile) -> Iterator[tuple[str, str]]:
    for claim in claims_of(card):
        says = claim.get(Text("says"))
        if isinstance(says, dict):
            yield from ((str(says.get(Text("id"))), date) for date in _distinct(claim))


def _texts(node: Any) -> Iterator[str]:
    """Walk the texts in languages that a statement or a note holds."""
    if isinstance(node, dict):
        for key, value in node.items():
            if isinstance(value, Text) and key != "edtf":
                yield str(value)
            else:
                yield from _texts(value)


def _finding(card: CardFile, date: Text) -> Finding:
    message = f"neither the words of the card nor its day tell {str(date)!r}"
    fix = "keep the words that tell it, name it in a note, or leave it out"
    return Finding(card.shown, date.line, date.column, "date-not-told", message, fix)


def _published(card: CardFile) -> Iterator[Finding]:
    """Hold the day of publication against the folder of the card and the address of the page."""
    published, url = card.tree.get(Text("published")), card.tree.get(Text("url"))
    span = parse_edtf(published) if isinstance(published, Text) else None
    if span is None or not isinstance(published, Text):
        return
    folder = card.path.parent.name
    if _YEAR.fullmatch(folder) and not published.startswith(folder):
        message = f"the document is of {published}, its card stands in {folder}/"
        yield _disagreement(card, published, message, f"mend published, or move the card to {published[:4]}/")
    address = _spans_in(url) if isinstance(url, Text) else []
    some_days = timedelta(_DAYS_BEFORE)
    if address and not any(
        day.earliest - some_days <= span.latest and span.earliest <= day.latest + some_days for day in address
    ):
        message = f"the document is of {published}, its address of {address[0].earliest.isoformat()}"
        yield _disagreement(card, published, message, "mend published, or the address")


def _spans_in(address: str) -> list[Span]:
    """Read the days and months that an address names."""
    days = [f"{found[1]}-{found[3]}-{found[4]}" for found in _DAY_IN_ADDRESS.finditer(address)]
    months = [f"{found[1]}-{found[3]}" for found in _MONTH_IN_ADDRESS.finditer(address)]
    return [span for span in map(parse_edtf, (*days, *months)) if span]


def _disagreement(card: CardFile, published: Text, message: str, fix: str) -> Finding:
    return Finding(card.shown, published.line, published.column, "published-disagrees", message, fix)
