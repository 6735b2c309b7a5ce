"""Match the rows of a CSV file: the same file out, with ids beside the names.

Which entity a row means is decided in `kg.matching.matcher`; the columns that come to the file say what was found, how
well, and why. Only what is a `match` may be taken over unseen: a likeness, however great, is for a person to judge.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from kg.matching.matcher import Candidate, Condition, Wanted
from kg.tables.csv_file import CsvFile
from kg.tables.table import Cell, Table

__all__ = ["Columns", "match_sheet", "wanted_rows"]


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


def wanted_rows(sheet: CsvFile, columns: Columns) -> list[Wanted]:
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


def match_sheet(sheet: CsvFile, columns: Columns, match: Match) -> Table:
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
