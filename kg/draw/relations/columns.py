"""Where the boxes of a relations picture go: panels by kind in columns, and what was asked about in the middle.

The same things and edges give the same places. Time grows with the edges and the number of sweeps, not with the square
of the things: 3,000 boxes take well under a second (`benchmarks/layout.py`). What a box says is not known here.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from kg.draw.canvas.svg import Point

__all__ = ["BOX", "FOCUS_BOX", "PAPER", "SCREEN", "Layout", "Medium", "Panel", "arrange"]

BOX = (208.0, 36.0)
FOCUS_BOX = (220.0, 58.0)
_STEP = (BOX[0] + 10, BOX[1] + 6)
_HEADER, _PADDING, _BETWEEN_PANELS, _BETWEEN_COLUMNS = 30.0, 8.0, 16.0, 96.0
_SWEEPS = 6
_FEWEST_ROWS = 5


@dataclass(frozen=True)
class Medium:
    """The form of a sheet: about how many times as wide as high, and how many rows are well read in one column."""

    proportion: float
    rows: int


PAPER, SCREEN = Medium(1.0, 34), Medium(1.3, 24)
"""A sheet of a report, and a window."""


@dataclass
class Panel:
    """The things of one lane in a grid of `across` columns; `corner` is its upper left."""

    lane: str
    things: list[str]
    across: int = 1
    corner: Point = (0.0, 0.0)

    @property
    def rows(self) -> int:
        """How many rows the grid has."""
        return math.ceil(len(self.things) / self.across)

    @property
    def size(self) -> Point:
        """Width and height with the header."""
        return self.across * _STEP[0] - 10 + 2 * _PADDING, _HEADER + self.rows * _STEP[1] - 6 + _PADDING


@dataclass
class Layout:
    """The panels with their places, the middle of every box, and the size of it all."""

    panels: list[Panel] = field(default_factory=list)
    middles: dict[str, Point] = field(default_factory=dict)
    width: float = 0.0
    height: float = 0.0


def arrange(
    lanes: Sequence[tuple[str, Sequence[str]]],
    edges: Iterable[tuple[str, str]],
    focus: str | None,
    form: Medium = PAPER,
) -> Layout:
    """Arrange the things of some lanes, given as names with their things, and put one thing in the middle.

    >>> layout = arrange([("companies", ["a", "b"]), ("places", ["c"])], [("a", "c")], "a")
    >>> [(panel.lane, panel.things) for panel in layout.panels], sorted(layout.middles)
    ([('companies', ['b']), ('places', ['c'])], ['a', 'b', 'c'])
    """
    panels = [Panel(name, kept) for name, things in lanes if (kept := [thing for thing in things if thing != focus])]
    pairs = sorted(set(edges))
    count = sum(len(panel.things) for panel in panels)
    # Where all edges meet in the middle, no line needs to run behind a box.
    is_star = focus is not None and all(focus in pair for pair in pairs)
    rows = form.rows if is_star else _rows(count, form.proportion)
    for panel in panels:
        panel.across = math.ceil(len(panel.things) / rows)
    columns = _sides(panels) if is_star and count <= 2 * form.rows else _columns(panels, rows)
    middle = _middle(columns) if focus is not None else None
    layout = Layout(panels)
    _place_columns(layout, columns, middle, focus)
    neighbours = _neighbours(pairs, layout.middles)
    rank = {thing: at for _, things in lanes for at, thing in enumerate(things)}
    for _ in range(_SWEEPS):
        for panel in panels:
            panel.things.sort(key=lambda thing: (_pull(thing, neighbours, layout.middles), rank[thing]))
            _place_panel(layout, panel)
    return layout


def _rows(count: int, proportion: float) -> int:
    """Give how many rows make a sheet of good proportions for so many boxes."""
    return max(_FEWEST_ROWS, math.ceil(math.sqrt(count * _STEP[0] / _STEP[1] / proportion)))


def _sides(panels: list[Panel]) -> list[list[Panel]]:
    """Put the panels into two columns of about the same height, in their order."""
    heights = [panel.size[1] + _BETWEEN_PANELS for panel in panels]
    cut = min(range(len(panels) + 1), key=lambda at: (abs(sum(heights[:at]) - sum(heights[at:])), at))
    return [side for side in (panels[:cut], panels[cut:]) if side]


def _columns(panels: list[Panel], rows: int) -> list[list[Panel]]:
    """Put narrow panels that follow each other below each other, as far as a column goes."""
    columns: list[list[Panel]] = []
    # A few rows more are better than another column.
    most = rows * 1.2 * _STEP[1] + _HEADER
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


def _place_columns(layout: Layout, columns: list[list[Panel]], middle: int | None, focus: str | None) -> None:
    layout.height = max([_height(column) for column in columns] + [FOCUS_BOX[1] if focus is not None else 0.0])
    x = 0.0
    for at in range(len(columns) + 1):
        if at == middle and focus is not None:
            layout.middles[focus] = (x + FOCUS_BOX[0] / 2, layout.height / 2)
            x += FOCUS_BOX[0] + _BETWEEN_COLUMNS
        if at < len(columns):
            y = (layout.height - _height(columns[at])) / 2
            for panel in columns[at]:
                panel.corner = (x, y)
                y += panel.size[1] + _BETWEEN_PANELS
                _place_panel(layout, panel)
            x += _width(columns[at]) + _BETWEEN_COLUMNS
    layout.width = max(0.0, x - _BETWEEN_COLUMNS)


def _place_panel(layout: Layout, panel: Panel) -> None:
    x, y = panel.corner[0] + _PADDING + BOX[0] / 2, panel.corner[1] + _HEADER + BOX[1] / 2
    for at, thing in enumerate(panel.things):
        row, column = divmod(at, panel.across)
        layout.middles[thing] = (x + column * _STEP[0], y + row * _STEP[1])


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
