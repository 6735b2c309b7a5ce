"""Places for names and dates, so that none covers another or a symbol; what finds no place stays without."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import product

from kg.draw.canvas.svg import Point
from kg.draw.canvas.text import width_of

__all__ = ["Area", "Label", "Wish", "place_labels"]

Area = tuple[float, float, float, float]
_FAR = (14.0, 26.0)


@dataclass(frozen=True)
class Wish:
    """A name that wants a place beside a symbol of a radius, or in its middle where the radius is 0.

    Of the latter `reach` says how far it may stand from there; `is_far` that a name finds a line to its symbol.
    """

    key: str
    words: str
    at: Point
    radius: float
    size: float
    reach: float = 0.0
    is_far: bool = False


@dataclass(frozen=True)
class Label:
    """A name with the place of its baseline, set from its start, middle or end; a `far` one needs a line."""

    key: str
    words: str
    at: Point
    anchor: str
    size: float
    far: bool = False

    @property
    def area(self) -> Area:
        """What it covers: left, top, right and bottom."""
        width = width_of(self.words, self.size)
        left = self.at[0] - {"start": 0.0, "middle": width / 2, "end": width}[self.anchor]
        return left, self.at[1] - self.size * 0.8, left + width, self.at[1] + self.size * 0.22


def place_labels(wishes: Sequence[Wish], taken: Iterable[Area], sheet: Point) -> list[Label]:
    """Give the wishes places in their order, the first that is free of eight around the symbol.

    >>> wishes = [Wish("a", "Jining", (50, 50), 5, 10), Wish("b", "Yanzhou", (50, 50), 5, 10)]
    >>> [(label.key, label.anchor) for label in place_labels(wishes, [], (200, 200))]
    [('a', 'start'), ('b', 'end')]
    """
    occupied = list(taken)
    placed = []
    for wish in wishes:
        for label in _candidates(wish):
            area = label.area
            inside = area[0] >= 0 and area[1] >= 0 and area[2] <= sheet[0] and area[3] <= sheet[1]
            if inside and not any(_meet(area, other) for other in occupied):
                placed.append(label)
                occupied.append(area)
                break
    return placed


def _candidates(wish: Wish) -> Iterator[Label]:
    (x, y), size = wish.at, wish.size
    if not wish.radius:
        shifts = (0.0, 0.5, -0.5, 1.0, -1.0)
        for dy, dx in product(shifts, shifts) if wish.reach else ((0.0, 0.0),):
            yield Label(wish.key, wish.words, (x + dx * wish.reach, y + size * 0.36 + dy * wish.reach), "middle", size)
        return
    for off in (0.0, *(_FAR if wish.is_far else ())):
        for dx, dy, anchor in _around(wish.radius + off, size):
            yield Label(wish.key, wish.words, (x + dx, y + dy), anchor, size, bool(off))


def _around(radius: float, size: float) -> Iterable[tuple[float, float, str]]:
    """Give eight places around a symbol, and how the name is set there."""
    off, half, slant = radius + 3, size * 0.36, (radius + 2) * 0.75
    return (
        (off, half, "start"), (-off, half, "end"), (0, -off, "middle"), (0, off + size * 0.75, "middle"),
        (slant, -slant, "start"), (slant, slant + size * 0.6, "start"),
        (-slant, -slant, "end"), (-slant, slant + size * 0.6, "end"),
    )  # fmt: skip


def _meet(one: Area, other: Area) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
