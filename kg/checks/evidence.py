"""Whether claims agree with what their documents print.

Two kinds of checks: figures against their own `verbatim`, and the words kept of a page, which need no text; and
positions, digests and printed figures against the text, which do. Where the text is not
at hand the second kind is reported as not done, never as passed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from kg.cards.files import CardFile, Cards, claims_of
from kg.cards.findings import Finding
from kg.cards.texts import Texts, slice_digest
from kg.cards.yaml_reader import Text
from kg.values import Figure, goes_on, parse_decimal, parse_edtf, read_date, read_figures

__all__ = ["EvidenceReport", "check_evidence"]

# No text is so long that a position in it needs more.
_MAX_DIGITS = 12

# What a printed figure does not start or end with.
_MARKS = " \t\r\n,.;:'’-/、，。；："

# Two digits, or two letters of a script that parts its words.
_JOINED = re.compile(r"\d\d|[^\W\d_\u2e80-\u9fff\uf900-\ufaff]{2}")

# The most that is kept of a page: a dozen words, or forty characters of a script that does not part its words.
_MAX_WORDS, _MAX_CHARACTERS = 12, 40
_CHARACTERS = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff]")
_ELLIPSIS = ("…", "...")

# Units of plain counts, which texts print without a unit word.
_COUNTS = frozenset({"count", "people", "not-stated"})


@dataclass
class EvidenceReport:
    """Findings, and which documents' positions were checked or could not be."""

    findings: list[Finding] = field(default_factory=list)
    checked: list[str] = field(default_factory=list)
    not_done: list[str] = field(default_factory=list)
    without_text: list[str] = field(default_factory=list)


def check_evidence(cards: Cards, texts: Texts) -> EvidenceReport:
    """Check every claim's figures and, where the text is at hand, its position."""
    report = EvidenceReport()
    for card in cards.documents:
        text = _text_of(card, texts, report)
        for claim in claims_of(card):
            check = _ClaimCheck(card, claim, report.findings)
            check.figures()
            check.printed_words()
            if text is not None:
                check.position(text)
    return report


def _text_of(card: CardFile, texts: Texts, report: EvidenceReport) -> str | None:
    """Find the document's text, noting what could not be done."""
    digest = card.tree.get(Text("sha256"))
    if not isinstance(digest, Text):
        report.without_text.append(card.slug)
        return None
    text = texts.read(digest)
    if text is None and card.slug in texts.by_stem:
        message = f"the text {card.slug!r} at hand has another digest"
        fix = "mend sha256, or look whether the text was changed"
        report.findings.append(Finding(card.shown, digest.line, digest.column, "wrong-digest", message, fix))
    if text is None:
        report.not_done.append(card.slug)
        return None
    length = card.tree.get(Text("length"))
    if isinstance(length, Text) and length != str(len(text)):
        message = f"the text has {len(text)} code points, the card says {length}"
        report.findings.append(
            Finding(card.shown, length.line, length.column, "wrong-digest", message, "mend the length")
        )
    report.checked.append(card.slug)
    return text


