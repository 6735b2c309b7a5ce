"""Which way the lines of a relations picture go: between the boxes, never behind one and never through a heading.

A line crosses a column of boxes in the gap between two rows, or between two panels, that lies nearest to its straight
way. Lines that end at one side of a box end side by side, in the order of where they come from.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from kg.draw.canvas.svg import Point
from kg.draw.relations.columns import Layout, Panel

__all__ = ["Route", "route_lines"]

_APART, _RIM = 6.0, 5.0
_BEND, _CLEARANCE = 24.0, 8.0
# Lines in one gap lie beside each other as far as the gap goes.
_WITHIN = (0.0, 1.5, -1.5)


@dataclass(frozen=True)
class Route:
    """The points that a line goes through: from its start by the two sides of each column that it crosses to its end.

    `turn` is how far it swings out, of a line between two boxes of one column.
    """

    points: tuple[Point, ...]
    turn: float = 0.0

    @property
    def steps(self) -> list[str | float]:
        """The path as in the attribute `d`: curves between columns, straight across them."""
        if self.turn:
            (x0, y0), (x1, y1) = self.points
            far = max(x0, x1) + self.turn
            return ["M", x0, y0, "C", far, y0, far, y1, x1, y1]
        steps: list[str | float] = ["M", *self.points[0]]
        for at, ((x0, y0), (x1, y1)) in enumerate(pairwise(self.points)):
            bend = (x1 - x0) / 2
            steps += ["L", x1, y1] if at % 2 else ["C", x0 + bend, y0, x1 - bend, y1, x1, y1]
        return steps

    @property
    def comes_from_left(self) -> bool:
        """Tell whether it reaches its end going right."""
        return not self.turn and self.points[-1][0] > self.points[-2][0]


@dataclass(frozen=True)
class _Strip:
    """A column of boxes with the heights at which it can be crossed.

    Columns of one panel have one `group`; `inner` are the gaps that are reached from within it without its heading.
    """

    left: float
    right: float
    gaps: tuple[float, ...]
    inner: tuple[float, ...]
    group: int

    def gap(self, straight: float, *, within: bool) -> float:
        """Give the height of the gap that lies nearest to a straight way; above and below everything all is free."""
        if not within and not self.gaps[0] < straight < self.gaps[-1]:
            return straight
        return min(self.inner if within else self.gaps, key=lambda gap: (abs(gap - straight), gap))


def route_lines(layout: Layout, lines: Sequence[tuple[str, str]]) -> list[Route]:
    """Give each line, from one thing to another, its way.

    >>> from kg.draw.relations.columns import arrange
    >>> layout = arrange([("companies", ["b"]), ("places", ["c"])], [("a", "b"), ("a", "c")], "a")
    >>> [len(route.points) for route in route_lines(layout, [("a", "b"), ("b", "c")])]
    [2, 4]
    """
    strips = _strips(layout)
    sides = [_sides(layout, *line) for line in lines]
    ports = _ports(layout, lines, sides)
    routes = []
    for number, (line, (leaves, comes)) in enumerate(zip(lines, sides, strict=True)):
        start, end = (_point(layout, thing, right, ports[number, at])
                      for at, (thing, right) in enumerate(zip(line, (leaves, comes), strict=True)))  # fmt: skip
        if leaves and comes:
            routes.append(Route((start, end), _room(strips, max(start[0], end[0]))))
        else:
            crossed = _crossed(strips, start, end, _WITHIN[number % len(_WITHIN)])
            routes.append(Route((start, *crossed, end)))
    return routes


def _point(layout: Layout, thing: str, right: bool, y: float) -> Point:
    half = layout.size(thing)[0] / 2
    return layout.middles[thing][0] + (half if right else -half), y


def _sides(layout: Layout, source: str, target: str) -> tuple[bool, bool]:
    """Tell at which sides of its boxes a line leaves and ends, True for the right; both within one column."""
    x0, x1 = layout.middles[source][0], layout.middles[target][0]
    half = layout.size(source)[0] / 2 + layout.size(target)[0] / 2
    return (True, True) if abs(x1 - x0) < half else (x1 > x0, x1 < x0)


def _ports(
    layout: Layout, lines: Sequence[tuple[str, str]], sides: Sequence[tuple[bool, bool]]
) -> dict[tuple[int, int], float]:
    """Give the height at which each line leaves (0) and ends (1)."""
    found: dict[tuple[str, bool], list[tuple[float, int, int]]] = {}
    for number, line in enumerate(lines):
        for at, thing in enumerate(line):
            found.setdefault((thing, sides[number][at]), []).append((layout.middles[line[1 - at]][1], number, at))
    ports = {}
    for (thing, _), ends in found.items():
        middle, height = layout.middles[thing][1], layout.size(thing)[1]
        step = min(_APART, (height - 2 * _RIM) / len(ends))
        for at, (_, number, end) in enumerate(sorted(ends)):
            ports[number, end] = middle + (at - (len(ends) - 1) / 2) * step
    return ports


def _strips(layout: Layout) -> list[_Strip]:
    columns: dict[float, list[Panel]] = {}
    for panel in layout.panels:
        columns.setdefault(panel.corner[0], []).append(panel)
    found = []
    for group, panels in enumerate(columns.values()):
        inner = [gap for panel in panels for gap in _gaps(panel)]
        gaps = tuple(sorted([panels[0].corner[1] - _CLEARANCE, *inner]))
        for column in range(max(panel.across for panel in panels)):
            x, half = panels[0].column(column), panels[0].width / 2
            found.append(_Strip(x - half, x + half, gaps, tuple(inner), group))
    if layout.focus is not None:
        (x, y), (width, height) = layout.middles[layout.focus], layout.size(layout.focus)
        around = (y - height / 2 - _CLEARANCE, y + height / 2 + _CLEARANCE)
        found.append(_Strip(x - width / 2, x + width / 2, around, around, len(columns)))
    return sorted(found, key=lambda strip: strip.left)


def _gaps(panel: Panel) -> list[float]:
    """Give the heights between the rows of a panel and below it."""
    lines = panel.lines()
    halves = [panel.height(row) / 2 for row in range(panel.rows)]
    between = [(lines[at] + halves[at] + lines[at + 1] - halves[at + 1]) / 2 for at in range(panel.rows - 1)]
    return [*between, lines[-1] + halves[-1] + 2 * _CLEARANCE]


def _crossed(strips: Sequence[_Strip], start: Point, end: Point, shift: float) -> list[Point]:
    """Give the points by which a line crosses the columns between its ends, from the first to the last."""
    right = end[0] > start[0]
    low, high = sorted((start[0], end[0]))
    groups = {
        strip.group for strip in strips if start[0] in (strip.left, strip.right) or end[0] in (strip.left, strip.right)
    }
    points: list[Point] = []
    group, height = None, start[1]
    for strip in strips if right else reversed(strips):
        if strip.left < low or strip.right > high:
            continue
        if strip.group != group:
            share = ((strip.left + strip.right) / 2 - start[0]) / (end[0] - start[0])
            straight = start[1] + share * (end[1] - start[1])
            group, height = strip.group, strip.gap(straight, within=strip.group in groups) + shift
        points += [(x, height) for x in ((strip.left, strip.right) if right else (strip.right, strip.left))]
    return points


def _room(strips: Sequence[_Strip], x: float) -> float:
    """Give how far a line may swing out to the right of a height between two columns."""
    beyond = min((strip.left for strip in strips if strip.left > x), default=x + _BEND * 2)
    return min(_BEND, beyond - x)
