"""Tables as a terminal shows them: how wide each column is, and where its texts break.

A line breaks between words, between Chinese characters and behind the signs in a long id, never inside a word, a figure
or a date. Where the words of all columns do not fit side by side, each row becomes a block of lines.
Loads rich, for which programs that take CSV or JSON should not wait.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from itertools import chain

from rich import box
from rich.cells import cell_len
from rich.console import Console
from rich.table import Table as Layout
from rich.text import Text

__all__ = ["lay_out", "list_blocks"]

# Below so many cells a column of wrapped words cannot be read; a word that is longer than so many breaks after all.
_LEGIBLE, _LONG_WORD = 8, 24
_BETWEEN = 2
_CHARACTER = r"\u2e80-\u9fff\uac00-\ud7af\uff00-\uffef"
_PIECES = re.compile(rf"[（《「]?[{_CHARACTER}][，。、；：）》」]*\s*|[^\s{_CHARACTER}]+\s*|\s+")
_LONG_PIECES = re.compile(r"[^/_.;,-]*[/_.;,-]+\s*|[^/_.;,-]+\s*")


def lay_out(heads: Sequence[str], rows: Sequence[Sequence[str]], numeric: Sequence[bool], width: int) -> str | None:
    """Give a table of shown cells at most `width` cells wide, figures to the right; None where it would not fit."""
    columns = [list(column) for column in zip(heads, *rows, strict=True)]
    widths = _share(columns, width - _BETWEEN * (len(columns) - 1))
    if widths is None:
        return None
    layout = Layout(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False, padding=(0, 1, 0, 0))
    for head, cells, is_number in zip(heads, widths, numeric, strict=True):
        layout.add_column(_broken(head, cells), width=cells, justify="right" if is_number else "left")
    for row in rows:
        layout.add_row(*(_broken(cell, cells) for cell, cells in zip(row, widths, strict=True)))
    return _print(layout, width)


def list_blocks(heads: Sequence[str], rows: Sequence[Sequence[tuple[int, str]]], width: int) -> Iterator[str]:
    """Give each row as lines of a head and a value, under a rule with its number; `rows` hold what is there."""
    first = min(max(map(cell_len, heads)), width // 2)
    second = max(width - first - _BETWEEN, 1)
    for number, row in enumerate(rows, 1):
        layout = Layout(box=None, show_header=False, show_edge=False, pad_edge=False, padding=(0, 2, 0, 0))
        layout.add_column(width=first)
        layout.add_column(width=second)
        for at, cell in row:
            layout.add_row(_broken(heads[at], first), _broken(cell, second))
        yield f"{'─' * min(5, width)} {number}"
        yield _print(layout, width)


def _share(columns: Sequence[Sequence[str]], width: int) -> list[int] | None:
    """Share a width among columns: each gets what its longest word takes, and then as much as the others."""
    wanted = [max(map(cell_len, column)) for column in columns]
    least = [_least(column, most) for column, most in zip(columns, wanted, strict=True)]
    if sum(wanted) <= width:
        return wanted
    if sum(least) > width:
        return None
    level = max(
        level
        for level in range(max(wanted) + 1)
        if sum(max(low, min(most, level)) for low, most in zip(least, wanted, strict=True)) <= width
    )
    widths = [max(low, min(most, level)) for low, most in zip(least, wanted, strict=True)]
    # What is left over goes to those that still want more, the first ones first.
    for at in range(len(widths)):
        if widths[at] < wanted[at] and sum(widths) < width:
            widths[at] += 1
    return widths


def _least(column: Sequence[str], most: int) -> int:
    words = max((cell_len(piece.rstrip()) for text in column for piece in _pieces(text)), default=0)
    return max(words, min(most, _LEGIBLE))


def _pieces(text: str) -> Iterator[str]:
    """Give the pieces between which a text may break.

    >>> list(_pieces("宁德时代，CATL 2025-03-15")), list(_pieces("claim/shandong-times-60gwh"))
    (['宁', '德', '时', '代，', 'CATL ', '2025-03-15'], ['claim/', 'shandong-', 'times-', '60gwh'])
    """
    for piece in _PIECES.findall(text):
        if cell_len(piece.rstrip()) <= _LONG_WORD:
            yield piece
            continue
        for part in _LONG_PIECES.findall(piece):
            yield from (part[at : at + _LONG_WORD] for at in range(0, len(part), _LONG_WORD))


def _broken(text: str, width: int) -> Text:
    """Break a text into lines of a width.

    >>> _broken("Shandong Times New Energy, signed 2025-03-15", 14).plain.split("\\n")
    ['Shandong Times', 'New Energy,', 'signed', '2025-03-15']
    """
    lines = [""]
    for piece in chain.from_iterable(_fitting(piece, width) for piece in _pieces(text)):
        if cell_len((lines[-1] + piece).rstrip()) > width and lines[-1]:
            lines.append("")
        lines[-1] += piece
    return Text("\n".join(line.rstrip() for line in lines))


def _fitting(piece: str, width: int) -> Iterator[str]:
    """Cut a piece that no line of this width holds."""
    while cell_len(piece.rstrip()) > width:
        cut = next(at for at in range(len(piece), 0, -1) if cell_len(piece[:at]) <= width or at == 1)
        yield piece[:cut]
        piece = piece[cut:]
    yield piece


def _print(layout: Layout, width: int) -> str:
    stream = io.StringIO()
    Console(file=stream, width=width, color_system=None, legacy_windows=False, force_jupyter=False).print(layout)
    return "\n".join(line.rstrip() for line in stream.getvalue().splitlines())
