"""Match the rows of somebody's table: the same table out, with ids beside the names.

Which entity a row means is decided in `kg.matching.matcher`; the columns that come to the file say what was found, how
well, and why. Only what is a `match` may be taken over unseen: a likeness, however great, is for a person to judge.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import count
from typing import TYPE_CHECKING

from kg.errors import UsageError
from kg.matching.candidates import Candidate
from kg.matching.matcher import Condition, Wanted
from kg.names.index import MAX_TEXT
from kg.tables.cells import csv_line
from kg.tables.table import Cell, Table

if TYPE_CHECKING:
    from kg.tables.source_table import SourceTable

__all__ = ["Columns", "MatchedTable", "Progress", "match_sheet", "read_property_columns", "wanted_rows"]


_ADDED = ("kg_id", "kg_name", "kg_kind", "kg_score", "kg_reason", "kg_match")
_NOTHING: tuple[Cell, ...] = (None, None, None, None, None, False)

_STEP = 1000

Match = Callable[[Wanted], list[Candidate]]

Progress = Callable[[int, int], None]
"""Is told how many rows of how many are matched."""


@dataclass(frozen=True)
class MatchedTable(Table):
    """A table with what was found for each row; as CSV it has the heads that it came with, as they were."""

    heads: tuple[str, ...] = ()

    def to_csv(self) -> str:
        """Give the table as it came, with the new columns behind."""
        lines = super().to_csv()
        return csv_line(tuple(head or None for head in self.heads)) + lines[len(csv_line(self.columns)) :]


@dataclass(frozen=True)
class Columns:
    """Which column holds the names; of what kind the things are; and which columns hold which of their properties.

    `properties` maps a property (of the ontology or of `kg.matching.properties.EXTRA`, such as province) to a column.
    """

    name: str
    kind: str | None = None
    properties: Mapping[str, str] = field(default_factory=dict)


def read_property_columns(pairs: Iterable[str]) -> dict[str, str]:
    """Read TRAIT=COLUMN pairs, each trait once; UsageError for what is none.

    >>> read_property_columns(["province=region", "located in=town"])
    {'province': 'region', 'located in': 'town'}
    """
    columns: dict[str, str] = {}
    for pair in pairs:
        name, equals, column = pair.partition("=")
        if not (equals and name.strip()):
            raise UsageError(f"trait: {pair!r} is not TRAIT=COLUMN")
        if name in columns:
            raise UsageError(f"trait: {name!r} is given twice; name one column for it")
        columns[name] = column
    return columns


def wanted_rows(sheet: SourceTable, columns: Columns) -> list[Wanted]:
    """Read off each row what is looked for: a name, a kind, and the properties whose cells are not empty."""
    at = sheet.column(columns.name)
    properties = [(property_name, sheet.column(column)) for property_name, column in columns.properties.items()]
    kinds = (columns.kind,) if columns.kind else ()
    return [
        Wanted(row[at].strip(), kinds, _conditions(row, properties) if row[at].strip() else (), strict="any", limit=1)
        for row in sheet.rows
    ]


def _conditions(row: tuple[str, ...], properties: list[tuple[str, int]]) -> tuple[Condition, ...]:
    return tuple(Condition(property_name, (row[place],)) for property_name, place in properties if row[place].strip())


def match_sheet(sheet: SourceTable, columns: Columns, match: Match, progress: Progress | None = None) -> MatchedTable:
    """Match each row by its name and properties; its own cells stay as they are, in front."""
    # Columns of names repeat themselves.
    known: dict[Wanted, tuple[Cell, ...]] = {}
    rows: list[tuple[Cell, ...]] = []
    for row, wanted in zip(sheet.rows, wanted_rows(sheet, columns), strict=True):
        if wanted not in known:
            known[wanted] = _found(wanted, match)
        rows.append((*row, *known[wanted]))
        if progress is not None and len(rows) % _STEP == 0:
            progress(len(rows), len(sheet.rows))
    added = tuple(_free(name, sheet.columns) for name in _ADDED)
    heads = (*sheet.columns, *added)
    return MatchedTable(_distinct_names(heads), tuple(rows), absent="no match", heads=heads)


def _distinct_names(heads: tuple[str, ...]) -> tuple[str, ...]:
    """Give columns names of their own, where programs go by names.

    >>> _distinct_names(("name", "", "note", "note"))
    ('name', 'column_2', 'note', 'note_2')
    """
    names: dict[str, None] = {}
    # Where to go on to count for a name that comes again: a table may have one name very often.
    numbers: dict[str, int] = {}
    for at, head in enumerate(heads, 1):
        name = head if head.strip() else f"column_{at}"
        for number in count(numbers.get(name, 1)):
            free = name if number == 1 else f"{name}_{number}"
            if free not in names:
                names[free] = None
                numbers[name] = number + 1
                break
    return tuple(names)


def _found(wanted: Wanted, match: Match) -> tuple[Cell, ...]:
    """Give what was found for a row; what is no name is told in the row, and the others go on."""
    if len(wanted.name) > MAX_TEXT:
        return (*_NOTHING[:4], f"the name has over {MAX_TEXT} characters", False)
    return _best(match(wanted)) if wanted.name else _NOTHING


def _best(candidates: list[Candidate]) -> tuple[Cell, ...]:
    for best in candidates[:1]:
        kind = best.kinds[0] if best.kinds else None
        return (best.entity, best.name, kind, Decimal(str(best.score)), best.reason, best.match)
    return _NOTHING


def _free(name: str, taken: tuple[str, ...]) -> str:
    while name in taken:
        name += "_"
    return name