class _ClaimCheck:
    """Checks one claim against its own figures and against the text."""

    def __init__(self, card: CardFile, claim: dict[Text, Any], findings: list[Finding]) -> None:
        self.card = card
        self.claim = claim
        self.findings = findings

    def report(self, place: Text, code: str, message: str, fix: str) -> None:
        """Add a finding at the place of a scalar."""
        self.findings.append(Finding(self.card.shown, place.line, place.column, code, message, fix))

    def figures(self) -> None:
        """Check values, units, bounds and dates against the printed figure beside them."""
        for node in _printed(self.claim.get(Text("says"))):
            if "value" in node:
                self._quantity(node)
            elif "edtf" in node:
                self._date(node)

    def _quantity(self, node: dict[Text, Any]) -> None:
        value, unit, printed = (node.get(Text(key)) for key in ("value", "unit", "verbatim"))
        if not (isinstance(value, Text) and isinstance(unit, Text) and isinstance(printed, Text)):
            return
        number = parse_decimal(value)
        figures = read_figures(printed)
        same = [figure for figure in figures if figure.value == number and _unit_agrees(figure, unit)]
        if not same:
            read = " or ".join(_say(figure) for figure in figures) or "no figure"
            message = f"{str(printed)!r} reads as {read}, not as {value} {unit}"
            self.report(value, "value-disagrees", message, "mend value and unit, or the verbatim")
            return
        bound = node.get(Text("bound"), Text("Exactly", value.line, value.column))
        if isinstance(bound, Text) and bound not in {figure.bound for figure in same}:
            message = f"{str(printed)!r} reads as {same[0].bound}, not as {bound}"
            self.report(bound, "bound-disagrees", message, f"write bound: {same[0].bound}")

    def _date(self, node: dict[Text, Any]) -> None:
        edtf, printed = node.get(Text("edtf")), node.get(Text("verbatim"))
        if not (isinstance(edtf, Text) and isinstance(printed, Text)):
            return
        span = parse_edtf(edtf)
        if span is None:
            return
        for part, number in read_date(printed).items():
            if number not in (getattr(span.earliest, part), getattr(span.latest, part)):
                message = f"{str(printed)!r} names {part} {number}, {str(edtf)!r} does not"
                self.report(edtf, "date-disagrees", message, "mend edtf")
                return

    def printed_words(self) -> None:
        """Check that the words kept of a page are few, whole, and read when the page was there."""
        evidence = self.claim.get(Text("evidence"))
        if not isinstance(evidence, dict):
            return
        held = evidence.get(Text("printed"), [])
        passages = [one for one in (held if isinstance(held, list) else [held]) if isinstance(one, Text)]
        for one in passages:
            if one.strip(" \t\r\n") != one or any(mark in one for mark in _ELLIPSIS) or not one:
                message = f"{str(one)!r} is not one stretch of printed words"
                self.report(one, "printed-not-whole", message, "write each stretch by itself, in a list")
        if passages and _is_too_much(passages):
            message = f"more than {_MAX_WORDS} words, or {_MAX_CHARACTERS} characters of Chinese, are kept"
            self.report(passages[0], "printed-too-long", message, "keep the figure, name or word that carries it")
        read, published = evidence.get(Text("readOn")), self.card.tree.get(Text("published"))
        if isinstance(read, Text) and isinstance(published, Text):
            day, first = parse_edtf(read), parse_edtf(published)
            if day and first and day.latest < first.earliest:
                message = f"read on {read}, before the document of {published} was published"
                self.report(read, "read-too-early", message, "mend readOn or published")

    def position(self, text: str) -> None:
        """Check that the position lies in the text, holds what was cited, and prints the figures."""
        evidence = self.claim.get(Text("evidence"))
        if not isinstance(evidence, dict):
            return
        start, end, digest = (evidence.get(Text(key)) for key in ("start", "end", "digest"))
        if not (isinstance(start, Text) and isinstance(end, Text) and isinstance(digest, Text)):
            return
        if not (start.isascii() and start.isdigit() and end.isascii() and end.isdigit()):
            return
        # Python refuses to read a number of some thousand digits.
        if max(len(start), len(end)) > _MAX_DIGITS or not 0 <= int(start) < int(end) <= len(text):
            message = f"{start} to {end} lies outside the text of {len(text)} code points"
            self.report(start, "position-outside", message, "cite the passage anew with kg cite")
            return
        cited = text[int(start) : int(end)]
        if slice_digest(cited) != digest:
            message = f"the text at {start} to {end} is not what the digest {str(digest)!r} was made of"
            self.report(start, "evidence-digest", message, "cite the passage anew with kg cite")
        for node in _printed(self.claim.get(Text("says"))):
            printed = node.get(Text("verbatim"))
            if isinstance(printed, Text) and not _stands(printed, text, int(start), int(end)):
                message = f"{str(printed)!r} is not printed at {start} to {end}" + " in whole words" * (
                    printed in cited
                )
                self.report(printed, "figure-not-there", message, "mend the verbatim or the position")


def _stands(printed: str, text: str, start: int, end: int) -> bool:
    """Tell whether a phrase stands in a passage without cutting a word, a number, a figure or a date of it."""
    if printed.strip(_MARKS) != printed or not printed:
        return False
    place = text.find(printed, start, end)
    while place >= 0:
        after = place + len(printed)
        edges = (text[max(place - 1, 0) : place + 1], text[after - 1 : after + 1])
        if not any(_JOINED.fullmatch(edge) for edge in edges) and not goes_on(printed, text[after:]):
            return True
        place = text.find(printed, place + 1, end)
    return False


def _is_too_much(passages: Sequence[str]) -> bool:
    """Tell whether more of a page is kept than its figures and names need."""
    characters = sum(len(_CHARACTERS.findall(one)) for one in passages)
    words = sum(len(_CHARACTERS.sub(" ", one).split()) for one in passages)
    return characters > _MAX_CHARACTERS or words > _MAX_WORDS


def _printed(node: Any) -> Iterator[dict[Text, Any]]:
    """Walk the value nodes of a statement that keep a printed figure."""
    if isinstance(node, dict):
        if "verbatim" in node:
            yield node
        for value in node.values():
            yield from _printed(value)
    elif isinstance(node, list):
        for value in node:
            yield from _printed(value)


def _unit_agrees(figure: Figure, unit: str) -> bool:
    """A printed unit word must allow the unit; a yearly unit needs a yearly word, and only that."""
    if unit.endswith("-per-year") != figure.yearly:
        return False
    return unit in figure.units if figure.units else unit in _COUNTS


def _say(figure: Figure) -> str:
    return f"{_plain(figure.value)} {'/'.join(figure.units) or 'without a unit'}{' yearly' if figure.yearly else ''}"


def _plain(value: Decimal) -> str:
    return format(value.normalize(), "f")
