"""Match the rows of a CSV file: the same file out, with ids beside the names.

Which entity a row means is decided in `kg.matching.matcher`; the columns that come to the file say what was found, how
well, and why. Only what is a `match` may be taken over unseen: a likeness, however great, is for a person to judge.
"""

from __future__ import annotations

import csv
import difflib
import io
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from kg.errors import InputError, NotFound
from kg.matching.matcher import Candidate, Condition, Wanted
from kg.tables.table import Cell, Table

__all__ = ["MAX_BYTES", "MAX_ROWS", "Columns", "Sheet", "match_sheet", "read_sheet", "wanted_rows"]

MAX_ROWS = 10_000
"""Rows a sheet may have."""

MAX_BYTES = 5_000_000
"""Bytes a sheet may have."""

_ADDED = ("kg_id", "kg_name", "kg_kind", "kg_score", "kg_reason", "kg_match")
_NOTHING: tuple[Cell, ...] = (None, None, None, None, None, False)

Match = Callable[[Wanted], list[Candidate]]


@dataclass(frozen=True)
class Columns:
    """Which column holds the names; of what kind the things are; and which columns hold which of their traits.

    `traits` maps a trait (a property, or one of `kg.matching.properties.EXTRA`, such as province) to a column.
    """

    name: str
    kind: str | None = None
    traits: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Sheet:
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


def read_sheet(data: bytes) -> Sheet:
    """Read a CSV file (RFC 4180, UTF-8, a byte order mark or not, the names of the columns first).

    InputError names the line that is wrong: bytes that are not UTF-8, quotes that do not match, a row with
    more or fewer cells than the header, two columns of one name, or too much of it all.

    >>> read_sheet("name,town\\n宁德时代,Ningde\\n".encode()).rows
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
    return Sheet(tuple(header), tuple(tuple(row) for _, row in rest), tuple(line for line, _ in rest))


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


def wanted_rows(sheet: Sheet, columns: Columns) -> list[Wanted]:
    """Read off each row what is looked for: a name, a kind, and the traits whose cells are not empty."""
    at = sheet.column(columns.name)
    traits = [(trait, sheet.column(column)) for trait, column in columns.traits.items()]
    kinds = (columns.kind,) if columns.kind else ()
    return [
        Wanted(row[at].strip(), kinds, _conditions(row, traits) if row[at].strip() else (), strict="any", limit=1)
        for row in sheet.rows
    ]


def _conditions(row: tuple[str, ...], traits: list[tuple[str, int]]) -> tuple[Condition, ...]:
    return tuple(Condition(trait, (row[place],)) for trait, place in traits if row[place].strip())


def match_sheet(sheet: Sheet, columns: Columns, match: Match) -> Table:
    """Match each row by its name and traits; its own cells stay as they are, in front."""
    # Columns of names repeat themselves.
    known: dict[Wanted, tuple[Cell, ...]] = {}
    rows: list[tuple[Cell, ...]] = []
    for row, wanted in zip(sheet.rows, wanted_rows(sheet, columns), strict=True):
        if wanted not in known:
            known[wanted] = _best(match(wanted)) if wanted.name else _NOTHING
        rows.append((*row, *known[wanted]))
    added = tuple(_free(name, sheet.columns) for name in _ADDED)
    return Table((*sheet.columns, *added), tuple(rows), absent="no match")


def _best(candidates: list[Candidate]) -> tuple[Cell, ...]:
    for best in candidates[:1]:
        kind = best.kinds[0] if best.kinds else None
        return (best.entity, best.name, kind, Decimal(str(best.score)), best.reason, best.match)
    return _NOTHING


def _free(name: str, taken: tuple[str, ...]) -> str:
    while name in taken:
        name += "_"
    return name
