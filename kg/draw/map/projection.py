"""From longitude and latitude to a sheet: Albers' equal-area cone for one part of a hemisphere, else plate carrée.

J. P. Snyder, Map Projections - A Working Manual (USGS Professional Paper 1395), pp. 98-103, on the sphere.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from kg.draw.canvas.svg import Point

__all__ = ["Bounds", "MapFrame", "albers", "choose_projection", "clip", "fit_frame", "plate_carree", "surroundings"]

Projection = Callable[[float, float], Point]
# A part of the earth wider than this looks odd on a cone.
_WIDEST_CONE = 75.0
_LEAST_SPAN = 3.0


def albers(parallels: tuple[float, float], meridian: float) -> Projection:
    """Make Albers' projection with two standard parallels around a meridian; degrees in, radii of the earth out.

    >>> x, y = albers((25.0, 47.0), 105.0)(105.0, 36.0)
    >>> abs(x) < 1e-9
    True
    """
    first, second = (math.radians(parallel) for parallel in parallels)
    n = (math.sin(first) + math.sin(second)) / 2
    c = math.cos(first) ** 2 + 2 * n * math.sin(first)

    def project(longitude: float, latitude: float) -> Point:
        """Project a place."""
        rho = math.sqrt(max(0.0, c - 2 * n * math.sin(math.radians(latitude)))) / n
        theta = n * math.radians(longitude - meridian)
        return rho * math.sin(theta), rho * math.cos(theta)

    return project


def plate_carree(parallel: float) -> Projection:
    """Make the equirectangular projection that is true to scale along a parallel."""
    shrink = math.cos(math.radians(parallel))

    def project(longitude: float, latitude: float) -> Point:
        """Project a place."""
        return math.radians(longitude) * shrink, -math.radians(latitude)

    return project


Bounds = tuple[float, float, float, float]
"""West, south, east and north, in degrees."""


def surroundings(places: Iterable[Point], share: float = 0.09) -> Bounds:
    """Give the part of the earth that holds some places (longitude, latitude) and a rim around them."""
    found = list(places)
    west, east = min(x for x, _ in found), max(x for x, _ in found)
    south, north = min(y for _, y in found), max(y for _, y in found)
    rim_x = max((east - west) * share, (_LEAST_SPAN - (east - west)) / 2, 0.6)
    rim_y = max((north - south) * share, (_LEAST_SPAN - (north - south)) / 2, 0.6)
    return max(-180.0, west - rim_x), max(-85.0, south - rim_y), min(180.0, east + rim_x), min(85.0, north + rim_y)


def choose_projection(bounds: Bounds) -> Projection:
    """Choose the projection for a part of the earth."""
    west, south, east, north = bounds
    one_side = south > 8 or north < -8
    if one_side and east - west <= _WIDEST_CONE:
        sixth = (north - south) / 6
        return albers((south + sixth, north - sixth), (west + east) / 2)
    return plate_carree(min(50.0, abs(south + north) / 2))


@dataclass(frozen=True)
class MapFrame:
    """A projection fitted to a sheet of a size; `bounds` is the part of the earth that is on it."""

    project: Projection
    bounds: Bounds
    scale: float
    shift: Point
    width: float
    height: float

    def place(self, longitude: float, latitude: float) -> Point:
        """Give the place of a point on the sheet."""
        x, y = self.project(longitude, latitude)
        return (x - self.shift[0]) * self.scale, (y - self.shift[1]) * self.scale


def fit_frame(bounds: Bounds, width: float, tallest: float) -> MapFrame:
    """Fit a part of the earth into a width, and into a height where it would be taller."""
    project = choose_projection(bounds)
    west, south, east, north = bounds
    rim = [project(west + (east - west) * at / 24, latitude) for at in range(25) for latitude in (south, north)]
    rim += [project(longitude, south + (north - south) * at / 24) for at in range(25) for longitude in (west, east)]
    left, right = min(x for x, _ in rim), max(x for x, _ in rim)
    top, bottom = min(y for _, y in rim), max(y for _, y in rim)
    scale = min(width / (right - left), tallest / (bottom - top))
    # The sheet keeps its width: what is narrower stands in the middle.
    spare = (width / scale - (right - left)) / 2
    return MapFrame(project, bounds, scale, (left - spare, top), width, (bottom - top) * scale)


def clip(ring: Sequence[Point], bounds: Bounds) -> list[Point]:
    """Cut a ring of longitudes and latitudes to bounds (Sutherland and Hodgman).

    >>> clip([(0.0, 0.0), (4.0, 0.0), (4.0, 4.0), (0.0, 4.0)], (-1.0, -1.0, 2.0, 9.0))
    [(0.0, 0.0), (2.0, 0.0), (2.0, 4.0), (0.0, 4.0)]
    """
    points = list(ring)
    for axis, limit, above in (
        (0, bounds[0], True),
        (1, bounds[1], True),
        (0, bounds[2], False),
        (1, bounds[3], False),
    ):
        kept: list[Point] = []
        for at, point in enumerate(points):
            before = points[at - 1]
            inside, was_inside = ((one[axis] >= limit) == above or one[axis] == limit for one in (point, before))
            if inside != was_inside:
                share = (limit - before[axis]) / (point[axis] - before[axis])
                kept.append((before[0] + share * (point[0] - before[0]), before[1] + share * (point[1] - before[1])))
            if inside:
                kept.append(point)
        points = kept
    return points
