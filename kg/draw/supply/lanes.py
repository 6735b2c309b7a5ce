"""Where the stands of a supply chain go: a column for each level, in it a lane for each stage, in it a box for each.

Links between columns that are not neighbours get a channel through the columns between, so that no ribbon runs behind
a box. Order within columns follows from the neighbours (barycentres); the same chain gives the same places.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from kg.draw.canvas.svg import Point
from kg.draw.supply.chain import Chain, Link, Stand

__all__ = ["BOX", "GAP", "HEADER", "Box", "Lane", "Placed", "place"]

BOX = 232.0
GAP = 104.0
HEADER = 30.0
_BETWEEN_BOXES, _PADDING, _BETWEEN_LANES = 5.0, 7.0, 14.0
_SWEEPS = 4


@dataclass
class Box:
    """A stand, a gap or a channel with its height; `y` is its upper edge."""

    stand: Stand
    height: float
    y: float = 0.0
    column: int = 0

    @property
    def middle(self) -> float:
        """The height of the box's middle."""
        return self.y + self.height / 2


@dataclass
class Lane:
    """The boxes of one stage in a column. A channel is a lane without a name and with one box."""

    stage: str
    boxes: list[Box]
    channel: bool = False
    y: float = 0.0

    @property
    def height(self) -> float:
        """The lane's height with its header."""
        boxes = sum(box.height for box in self.boxes) + _BETWEEN_BOXES * (len(self.boxes) - 1)
        return boxes if self.channel else HEADER + boxes + _PADDING

    def stack(self, y: float) -> None:
        """Put the lane's upper edge at a height, and its boxes below each other."""
        self.y = y
        y += 0 if self.channel else HEADER
        for box in self.boxes:
            box.y = y
            y += box.height + _BETWEEN_BOXES


@dataclass
class Placed:
    """The columns of lanes, the boxes by stand, each link's way through channels, and the size of it all."""

    columns: list[list[Lane]]
    boxes: dict[Stand, Box]
    ways: dict[int, list[Box]] = field(default_factory=dict)
    height: float = 0.0

    @property
    def width(self) -> float:
        """The width of all columns."""
        return len(self.columns) * (BOX + GAP) - GAP if self.columns else 0.0

    def left(self, column: int) -> float:
        """The left edge of a column's boxes."""
        return column * (BOX + GAP)

    def edge(self, box: Box, *, right: bool) -> Point:
        """The middle of a box's left or right edge."""
        return self.left(box.column) + (BOX if right else 0.0), box.middle


def place(chain: Chain, heights: Mapping[Stand, float], thickness: Mapping[int, float]) -> Placed:
    """Place a chain; `heights` are those of the boxes, `thickness` that of each link by its number."""
    used = sorted({*chain.levels.values(), *chain.gaps.values()})
    column_of = {level: at for at, level in enumerate(used)}
    placed = Placed([[] for _ in used], {})
    for stand in [*chain.levels, *(Stand(stage, "") for stage in chain.gaps)]:
        level = chain.levels[stand] if stand in chain.levels else chain.gaps[stand.stage]
        box = Box(stand, heights[stand], column=column_of[level])
        placed.boxes[stand] = box
        _lane(placed.columns[box.column], stand.stage).boxes.append(box)
    _dig_channels(placed, chain.links, thickness)
    for column in placed.columns:
        column.sort(key=lambda lane: (lane.channel, lane.stage, lane.boxes[0].stand))
        for lane in column:
            lane.boxes.sort(key=lambda box: box.stand)
    _settle(placed, chain.links)
    return placed


def _lane(column: list[Lane], stage: str) -> Lane:
    for lane in column:
        if lane.stage == stage and not lane.channel:
            return lane
    column.append(Lane(stage, []))
    return column[-1]


def _dig_channels(placed: Placed, links: Iterable[Link], thickness: Mapping[int, float]) -> None:
    for number, link in enumerate(links):
        start, end = placed.boxes[link.source].column, placed.boxes[link.target].column
        if link.kind == "same" or end - start < 2:
            continue
        way = []
        for column in range(start + 1, end):
            box = Box(Stand("~", f"{number:05}"), thickness[number] + 2, column=column)
            placed.columns[column].append(Lane("~", [box], channel=True))
            way.append(box)
        placed.ways[number] = way


def _settle(placed: Placed, links: tuple[Link, ...]) -> None:
    """Stack the columns, then let each box move towards what it is joined to, from left to right and back."""
    joined: dict[int, list[Box]] = {}
    for number, link in enumerate(links):
        chain = [placed.boxes[link.source], *placed.ways.get(number, ()), placed.boxes[link.target]]
        for one, other in itertools.pairwise(chain):
            if one.column != other.column:
                joined.setdefault(id(one), []).append(other)
                joined.setdefault(id(other), []).append(one)
    _stack(placed)
    columns = placed.columns
    for sweep in range(_SWEEPS):
        for column in columns if sweep % 2 == 0 else reversed(columns):
            for lane in column:
                lane.boxes.sort(key=lambda box: (_pull(box, joined), box.stand))
            column.sort(key=lambda lane: (_lane_pull(lane, joined), lane.stage, lane.boxes[0].stand))
            _stack(placed)


def _pull(box: Box, joined: Mapping[int, list[Box]]) -> float:
    others = joined.get(id(box), ())
    return round(sum(other.middle for other in others) / len(others), 3) if others else box.middle


def _lane_pull(lane: Lane, joined: Mapping[int, list[Box]]) -> float:
    return round(sum(_pull(box, joined) for box in lane.boxes) / len(lane.boxes), 3)


def _stack(placed: Placed) -> None:
    """Put lanes below each other in every column, the columns centred on the highest."""
    heights = [_column_height(column) for column in placed.columns]
    placed.height = max(heights, default=0.0)
    for column, height in zip(placed.columns, heights, strict=True):
        y = (placed.height - height) / 2
        for before, lane in zip([None, *column], column, strict=False):
            y += _space(before, lane)
            lane.stack(y)
            y += lane.height


def _space(before: Lane | None, lane: Lane) -> float:
    return 0.0 if before is None else 4.0 if before.channel and lane.channel else _BETWEEN_LANES


def _column_height(column: list[Lane]) -> float:
    spaces = sum(_space(before, lane) for before, lane in zip([None, *column], column, strict=False))
    return spaces + sum(lane.height for lane in column)
