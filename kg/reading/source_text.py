"""A document from outside as text: what its claims are read from, and how the text was made.

Positions of claims count the code points of `text`. Another extractor, or another version of it, may give another
text, so that both stand beside its digest.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields
from typing import Any

from kg.cards.texts import digest_of

__all__ = ["SourceText"]


@dataclass(frozen=True)
class SourceText:
    """The text of a document, and what the document tells of itself; what it does not tell is ''.

    `form` is "text", "html" or "pdf"; `published` is a day, a month or a year as EDTF; `source` is whoever the document
    names as the one who published it, in its own words.

    >>> SourceText("text", "年产30GWh").sha256[:12]
    'ad8fd7b10bd8'
    """

    form: str
    text: str
    title: str = ""
    source: str = ""
    published: str = ""
    language: str = ""
    url: str = ""
    extractor: str = ""
    version: str = ""
    notes: tuple[str, ...] = ()

    @property
    def sha256(self) -> str:
        """The digest of the text in UTF-8, as cards write it."""
        return digest_of(self.text.encode("utf-8"))

    def to_dict(self) -> dict[str, Any]:
        """Give it as plain values."""
        return asdict(self)

    @classmethod
    def from_dict(cls, values: dict[str, Any]) -> SourceText:
        """Read what `to_dict` gave; TypeError or ValueError for anything else."""
        names = {field.name for field in fields(cls)}
        if set(values) != names or not all(isinstance(values[name], str) for name in names - {"notes"}):
            raise ValueError("it is no text of a document")
        return cls(**(values | {"notes": tuple(str(note) for note in values["notes"])}))
