"""Where the boxes of a relations picture go: panels by kind in columns, and what was asked about in the middle.

The same things and edges give the same places. Time grows with the edges and the number of sweeps, not with the square
of the things: 3,000 boxes take well under a second (`benchmarks/layout.py`). What a box says is not known here.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from kg.draw.canvas.svg import Point

__all__ = [
    "BOX",
    "FOCUS_BOX",
    "HEADER",
    "PAPER",
    "SCREEN",
    "TALL",
    "Layout",
    "Medium",
    "Panel",
    "arrange",
    "box_width",
]

BOX = (208.0, 36.0)
FOCUS_BOX = (220.0, 58.0)
HEADER = 30.0
TALL = 50.0
"""The height of a box with a name of two lines."""

_WIDE = 292.0
_ACROSS, _DOWN = 36.0, 6.0
_PADDING, _BETWEEN_PANELS, _BETWEEN_COLUMNS = 8.0, 16.0, 96.0
# What is in the middle grows with the lines that end at it, so that each has a place of its own.
_LINE, _TALLEST = 5.0, 0.7
_SWEEPS = 6
_FEWEST_ROWS = 5


@dataclass(frozen=True)
class Medium:
    """The form of a sheet: about how many times as wide as high."""

    proportion: float


PAPER, SCREEN = Medium(1.0), Medium(1.3)
"""A sheet of a report, and a window."""


@dataclass
class Panel:
    """The things of one lane in a grid of `across` columns of a width; `corner` is its upper left.

    A row in which a thing is `tall` is higher than others.
    """

    lane: str
    things: list[str]
    width: float = BOX[0]
    tall: frozenset[str] = frozenset()
    across: int = 1
    corner: Point = (0.0, 0.0)

    @property
    def rows(self) -> int:
        """How many rows the grid has."""
        return math.ceil(len(self.things) / self.across)

    @property
    def size(self) -> Point:
        """Width and height with the header."""
        return (
            self.across * (self.width + _ACROSS) - _ACROSS + 2 * _PADDING,
            HEADER + sum(self.height(row) + _DOWN for row in range(self.rows)) - _DOWN + _PADDING,
        )

    def height(self, row: int) -> float:
        """The height of the boxes in a row."""
        those = self.things[row * self.across : (row + 1) * self.across]
        return TALL if self.tall.intersection(those) else BOX[1]

    def lines(self) -> list[float]:
        """The heights of the middles of the rows."""
        y, found = self.corner[1] + HEADER, []
        for row in range(self.rows):
            found.append(y + self.height(row) / 2)
            y += self.height(row) + _DOWN
        return found

    def column(self, number: int) -> float:
        """The middle of a column of the grid."""
        return self.corner[0] + _PADDING + self.width / 2 + number * (self.width + _ACROSS)


@dataclass
class Layout:
    """The panels with their places, the middle and the size of every box, and the size of it all."""

    panels: list[Panel] = field(default_factory=list)
    middles: dict[str, Point] = field(default_factory=dict)
    sizes: dict[str, Point] = field(default_factory=dict)
    focus: str | None = None
    focus_box: Point = FOCUS_BOX
    width: float = 0.0
    height: float = 0.0

    def size(self, thing: str) -> Point:
        """Give the size of a thing's box."""
        return self.focus_box if thing == self.focus else self.sizes[thing]


def box_width(edges: Iterable[tuple[str, str]], focus: str | None) -> float:
    """Give the width of the boxes: where all edges meet in the middle, two columns leave more room."""
    return _WIDE if _is_star(edges, focus) else BOX[0]


def _is_star(edges: Iterable[tuple[str, str]], focus: str | None) -> bool:
    return focus is not None and all(focus in pair for pair in edges)


def arrange(
    lanes: Sequence[tuple[str, Sequence[str]]],
    edges: Iterable[tuple[str, str]],
    focus: str | None,
    form: Medium = PAPER,
    tall: frozenset[str] = frozenset(),
) -> Layout:
    """Arrange the things of some lanes, given as names with their things, and put one thing in the middle.

    Where all edges meet in the middle, two columns beside it hold everything. `tall` have names of two lines.

    >>> layout = arrange([("companies", ["a", "b"]), ("places", ["c"])], [("a", "c")], "a")
    >>> [(panel.lane, panel.things) for panel in layout.panels], sorted(layout.middles)
    ([('companies', ['b']), ('places', ['c'])], ['a', 'b', 'c'])
    """
    lines = list(edges)
    pairs = sorted(set(lines))
    star = _is_star(pairs, focus)
    kept = {name: [thing for thing in things if thing != focus] for name, things in lanes}
    panels = [Panel(name, things, box_width(pairs, focus), tall) for name, things in kept.items() if things]
    rows = _rows(sum(len(panel.things) for panel in panels), form.proportion)
    for panel in panels:
        panel.across = 1 if star else math.ceil(len(panel.things) / rows)
    columns = _sides(panels) if star else _columns(panels, rows)
    layout = Layout(panels, focus=focus)
    _place_columns(layout, columns, Counter(end for pair in lines for end in pair))
    neighbours = _neighbours(pairs, layout.middles)
    rank = {thing: at for _, things in lanes for at, thing in enumerate(things)}
    for _ in range(_SWEEPS):
        for panel in panels:
            panel.things.sort(key=lambda thing: (_pull(thing, neighbours, layout.middles), rank[thing]))
            _place_panel(layout, panel)
    return layout


