"""Whether figures and days can be: a thousand times everything else, or published tomorrow.

What is plausible is taken from the cards themselves: the largest figure of a property or
measure in a unit tells how far the next may go. Nothing here reads texts.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from kg.cards.files import CardFile, Cards, claims_of
from kg.cards.findings import Finding
from kg.cards.yaml_reader import Text
from kg.ontology.vocabulary import Vocabulary
from kg.values import convert, parse_decimal, parse_edtf

__all__ = ["check_plausibility"]

# Pages round and phases differ, but not a thousandfold.
_FAR = 1000
# So many other figures must be known before the largest of them says anything.
_FEWEST = 4


@dataclass(frozen=True)
class _Figure:
    """A figure of a claim: what it is of, what it measures in which unit, its size there, and where it stands."""

    subject: str
    kind: str
    unit: str
    size: Decimal
    claim: str
    rival: str
    place: Text
    file: str


def check_plausibility(cards: Cards, vocabulary: Vocabulary, today: datetime.date) -> list[Finding]:
    """Find the figures and days that cannot be."""
    figures = [figure for card in cards.documents for figure in _figures(card, vocabulary)]
    findings = [*_far_above_all(figures), *_far_from_another(figures)]
    return findings + [finding for card in cards.documents for finding in _days(card, today)]


def _figures(card: CardFile, vocabulary: Vocabulary) -> Iterator[_Figure]:
    for claim in claims_of(card):
        says, name, rival = (claim.get(Text(key)) for key in ("says", "id", "rivalOf"))
        if not isinstance(says, dict) or claim.get(Text("rank")) == "Deprecated":
            continue
        subject = str(says.get(Text("id"), ""))
        for kind, node in _quantities(says, subject):
            value, unit = node.get(Text("value")), node.get(Text("unit"))
            known = vocabulary.units.get(str(unit))
            number = parse_decimal(value) if isinstance(value, Text) else None
            if known and number is not None and isinstance(value, Text):
                size = convert(number, known.factor)
                yield _Figure(subject, kind, known.comparison, size, str(name), str(rival), value, card.shown)


def _quantities(node: dict[Text, Any], subject: str) -> Iterator[tuple[str, dict[Text, Any]]]:
    """Walk to the quantities of a statement, each with its property, or the measure of its indicator."""
    measure = node.get(Text("measure"))
    for key, value in node.items():
        for one in value if isinstance(value, list) else [value]:
            if isinstance(one, dict) and "value" in one:
                yield str(measure) if key == "amount" and isinstance(measure, Text) else str(key), one
            elif isinstance(one, dict):
                yield from _quantities(one, subject)


def _far_above_all(figures: list[_Figure]) -> Iterator[Finding]:
    groups: dict[tuple[str, str], list[_Figure]] = defaultdict(list)
    for figure in figures:
        if figure.kind != "amount":
            groups[figure.kind, figure.unit].append(figure)
    for (kind, _), group in groups.items():
        largest = max(figure.size for figure in group)
        others = [figure.size for figure in group if figure.size < largest]
        if len(others) < _FEWEST or not 0 < max(others) * _FAR <= largest:
            continue
        for figure in group:
            if figure.size == largest:
                message = f"the {kind} is a thousand times the largest of all others ({_plain(max(others))} compared)"
                yield _finding(figure, "figure-far-off", message, "mend the value, its magnitude or its unit")


def _far_from_another(figures: list[_Figure]) -> Iterator[Finding]:
    """Find two claims that give one thing figures a thousand times apart and are no recorded rivals."""
    groups: dict[tuple[str, str, str], list[_Figure]] = defaultdict(list)
    for figure in figures:
        # Indicators are many to a thing; a party's share is another party's.
        if not figure.kind[0].isupper() and figure.kind not in ("amount", "sharePercent", "agreedShare"):
            groups[figure.subject, figure.kind, figure.unit].append(figure)
    for group in groups.values():
        least = min(group, key=lambda figure: figure.size)
        for figure in group:
            known = least.claim == figure.rival or figure.claim == least.rival
            if 0 < least.size * _FAR <= figure.size and not known:
                message = f"the {figure.kind} is a thousand times that of {least.claim!r}"
                yield _finding(figure, "figure-far-off", message, "mend the one that is wrong, or write rivalOf")


def _days(card: CardFile, today: datetime.date) -> Iterator[Finding]:
    published = card.tree.get(Text("published"))
    span = parse_edtf(published) if isinstance(published, Text) else None
    if span and isinstance(published, Text) and span.earliest > today:
        message = f"the document is published on {published}, which has not come yet"
        yield Finding(card.shown, published.line, published.column, "day-to-come", message, "mend published")
    for claim in claims_of(card):
        evidence = claim.get(Text("evidence"))
        read = evidence.get(Text("readOn")) if isinstance(evidence, dict) else None
        day = parse_edtf(read) if isinstance(read, Text) else None
        if day and isinstance(read, Text) and day.earliest > today:
            message = f"the page was read on {read}, which has not come yet"
            yield Finding(card.shown, read.line, read.column, "day-to-come", message, "mend readOn")


def _finding(figure: _Figure, code: str, message: str, fix: str) -> Finding:
    return Finding(figure.file, figure.place.line, figure.place.column, code, message, fix)


def _plain(size: Decimal) -> str:
    return format(size.normalize(), "f")
