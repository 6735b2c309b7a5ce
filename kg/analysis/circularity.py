"""Circularity: is there a way back, from recycling to the making of cathodes, through whom, and which link is an aim.

The ways lead along the process network, by kinds of work. Each link of a way is then looked for
among who delivers, who does both works, and the chains that sources tell. Loads networkx.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice, pairwise

import networkx as nx

from kg.analysis.base import Analysis, Line, NetworkView, weakest
from kg.networks import Edge

__all__ = ["COLUMNS", "find_circle"]

COLUMNS = ("way", "link", "from_stage", "product", "to_stage", "how", "who", "delivers_to", "mode", "weakest_source")
_NOTES = (
    "That a kind of work could feed another is no delivery: where nobody is told, the link is open.",
    "Who does both works on one ground or in one hand could close the link; that the goods pass is not told.",
)


def find_circle(scene: NetworkView, start: str, end: str, count: int) -> Analysis:
    """Give the `count` shortest ways by kinds of work from one stage to another, with all who are told of each link."""
    feeds = nx.DiGraph(
        sorted((edge.source, edge.target) for edge in scene.edges.get("process", []) if edge.relation == "feeds")
    )
    lines: list[Line] = []
    if start != end and start in feeds and end in feeds and nx.has_path(feeds, start, end):
        for number, way in enumerate(islice(nx.shortest_simple_paths(feeds, start, end), count), start=1):
            for place, (one, other) in enumerate(pairwise(way), start=1):
                lines += _link(scene, (number, place), one, other)
    title = scene.say("Ways from {one} to {other}", one=scene.name(start), other=scene.name(end))
    return scene.make_analysis(title, COLUMNS, lines, _NOTES if lines else (), absent="not known")


def _link(scene: NetworkView, at: tuple[int, int], one: str, other: str) -> Iterator[Line]:
    """Give all who are told of a link, or that nobody is."""
    products = _outputs(scene, one) & _inputs(scene, other)
    known = [*_deliveries(scene, one, products), *_both(scene, one, other), *_chains(scene, one, other)]
    for how, product, who, to, edges in known:
        mode, grade = weakest([(edge,) for edge in edges], scene.networks.scales)
        cells = (
            *at, scene.refer(one), scene.refer(product), scene.refer(other), how, scene.refer(who), scene.refer(to),
            scene.concept(mode), scene.concept(grade),
        )  # fmt: skip
        yield Line(cells, edges)
    if not known:
        passing = ", ".join(scene.name(name) for name in sorted(products)) or None
        none = (*at, scene.refer(one), passing, scene.refer(other), "nobody known", None, None, None, None)
        feeds = tuple(
            edge for edge in scene.leaving("process", one) if (edge.relation, edge.target) == ("feeds", other)
        )
        yield Line(none, feeds)


_Known = tuple[str, str | None, str | None, str | None, tuple[Edge, ...]]


def _deliveries(scene: NetworkView, one: str, products: set[str]) -> Iterator[_Known]:
    """Give the deliveries of a stage's own work in the products that pass."""
    for edge in scene.edges.get("supply", []):
        does = [edge.stage] if edge.stage else scene.node(edge.source).stages
        if edge.product in products and any(one in scene.above(stage) for stage in does if stage):
            yield "delivery", edge.product, edge.source, edge.target, (edge,)


def _both(scene: NetworkView, one: str, other: str) -> Iterator[_Known]:
    """Give the grounds and hands that do both works themselves, each by an edge of its own."""
    done: dict[str, dict[str, list[Edge]]] = {}
    for edge in scene.edges.get("work", []):
        for stage in scene.node(edge.source).stages:
            done.setdefault(edge.source, {}).setdefault(stage, []).append(edge)
    for name, stages in sorted(done.items()):
        if one in stages and other in stages:
            yield (
                "does both works",
                None,
                name,
                name,
                tuple({edge.id: edge for edge in stages[one] + stages[other]}.values()),
            )


def _chains(scene: NetworkView, one: str, other: str) -> Iterator[_Known]:
    for edge in scene.leaving("process", one):
        if edge.relation == "precedes" and edge.target == other:
            yield "steps of a chain", None, edge.link, None, (edge,)


def _outputs(scene: NetworkView, stage: str) -> set[str]:
    return {edge.target for edge in scene.leaving("process", stage) if edge.relation == "outputProduct"}


def _inputs(scene: NetworkView, stage: str) -> set[str]:
    return {edge.source for edge in scene.entering("process", stage) if edge.relation == "goesInto"}