def _rows(count: int, proportion: float) -> int:
    """Give how many rows make a sheet of good proportions for so many boxes."""
    return max(_FEWEST_ROWS, math.ceil(math.sqrt(count * (BOX[0] + _ACROSS) / (BOX[1] + _DOWN) / proportion)))


def _sides(panels: list[Panel]) -> list[list[Panel]]:
    """Put the panels into two columns of about the same height, in their order."""
    heights = [panel.size[1] + _BETWEEN_PANELS for panel in panels]
    cut = min(range(len(panels) + 1), key=lambda at: (abs(sum(heights[:at]) - sum(heights[at:])), at))
    return [side for side in (panels[:cut], panels[cut:]) if side]


def _columns(panels: list[Panel], rows: int) -> list[list[Panel]]:
    """Put narrow panels that follow each other below each other, as far as a column goes."""
    columns: list[list[Panel]] = []
    # A few rows more are better than another column.
    most = rows * 1.2 * (BOX[1] + _DOWN) + HEADER
    for panel in panels:
        last = columns[-1] if columns else []
        height = sum(one.size[1] + _BETWEEN_PANELS for one in last) + panel.size[1]
        if last and panel.across == 1 and all(one.across == 1 for one in last) and height <= most:
            last.append(panel)
        else:
            columns.append([panel])
    return columns


def _middle(columns: list[list[Panel]]) -> int:
    """Give the column before which the focus goes, so that both sides are about as wide."""
    if len(columns) == 1:
        return 0
    widths = [_width(column) for column in columns]
    return min(range(len(columns) + 1), key=lambda at: (abs(sum(widths[:at]) - sum(widths[at:])), at))


def _width(column: list[Panel]) -> float:
    return max(panel.size[0] for panel in column)


def _height(column: list[Panel]) -> float:
    return sum(panel.size[1] + _BETWEEN_PANELS for panel in column) - _BETWEEN_PANELS


def _place_columns(layout: Layout, columns: list[list[Panel]], lines: Mapping[str, int]) -> None:
    focus = layout.focus
    middle = None if focus is None else _middle(columns)
    layout.height = max([_height(column) for column in columns] + [FOCUS_BOX[1] if focus is not None else 0.0])
    if focus is not None:
        wanted = lines.get(focus, 0) * _LINE / (1 if len(columns) < len(("left", "right")) else 2)
        layout.focus_box = (FOCUS_BOX[0], max(FOCUS_BOX[1], min(wanted, layout.height * _TALLEST)))
    x = 0.0
    for at in range(len(columns) + 1):
        if at == middle and focus is not None:
            layout.middles[focus] = (x + layout.focus_box[0] / 2, layout.height / 2)
            x += layout.focus_box[0] + _BETWEEN_COLUMNS
        if at < len(columns):
            y = (layout.height - _height(columns[at])) / 2
            for panel in columns[at]:
                panel.corner = (x, y)
                y += panel.size[1] + _BETWEEN_PANELS
                _place_panel(layout, panel)
            x += _width(columns[at]) + _BETWEEN_COLUMNS
    layout.width = max(0.0, x - _BETWEEN_COLUMNS)


def _place_panel(layout: Layout, panel: Panel) -> None:
    lines = panel.lines()
    for at, thing in enumerate(panel.things):
        row, column = divmod(at, panel.across)
        layout.middles[thing] = (panel.column(column), lines[row])
        layout.sizes[thing] = (panel.width, panel.height(row))


def _neighbours(edges: Iterable[tuple[str, str]], middles: Mapping[str, Point]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for one, other in edges:
        if one in middles and other in middles and one != other:
            found.setdefault(one, []).append(other)
            found.setdefault(other, []).append(one)
    return found


def _pull(thing: str, neighbours: Mapping[str, list[str]], middles: Mapping[str, Point]) -> float:
    """Give the height to which a thing's neighbours draw it."""
    others = neighbours.get(thing)
    return round(sum(middles[other][1] for other in others) / len(others), 3) if others else middles[thing][1]
