"""The map of sites: drawn here, without tiles or a map service. Coasts alone are shown, and no borders."""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise
from pathlib import Path

from kg.draw.canvas import svg
from kg.draw.canvas.canvas import Canvas, Legend, message, sheet
from kg.draw.canvas.palette import STATUS_TONES
from kg.draw.canvas.svg import Element, Point
from kg.draw.canvas.text import fit, isolate, width_of
from kg.draw.map.labels import Label, Wish, place_labels
from kg.draw.map.projection import MapFrame, clip, fit_frame, surroundings
from kg.draw.map.sites import Site, Spot, areas, find_sites, gather
from kg.draw.picture import Picture
from kg.draw.scene import DrawRequest, Notes, Scene

__all__ = ["draw_map"]

_WIDTH, _TALLEST = 900.0, 760.0
_RADIUS, _NAME, _AREA = 5.4, 10.5, 9.5
_LONGEST_NAME = 210.0
_NAMED_UNPLACED = 12
# The polygons that the ontology names as symbols, by the number of their corners, where the first lies, and their size.
_CORNERS = {
    "triangle": (3, -90.0, 1.25),
    "diamond": (4, -90.0, 1.2),
    "pentagon": (5, -90.0, 1.15),
    "square": (4, -45.0, 1.2),
}
_STEPS = (1, 2, 5, 10, 20, 30)


def draw_map(scene: Scene, request: DrawRequest) -> Picture:
    """Draw where the sites of a company lie, the sites in a place, or all of them."""
    placed, lost = find_sites(scene, request)
    spots = gather(placed)
    spots, cut = spots[: request.limit], spots[request.limit or len(spots) :]
    words, title = scene.words, scene.heading("map", request)
    shown = [site for spot in spots for site in spot.sites]
    claims = frozenset(claim for site in shown for claim in _claims(scene, site))
    left_out = [words("more", n=sum(len(spot.sites) for spot in cut))] if cut else []
    more = [words("coast")] if spots else []
    if lost:
        named = [isolate(scene.name(thing)) for thing in lost[:_NAMED_UNPLACED]]
        named += [words("more", n=len(lost) - _NAMED_UNPLACED)] if len(lost) > _NAMED_UNPLACED else []
        more.append(words("not_placed", names=words.join(named)))
    notes = Notes(title, left_out=tuple(left_out), claims=claims, more=tuple(more))
    legend: Sequence[Legend] = []
    if spots:
        frame = fit_frame(surroundings(spot.at for spot in spots), _WIDTH, _TALLEST)
        body, width, height = list(_draw(scene, frame, spots)), frame.width, frame.height
        legend, text = list(_legend(scene, shown)), "\n".join(_describe(scene, site) for site in shown)
    else:
        body, width, height = message(words("nothing"), words("nothing_why"))
        text = words("nothing_why")
    content = Canvas(body, width, height, title, "", legend, scene.caption(notes, request), text, scene.language)
    return Picture(request.file_name("map"), sheet(content), text, not spots)


def _claims(scene: Scene, site: Site) -> set[str]:
    """Give the claims on where a site lies."""
    return {claim for edge in scene.leaving(site.thing) if edge.network == "location" for claim in edge.claims}


@cache
def _land() -> list[list[Point]]:
    """Read the coasts; a ring across the 180th meridian stands on both sides of it."""
    read = json.loads((Path(__file__).parent / "assets" / "land.json").read_text(encoding="utf-8"))
    rings = [_unroll([(float(x), float(y)) for x, y in ring]) for ring in read]
    east = [[(x - 360, y) for x, y in ring] for ring in rings if max(x for x, _ in ring) > 180]
    west = [[(x + 360, y) for x, y in ring] for ring in rings if min(x for x, _ in ring) < -180]
    return rings + east + west


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


