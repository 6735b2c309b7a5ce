"""The relations of an entity, or of the best connected ones: boxes in panels by kind, a line for each pair and network.

Makes the still picture (SVG); `kg.draw.relations.page` makes the one that answers to the reader out of the same parts.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from kg.draw.canvas import svg
from kg.draw.canvas.canvas import Canvas, Legend, message, sheet
from kg.draw.canvas.palette import GROUP_TONES, NETWORK_TONES
from kg.draw.canvas.svg import Element
from kg.draw.canvas.text import fit, isolate, wrap
from kg.draw.phrases import edge_words, figures, pair, relation, when
from kg.draw.relations.columns import BOX, FOCUS_BOX, PAPER, Layout, Medium, arrange
from kg.draw.relations.neighbourhood import Selection, select_around, select_connected
from kg.draw.scene import DrawRequest, Notes, Scene
from kg.networks import Edge
from kg.networks.stage_order import order_stages
from kg.networks.storage import ALL

__all__ = ["Bundle", "Relations", "draw_still", "lane_tone", "read_relations", "relations_text"]

_DEPTH, _LIMIT = 1, 60
# So few companies need no parting by where they stand in the chain.
_FEW_COMPANIES = 12
_OTHERS_TONE = "grey"
_NAME, _DETAIL, _PANEL = 11.5, 9.5, 11.5


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
    """What is drawn: the things by lane, the lines, and their places."""

    lanes: tuple[tuple[str, tuple[str, ...]], ...]
    bundles: tuple[Bundle, ...]
    layout: Layout
    focus: str | None
    left_out: int


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
    layout = arrange(lanes, ((bundle.source, bundle.target) for bundle in bundles), focus, form)
    return Relations(tuple(lanes), bundles, layout, focus, chosen.left_out)


def _bundles(edges: Iterable[Edge]) -> tuple[Bundle, ...]:
    found: dict[tuple[str, str, str], list[Edge]] = {}
    for edge in sorted(edges, key=lambda edge: edge.id):
        found.setdefault((edge.source, edge.target, edge.network), []).append(edge)
    return tuple(Bundle(*ends, tuple(found[ends])) for ends in sorted(found))


def _lanes(scene: Scene, chosen: Selection, about: str | None) -> list[tuple[str, tuple[str, ...]]]:
    """Sort the things into lanes by kind; many companies are parted by where they stand in the chain."""
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
            found.setdefault(_side(others, levels), []).append(thing)
    order_of_lanes = [*GROUP_TONES, "others"]
    at = order_of_lanes.index("companies")
    order_of_lanes[at : at + 1] = ["companies", "up", "level", "down", "elsewhere"]
    return [(lane, tuple(found[lane])) for lane in order_of_lanes if lane in found]


def _side(levels: Sequence[int], own: Sequence[int]) -> str:
    """Tell where a company stands against the levels of another."""
    if not levels or not own:
        return "elsewhere"
    if set(levels) & set(own):
        return "level"
    return "up" if min(levels) < min(own) else "down"


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


def _size(relations: Relations, thing: str) -> svg.Point:
    return FOCUS_BOX if thing == relations.focus else BOX


def _lines(scene: Scene, relations: Relations) -> Iterator[Element]:
    for bundle in relations.bundles:
        tone = NETWORK_TONES.get(bundle.network, _OTHERS_TONE)
        paint = {"stroke": tone, "stroke_width": "1.4", "stroke_opacity": "0.55"}
        if bundle.planned:
            paint["stroke_dasharray"] = "5 4"
        curve = _curve(relations, bundle)
        drawn = [svg.path(curve, **paint)]
        if bundle.network != "partnership":
            drawn.append(_head(curve, tone))
        yield svg.title(svg.group(drawn), _describe(scene, bundle))


def _head(curve: Sequence[str | float], tone: str) -> Element:
    """Draw the head of an arrow where a line comes to its target; partners are tied both ways and have none."""
    before, x, y = float(curve[-4]), float(curve[-2]), float(curve[-1])
    back = 7.0 if before > x else -7.0
    return svg.polygon([(x, y), (x + back, y - 3.2), (x + back, y + 3.2)], fill=tone)


def _curve(relations: Relations, bundle: Bundle) -> list[str | float]:
    """Lead a line from side to side of two boxes, or around where they stand below each other."""
    (x0, y0), (x1, y1) = (relations.layout.middles[end] for end in (bundle.source, bundle.target))
    half0, half1 = (_size(relations, end)[0] / 2 for end in (bundle.source, bundle.target))
    if abs(x1 - x0) < half0 + half1:
        start, end, bend = x0 + half0, x1 + half1, 26.0
        return ["M", start, y0, "C", max(start, end) + bend, y0, max(start, end) + bend, y1, end, y1]
    way = 1 if x1 > x0 else -1
    start, end = x0 + way * half0, x1 - way * half1
    bend = way * max(26.0, abs(end - start) * 0.5)
    return ["M", start, y0, "C", start + bend, y0, end - bend, y1, end, y1]


def _boxes(scene: Scene, relations: Relations) -> Iterator[Element]:
    details = _details(scene, relations)
    tones = {thing: lane_tone(lane) for lane, things in relations.lanes for thing in things}
    for thing, (x, y) in sorted(relations.layout.middles.items()):
        width, height = _size(relations, thing)
        corner, focus = (x - width / 2, y - height / 2), thing == relations.focus
        name, detail = scene.name(thing), details.get(thing, "")
        paint = {"fill": "ink", "stroke": "ink"} if focus else {"fill": "paper", "stroke": "line"}
        shown = [svg.rect(corner, (width, height), rx="5", **paint)]
        if not focus:
            shown.append(svg.rect(corner, (3, height), rx="1.5", fill=tones[thing]))
        shown += _texts((x, y), (name, detail), width, focus=focus)
        yield svg.title(svg.group(shown), f"{isolate(name)} ({thing}){': ' + isolate(detail) if detail else ''}")


def _texts(middle: svg.Point, texts: tuple[str, str], width: float, *, focus: bool) -> list[Element]:
    """Set a box's name, in two lines where there is room, and what is to say of it below."""
    (x, y), (name, detail) = middle, texts
    size = 13.5 if focus else _NAME
    left = x - width / 2 + 11
    if focus:
        lines = wrap(name, width - 22, size, 2)
        top = y - (len(lines) - 1) * 8 + 5
        return [
            svg.text((x, top + 16 * at), line, size, fill="paper", font_weight="600", text_anchor="middle")
            for at, line in enumerate(lines)
        ]
    lines = wrap(name, width - 18, size, 1 if detail else 2)
    if not detail:
        top = y + 4 - (len(lines) - 1) * 6.5
        return [svg.text((left, top + 13 * at), line, size) for at, line in enumerate(lines)]
    return [
        svg.text((left, y - 2), lines[0], size),
        svg.text((left, y + 11), fit(detail, width - 18, _DETAIL), _DETAIL, fill="quiet"),
    ]


def _details(scene: Scene, relations: Relations) -> dict[str, str]:
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
        first = " ".join([relation(scene, newest, backward=newest.target == thing), *amounts])
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
