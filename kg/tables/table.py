"""Tables: what answers are made of, and the forms in which people and programs take them.

Two families of forms. For programs (CSV, JSON, newline-delimited JSON, data frames) a cell is exact, an absent
value is empty, an entity is its id with its name in a column beside it, and the claims behind a row are the
last column. For people (terminal, Markdown, HTML) an absent value is a word, "not stated", an entity is its
name, and text from the sources is escaped. What the cells mean is not known here.
"""

from __future__ import annotations

import html
from collections.abc import Callable, Iterator, Mapping
from dataclasses import KW_ONLY, dataclass, replace
from decimal import Decimal
from types import MappingProxyType
from typing import Any, Self, TextIO

from kg.errors import UsageError
from kg.formats import TABLES
from kg.localization import name_column, translate
from kg.tables.cells import (
    Amount,
    Cell,
    Date,
    Reference,
    Value,
    Word,
    calm,
    csv_line,
    json_cell,
    markdown_cell,
    shown_cell,
)
from kg.tables.tabular import Tabular

__all__ = ["FORMATS", "Amount", "Cell", "Date", "Reference", "Table", "Word", "write"]

FORMATS = tuple(TABLES)
"""The names of the forms that `write` knows."""


@dataclass(frozen=True)
class Table(Tabular):
    """Rows under named columns; `claims` holds, for each row, the ids of the claims that state it.

    `referring` names the columns that hold references in the table that this is a part of, so that all parts have
    the same columns for programs. `language` is that in which people read it.

    ValueError for a row, or a list of claims, that does not fit: that is a mistake in the code that made it.

    >>> table = Table(("site", "capacity"), (("贵安", Decimal("30")), ("Yanzhou", None)))
    >>> print(table.to_csv(), end="")
    site,capacity
    贵安,30
    Yanzhou,
    >>> print(table.to_text(40))
    site       capacity
    ───────────────────
    贵安             30
    Yanzhou  not stated
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    _: KW_ONLY
    claims: tuple[tuple[str, ...], ...] | None = None
    absent: str = "not stated"
    referring: frozenset[str] = frozenset()
    language: str = "en"

    def __post_init__(self) -> None:
        if len(set(self.columns)) != len(self.columns):
            raise ValueError(f"two columns have one name: {self.columns}")
        if any(len(row) != len(self.columns) for row in self.rows):
            raise ValueError(f"a row has not {len(self.columns)} cells")
        if self.claims is not None and len(self.claims) != len(self.rows):
            raise ValueError(f"{len(self.claims)} lists of claims for {len(self.rows)} rows")

    def __len__(self) -> int:
        return len(self.rows)

    def __str__(self) -> str:
        return self.to_text()

    def records(self) -> list[dict[str, Value]]:
        """Give each row as a dict for programs; the name of a reference goes under `<column>_name`.

        >>> Table(("site",), ((Reference("place/guian", "Gui'an"),),), claims=(("claim/a",),)).records()
        [{'site': 'place/guian', 'site_name': "Gui'an", 'claims': ['claim/a']}]
        """
        names = self._names()
        return [dict(zip(names, row, strict=True)) for row in self._values()]

    def to_dict(self) -> dict[str, Any]:
        """Give the table as plain values: its columns, its rows as objects, and whether each row has its claims."""
        return {"columns": list(self.columns), "rows": self.records(), "claimed": self.claims is not None}

    def to_table(self) -> Table:
        """Give the table itself."""
        return self

    def part(self, window: slice) -> Self:
        """Give some of the rows, with the columns that all of them have.

        >>> whole = Table(("site",), ((Reference("place/guian", "Gui'an"),), (None,)))
        >>> whole.part(slice(1, 2)).records()
        [{'site': None, 'site_name': None}]
        """
        referring = frozenset(filter(self.refers, self.columns))
        claims = None if self.claims is None else self.claims[window]
        return replace(self, rows=self.rows[window], claims=claims, referring=referring)

    def with_claims(self) -> Table:
        """Make the claims an ordinary column, so that people see them too.

        >>> Table(("site",), (("Gui'an",),), claims=(("claim/a", "claim/b"),)).with_claims().rows
        (("Gui'an", 'claim/a; claim/b'),)
        """
        if self.claims is None:
            return self
        rows = tuple((*row, "; ".join(claims)) for row, claims in zip(self.rows, self.claims, strict=True))
        columns = (*self.columns, _free("claims", self.columns))
        return Table(columns, rows, absent=self.absent, language=self.language)

    def to_csv(self) -> str:
        r"""Give the exact cells as CSV; lines end with \n, claims are joined by '; '.

        RFC 4180 would end lines with \r\n; every reader takes \n too, and cut, diff and git take nothing else. An
        absent value is nothing, an empty text is "".
        Cells are not defused against spreadsheets (a leading =): data must come out as it went in.
        """
        return csv_line(self._names()) + "".join(csv_line(values) for values in self._values())

    def to_json(self) -> str:
        """Give a JSON array of one object per row, one row per line. Decimals keep every digit."""
        return "[" + ",".join(f"\n{record}" for record in self._json_records()) + "\n]\n"

    def to_ndjson(self) -> str:
        """Give one JSON object per line, for tools that stream."""
        return "".join(f"{record}\n" for record in self._json_records())

    def to_markdown(self) -> str:
        """Give a Markdown table; text from the sources cannot act as Markdown or HTML."""
        marked = [tuple(markdown_cell(cell) for cell in row) for row in (self._heads(), *self._shown())]
        marked.insert(1, tuple("---:" if self._is_numeric(at) else ":---" for at in range(len(self.columns))))
        return "".join(f"| {' | '.join(line)} |\n" for line in marked)

    def to_text(self, width: int = 100) -> str:
        """Give a table for a terminal of `width` cells; long text wraps, Chinese characters take two cells.

        Where the columns would be too narrow to read, the rows follow one another as blocks, a line for each value
        that is there.

        >>> table = Table(("site", "status", "capacity"), (("Yanzhou", None, 60), ("Gui'an", "operating", 30)))
        >>> print(table.to_text(20))
        ───── 1
        site      Yanzhou
        capacity  60
        ───── 2
        site      Gui'an
        status    operating
        capacity  30
        """
        from kg.tables.terminal import lay_out, list_blocks

        heads, rows = self._heads(), list(self._shown())
        laid = lay_out(heads, rows, [self._is_numeric(at) for at in range(len(heads))], width)
        if laid is not None:
            return laid
        stated = [
            [(at, cell) for at, (cell, value) in enumerate(zip(cells, row, strict=True)) if value is not None]
            for row, cells in zip(self.rows, rows, strict=True)
        ]
        return "\n".join(list_blocks(heads, stated, width))

    def _repr_html_(self) -> str:
        """Show the table in a notebook."""
        head = "".join(f"<th>{html.escape(column)}</th>" for column in self._heads())
        body = "".join(
            "<tr>" + "".join(f"<td>{html.escape(cell)}</td>" for cell in row) + "</tr>" for row in self._shown()
        )
        return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"

    def refers(self, column: str) -> bool:
        """Tell whether a cell in a column is a reference, so that programs get a column of names beside it."""
        at = self.columns.index(column)
        return column in self.referring or any(isinstance(row[at], Reference) for row in self.rows)

    def _referring(self) -> list[bool]:
        return [self.refers(column) for column in self.columns]

    def _names(self) -> list[str]:
        """Name the columns that programs get."""
        names: list[str] = []
        for column, refers in zip(self.columns, self._referring(), strict=True):
            names.append(column)
            if refers:
                names.append(_free(f"{column}_name", self.columns))
        return names if self.claims is None else [*names, _free("claims", self.columns)]

    def _values(self) -> Iterator[list[Value]]:
        """Give the rows that programs get, in the columns of `_names`."""
        referring = self._referring()
        for at, row in enumerate(self.rows):
            values: list[Value] = []
            for cell, refers in zip(row, referring, strict=True):
                values.append(str(cell) if isinstance(cell, Reference | Word | Date) else cell)
                if refers:
                    values.append(cell.name if isinstance(cell, Reference) else None)
            yield values if self.claims is None else [*values, list(self.claims[at])]

    def _json_records(self) -> Iterator[str]:
        keys = [json_cell(name) for name in self._names()]
        for row in self._values():
            yield "{" + ", ".join(f"{key}: {json_cell(value)}" for key, value in zip(keys, row, strict=True)) + "}"

    def _heads(self) -> tuple[str, ...]:
        return tuple(calm(name_column(column, self.language)) for column in self.columns)

    def _shown(self) -> Iterator[tuple[str, ...]]:
        """Give the rows that people get. Two things of one name (a city and its government) keep their ids."""
        ids: dict[str, set[str]] = {}
        for cell in (cell for row in self.rows for cell in row if isinstance(cell, Reference)):
            ids.setdefault(cell.shown, set()).add(cell)
        shared = {name for name, bearers in ids.items() if len(bearers) > 1}
        absent = translate(self.absent, self.language)
        for row in self.rows:
            yield tuple(absent if cell is None else shown_cell(cell, shared, self.language) for cell in row)

    def _is_numeric(self, at: int) -> bool:
        cells = [row[at] for row in self.rows if row[at] is not None]
        return bool(cells) and all(isinstance(cell, int | Decimal) and not isinstance(cell, bool) for cell in cells)


_WRITERS: Mapping[str, Callable[[Table], str]] = MappingProxyType(
    {"csv": Table.to_csv, "json": Table.to_json, "ndjson": Table.to_ndjson, "md": Table.to_markdown}
)


def write(table: Table, format: str, stream: TextIO, width: int = 100) -> None:
    """Write a table in one of FORMATS; `width` counts for the format "table" only. UsageError for another format."""
    if format not in FORMATS:
        raise UsageError(f"no format is called {format!r}; take one of {', '.join(FORMATS)}")
    stream.write(_WRITERS[format](table) if format in _WRITERS else table.to_text(width) + "\n")


def _free(name: str, taken: tuple[str, ...]) -> str:
    """Give a name for an added column that no column has; a variable of a query may have any name."""
    while name in taken:
        name += "_"
    return name
