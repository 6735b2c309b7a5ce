"""Tables that come from outside, as people have them: CSV of any cut and encoding, and workbooks.

They are read whole, with what was taken for granted told in `notes`, or refused with the line that is wrong and why.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from rapidfuzz import process

from kg.errors import InputError, NotFound
from kg.tables.encodings import decode
from kg.tables.workbook import is_workbook, read_workbook

__all__ = ["FILE_BOUNDS", "MAX_BYTES", "MAX_ROWS", "Bounds", "SourceTable", "read_table"]

MAX_ROWS = 10_000
"""Rows a table that is sent to a server may have."""


MAX_BYTES = 5_000_000
"""Bytes a table that is sent to a server may have."""


MAX_COLUMNS = 1_000
"""Columns a table that is sent to a server may have."""

# What of a name is compared and told, and how alike (of 100) one has to be to be offered.
_NAME_SHOWN = 200
_NEAR = 50


@dataclass(frozen=True)
class Bounds:
    """How large a table may be; it is held to them before it is taken apart."""

    rows: int = MAX_ROWS
    size: int = MAX_BYTES
    columns: int = MAX_COLUMNS


FILE_BOUNDS = Bounds(1_000_000, 100_000_000, 16_384)
"""How large a file on one's own machine may be."""

_SERVER_BOUNDS = Bounds()
_DELIMITERS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "upright strokes"}
_SAMPLE = 50


@dataclass(frozen=True)
class SourceTable:
    """A table as it came from outside; `lines` tells where in the file each row ends."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    lines: tuple[int, ...]
    notes: tuple[str, ...] = ()

    def column(self, name: str) -> int:
        """Give the place of a column. NotFound, with the nearest, for a name that no column has."""
        if name not in self.columns:
            named = [column[:_NAME_SHOWN] for column in self.columns if column.strip()]
            near = process.extract(name[:_NAME_SHOWN], named, limit=3, score_cutoff=_NEAR)
            raise NotFound("column", name[:_NAME_SHOWN], tuple(dict.fromkeys([one for one, *_ in near] or named[:5])))
        if self.columns.count(name) > 1:
            raise InputError(f"line 1: two columns are called {name!r}; rename the one that is not meant")
        return self.columns.index(name)


def read_table(data: bytes, bounds: Bounds = _SERVER_BOUNDS) -> SourceTable:
    r"""Read a table with the names of its columns first: CSV cut by , ; | or tabs in any usual encoding, or a workbook.

    Cells that are missing at the end of a row are empty, empty ones too many are dropped. InputError names the line
    that is wrong: quotes that do not match, a row with more cells than the header, or too much of it all.

    >>> read_table("name,town\n宁德时代,Ningde\n".encode()).rows
    (('宁德时代', 'Ningde'),)
    >>> read_table("sep=;\nname;GWh\nCATL;60,5\n".encode()).rows, read_table(b"name;GWh\nCATL;60,5\n").notes
    ((('CATL', '60,5'),), ('cut at semicolons',))
    """
    if len(data) > bounds.size:
        raise InputError(f"the file has {len(data):,} bytes; the limit is {bounds.size:,}, so cut it into several")
    if is_workbook(data):
        book = read_workbook(data, bounds.rows + 1)
        return _table(book.rows, bounds, book.notes, "cells")
    text, encoding = decode(data)
    notes: tuple[str, ...] = (f"read as {encoding}",) if encoding else ()
    skipped = 0
    if text[:4].lower() == "sep=":
        # What Excel writes where the machine's own delimiter is another.
        first, _, text = text.partition("\n")
        delimiter, skipped = first[4:5] or ",", 1
    else:
        delimiter = _delimiter(text)
    if delimiter != ",":
        notes += (f"cut at {_DELIMITERS.get(delimiter, repr(delimiter))}",)
    return _table(_rows(text, delimiter, skipped), bounds, notes, _DELIMITERS.get(delimiter, repr(delimiter)))


def _table(rows: Iterable[tuple[int, list[str]]], bounds: Bounds, notes: tuple[str, ...], cut_at: str) -> SourceTable:
    header: list[str] | None = None
    read: list[tuple[int, list[str]]] = []
    for line, row in rows:
        if header is None:
            if len(row) > bounds.columns:
                raise InputError(f"line {line}: the table has {len(row):,} columns; the limit is {bounds.columns:,}")
            header = row
        elif len(read) >= bounds.rows:
            raise InputError(f"line {line}: the limit is {bounds.rows:,} rows; cut the file into several")
        else:
            read.append((line, _fitted(line, row, len(header), cut_at)))
    if header is None:
        raise InputError("line 1: the file is empty; write the names of the columns there")
    return SourceTable(tuple(header), tuple(tuple(row) for _, row in read), tuple(line for line, _ in read), notes)


def _fitted(line: int, row: list[str], width: int, cut_at: str) -> list[str]:
    """Give a row as many cells as the header has."""
    if any(cell.strip() for cell in row[width:]):
        advice = f"quote cells that hold {cut_at}, or name every column"
        if width == 1:
            # What stands alone above a table is what it is called.
            advice = f"take line 1 away if it is the title of the table, else {advice}"
        raise InputError(f"line {line}: the row has {len(row)} cells, the header {width}; {advice}")
    return row[:width] + [""] * (width - len(row))


def _delimiter(text: str) -> str:
    """Tell at what a text is cut: at the sign by which most rows have as many cells as the header, and not just one."""
    lines = text.split("\n", _SAMPLE)[:_SAMPLE]
    sample = "\n".join(lines)
    found = [(_fit(sample, sign), -at, sign) for at, sign in enumerate(_DELIMITERS) if sign in lines[0]]
    return max(found, default=(0, 0, ","))[2]


def _fit(sample: str, delimiter: str) -> float:
    """Give the share of rows that have as many cells as the header, the empty ones at the end aside."""
    try:
        rows = [row for row in csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter) if row]
    except csv.Error:
        return 0.0
    width = len(rows[0]) if rows else 0
    fitting = [row for row in rows[1:] if min(width, len(row)) > 1 and not any(row[width:])]
    return len(fitting) / max(1, len(rows) - 1)


def _rows(text: str, delimiter: str, skipped: int) -> Iterator[tuple[int, list[str]]]:
    """Give the rows with the lines on which they end; empty lines are none."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        for row in reader:
            if row:
                yield reader.line_num + skipped, row
    except csv.Error as error:
        raise InputError(
            f"line {reader.line_num + skipped}: this is no CSV ({error}); close quotes and double those inside"
        ) from error
