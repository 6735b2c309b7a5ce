"""Tables as a terminal shows them: in columns, or as blocks where the columns would be too narrow to read.

Loads rich, for which programs that take CSV or JSON should not wait.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence

from rich import box
from rich.cells import cell_len
from rich.console import Console
from rich.table import Table as Layout
from rich.text import Text

__all__ = ["blocks", "grid", "is_legible"]

# Cells below which a column of wrapped words cannot be read.
_LEGIBLE = 8


def is_legible(heads: Sequence[str], rows: Sequence[Sequence[str]], width: int) -> bool:
    """Tell whether every column gets the cells that its longest text takes, or _LEGIBLE of them."""
    widest = [max(map(cell_len, column)) for column in zip(heads, *rows, strict=True)]
    return sum(min(cells, _LEGIBLE) + 1 for cells in widest) <= width + 1


def grid(heads: Sequence[str], rows: Sequence[Sequence[str]], numeric: Sequence[bool], width: int) -> str:
    """Lay texts out in columns below their heads; those of numbers stand on the right."""
    layout = Layout(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False, padding=(0, 1, 0, 0))
    for head, is_numeric in zip(heads, numeric, strict=True):
        layout.add_column(Text(head), justify="right" if is_numeric else "left", overflow="fold")
    for row in rows:
        layout.add_row(*(Text(cell) for cell in row))
    return _printed(layout, width)


def blocks(heads: Sequence[str], rows: Sequence[Sequence[str | None]], width: int) -> str:
    """Lay each row out as lines of a name and a value, under a rule with its number; what is None has no line."""
    return "\n".join(_blocks(heads, rows, width))


def _blocks(heads: Sequence[str], rows: Sequence[Sequence[str | None]], width: int) -> Iterator[str]:
    for number, row in enumerate(rows, 1):
        layout = Layout(box=None, show_header=False, show_edge=False, pad_edge=False, padding=(0, 2, 0, 0))
        layout.add_column(width=min(max(map(cell_len, heads)), width // 2), overflow="fold")
        layout.add_column(overflow="fold")
        for head, cell in zip(heads, row, strict=True):
            if cell is not None:
                layout.add_row(Text(head), Text(cell))
        yield f"{'─' * min(5, width)} {number}"
        yield _printed(layout, width)


def _printed(layout: Layout, width: int) -> str:
    stream = io.StringIO()
    Console(file=stream, width=width, color_system=None, legacy_windows=False, force_jupyter=False).print(layout)
    return "\n".join(line.rstrip() for line in stream.getvalue().splitlines())
