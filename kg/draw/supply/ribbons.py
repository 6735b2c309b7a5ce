"""How links are drawn between placed boxes: ribbons down the chain, arcs back up it, hairlines and dots."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kg.draw.canvas import svg
from kg.draw.canvas.svg import Element, Point
from kg.draw.supply.chain import Link
from kg.draw.supply.lanes import BOX, Box, Placed

__all__ = [
    "ARC_SPACE",
    "HAIRLINE",
    "WIDEST",
    "Ports",
    "Widths",
    "arrow",
    "back_arc",
    "measure",
    "ribbon",
    "set_ports",
    "side_arc",
]

HAIRLINE = 1.2
ARC_SPACE = 13.0
WIDEST = 20.0
"""The width of the largest amount of a unit."""

_NARROWEST = 2.4
_BEND = 10.0


@dataclass(frozen=True)
class Widths:
    """The widths of links by their number, and the largest amount of each unit, which is drawn the widest."""

    of: Mapping[int, float]
    largest: Mapping[str, float]

    def scaled(self, amount: float, unit: str) -> float:
        """Give the width of an amount."""
        return max(_NARROWEST, WIDEST * amount / self.largest[unit])


def measure(links: tuple[Link, ...]) -> Widths:
    """Give each link its width; only quantities of one unit can be compared, so each unit has a scale of its own."""
    amounts = {number: amount for number, link in enumerate(links) if (amount := link.amount())}
    largest: dict[str, float] = {}
    for value, unit in amounts.values():
        largest[unit] = max(value, largest.get(unit, 0.0))
    widths = Widths({}, largest)
    of = {number: widths.scaled(*amounts[number]) if number in amounts else HAIRLINE for number in range(len(links))}
    return Widths(of, largest)


Ports = dict[tuple[int, bool], float]
"""At which height each link leaves (True) or reaches (False) its box."""


def set_ports(placed: Placed, links: tuple[Link, ...], widths: Widths) -> Ports:
    """Stack the links at each box's edges in the order of what is at their other ends."""
    sides: dict[tuple[int, bool], list[tuple[float, int, bool]]] = {}
    boxes: dict[int, Box] = {}
    for number, link in enumerate(links):
        source, target = placed.boxes[link.source], placed.boxes[link.target]
        way = placed.ways.get(number) or []
        boxes.update({id(source): source, id(target): target})
        ahead, behind = (way[0] if way else target), (way[-1] if way else source)
        sides.setdefault((id(source), True), []).append((ahead.middle, number, True))
        # What comes back up or from the same column reaches its box from another side than it seems.
        sides.setdefault((id(target), target.column > source.column), []).append((behind.middle, number, False))
    ports: Ports = {}
    for (box, _), ends in sides.items():
        total = sum(max(widths.of[number], 2.0) for _, number, _ in ends)
        # More than the box is high can only be where very many hairlines meet: they share the edge.
        squeeze = min(1.0, (boxes[box].height - 4) / total)
        y = boxes[box].middle - total * squeeze / 2
        for _, number, leaves in sorted(ends):
            step = max(widths.of[number], 2.0) * squeeze
            ports[number, leaves] = y + step / 2
            y += step
    return ports


def ribbon(placed: Placed, number: int, link: Link, ports: Ports) -> list[str | float]:
    """Give the path of a link to a column farther right, through its channels."""
    start, end = placed.boxes[link.source], placed.boxes[link.target]
    points: list[Point] = [(placed.left(start.column) + BOX, ports[number, True])]
    for box in placed.ways.get(number, ()):
        points += [(placed.left(box.column), box.middle), (placed.left(box.column) + BOX, box.middle)]
    points.append((placed.left(end.column), ports[number, False]))
    steps: list[str | float] = ["M", *points[0]]
    for at in range(1, len(points)):
        (x0, y0), (x1, y1) = points[at - 1], points[at]
        bend = (x1 - x0) * 0.5
        steps += ["L", x1, y1] if at % 2 == 0 else ["C", x0 + bend, y0, x1 - bend, y1, x1, y1]
    return steps


def back_arc(placed: Placed, ends: tuple[Point, Point], row: int) -> list[str | float]:
    """Give the path from a box's right edge below everything and back to the left edge of a box up the chain."""
    (x0, y0), (x1, y1) = ends
    low = placed.height + 12 + ARC_SPACE * row
    right, left, bend = x0 + 12 + 3 * (row % 9), x1 - 14 - 3 * (row % 9), _BEND
    return [
        *("M", x0, y0, "L", right - bend, y0, "Q", right, y0, right, y0 + bend),
        *("L", right, low - bend, "Q", right, low, right - bend, low),
        *("L", left + bend, low, "Q", left, low, left, low - bend),
        *("L", left, y1 + bend, "Q", left, y1, left + bend, y1, "L", x1 - 5, y1),
    ]


def side_arc(x: float, start: float, end: float) -> list[str | float]:
    """Give the path from one box to another of the same column, at their right edges."""
    reach = x + 18 + min(20.0, abs(end - start) / 12)
    return ["M", x, start, "C", reach, start, reach, end, x + 4, end]


def arrow(tip: Point, tone: str, *, left: bool = False, up: bool = False) -> Element:
    """Draw the head of an arrow that points right, or left, or up."""
    x, y = tip
    if up:
        return svg.polygon([(x, y), (x - 3.6, y + 7), (x + 3.6, y + 7)], fill=tone)
    back = 7 if left else -7
    return svg.polygon([(x, y), (x + back, y - 3.6), (x + back, y + 3.6)], fill=tone)
