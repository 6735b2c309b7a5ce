"""What a check found: one finding is a place, what is wrong there, and what to do about it.

Every kind of finding has a code, so that tests, editors and CI can tell them apart.
Findings are data: a check gathers all of them and never stops at the first.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from types import MappingProxyType

__all__ = ["CODES", "Finding", "in_order", "unreadable"]

CODES: Mapping[str, str] = MappingProxyType(
    {
        "unreadable": "the file cannot be read",
        "file-too-large": "the file is larger than a card may be",
        "encoding": "the file is not UTF-8",
        "byte-order-mark": "the file starts with a byte order mark",
        "control-character": "the file holds a control character",
        "yaml-syntax": "the YAML is broken",
        "yaml-feature": "the YAML uses anchors, aliases, tags or several documents",
        "duplicate-key": "a mapping has the same key twice",
        "wrong-shape": "a value has another shape than its key asks for",
        "unknown-key": "a key is none that the ontology knows here",
        "missing-key": "a required key is absent",
        "bad-id": "an id is not written as one",
        "unknown-id": "an id is used that no entity file mints",
        "duplicate-id": "an id is minted twice",
        "withdrawn-id": "an id is used that was withdrawn",
        "similar-id": "two ids of a kind differ by a single character",
        "misplaced-id": "an id stands in another file than the one that its kind has",
        "likely-duplicate": "two things may be the same, and no judgement says so or not",
        "wrong-kind": "a thing of this kind cannot stand here",
        "bad-value": "a value is not of the type its key asks for",
        "several-statements": "a claim says more or less than one statement",
        "repeated-statement": "one document makes a statement twice",
        "id-of-another-claim": "the id of a claim names another subject, property or value than it has",
        "missing-evidence": "a claim does not say where its document states it",
        "unexplained-rank": "a rank other than Normal carries no reason",
        "wrong-digest": "a text differs from the digest or length on its card",
        "position-outside": "an evidence position lies outside the document",
        "evidence-digest": "the text at the position is not the text that was cited",
        "figure-not-there": "the printed figure is not at the evidence position",
        "printed-not-whole": "words kept of a page are not as printed in one stretch",
        "printed-too-long": "more of a page is kept than a dozen words",
        "read-too-early": "a page was read before it was published",
        "value-disagrees": "value and unit do not agree with the printed figure",
        "figure-unread": "printed words hold no figure that can be read whole",
        "date-unread": "printed words hold no date that can be read whole",
        "figure-far-off": "a figure is a thousand times every other, or that of another claim",
        "day-to-come": "a document was published, or read, on a day that has not come",
        "bound-disagrees": "the bound does not agree with the printed figure",
        "date-disagrees": "the date does not agree with the printed date",
        "date-not-told": "neither the words of a card nor its day tell a date",
        "mode-not-told": "neither the words of a claim nor its property tell its mode",
        "published-disagrees": "the day of publication is another than that in the address or the folder",
        "shape": "a SHACL shape is violated",
        "check": "a SPARQL quality check found something",
    }
)


@dataclass(frozen=True, order=True)
class Finding:
    """One thing to mend. Lines and columns count from 1; 0 means the file as a whole.

    >>> str(Finding("data/x.yaml", 3, 5, "unknown-key", "'capasity' is not a key here", "did you mean 'capacity'?"))
    "data/x.yaml:3: 'capasity' is not a key here; did you mean 'capacity'?"
    """

    file: str
    line: int
    column: int
    code: str
    message: str
    fix: str

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        return f"{place}: {self.message}; {self.fix}"

    def to_dict(self) -> dict[str, str | int]:
        """Give the finding as plain values, for JSON."""
        return asdict(self)

    def to_github(self) -> str:
        """Give the finding as a workflow command that GitHub shows beside the line.

        Source of the escapes: GitHub's documentation of workflow commands.
        """
        message = _escape(f"{self.message}; {self.fix}")
        title = _escape(CODES[self.code.partition(":")[0]], ",", ":")
        place = f"file={_escape(self.file, ',', ':')},line={max(self.line, 1)},col={max(self.column, 1)}"
        return f"::error {place},title={title}::{message}"


def _escape(text: str, *more: str) -> str:
    for character in ("%", "\r", "\n", *more):
        text = text.replace(character, f"%{ord(character):02X}")
    return text


def in_order(findings: Iterable[Finding]) -> list[Finding]:
    """Sort findings by file and line, each once."""
    return sorted(set(findings))


def unreadable(file: str, error: OSError) -> Finding:
    """Give the finding of a file that cannot be read."""
    return Finding(file, 0, 0, "unreadable", f"the file cannot be read ({error.strerror})", "check its name and rights")
