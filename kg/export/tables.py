"""Sheets: tables with a schema, from which CSV, Parquet, SQLite and their descriptions are written alike."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal, cast, get_args

from kg.tables.cells import Value

__all__ = ["Column", "ExportTable", "Kind", "Row", "columns", "key_of"]

Kind = Literal["text", "integer", "number", "boolean", "list"]
Row = tuple[Value, ...]


@dataclass(frozen=True)
class Column:
    """A column: what its cells are and mean. A `list` is of texts; `refers` is the sheet whose ids it holds."""

    name: str
    kind: Kind
    about: str
    refers: str = ""
    required: bool = False


@dataclass(frozen=True)
class ExportTable:
    """A table of an export; its first column is its key where `keyed`.

    ValueError for a row of another width, which is a mistake in the code that made it.
    """

    name: str
    about: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    keyed: bool = True

    def __post_init__(self) -> None:
        if any(len(row) != len(self.columns) for row in self.rows):
            raise ValueError(f"a row of {self.name} has not {len(self.columns)} cells")

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the columns."""
        return tuple(column.name for column in self.columns)

    def values(self, name: str) -> Iterator[Value]:
        """Give the cells of one column."""
        at = self.names.index(name)
        return (row[at] for row in self.rows)


def key_of(name: str) -> str:
    """Name the column by which the rows of a sheet are referred to."""
    return "claim" if name == "claims" else "id"


def columns(lines: Iterable[str]) -> tuple[Column, ...]:
    """Read columns written `name: kind: what it is`; `name!` is never empty, `name -> sheet` holds ids of a sheet.

    >>> columns(["document! -> documents: text: The document that makes the claim."])[0].refers
    'documents'
    """
    return tuple(map(_column, lines))


def _column(line: str) -> Column:
    head, kind, about = line.split(": ", 2)
    name, _, refers = head.partition(" -> ")
    if kind not in get_args(Kind):
        raise ValueError(f"no kind of column is called {kind!r}")
    return Column(name.removesuffix("!"), cast(Kind, kind), about, refers, name.endswith("!"))
