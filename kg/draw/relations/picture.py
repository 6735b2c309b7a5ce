"""The relations of an entity, or of the best connected ones: boxes in panels by kind, a line for each pair and network.

Makes the still picture (SVG); `kg.draw.relations.page` makes the one that answers to the reader out of the same parts.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from statistics import median_low

from kg.draw.canvas import svg
from kg.draw.canvas.canvas import Canvas, Legend, message, sheet
from kg.draw.canvas.palette import GROUP_TONES, NETWORK_TONES
from kg.draw.canvas.svg import Element
from kg.draw.canvas.text import fit, isolate, wrap
from kg.draw.phrases import edge_words, figures, pair, relation, when
from kg.draw.relations.columns import PAPER, TALL, Layout, Medium, arrange, box_width
from kg.draw.relations.neighbourhood import Selection, select_around, select_connected
from kg.draw.relations.routes import Route, route_lines
from kg.draw.scene import DrawRequest, Notes, Scene
from kg.networks import Edge
from kg.networks.stage_order import order_stages
from kg.networks.storage import ALL

__all__ = [
    "Bundle",
    "Inscription",
    "Relations",
    "details",
    "draw_still",
    "inscribe",
    "lane_tone",
    "read_relations",
    "relations_text",
]

_DEPTH, _LIMIT = 1, 60
# So few companies need no parting by where they stand in the chain.
_FEW_COMPANIES = 12
_OTHERS_TONE = "grey"
_SUPPLY = "supply"
_FOCUS, _NAME, _DETAIL, _PANEL = 13.5, 11.5, 9.5, 11.5
_LEADING, _SIDES = 13.0, 18.0


@dataclass(frozen=True)
class Bundle:
    """All edges of one network between two things, in one direction."""

    source: str
    target: str
    network: str
    edges: tuple[Edge, ...]

    @property
    def key(self) -> str:
        """A name for the bundle within its picture."""
        return f"{self.source} {self.target} {self.network}"

    @property
    def planned(self) -> bool:
        """Tell whether no edge of it is there yet."""
        return not any(edge.is_stated for edge in self.edges)


@dataclass(frozen=True)
class Relations:
    """What is drawn: the things by lane, the lines with their ways, and the places of the boxes."""

    lanes: tuple[tuple[str, tuple[str, ...]], ...]
    bundles: tuple[Bundle, ...]
    routes: tuple[Route, ...]
    layout: Layout
    focus: str | None
    left_out: int


@dataclass(frozen=True)
class Inscription:
    """A line of text in a box: where it stands, its words, the size of its letters, and its tone."""

    at: svg.Point
    words: str
    size: float
    tone: str


def read_relations(scene: Scene, request: DrawRequest, form: Medium = PAPER) -> Relations:
    """Choose what is drawn and give it its places."""
    limit = request.limit or _LIMIT
    edges = [edge for edge in scene.edges if request.network in (ALL, edge.network)]
    if request.about:
        chosen = select_around(edges, request.about, request.depth or _DEPTH, limit)
    else:
        chosen = select_connected(edges, limit)
    lanes = _lanes(scene, chosen, request.about)
    bundles = _bundles(chosen.edges)
    focus = request.about if len(chosen.things) > 1 or not request.about else None
    lines = [(bundle.source, bundle.target) for bundle in bundles]
    room = box_width(lines, focus) - _SIDES
    tall = frozenset(thing for thing in chosen.things if len(wrap(scene.name(thing), room, _NAME, 2)) > 1)
    layout = arrange(lanes, lines, focus, form, tall)
    return Relations(tuple(lanes), bundles, tuple(route_lines(layout, lines)), layout, focus, chosen.left_out)


def _bundles(edges: Iterable[Edge]) -> tuple[Bundle, ...]:
    found: dict[tuple[str, str, str], list[Edge]] = {}
    for edge in sorted(edges, key=lambda edge: edge.id):
        found.setdefault((edge.source, edge.target, edge.network), []).append(edge)
    return tuple(Bundle(*ends, tuple(found[ends])) for ends in sorted(found))


def _lanes(scene: Scene, chosen: Selection, about: str | None) -> list[tuple[str, tuple[str, ...]]]:
    """Sort the things into lanes by kind; many companies are parted by where they stand in the chain.

    Where no source tells the stage of a company, its deliveries to or from the one in the middle tell its side.
    """
    found: dict[str, list[str]] = {}
    for thing in chosen.things:
        found.setdefault(scene.group(thing), []).append(thing)
    companies = found.get("companies", [])
    own = scene.nodes[about].stages if about is not None and about in scene.nodes else ()
    if own and len(companies) > _FEW_COMPANIES:
        order = order_stages(scene.everything, scene.nodes)
        levels = [order.levels[stage] for stage in own if stage in order.levels]
        del found["companies"]
        for thing in companies:
            others = [order.levels[stage] for stage in scene.nodes[thing].stages if stage in order.levels]
            side = _delivering(chosen.edges, thing, about) or _side(others, levels)
            found.setdefault(side, []).append(thing)
    order_of_lanes = [*GROUP_TONES, "others"]
    at = order_of_lanes.index("companies")
    order_of_lanes[at : at + 1] = ["companies", "up", "level", "down", "elsewhere"]
    return [(lane, tuple(found[lane])) for lane in order_of_lanes if lane in found]


def _delivering(edges: Iterable[Edge], thing: str, about: str | None) -> str:
    """Tell by deliveries on which side of another a company stands; nothing where there are none, or both ways."""
    ways = {
        edge.source == thing
        for edge in edges
        if edge.network == _SUPPLY and {edge.source, edge.target} == {thing, about}
    }
    return ("up" if True in ways else "down") if len(ways) == 1 else ""


def _side(levels: Sequence[int], own: Sequence[int]) -> str:
    """Tell where a company stands against the levels of another; of many levels, those in the middle are compared."""
    if not levels or not own:
        return "elsewhere"
    if set(levels) & set(own) and len(set(own)) == 1:
        return "level"
    there, here = median_low(levels), median_low(own)
    return "level" if there == here else "up" if there < here else "down"


def draw_still(scene: Scene, request: DrawRequest, relations: Relations) -> str:
    """Draw the relations as SVG."""
    words, layout = scene.words, relations.layout
    claims = frozenset(claim for bundle in relations.bundles for edge in bundle.edges for claim in edge.claims)
    left_out = (words("farther", n=relations.left_out),) if relations.left_out else ()
    notes = Notes(scene.heading("relations", request), left_out=left_out, claims=claims)
    if relations.bundles:
        provenance, names = _panels(scene, relations)
        body: list[Element] = [*provenance, *_lines(scene, relations), *names, *_boxes(scene, relations)]
        width, height = layout.width, layout.height
        text, subtitle = (
            relations_text(scene, relations),
            words("ties_of", n=sum(len(one.edges) for one in relations.bundles)),
        )
    else:
        body, width, height = message(words("nothing"), words("nothing_why"))
        text, subtitle = words("nothing_why"), ""
    legend = list(_legend(scene, relations))
    return sheet(
        Canvas(body, width, height, notes.title, subtitle, legend, scene.caption(notes, request), text, scene.language)
    )


def _panels(scene: Scene, relations: Relations) -> tuple[list[Element], list[Element]]:
    """Draw the grounds of the panels and their names, which go above the lines with a rim of their own."""
    provenance, names = [], []
    for panel in relations.layout.panels:
        (x, y), size = panel.corner, panel.size
        tone = lane_tone(panel.lane)
        label = fit(f"{scene.words(panel.lane)} · {len(panel.things)}", size[0] - 12, _PANEL)
        at = (x + 9, y + 20)
        provenance += [
            svg.rect((x, y), size, rx="7", fill="panel"),
            svg.rect((x, y), (size[0], 3), rx="1.5", fill=tone),
        ]
        rim = svg.text(at, label, _PANEL, fill="panel", stroke="panel", stroke_width="4", font_weight="600")
        rim.set("aria-hidden", "true")
        names += [rim, svg.text(at, label, _PANEL, fill=tone, font_weight="600")]
    return provenance, names


def lane_tone(lane: str) -> str:
    """Give the hue of a lane."""
    group = "companies" if lane in ("up", "level", "down", "elsewhere") else lane
    return GROUP_TONES.get(group, _OTHERS_TONE)


def _lines(scene: Scene, relations: Relations) -> Iterator[Element]:
    """Draw the lines without transparency: two that cross would blend to a colour that the legend lacks."""
    for bundle, route in zip(relations.bundles, relations.routes, strict=True):
        tone = NETWORK_TONES.get(bundle.network, _OTHERS_TONE)
        paint = {"stroke": tone, "stroke_width": "1.2"}
        if bundle.planned:
            paint["stroke_dasharray"] = "5 4"
        drawn = [svg.path(route.steps, **paint)]
        if bundle.network != "partnership":
            drawn.append(_head(route, tone))
        yield svg.title(svg.group(drawn), _describe(scene, bundle))


def _head(route: Route, tone: str) -> Element:
    """Draw the head of an arrow where a line comes to its target; partners are tied both ways and have none."""
    x, y = route.points[-1]
    back = -7.0 if route.comes_from_left else 7.0
    return svg.polygon([(x, y), (x + back, y - 3.2), (x + back, y + 3.2)], fill=tone)


def _boxes(scene: Scene, relations: Relations) -> Iterator[Element]:
    lines = details(scene, relations)
    tones = {thing: lane_tone(lane) for lane, things in relations.lanes for thing in things}
    for thing, (x, y) in sorted(relations.layout.middles.items()):
        width, height = relations.layout.size(thing)
        corner, focus = (x - width / 2, y - height / 2), thing == relations.focus
        name, detail = scene.name(thing), lines.get(thing, "")
        paint = {"fill": "ink", "stroke": "ink"} if focus else {"fill": "paper", "stroke": "line"}
        shown = [svg.rect(corner, (width, height), rx="5", **paint)]
        if not focus:
            shown.append(svg.rect(corner, (3, height), rx="1.5", fill=tones[thing]))
        bold = {"text_anchor": "middle", "font_weight": "600"} if focus else {}
        shown += [
            svg.text(one.at, one.words, one.size, fill=one.tone, **bold)
            for one in inscribe(scene, relations, thing, detail)
        ]
        yield svg.title(svg.group(shown), f"{isolate(name)} ({thing}){': ' + isolate(detail) if detail else ''}")


def inscribe(scene: Scene, relations: Relations, thing: str, detail: str) -> list[Inscription]:
    """Set what stands in a box: the name, in two lines where there is room, and what is to say of it below.

    The name of what is in the middle stands in the middle of its box, others begin at their left.
    """
    (x, y), (width, height) = relations.layout.middles[thing], relations.layout.size(thing)
    name = scene.name(thing)
    if thing == relations.focus:
        rows = [(line, _FOCUS, "paper") for line in wrap(name, width - 22, _FOCUS, 3)]
        left, leading = x, 16.0
    else:
        room, left, leading = width - _SIDES, x - width / 2 + 11, _LEADING
        rows = [(line, _NAME, "ink") for line in wrap(name, room, _NAME, 2 if not detail or height >= TALL else 1)]
        rows += [(fit(detail, room, _DETAIL), _DETAIL, "quiet")] if detail else []
    top = y + 4 - (len(rows) - 1) * leading / 2
    return [Inscription((left, top + at * leading), *row) for at, row in enumerate(rows)]


def details(scene: Scene, relations: Relations) -> dict[str, str]:
    """Say in a box what edges it to the thing in the middle; elsewhere the lines must do."""
    found: dict[str, list[str]] = {}
    for bundle in relations.bundles:
        ends = [bundle.source, bundle.target]
        if relations.focus in ends:
            ends.remove(relations.focus)
            found.setdefault(ends[0], []).append(_short(scene, bundle, ends[0]))
    return {thing: " · ".join(dict.fromkeys(part for part in parts if part)) for thing, parts in found.items()}


def _short(scene: Scene, bundle: Bundle, thing: str) -> str:
    """Put the newest edge of a bundle into a few words, and count the others: its product or its kind, and its date.

    Of shares and works it says what the thing is to the one in the middle, with how many shares that are.
    """
    newest = max(bundle.edges, key=lambda edge: (when(edge), edge.id))
    kind = scene.kind(newest.link) if newest.link and bundle.network == "partnership" else ""
    if newest.product or kind:
        first = scene.name(newest.product) if newest.product else scene.label(f"kg:{kind}")
    else:
        amounts = figures(scene, newest) if bundle.network == "ownership" else []
        word = relation(scene, newest, backward=newest.target == thing)
        # A colon leads to the other end, which is not named here.
        first = " ".join([word.rstrip(":："), *amounts])
    others = f" (+{len(bundle.edges) - 1})" if len(bundle.edges) > 1 else ""
    return " · ".join([*([when(newest)] if when(newest) else []), f"{first}{others}"])


def _describe(scene: Scene, bundle: Bundle) -> str:
    ends = pair(scene, bundle.source, bundle.target)
    edges = (f"{relation(scene, edge)} {isolate(edge_words(scene, edge))}" for edge in bundle.edges)
    return "; ".join([ends, *dict.fromkeys(edges)])


def _legend(scene: Scene, relations: Relations) -> Iterator[Legend]:
    for network in sorted({bundle.network for bundle in relations.bundles}):
        tone = NETWORK_TONES.get(network, _OTHERS_TONE)
        yield Legend(svg.line((0, 6), (26, 6), stroke=tone, stroke_width="2"), scene.words(f"net_{network}"))
    if any(bundle.planned for bundle in relations.bundles):
        yield Legend(
            svg.line((0, 6), (26, 6), stroke="quiet", stroke_width="1.6", stroke_dasharray="5 4"), scene.words("dashed")
        )


def relations_text(scene: Scene, relations: Relations) -> str:
    """Say in lines what the picture shows."""
    return "\n".join(_describe(scene, bundle) for bundle in relations.bundles)