def _draw(scene: Scene, frame: MapFrame, spots: list[Spot]) -> Iterator[Element]:
    """Draw the map back to front. A sheet of its own within the sheet cuts off what runs over its edge."""
    size = {"width": svg.number(frame.width), "height": svg.number(frame.height)}
    ground = [svg.rect((0, 0), (frame.width, frame.height), fill="panel"), *_coasts(frame), *_graticule(frame)]
    marks = [element for spot in reversed(spots) for element in _symbol(scene, spot, frame.place(*spot.at))]
    inner = svg.group([*ground, *_area_names(scene, frame, spots), *marks, *_names(scene, frame, spots)])
    inner.tag = "svg"
    for name, value in size.items():
        inner.set(name, value)
    yield inner
    yield svg.rect((0, 0), (frame.width, frame.height), fill="none", stroke="line")


def _coasts(frame: MapFrame) -> Iterator[Element]:
    west, south, east, north = frame.bounds
    # On a cone the corners of the sheet show more than the bounds.
    rim = ((east - west) * 0.6 + 3, (north - south) * 0.4 + 3)
    bounds = (
        max(-180.0, west - rim[0]),
        max(-89.0, south - rim[1]),
        min(180.0, east + rim[0]),
        min(89.0, north + rim[1]),
    )
    for ring in _land():
        cut = clip(ring, bounds)
        if len(cut) > 2:
            steps: list[str | float] = []
            for number, point in enumerate(cut):
                steps += ["L" if number else "M", *frame.place(*point)]
            yield svg.path([*steps, "Z"], fill="land", stroke="line", stroke_width="0.8")


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


def _radius(spot: Spot) -> float:
    return _RADIUS if len(spot.sites) == 1 else 6.0 + 2.3 * math.sqrt(len(spot.sites))


def _symbol(scene: Scene, spot: Spot, at: Point) -> Iterator[Element]:
    """Draw a site by its kind and status, or several at one point as a circle with their number."""
    description = "\n".join(_describe(scene, site) for site in spot.sites[:30])
    if len(spot.sites) == 1:
        site = spot.sites[0]
        symbol = scene.symbol(scene.kind(site.thing))
        yield svg.title(_mark(symbol, at, scene.tone(site.thing), exact=not site.area), description)
        return
    tones = Counter(scene.tone(site.thing) for site in spot.sites)
    radius = _radius(spot)
    whole = svg.group([*_ring(at, radius, tones), svg.circle(at, radius - 3, fill="paper")])
    count = svg.text((at[0], at[1] + 3.6), str(len(spot.sites)), 10, text_anchor="middle", font_weight="600")
    yield svg.title(svg.group([whole, count]), description)


def _ring(at: Point, radius: float, tones: Counter[str]) -> Iterator[Element]:
    """Share a circle out among the statuses of the sites in it."""
    total, start = sum(tones.values()), -math.pi / 2
    if len(tones) == 1:
        yield svg.circle(at, radius, fill=next(iter(tones)))
        return
    for tone, count in sorted(tones.items()):
        end = start + 2 * math.pi * count / total
        (x0, y0), (x1, y1) = ((at[0] + radius * math.cos(one), at[1] + radius * math.sin(one)) for one in (start, end))
        large = "1" if count * 2 > total else "0"
        yield svg.path(["M", *at, "L", x0, y0, "A", radius, radius, "0", large, "1", x1, y1, "Z"], fill=tone)
        start = end


def _mark(symbol: str, at: Point, tone: str, *, exact: bool) -> Element:
    """Draw a symbol: filled where the coordinates are the site's own, else pale with a rim."""
    paint = {"fill": tone, "stroke": "paper", "stroke_width": "1.2"}
    if not exact:
        paint = {"fill": f"{tone}-pale", "stroke": tone, "stroke_width": "1.8"}
    if symbol not in _CORNERS:
        return svg.circle(at, _RADIUS, **paint)
    corners, first, scale = _CORNERS[symbol]
    angles = (math.radians(first + 360 * number / corners) for number in range(corners))
    radius = _RADIUS * scale
    return svg.polygon([(at[0] + radius * math.cos(one), at[1] + radius * math.sin(one)) for one in angles], **paint)


def _names(scene: Scene, frame: MapFrame, spots: list[Spot]) -> Iterator[Element]:
    for label in _placed_names(scene, frame, spots):
        yield from _haloed(label, {"fill": "ink"})


