"""The map of sites: drawn here, without tiles or a map service, on outlines of countries and their divisions."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Sequence

from kg.draw.canvas import svg
from kg.draw.canvas.canvas import Canvas, Legend, message, sheet
from kg.draw.canvas.palette import STATUS_TONES, UNKNOWN_TONE
from kg.draw.canvas.svg import Element, Point
from kg.draw.canvas.text import fit, isolate
from kg.draw.labels import Area, Label, Wish, place_labels
from kg.draw.map.ground import draw_ground
from kg.draw.map.projection import MapFrame, fit_frame, surroundings
from kg.draw.map.sites import Site, Spot, areas, find_sites, gather
from kg.draw.picture import Picture
from kg.draw.scene import DrawRequest, Notes, Scene

__all__ = ["draw_map"]

_WIDTH, _TALLEST = 900.0, 760.0
_RADIUS, _NAME, _AREA = 5.4, 10.5, 9.5
_LONGEST_NAME = 210.0
_NAMED_UNPLACED = 12
_ROUGHLY = {"stroke": "quiet", "stroke_width": "1.2", "stroke_dasharray": "3 2"}
# The polygons that the ontology names as symbols, by the number of their corners, where the first lies, and their size.
_CORNERS = {
    "triangle": (3, -90.0, 1.25),
    "diamond": (4, -90.0, 1.2),
    "pentagon": (5, -90.0, 1.15),
    "square": (4, -45.0, 1.2),
}
# How far the name of an area with sites may stand from its middle, in degrees, by what it is.
_REACH = {"Country": 4.0, "Province": 0.9, "Prefecture": 0.0}


def draw_map(scene: Scene, request: DrawRequest) -> Picture:
    """Draw where the sites of a company lie, the sites in a place, or all of them."""
    placed, lost = find_sites(scene, request)
    spots = gather(placed)
    spots, cut = spots[: request.limit], spots[request.limit or len(spots) :]
    words, title = scene.words, scene.heading("map", request)
    shown = [site for spot in spots for site in spot.sites]
    claims = frozenset(claim for site in shown for claim in _claims(scene, site))
    left_out = [words("more", n=sum(len(spot.sites) for spot in cut))] if cut else []
    more = [words("outlines")] if spots else []
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


def _draw(scene: Scene, frame: MapFrame, spots: list[Spot]) -> Iterator[Element]:
    """Draw the map back to front. A sheet of its own within the sheet cuts off what runs over its edge."""
    size = {"width": svg.number(frame.width), "height": svg.number(frame.height)}
    ground = draw_ground(frame)
    marks = [element for spot in reversed(spots) for element in _symbol(scene, spot, frame.place(*spot.at))]
    inner = svg.group([*ground, *_area_names(scene, frame, spots), *marks, *_names(scene, frame, spots)])
    inner.tag = "svg"
    for name, value in size.items():
        inner.set(name, value)
    yield inner
    yield svg.rect((0, 0), (frame.width, frame.height), fill="none", stroke="line")


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
    if not _is_exact(spot):
        whole.append(svg.circle(at, radius + 2.5, fill="none", **_ROUGHLY))
    count = svg.text((at[0], at[1] + 3.6), str(len(spot.sites)), 10, text_anchor="middle", font_weight="600")
    yield svg.title(svg.group([whole, count]), description)


def _is_exact(spot: Spot) -> bool:
    return any(not site.area for site in spot.sites)


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
    """Draw a symbol: filled where the coordinates are the site's own, else pale with a dashed rim."""
    paint = {"fill": tone, "stroke": "paper", "stroke_width": "1.2"}
    if not exact:
        paint = {"fill": f"{tone}-pale", "stroke": tone, "stroke_width": "1.8", "stroke_dasharray": "3 1.6"}
    if symbol not in _CORNERS:
        return svg.circle(at, _RADIUS, **paint)
    corners, first, scale = _CORNERS[symbol]
    angles = (math.radians(first + 360 * number / corners) for number in range(corners))
    radius = _RADIUS * scale
    return svg.polygon([(at[0] + radius * math.cos(one), at[1] + radius * math.sin(one)) for one in angles], **paint)


