"""What an index knows of each of its names, by number: one line of fields each, read where it lies.

A search compares a hundred names with what was asked, and fetching them from the store of the index took most of its
time. Here a record is a slice of a mapped file. The numbers are those of the documents in the index, which
has a single segment.
"""

from __future__ import annotations

import mmap
from array import array
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from kg.names.normalize import Name
from kg.names.similarity import IndexedName

__all__ = ["Record", "Records", "write_records"]

_LINES, _OFFSETS = "records.txt", "records.offsets"
# A field is split off in a third of the time that JSON takes, and a hundred lines are read for a question.
_SEPARATOR = "\x1f"


class Record(NamedTuple):
    """A name as a search finds it; `known` is what it is compared by."""

    entity: str
    kind: str
    text: str
    language: str
    known: IndexedName


def write_records(records: Iterable[tuple[Name, IndexedName]], folder: Path) -> None:
    """Write records in order into a folder: their lines, and where each begins.

    A name that holds the sign between fields, which nobody can type, has a blank there.
    """
    offsets = array("Q", [0])
    with (folder / _LINES).open("wb") as lines:
        for name, known in records:
            fields = (name.entity, name.kind, name.text, name.language, *known)
            line = _SEPARATOR.join(part.replace(_SEPARATOR, " ") for part in fields)
            offsets.append(offsets[-1] + lines.write(line.encode("utf-8")))
    (folder / _OFFSETS).write_bytes(offsets.tobytes())


class Records:
    """The records of a folder, by number."""

    def __init__(self, folder: Path) -> None:
        """Map the files; OSError or ValueError where there are none."""
        self._offsets = array("Q")
        self._offsets.frombytes((folder / _OFFSETS).read_bytes())
        with (folder / _LINES).open("rb") as file:
            # Nothing cannot be mapped.
            self._lines = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) if self._offsets[-1] else b""

    def __getitem__(self, number: int) -> Record:
        """Read one record."""
        line = self._lines[self._offsets[number] : self._offsets[number + 1]]
        entity, kind, text, language, *known = line.decode("utf-8").split(_SEPARATOR)
        return Record(entity, kind, text, language, IndexedName(*known))