def _placed_names(scene: Scene, frame: MapFrame, spots: list[Spot]) -> list[Label]:
    wishes, taken = [], []
    for spot in spots:
        (x, y), radius = frame.place(*spot.at), _radius(spot)
        site = spot.sites[0]
        name = scene.name(site.thing if len(spot.sites) == 1 else site.area or site.thing)
        wishes.append(Wish(site.thing, fit(name, _LONGEST_NAME, _NAME), (x, y), radius, _NAME))
        taken.append((x - radius, y - radius, x + radius, y + radius))
    return place_labels(wishes, taken, (frame.width, frame.height))


def _area_names(scene: Scene, frame: MapFrame, spots: list[Spot]) -> Iterator[Element]:
    """Name provinces, or on a map of much of the earth countries, faintly and where nothing else stands."""
    span = frame.bounds[2] - frame.bounds[0]
    known = areas(scene, "Country" if span > 90 else "Province" if span > 8 else "Prefecture")
    taken = []
    for label in _placed_names(scene, frame, spots):
        width = width_of(label.words, label.size)
        left = label.at[0] - {"start": 0.0, "middle": width / 2, "end": width}[label.anchor]
        taken.append((left, label.at[1] - 9, left + width, label.at[1] + 3))
    for spot in spots:
        (x, y), radius = frame.place(*spot.at), _radius(spot)
        taken.append((x - radius, y - radius, x + radius, y + radius))
    wishes = [Wish(area, scene.name(area), frame.place(*at), 0, _AREA) for area, at in known.items()]
    for label in place_labels(wishes, taken, (frame.width, frame.height)):
        yield svg.text(label.at, label.words, label.size, fill="grey", text_anchor=label.anchor, letter_spacing="0.6")


def _haloed(label: Label, paint: dict[str, str]) -> Iterator[Element]:
    """Set a name above a rim in the colour of the ground, so that it is read on coasts too."""
    rim = svg.text(label.at, label.words, label.size, text_anchor=label.anchor, fill="land", stroke="land",
                   stroke_width="3", stroke_linejoin="round")  # fmt: skip
    rim.set("aria-hidden", "true")
    yield rim
    yield svg.text(label.at, label.words, label.size, text_anchor=label.anchor, **paint)


def _legend(scene: Scene, sites: list[Site]) -> Iterator[Legend]:
    seen = {scene.status(site.thing) for site in sites}
    for status in STATUS_TONES:
        if status in seen:
            yield Legend(
                svg.group([svg.circle((13, 6), _RADIUS, fill=STATUS_TONES[status])]), scene.label(f"kg:{status}")
            )
    if "" in seen:
        yield Legend(svg.group([svg.circle((13, 6), _RADIUS, fill="blue")]), scene.words("status_unknown"))
    kinds = Counter(scene.kind(site.thing) for site in sites)
    for symbol in _CORNERS:
        those = [kind for kind, _ in sorted(kinds.items()) if scene.symbol(kind) == symbol]
        if those:
            name = scene.words.join([scene.label(f"kg:{kind}") for kind in those])
            yield Legend(svg.group([_mark(symbol, (13, 6), "grey", exact=True)]), name)
    if any(scene.symbol(kind) not in _CORNERS for kind in kinds):
        yield Legend(svg.group([svg.circle((13, 6), _RADIUS, fill="grey")]), scene.words("other_sites"))
    if any(site.area for site in sites):
        yield Legend(svg.group([_mark("", (13, 6), "grey", exact=False)]), scene.words("approximate"))


def _describe(scene: Scene, site: Site) -> str:
    status = scene.status(site.thing)
    parts = [
        scene.label(f"kg:{scene.kind(site.thing)}"),
        scene.label(f"kg:{status}") if status else scene.words("status_unknown"),
    ]
    if site.area:
        parts.append(f"{scene.words('approximate')}: {isolate(scene.name(site.area))}")
    return f"{isolate(scene.name(site.thing))} ({', '.join(parts)})"
