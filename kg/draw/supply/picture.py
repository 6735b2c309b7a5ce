"""The supply chain as lanes of stages: who delivers what to whom, what is only planned, and where nobody is known."""

from __future__ import annotations

from collections.abc import Iterator

from kg.draw.canvas import svg
from kg.draw.canvas.canvas import Canvas, Legend, message, sheet
from kg.draw.canvas.svg import Element
from kg.draw.canvas.text import isolate
from kg.draw.phrases import edge_words, pair
from kg.draw.picture import Picture
from kg.draw.scene import DrawRequest, Notes, Scene
from kg.draw.supply.chain import Chain, Link, read_chain
from kg.draw.supply.flow import DOTTED, Flow
from kg.draw.supply.ribbons import HAIRLINE, WIDEST

__all__ = ["draw_supply"]

_MOST_UNITS = 4


def draw_supply(scene: Scene, request: DrawRequest) -> Picture:
    """Draw the chain around an entity (a company, site, park or chain), or the whole with the best known companies."""
    chain = read_chain(scene, request)
    words, title = scene.words, scene.heading("supply", request)
    claims = frozenset(claim for link in chain.links for edge in link.edges for claim in edge.claims)
    left_out = (words("farther", n=chain.left_out),) if chain.left_out else ()
    notes = Notes(title, left_out=left_out, claims=claims)
    if not chain.levels:
        body, width, height = message(words("nothing"), words("nothing_why"))
        text, legend, subtitle = words("nothing_why"), [], ""
    else:
        drawing = Flow(scene, chain)
        body, width, height = drawing.draw()
        text, legend, subtitle = _in_words(scene, chain), list(_legend(drawing)), _subtitle(scene, chain, request)
    content = Canvas(body, width, height, title, subtitle, legend, scene.caption(notes, request), text, scene.language)
    return Picture(request.file_name("supply"), sheet(content), text, not chain.levels)


def _subtitle(scene: Scene, chain: Chain, request: DrawRequest) -> str:
    parts = [scene.words(request.direction)] if request.direction != "both" else []
    supply = [link for link in chain.links if link.kind == "supply"]
    parts += [scene.words("links", n=len(supply))] if supply else []
    if any(len(link.edges) > 1 for link in supply):
        parts.append(scene.words("largest"))
    return " · ".join([*parts, *_of_holders(scene, chain, supply)])


def _of_holders(scene: Scene, chain: Chain, supply: list[Link]) -> list[str]:
    """Say first how many links are told of a site itself, and how many only of who runs it."""
    borrowed = sum(chain.is_borrowed(link) for link in supply)
    if not borrowed:
        return []
    names = scene.words.join([scene.name(one) for one in sorted(chain.focus - chain.own)])
    return [scene.words("of_holder", own=len(supply) - borrowed, others=borrowed, names=names)]


def _legend(flow: Flow) -> Iterator[Legend]:
    """Explain what is drawn, and only that."""
    words, links = flow.scene.words, flow.chain.links
    yield from _supply_legend(flow)
    dotted = svg.line((0, 6), (26, 6), **DOTTED)
    entries = {
        "aim": (any(link.kind == "aim" for link in links), _sample(stroke_width="1.2", stroke_dasharray="4 4")),
        "returns": (flow.arcs > 0, _sample(stroke="green", stroke_width="1.6")),
        "same": (any(link.kind == "same" for link in links), dotted),
        "runs": (any(link.kind == "runs" for link in links), dotted),
        "nobody": (bool(flow.chain.gaps), svg.rect((1, 0), (24, 12), rx="3", fill="none", **DOTTED)),
    }
    for key, (drawn, symbol) in entries.items():
        if drawn:
            yield Legend(symbol, words(key))


def _supply_legend(flow: Flow) -> Iterator[Legend]:
    words = flow.scene.words
    supply = [(number, link) for number, link in enumerate(flow.chain.links) if link.kind == "supply"]
    broad = {"stroke_width": "7", "stroke_opacity": "0.5"}
    if any(not link.planned for _, link in supply):
        yield Legend(_sample(**broad), words("built"))
    if any(link.planned for _, link in supply):
        yield Legend(_sample(**broad, stroke_dasharray="9 5"), words("planned"))
    if any(flow.widths.of[number] <= HAIRLINE for number, _ in supply):
        yield Legend(_sample(stroke_width="1.2"), words("hairline"))
    if any(flow.chain.is_borrowed(link) for _, link in supply):
        yield Legend(_sample(**{**broad, "stroke_opacity": "0.22"}), words("of_holder_paint"))
    if len({hue for stage, hue in flow.hues.items() if stage}) > 1:
        yield Legend(_levels_sample(flow), words("by_level"))
    units = _units(flow)
    if units:
        amounts = [f"{flow.widths.largest[unit]:,.10g} {flow.scene.label(unit)}" for unit in units[:_MOST_UNITS]]
        amounts += [words("more", n=len(units) - _MOST_UNITS)] if len(units) > _MOST_UNITS else []
        yield Legend(
            _sample(stroke_width=svg.number(WIDEST), stroke_opacity="0.5"), words("scale", amounts=words.join(amounts))
        )


def _levels_sample(flow: Flow) -> Element:
    """Show the hues in the order in which the chain goes down."""
    levels = flow.chain.order.levels
    hues = dict.fromkeys(
        flow.hues[stage] for stage in sorted(flow.hues, key=lambda one: levels.get(one, -1)) if stage in levels
    )
    step = 26 / len(hues)
    return svg.group([svg.rect((at * step, 1), (step, 10), fill=hue) for at, hue in enumerate(hues)])


def _sample(**paint: str) -> Element:
    return svg.line((0, 6), (26, 6), **{"stroke": "blue", **paint})


def _units(flow: Flow) -> list[str]:
    """Give the units that widths stand for, the most used first."""
    used = [amount[1] for link in flow.chain.links if (amount := link.amount())]
    return sorted(flow.widths.largest, key=lambda unit: (-used.count(unit), unit))


def _in_words(scene: Scene, chain: Chain) -> str:
    """Say in lines what the picture shows, stage by stage."""
    lines = []
    stages = {stand.stage for stand in chain.levels} | set(chain.gaps)
    for stage in sorted(stages, key=lambda one: (chain.order.levels.get(one, len(chain.order.levels)), one)):
        things = sorted(scene.name(stand.thing) for stand in chain.levels if stand.stage == stage)
        name = scene.name(stage) if stage else scene.words("no_stage")
        lines.append(f"{name}: {scene.words.join([isolate(thing) for thing in things]) or scene.words('nobody')}")
    for link in chain.links:
        if link.kind == "supply":
            details = "; ".join(part for edge in link.edges for part in [edge_words(scene, edge)] if part)
            ends = pair(scene, link.source.thing, link.target.thing)
            lines.append(f"{ends}: {isolate(details)}" if details else ends)
    return "\n".join(lines)
