"""The texts that cards cite, found by digest in folders that the user names.

The texts are someone else's and not part of the repository; a card holds the digest and
the length of the text that was read. Positions count Unicode code points of that text.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from kg.errors import InputError
from kg.regular_file import read_regular

__all__ = ["Texts", "cite", "digest_of", "slice_digest"]

# The longest text that is looked at: a report of some 5,000 pages.
MAX_TEXT_BYTES = 20_000_000

# 48 bits of the digest: a changed slice goes unseen once in 280 million million.
SLICE_DIGEST_LENGTH = 12


def digest_of(data: bytes) -> str:
    """Give the SHA-256 of a text's bytes, as cards write it."""
    return hashlib.sha256(data).hexdigest()


def slice_digest(text: str) -> str:
    """Give the short digest of a cited slice, which proves that a position still points to it.

    >>> slice_digest("60 GWh")
    '920f04671163'
    """
    return digest_of(text.encode("utf-8"))[:SLICE_DIGEST_LENGTH]


@dataclass(frozen=True)
class Texts:
    """The texts of the named folders: their paths by digest and by the stem of the file's name."""

    by_digest: dict[str, Path]
    by_stem: dict[str, Path]

    @classmethod
    def of(cls, folders: Iterable[Path]) -> Texts:
        """Look through folders for texts; a folder that does not exist is an error."""
        by_digest: dict[str, Path] = {}
        by_stem: dict[str, Path] = {}
        for folder in folders:
            if not folder.is_dir():
                raise InputError(f"{folder}: there is no such folder of documents; name one that exists")
            for path in _text_files(folder):
                by_digest.setdefault(digest_of(read_regular(path)), path)
                by_stem.setdefault(path.stem, path)
        return cls(by_digest, by_stem)

    def read(self, digest: str) -> str | None:
        """Give the text with this digest, or None when no folder holds it."""
        path = self.by_digest.get(digest)
        if path is None:
            return None
        data = read_regular(path)
        # The file may have changed since it was indexed.
        if digest_of(data) != digest:
            return None
        try:
            return data.decode("utf-8")
        except UnicodeDecodeError as error:
            raise InputError(
                f"{path}: byte {error.start} is not UTF-8; save the text as UTF-8, cite it anew"
            ) from error


def _text_files(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.rglob("*.txt")):
        if path.is_file() and path.stat().st_size <= MAX_TEXT_BYTES:
            yield path


def cite(text: str, first: str, last: str | None = None) -> str:
    """Give the evidence of the one span from `first` to `last` words, as a card writes it.

    >>> cite("It makes 60 GWh a year.", "60", "year")
    '{start: 9, end: 22, digest: 71d9a74aae0f}'
    """
    # Looked ahead for, since places may overlap.
    places = [found.start() for found in re.finditer(f"(?={re.escape(first)})", text)]
    if len(places) != 1 or not first:
        raise InputError(f"{first!r} stands at {len(places)} places in the text; choose words that stand at one")
    start = places[0]
    end = start + len(first)
    if last is not None:
        found = text.find(last, start)
        if found < 0:
            raise InputError(f"{last!r} does not follow {first!r} in the text; check the words")
        end = max(end, found + len(last))
    return f"{{start: {start}, end: {end}, digest: {slice_digest(text[start:end])}}}"