def _names(scene: Scene, frame: MapFrame, spots: list[Spot]) -> Iterator[Element]:
    """Name the sites, with a line to those whose name stands farther off."""
    middles = {spot.sites[0].thing: frame.place(*spot.at) for spot in spots}
    for label in _placed_names(scene, frame, spots):
        if label.far:
            (x0, y0), x1, y1 = middles[label.key], label.at[0], label.at[1] - _NAME * 0.35
            yield svg.line((x0, y0), (x1, y1), stroke="quiet", stroke_width="0.7")
        yield from _haloed(label, {"fill": "ink"})


def _placed_names(scene: Scene, frame: MapFrame, spots: list[Spot]) -> list[Label]:
    wishes = []
    for spot in spots:
        words = fit(_name(scene, spot), _LONGEST_NAME, _NAME)
        wishes.append(Wish(spot.sites[0].thing, words, frame.place(*spot.at), _radius(spot), _NAME, is_far=True))
    return place_labels(wishes, _taken(frame, spots), (frame.width, frame.height))


def _taken(frame: MapFrame, spots: list[Spot]) -> list[Area]:
    found = []
    for spot in spots:
        (x, y), radius = frame.place(*spot.at), _radius(spot)
        found.append((x - radius, y - radius, x + radius, y + radius))
    return found


def _name(scene: Scene, spot: Spot) -> str:
    """Name what stands at a point: its only site, or the area of several; of a wide one, that no more is known."""
    site = spot.sites[0]
    if len(spot.sites) == 1:
        return scene.name(site.thing)
    if not site.area or _is_exact(spot):
        return scene.name(site.area or site.thing)
    wide = scene.related(site.area, "areaLevel") == ["kg:Province"]
    return scene.words("somewhere", area=scene.name(site.area)) if wide else scene.name(site.area)


def _area_names(scene: Scene, frame: MapFrame, spots: list[Spot]) -> Iterator[Element]:
    """Name countries and their divisions by the scale of the map, faintly and where nothing else stands.

    Those with sites come first, and their names may give way a little.
    """
    taken = [*_taken(frame, spots), *(label.area for label in _placed_names(scene, frame, spots))]
    holding = {area for spot in spots for site in spot.sites for area in scene.related(site.thing, "liesWithin")}
    per_degree = frame.width / max(1.0, frame.bounds[2] - frame.bounds[0])
    wishes = []
    for level in _levels(frame.bounds[2] - frame.bounds[0]):
        known = areas(scene, level)
        for area in sorted(known, key=lambda one: (one not in holding, one)):
            reach = _REACH[level] * per_degree if area in holding else 0.0
            size = _AREA + 2.5 * (level == "Country") + 1.5 * (level == "Province")
            wishes.append(Wish(area, scene.name(area), frame.place(*known[area]), 0, size, reach=reach))
    for label in place_labels(wishes, taken, (frame.width, frame.height)):
        yield svg.text(label.at, label.words, label.size, fill="grey", text_anchor=label.anchor, letter_spacing="0.6")


def _levels(span: float) -> tuple[str, ...]:
    """Give which areas are named on a map of so many degrees."""
    if span > 60:
        return ("Country",)
    return ("Country", "Province") if span > 15 else ("Province", "Prefecture") if span <= 8 else ("Province",)


def _haloed(label: Label, paint: dict[str, str]) -> Iterator[Element]:
    """Set a name above a rim in the colour of the ground, so that it is read on coasts too."""
    rim = svg.text(label.at, label.words, label.size, text_anchor=label.anchor, fill="land", stroke="land",
                   stroke_width="3", stroke_linejoin="round")  # fmt: skip
    rim.set("aria-hidden", "true")
    yield rim
    yield svg.text(label.at, label.words, label.size, text_anchor=label.anchor, **paint)


def _legend(scene: Scene, sites: list[Site]) -> Iterator[Legend]:
    seen = {scene.status(site.thing) for site in sites}
    tones: dict[str, list[str]] = {}
    for status, tone in STATUS_TONES.items():
        tones.setdefault(tone, []).extend([status] if status in seen else [])
    for tone, statuses in tones.items():
        if statuses:
            names = scene.words.join([scene.label(f"kg:{status}") for status in statuses])
            yield Legend(svg.group([svg.circle((13, 6), _RADIUS, fill=tone)]), names)
    if "" in seen:
        yield Legend(svg.group([svg.circle((13, 6), _RADIUS, fill=UNKNOWN_TONE)]), scene.words("status_unknown"))
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
