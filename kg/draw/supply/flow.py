"""A supply chain as elements on a sheet: panels of stages, boxes, ribbons, and the dots of what nobody tells."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kg.draw.canvas import svg
from kg.draw.canvas.svg import Element
from kg.draw.canvas.text import fit, isolate
from kg.draw.phrases import edge_words, figures, pair
from kg.draw.scene import Scene
from kg.draw.supply.chain import Chain, Link, Stand
from kg.draw.supply.lanes import BOX, GAP, HEADER, Box, Lane, Placed, place
from kg.draw.supply.ribbons import (
    ARC_SPACE,
    HAIRLINE,
    Ports,
    Widths,
    arrow,
    back_arc,
    measure,
    ribbon,
    set_ports,
    side_arc,
)
from kg.networks import Edge

__all__ = ["DOTTED", "Flow"]

DOTTED = {"stroke": "grey", "stroke_width": "1.2", "stroke_dasharray": "1.5 3.5"}
"""How the line is drawn of what is no delivery that a source tells."""

# Down the chain; green is for what comes back up it.
_HUES = ("olive", "orange", "red", "purple", "blue", "cyan")
_TALL, _SHORT = 34.0, 24.0
_HIGHEST = 120.0
_MANY_BOXES = 36
_NAME, _DETAIL, _STAGE = 11.5, 9.5, 11.5


class Flow:
    """A chain with its places and widths, as it is drawn."""

    def __init__(self, scene: Scene, chain: Chain) -> None:
        self.scene, self.chain = scene, chain
        self.widths: Widths = measure(chain.links)
        self.best = _largest_edges(chain.links)
        levels = [*chain.levels.values(), *chain.gaps.values()]
        most = max(levels.count(level) for level in set(levels))
        self.tall = most <= _MANY_BOXES
        stands = [*chain.levels, *(Stand(stage, "") for stage in chain.gaps)]
        self.placed: Placed = place(chain, {stand: self._height(stand) for stand in stands}, self.widths.of)
        self.ports: Ports = set_ports(self.placed, chain.links, self.widths)
        self.hues = _hues({stand.stage for stand in stands}, chain)
        self.arcs = 0

    def _height(self, stand: Stand) -> float:
        ways: dict[bool, float] = {True: 0.0, False: 0.0}
        for number, link in enumerate(self.chain.links):
            for end, leaves in ((link.source, True), (link.target, False)):
                ways[leaves] += max(self.widths.of[number], 2.0) if end == stand else 0.0
        least = _TALL if self.tall and (stand.thing or max(ways.values())) else _SHORT
        return max(least, min(max(ways.values()) + 8, _HIGHEST))

    def draw(self) -> tuple[list[Element], float, float]:
        """Give the elements, back to front, with width and height."""
        lanes = [self._panel(lane, at) for at, lane in self._lanes()]
        links = [element for number, link in enumerate(self.chain.links) for element in self._link(number, link)]
        possible = list(self._possible())
        boxes = [self._box(box) for box in self.placed.boxes.values()]
        height = self.placed.height + (12 + ARC_SPACE * self.arcs if self.arcs else 0)
        # Arcs go around the outermost columns.
        margin = 34.0
        shifted = svg.group([*lanes, *possible, *links, *boxes], transform=f"translate({svg.number(margin)} 0)")
        return [shifted], self.placed.width + 2 * margin, height

    def _lanes(self) -> Iterator[tuple[int, Lane]]:
        """Give each lane with the number of its column."""
        for at, column in enumerate(self.placed.columns):
            yield from ((at, lane) for lane in column if not lane.channel)

    def _panel(self, lane: Lane, column: int) -> Element:
        """Draw a lane's ground and its stage's name."""
        x, hue = self.placed.left(column) - 7, self.hues[lane.stage]
        name = self.scene.name(lane.stage) if lane.stage else self.scene.words(self._nameless(lane))
        ground = svg.rect((x, lane.y), (BOX + 14, lane.height), rx="7", fill="panel")
        accent = svg.rect((x, lane.y), (BOX + 14, 3), rx="1.5", fill=hue)
        short = fit(name[:1].upper() + name[1:], BOX, _STAGE)
        label = svg.text((x + 8, lane.y + 20), short, _STAGE, fill=hue, font_weight="600")
        return svg.title(svg.group([ground, accent, label]), name)

    def _nameless(self, lane: Lane) -> str:
        """Say of companies whose stage no source tells at least whether they give or take."""
        stands = {box.stand for box in lane.boxes}
        gives = any(link.source in stands for link in self.chain.links)
        takes = any(link.target in stands for link in self.chain.links)
        return "no_stage" if gives == takes else "gives_only" if gives else "takes_only"

    def _box(self, box: Box) -> Element:
        corner, size = (self.placed.left(box.column), box.y), (BOX, box.height)
        if not box.stand.thing:
            return self._gap(box)
        thing = box.stand.thing
        focus = thing in self.chain.focus
        paint = {"fill": "ink", "stroke": "ink"} if focus else {"fill": "paper", "stroke": "line"}
        frame = svg.rect(corner, size, rx="4", **paint)
        name = self.scene.name(thing)
        detail = self._detail(box.stand) if self.tall else ""
        middle = box.middle + (_NAME * 0.35 if not detail else -2.5)
        ink = "paper" if focus else "ink"
        x, weight = corner[0] + 9, "600" if focus else "500"
        shown = [frame, svg.text((x, middle), fit(name, BOX - 16, _NAME), _NAME, fill=ink, font_weight=weight)]
        if detail:
            second = fit(detail, BOX - 16, _DETAIL)
            shown.append(svg.text((x, middle + 13), second, _DETAIL, fill="paper" if focus else "quiet"))
        return svg.title(svg.group(shown), f"{isolate(name)} ({thing}){': ' + isolate(detail) if detail else ''}")

    def _detail(self, stand: Stand) -> str:
        """Say what the largest delivery of a box is, or what kind of thing stands there."""
        edge, kind = self.best.get(stand), self.scene.kind(stand.thing)
        if stand.thing in self.chain.focus or edge is None:
            return self.scene.label(f"kg:{kind}") if kind else ""
        product = [self.scene.name(edge.product)] if edge.product else []
        return " · ".join([*product, *figures(self.scene, edge)[:1]])

    def _gap(self, box: Box) -> Element:
        corner = (self.placed.left(box.column) + 0.5, box.y + 0.5)
        frame = svg.rect(corner, (BOX - 1, box.height - 1), rx="4", fill="none", **DOTTED)
        words = svg.text((corner[0] + BOX / 2, box.middle + 4), self.scene.words("nobody"), _NAME, fill="quiet",
                         text_anchor="middle", font_style="italic")  # fmt: skip
        title = self.scene.words("gap_title", stage=self.scene.name(box.stand.stage))
        return svg.title(svg.group([frame, words]), title)

    def _link(self, number: int, link: Link) -> Iterator[Element]:
        """Draw a link with its title; arrows where it does not go the usual way."""
        source, target = self.placed.boxes[link.source], self.placed.boxes[link.target]
        paint = self._paint(number, link)
        heights = self.ports[number, True], self.ports[number, False]
        right, left = self.placed.left(source.column) + BOX, self.placed.left(target.column)
        title = self._describe(link)
        if link.kind == "same" and target.column - source.column > 1:
            return
        if source.column < target.column:
            yield svg.title(svg.path(ribbon(self.placed, number, link, self.ports), **paint), title)
        elif source.column == target.column:
            yield svg.title(svg.path(side_arc(right, *heights), **paint), title)
            yield arrow((right, heights[1]), paint["stroke"], left=True)
        else:
            steps = back_arc(self.placed, ((right, heights[0]), (left, heights[1])), self.arcs)
            self.arcs += 1
            yield svg.title(svg.path(steps, **{**paint, "stroke": "green"}), title)
            yield arrow((left, heights[1]), "green")

    def _paint(self, number: int, link: Link) -> dict[str, str]:
        width = self.widths.of[number]
        if link.kind in ("same", "runs"):
            return dict(DOTTED)
        hue = self.hues[link.source.stage]
        thin = width <= HAIRLINE
        faint = self.chain.is_borrowed(link)
        opacity = ("0.4" if faint else "0.85") if thin else ("0.22" if faint else "0.5")
        paint = {"stroke": hue, "stroke_width": svg.number(width), "stroke_opacity": opacity}
        if link.planned or link.kind == "aim":
            paint["stroke_dasharray"] = "4 4" if thin else "9 5"
        return paint

    def _describe(self, link: Link) -> str:
        ends = pair(self.scene, link.source.thing or link.source.stage, link.target.thing or link.target.stage)
        if link.kind == "same":
            return self.scene.words("same")
        return "; ".join(
            [ends, *(isolate(part) for edge in link.edges for part in [edge_words(self.scene, edge)] if part)]
        )

    def _possible(self) -> Iterator[Element]:
        """Draw the ways that goods could go and no source tells: out of gaps, and back from the end of the chain."""
        lanes = {lane.stage: (lane, at) for at, lane in self._lanes()}
        known = {(link.source.stage, link.target.stage) for link in self.chain.links}
        for stage in sorted(self.chain.gaps):
            box = self.placed.boxes[Stand(stage, "")]
            feeds = sorted(self.chain.order.feeds.get(stage, ()))
            fed = [one for one in feeds if one in lanes and (stage, one) not in known]
            after = [lanes[one][0] for one in fed if lanes[one][1] == box.column + 1]
            if after:
                x0, x1 = self.placed.left(box.column) + BOX, self.placed.left(box.column + 1) - 7
                y1 = after[0].y + HEADER / 2
                yield self._dotted(["M", x0, box.middle, "C", x0 + GAP / 2, box.middle, x1 - GAP / 2, y1, x1, y1])
        backs: dict[int, str] = {}
        for start, end in sorted(self.chain.order.returns):
            if start in lanes and end in lanes and lanes[end][1] < lanes[start][1] and (start, end) not in known:
                backs.setdefault(lanes[end][1], start)
        for column, start in sorted(backs.items(), reverse=True):
            yield from self._possible_return(lanes[start][0], (lanes[start][1], column))

    def _possible_return(self, start: Lane, columns: tuple[int, int]) -> Iterator[Element]:
        """Draw a way back from the right of a lane to the foot of a column."""
        x0, x1 = self.placed.left(columns[0]) + BOX + 7, self.placed.left(columns[1]) + BOX / 2
        y0, low = start.y + HEADER / 2, self.placed.height + 12 + ARC_SPACE * self.arcs
        foot = max(lane.y + lane.height for lane in self.placed.columns[columns[1]])
        right = x0 + 12 + 3 * (self.arcs % 6)
        self.arcs += 1
        steps: list[str | float] = ["M", x0, y0, "L", right - 8, y0, "Q", right, y0, right, y0 + 8, "L", right, low - 8]
        steps += ["Q", right, low, right - 8, low, "L", x1 + 8, low, "Q", x1, low, x1, low - 8, "L", x1, foot + 8]
        yield self._dotted(steps, "green")
        yield arrow((x1, foot + 2), "green", up=True)

    def _dotted(self, steps: list[str | float], tone: str = "grey") -> Element:
        return svg.title(svg.path(steps, **{**DOTTED, "stroke": tone}), self.scene.words("could"))


def _hues(stages: set[str], chain: Chain) -> dict[str, str]:
    """Give each stage its hue by how far down the chain it is: stages of one level share it, far ones never do."""
    levels = sorted({chain.order.levels[stage] for stage in stages if stage in chain.order.levels})
    share = len(_HUES) / max(len(levels), len(_HUES))
    hues = {level: _HUES[int(at * share)] for at, level in enumerate(levels)}
    return {stage: hues[chain.order.levels[stage]] if stage in chain.order.levels else "grey" for stage in stages}


def _largest_edges(links: Iterable[Link]) -> dict[Stand, Edge]:
    """Give for each stand the edge by which it delivers most, or else by which it takes most."""
    best: dict[Stand, tuple[tuple[bool, bool, float], Edge]] = {}
    for link in links:
        for edge in link.edges if link.kind == "supply" else ():
            for stand, gives in ((link.source, True), (link.target, False)):
                rank = (gives, edge.value is not None, edge.value or 0.0)
                if stand not in best or rank > best[stand][0]:
                    best[stand] = (rank, edge)
    return {stand: edge for stand, (_, edge) in best.items()}
