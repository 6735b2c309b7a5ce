"""What can be had as a table, and tables as data frames to compute on: one way for all that this library gives.

A list of matches, the facts of a thing and a section of a report say with `to_table` what their table is; data frame
and notebook follow. pandas is loaded by who asks for a frame, and by nobody else.
"""

from __future__ import annotations

import importlib
from abc import ABC, abstractmethod
from collections.abc import Callable, Collection, Iterator, Sequence
from copy import copy
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Self, SupportsIndex, TypeVar, overload

from kg.errors import MissingExtra
from kg.tables.cells import Cell, Date, Reference, Word
from kg.values import parse_edtf

if TYPE_CHECKING:
    import pandas as pd

    from kg.tables.table import Table

__all__ = ["Tabular", "TabularList"]

_Item = TypeVar("_Item")

# What 64 bits hold; a larger whole number is a float in a frame.
_LARGEST = 2**63 - 1

Columns = Iterator[tuple[str, Sequence[Any], str]]
"""The columns that a frame has for one of a table: name, cells and dtype of each."""


class Tabular(ABC):
    """Something that is, or has, a table; in a notebook it shows as one."""

    @abstractmethod
    def to_table(self) -> Table:
        """Give it as a table."""

    def df(self, *, names: bool = True) -> pd.DataFrame:
        """Give a pandas DataFrame to compute on; MissingExtra where pandas is not installed.

        Every column has one type. Whole numbers are Int64, other numbers float64, truth values boolean, texts and ids
        string, claims lists of ids; what is not stated is missing. A column of dates is datetime64 with the first day
        that each date can mean, and the date as it is told (2023-06, 2026/2028) stands beside it under `<column>_edtf`.
        An entity is its short id with its name under `<column>_name`, which `names=False` leaves out. Where cells hold
        values of several kinds, the text stands under the name of the column, and beside it `<column>_number` with
        `<column>_unit`, in the unit in which the release compares, and `<column>_day`.
        """
        table = self.to_table()
        try:
            pandas = importlib.import_module("pandas")
        except ModuleNotFoundError as error:
            raise MissingExtra("pandas", "tables", "take .records()") from error
        columns: dict[str, Any] = {}
        for at, column in enumerate(table.columns):
            cells = [row[at] for row in table.rows]
            for name, values, dtype in _columns(column, cells, names and table.refers(column)):
                key = name if name == column else _free(name, (*columns, *table.columns))
                columns[key] = pandas.Series(list(values), dtype=dtype)
        if table.claims is not None:
            columns[_free("claims", columns)] = pandas.Series([list(claims) for claims in table.claims], dtype="object")
        frame: pd.DataFrame = pandas.DataFrame(columns, index=range(len(table.rows)))
        return frame

    def _repr_html_(self) -> str:
        """Show it in a notebook."""
        return self.to_table()._repr_html_()


class TabularList(list[_Item], Tabular):
    """A list that is a table as well; a part of it is one too."""

    @overload
    def __getitem__(self, at: SupportsIndex) -> _Item: ...
    @overload
    def __getitem__(self, at: slice) -> Self: ...
    def __getitem__(self, at: SupportsIndex | slice) -> _Item | Self:
        """Give one, or a part of the list."""
        if not isinstance(at, slice):
            return super().__getitem__(at)
        part = copy(self)
        part[:] = super().__getitem__(at)
        return part


def _columns(column: str, cells: Sequence[Cell], named: bool) -> Columns:
    """Give the columns of a frame that one of a table becomes."""
    if _are_dates(cells):
        yield column, [_day(cell) for cell in cells], "datetime64[s]"
        yield f"{column}_edtf", [_plain(cell) for cell in cells], "string"
        return
    yield column, *_typed(cells)
    if named:
        yield f"{column}_name", [cell.name if isinstance(cell, Reference) else None for cell in cells], "string"
    values = [cell.holds if isinstance(cell, Reference | Word) else None for cell in cells]
    if any(values):
        measures = [None if one is None or isinstance(one, Date) else one for one in values]
        yield f"{column}_number", [None if one is None else float(one.number) for one in measures], "float64"
        yield f"{column}_unit", [None if one is None else one.unit for one in measures], "string"
        yield f"{column}_day", [_day(one) if isinstance(one, Date) else None for one in values], "datetime64[s]"


def _are_dates(cells: Sequence[Cell]) -> bool:
    """Tell whether a column is of dates: one is known as such, and no text is anything else."""
    known = any(isinstance(cell, Date) for cell in cells)
    return known and all(isinstance(cell, Date) or _is_edtf(cell) for cell in cells if cell is not None)


def _is_edtf(cell: Cell) -> bool:
    return type(cell) is str and parse_edtf(cell) is not None


def _day(cell: Cell) -> Any:
    span = parse_edtf(cell) if isinstance(cell, str) else None
    return span.earliest.isoformat() if span is not None and span.has_first else None


def _plain(cell: Cell) -> Cell:
    return str(cell) if isinstance(cell, str) else cell


def _typed(cells: Sequence[Cell]) -> tuple[Sequence[Any], str]:
    """Give cells with the one type that all of them have; cells of several types stay as they are."""
    stated = [cell for cell in cells if cell is not None]
    for fits, dtype, turn in _TYPES:
        if stated and all(map(fits, stated)):
            return [None if cell is None else turn(cell) for cell in cells], dtype
    return [_plain(cell) for cell in cells], "object"


def _is_whole(cell: Cell) -> bool:
    return isinstance(cell, int) and not isinstance(cell, bool) and abs(cell) <= _LARGEST


def _is_number(cell: Cell) -> bool:
    return isinstance(cell, int | Decimal) and not isinstance(cell, bool)


_TYPES: tuple[tuple[Callable[[Cell], bool], str, Callable[[Any], Any]], ...] = (
    (lambda cell: isinstance(cell, bool), "boolean", bool),
    (_is_whole, "Int64", int),
    (_is_number, "float64", float),
    (lambda cell: isinstance(cell, str), "string", str),
)


def _free(name: str, taken: Collection[str]) -> str:
    """Give a name for an added column that no column has; a variable of a query may have any name."""
    while name in taken:
        name += "_"
    return name
