"""Places for the names on a map, so that none covers another name or a symbol; what finds no place stays without."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from kg.draw.canvas.svg import Point
from kg.draw.canvas.text import width_of

__all__ = ["Label", "Wish", "place_labels"]

Area = tuple[float, float, float, float]


@dataclass(frozen=True)
class Wish:
    """A name that wants a place beside a symbol of a radius, or in its middle where the radius is 0."""

    key: str
    words: str
    at: Point
    radius: float
    size: float


@dataclass(frozen=True)
class Label:
    """A name with the place of its baseline; `anchor` is start, middle or end."""

    key: str
    words: str
    at: Point
    anchor: str
    size: float


def place_labels(wishes: Sequence[Wish], taken: Iterable[Area], sheet: Point) -> list[Label]:
    """Give the wishes places in their order, the first that is free of eight around the symbol.

    >>> wishes = [Wish("a", "Jining", (50, 50), 5, 10), Wish("b", "Yanzhou", (50, 50), 5, 10)]
    >>> [(label.key, label.anchor) for label in place_labels(wishes, [], (200, 200))]
    [('a', 'start'), ('b', 'end')]
    """
    occupied = list(taken)
    placed = []
    for wish in wishes:
        for label, area in _candidates(wish):
            inside = area[0] >= 0 and area[1] >= 0 and area[2] <= sheet[0] and area[3] <= sheet[1]
            if inside and not any(_meet(area, other) for other in occupied):
                placed.append(label)
                occupied.append(area)
                break
    return placed


def _candidates(wish: Wish) -> Iterator[tuple[Label, Area]]:
    (x, y), off, size = wish.at, wish.radius + 3, wish.size
    width, half, slant = width_of(wish.words, size), size * 0.36, (wish.radius + 2) * 0.75
    middle = ((0.0, half, "middle"),)
    around = (
        (off, half, "start"), (-off, half, "end"), (0, -off, "middle"), (0, off + size * 0.75, "middle"),
        (slant, -slant, "start"), (slant, slant + size * 0.6, "start"),
        (-slant, -slant, "end"), (-slant, slant + size * 0.6, "end"),
    )  # fmt: skip
    for dx, dy, anchor in around if wish.radius else middle:
        left = x + dx - {"start": 0.0, "middle": width / 2, "end": width}[anchor]
        yield (
            Label(wish.key, wish.words, (x + dx, y + dy), anchor, size),
            (left, y + dy - size * 0.8, left + width, y + dy + size * 0.22),
        )


def _meet(one: Area, other: Area) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
