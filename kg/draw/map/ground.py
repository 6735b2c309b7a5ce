"""The ground of a map: land and sea, the outlines of countries and of their first-level divisions, the graticule."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path

from kg.draw.canvas import svg
from kg.draw.canvas.svg import Element, Point
from kg.draw.map.projection import Bounds, MapFrame, clip

__all__ = ["draw_ground"]

_STEPS = (1, 2, 5, 10, 20, 30)
# Wider parts of the earth show countries alone.
_WIDEST_WITH_DIVISIONS = 45.0
# Points nearer to each other on the sheet are not told apart.
_LEAST_STEP = 1.8
# An island of two points is none to see.
_LEAST_ISLAND = len(("M", 0, 0, "L", 0, 0, 0, 0))
_BORDERS = {
    "borders": {"stroke": "border", "stroke_width": "1.1"},
    "divisions": {"stroke": "border", "stroke_width": "0.7", "stroke_dasharray": "4 2"},
}


@cache
def _outlines() -> dict[str, list[list[Point]]]:
    """Read the outlines; a line across the 180th meridian stands on both sides of it."""
    read = json.loads((Path(__file__).parent / "assets" / "outlines.json").read_text(encoding="utf-8"))
    found = {}
    for name, lines in read.items():
        drawn = [_unroll([(float(x), float(y)) for x, y in line]) for line in lines]
        east = [[(x - 360, y) for x, y in line] for line in drawn if max(x for x, _ in line) > 180]
        west = [[(x + 360, y) for x, y in line] for line in drawn if min(x for x, _ in line) < -180]
        found[name] = drawn + east + west
    return found


def _unroll(ring: list[Point]) -> list[Point]:
    """Count longitudes on beyond 180 degrees where a ring crosses that meridian; what goes round a pole takes it in."""
    turn, unrolled = 0.0, ring[:1]
    for before, (x, y) in pairwise(ring):
        turn += -360.0 if x - before[0] > 180 else 360.0 if before[0] - x > 180 else 0.0
        unrolled.append((x + turn, y))
    if turn:
        pole = math.copysign(90.0, ring[0][1])
        unrolled += [(unrolled[-1][0], pole), (unrolled[0][0], pole)]
    return unrolled


def draw_ground(frame: MapFrame) -> Iterator[Element]:
    """Draw what lies below the sites, back to front."""
    bounds = _sheet(frame)
    yield svg.rect((0, 0), (frame.width, frame.height), fill="sea")
    for ring in _outlines()["land"]:
        cut = clip(ring, bounds)
        steps = _steps(frame, cut) if len(cut) > 2 else []
        if len(steps) > _LEAST_ISLAND:
            yield svg.path([*steps, "Z"], fill="land", stroke="border", stroke_width="0.8")
    yield from _graticule(frame)
    wide = frame.bounds[2] - frame.bounds[0] > _WIDEST_WITH_DIVISIONS
    for name in ("borders",) if wide else ("divisions", "borders"):
        steps = [step for line in _outlines()[name] if _meets(line, bounds) for step in _steps(frame, line)]
        if steps:
            yield svg.path(steps, **_BORDERS[name])


def _sheet(frame: MapFrame) -> Bounds:
    """Give the part of the earth that is on the sheet: on a cone its corners show more than the bounds."""
    west, south, east, north = frame.bounds
    across, along = (east - west) * 0.6 + 3, (north - south) * 0.4 + 3
    return max(-180.0, west - across), max(-89.0, south - along), min(180.0, east + across), min(89.0, north + along)


def _meets(line: list[Point], bounds: Bounds) -> bool:
    west, south, east, north = bounds
    xs, ys = [x for x, _ in line], [y for _, y in line]
    return min(xs) <= east and max(xs) >= west and min(ys) <= north and max(ys) >= south


def _steps(frame: MapFrame, line: Iterable[Point]) -> list[str | float]:
    """Lead a path along a line, without the points that fall together on the sheet; its ends are kept."""
    points = [frame.place(x, max(-89.0, min(89.0, y))) for x, y in line]
    kept = points[:1]
    for point in points[1:-1]:
        if abs(point[0] - kept[-1][0]) + abs(point[1] - kept[-1][1]) > _LEAST_STEP:
            kept.append(point)
    kept += points[-1:]
    # A letter holds for all points after it.
    return ["M", *kept[0], "L", *(number for point in kept[1:] for number in point)]


def _graticule(frame: MapFrame) -> Iterator[Element]:
    west, south, east, north = frame.bounds
    step = next((one for one in _STEPS if (east - west) / one <= 8), _STEPS[-1])
    for longitude in range(math.floor(west / step - 3) * step, math.ceil(east / step + 4) * step, step):
        yield _parallel(frame, [(longitude, south - 15 + (north - south + 30) * at / 16) for at in range(17)])
    for latitude in range(math.floor(south / step - 2) * step, math.ceil(north / step + 3) * step, step):
        yield _parallel(frame, [(west - 25 + (east - west + 50) * at / 32, latitude) for at in range(33)])


def _parallel(frame: MapFrame, points: list[Point]) -> Element:
    steps: list[str | float] = []
    for longitude, latitude in points:
        steps += ["L" if steps else "M", *frame.place(longitude, max(-89.0, min(89.0, latitude)))]
    return svg.path(steps, stroke="line", stroke_width="0.5", stroke_opacity="0.7")
