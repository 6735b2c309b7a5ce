"""CSV that comes from outside: read whole, or refused with the line that is wrong."""

from __future__ import annotations

import csv
import difflib
import io
from collections.abc import Iterator
from dataclasses import dataclass

from kg.errors import InputError, NotFound

__all__ = ["MAX_BYTES", "MAX_ROWS", "CsvFile", "read_csv"]

MAX_ROWS = 10_000
"""Rows a sheet may have."""


MAX_BYTES = 5_000_000
"""Bytes a sheet may have."""


@dataclass(frozen=True)
class CsvFile:
    """A table as it came from outside; `lines` tells where in the file each row ends."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    lines: tuple[int, ...]

    def column(self, name: str) -> int:
        """Give the place of a column. NotFound, with the nearest, for a name that no column has."""
        if name not in self.columns:
            near = difflib.get_close_matches(name, self.columns, 3, 0.5) or self.columns[:3]
            raise NotFound("column", name, tuple(near))
        return self.columns.index(name)


def read_csv(data: bytes) -> CsvFile:
    """Read a CSV file (RFC 4180, UTF-8, a byte order mark or not, the names of the columns first).

    InputError names the line that is wrong: bytes that are not UTF-8, quotes that do not match, a row with
    more or fewer cells than the header, two columns of one name, or too much of it all.

    >>> read_csv("name,town\\n宁德时代,Ningde\\n".encode()).rows
    (('宁德时代', 'Ningde'),)
    """
    if len(data) > MAX_BYTES:
        raise InputError(f"the file has {len(data):,} bytes; the limit is {MAX_BYTES:,}, so cut it into several")
    rows = list(_rows(_decoded(data)))
    if not rows:
        raise InputError("line 1: the file is empty; write the names of the columns there")
    (_, header), *rest = rows
    twice = {name for name in header if header.count(name) > 1}
    if twice:
        raise InputError(f"line 1: two columns are called {min(twice)!r}; rename one")
    for line, row in rest:
        if len(row) != len(header):
            raise InputError(f"line {line}: the row has {len(row)} cells, the header {len(header)}; quote commas")
    if len(rest) > MAX_ROWS:
        raise InputError(f"line {rest[MAX_ROWS][0]}: the limit is {MAX_ROWS:,} rows; cut the file into several")
    return CsvFile(tuple(header), tuple(tuple(row) for _, row in rest), tuple(line for line, _ in rest))


def _decoded(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise InputError(f"line {line}: the file is not UTF-8; save it as CSV UTF-8") from error


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    """Give the rows with the lines on which they end; empty lines are none."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        for row in reader:
            if row:
                yield reader.line_num, row
    except csv.Error as error:
        raise InputError(
            f"line {reader.line_num}: this is no CSV ({error}); close quotes and double those inside"
        ) from error
