"""Whether claims agree with what their documents print.

Two kinds of checks: figures against their own `verbatim`, and the words kept of a page, which need no text; and
positions, digests and printed figures against the text, which do. Where the text is not
at hand the second kind is reported as not done, never as passed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from kg.cards.files import CardFile, Cards, claims_of, passages_of
from kg.cards.findings import Finding
from kg.cards.texts import Texts, slice_digest
from kg.cards.yaml_reader import Text
from kg.checks.printed import UNSAID, Disagreement, Surroundings, compare_date, compare_quantity
from kg.figures import UnitWords, goes_on
from kg.values import parse_edtf

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


@dataclass
class EvidenceReport:
    """Findings, and which documents' positions were checked or could not be."""

    findings: list[Finding] = field(default_factory=list)
    checked: list[str] = field(default_factory=list)
    not_done: list[str] = field(default_factory=list)
    without_text: list[str] = field(default_factory=list)
    unsaid: dict[str, list[str]] = field(default_factory=lambda: {kind: [] for kind in UNSAID})


def check_evidence(
    cards: Cards, texts: Texts, words: UnitWords, events: frozenset[str] = frozenset()
) -> EvidenceReport:
    """Check every claim's figures and, where the text is at hand, its position.

    `events` are the properties that date an event, of which words may tell a bound.
    """
    report = EvidenceReport()
    for card in cards.documents:
        text = _text_of(card, texts, report)
        around = _surroundings(card, words, events)
        for claim in claims_of(card):
            check = _ClaimCheck(card, claim, around, report)
            check.figures()
            check.printed_words()
            check.printed_figures()
            if text is not None:
                check.position(text)
    return report


def _surroundings(card: CardFile, words: UnitWords, events: frozenset[str]) -> Surroundings:
    """Gather what the reader must know of a document."""
    language, published = card.tree.get(Text("language")), card.tree.get(Text("published"))
    day = parse_edtf(published) if isinstance(published, Text) else None
    return Surroundings(
        words,
        str(language) if isinstance(language, Text) else None,
        day.latest if day and day.earliest == day.latest else None,
        events,
    )


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

    def __init__(self, card: CardFile, claim: dict[Text, Any], around: Surroundings, report: EvidenceReport) -> None:
        self.card = card
        self.claim = claim
        self.around = around
        self.gathered = report

    def report(self, place: Text, code: str, message: str, fix: str) -> None:
        """Add a finding at the place of a scalar."""
        self.gathered.findings.append(Finding(self.card.shown, place.line, place.column, code, message, fix))

    def report_printed(self, wrong: Disagreement | None, *, whole: bool) -> None:
        """Add what printed words disagree in; words kept of a page may leave the unit to their surroundings."""
        if wrong is None:
            return
        if wrong.unsaid and not whole:
            self.gathered.unsaid[wrong.unsaid].append(f"{self.card.shown}:{wrong.place.line}")
        else:
            self.report(wrong.place, wrong.code, wrong.message, wrong.fix)

    def figures(self) -> None:
        """Check values, units, bounds and dates against the printed figure beside them."""
        says = self.claim.get(Text("says"))
        for node in _nodes(says):
            printed = node.get(Text("verbatim"))
            if not isinstance(printed, Text):
                continue
            if "value" in node:
                wrong = compare_quantity(node, [printed], self.around)
            else:
                event = isinstance(says, dict) and any(node is says.get(Text(key)) for key in self.around.events)
                wrong = compare_date(node, [printed], self.around, event=event)
            self.report_printed(wrong, whole=True)

    def printed_figures(self) -> None:
        """Check the figures of the claim, and the date if it says one, against the words kept of the page."""
        says, passages = self.claim.get(Text("says")), passages_of(self.claim)
        if not passages or not isinstance(says, dict):
            return
        for node in _nodes(says):
            if "value" in node and "verbatim" not in node:
                self.report_printed(compare_quantity(node, passages, self.around), whole=False)
        for key, node in says.items():
            if isinstance(node, dict) and "edtf" in node and "value" not in node and "verbatim" not in node:
                event = key in self.around.events
                self.report_printed(compare_date(node, passages, self.around, event=event), whole=False)

    def printed_words(self) -> None:
        """Check that the words kept of a page are few, whole, and read when the page was there."""
        evidence = self.claim.get(Text("evidence"))
        if not isinstance(evidence, dict):
            return
        passages = passages_of(self.claim)
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
        for node in _nodes(self.claim.get(Text("says"))):
            printed = node.get(Text("verbatim"))
            if isinstance(printed, Text) and not self._stands(printed, text, int(start), int(end)):
                whole = " in whole words" * (printed in cited)
                message = f"{str(printed)!r} is not printed at {start} to {end}{whole}"
                self.report(printed, "figure-not-there", message, "mend the verbatim or the position")

    def _stands(self, printed: str, text: str, start: int, end: int) -> bool:
        """Tell whether a phrase stands in a passage without cutting a word, a number, a figure or a date of it."""
        if printed.strip(_MARKS) != printed or not printed:
            return False
        place = text.find(printed, start, end)
        while place >= 0:
            after = place + len(printed)
            edges = (text[max(place - 1, 0) : place + 1], text[after - 1 : after + 1])
            if not any(_JOINED.fullmatch(edge) for edge in edges) and not goes_on(
                printed, text[after:], self.around.words
            ):
                return True
            place = text.find(printed, place + 1, end)
        return False


def _is_too_much(passages: Sequence[str]) -> bool:
    """Tell whether more of a page is kept than its figures and names need."""
    characters = sum(len(_CHARACTERS.findall(one)) for one in passages)
    words = sum(len(_CHARACTERS.sub(" ", one).split()) for one in passages)
    return characters > _MAX_CHARACTERS or words > _MAX_WORDS


def _nodes(node: Any) -> Iterator[dict[Text, Any]]:
    """Walk the value nodes of a statement: what holds a figure, a date or printed words."""
    if isinstance(node, dict):
        if "value" in node or "edtf" in node or "verbatim" in node:
            yield node
        for value in node.values():
            yield from _nodes(value)
    elif isinstance(node, list):
        for value in node:
            yield from _nodes(value)
