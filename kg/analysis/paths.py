"""Paths: the best ways by which two things are tied, hop by hop, with the claims of each hop and the weakest named.

A hop costs 1, and more the less sure it is:

    mode    planned or expected +1, aimed at +1.5, explored only +2
    source  a weak grade +0.25 for a translation, +0.5 for those that the ontology ranks behind it

so that a longer way of stated, well-sourced edges beats a shorter one of hopes. Of parallel edges the
cheapest makes the hop, of equals the one that ties the fewest: what two do with each other says more of them than a
pact of many. Ways are simple and undirected: an edge is an edge from both its ends. The k best are
found by Yen's algorithm in networkx. Loads networkx.
"""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from itertools import islice, pairwise

import networkx as nx

from kg.analysis.base import Analysis, Line, NetworkView
from kg.claims.grades import Scale
from kg.networks import Edge

__all__ = ["COLUMNS", "NETWORKS_OF_PATHS", "cost_of", "find_paths"]

COLUMNS = (
    "path", "hop", "source", "relation", "target", "quantity", "through", "mode", "weakest_source", "cost", "weakest",
)  # fmt: skip
NETWORKS_OF_PATHS = ("partnership", "supply", "ownership")
"""Where paths are looked for unless told otherwise: two things in one country are not tied by that."""

_NOTES = (
    "That two things are tied over others is not to say that either knows of it.",
    "Of several ties between the same two the surest is shown, and of equals the one with the fewest sides.",
)

# Weights of this analysis, not an order: a plan and an expectation weigh alike.
_MODES = {"Stated": 0.0, "Planned": 1.0, "Expected": 1.0, "AimedAt": 1.5, "ExploredOnly": 2.0}
# What a weak source costs for each place that it stands behind the last that is not weak.
_PLACE = 0.25


def cost_of(edge: Edge, grades: Scale) -> float:
    """Give what a hop over an edge costs.

    >>> grades = Scale({"Press": 1, "Translation": 2, "Mirror": 3}, frozenset({"Translation", "Mirror"}))
    >>> cost_of(Edge("t", "supply", "suppliesTo", "a", "b", mode="Planned", grade="Mirror"), grades)
    2.5
    """
    return 1.0 + _MODES[edge.mode] + _PLACE * grades.weakness(edge.grade or "")


def find_paths(scene: NetworkView, ends: tuple[str, str], count: int, networks: tuple[str, ...]) -> Analysis:
    """Give the `count` best ways from one thing to another over some networks, the cheapest first."""
    one, other = ends
    best, grades = _best_edges(scene, networks), scene.networks.scales.grades
    graph = nx.Graph()
    graph.add_weighted_edges_from(
        sorted((*sorted(ends), cost_of(edge, grades)) for ends, edge in best.items() if len(ends) == 2)
    )
    lines: list[Line] = []
    if one != other and one in graph and other in graph and nx.has_path(graph, one, other):
        ways = nx.shortest_simple_paths(graph, one, other, weight="weight")
        for number, way in enumerate(islice(ways, count), start=1):
            hops = [(ends, best[frozenset(ends)]) for ends in pairwise(way)]
            lines += _lines(scene, number, hops)
    title = scene.say("Ways from {one} to {other}", one=scene.name(one), other=scene.name(other))
    return scene.make_analysis(title, COLUMNS, lines, _NOTES if lines else [], absent="not known")


def _best_edges(scene: NetworkView, networks: tuple[str, ...]) -> dict[frozenset[str], Edge]:
    """Give for each pair that is tied its cheapest edge, of equals that of the smallest pact, then of the first id."""
    grades = scene.networks.scales.grades
    edges = [edge for name in networks for edge in scene.edges.get(name, ())]
    pacts = Counter(edge.link for edge in edges if edge.link)

    def order(edge: Edge) -> tuple[float, int, str]:
        return cost_of(edge, grades), pacts[edge.link] if edge.link else 1, edge.id

    best: dict[frozenset[str], Edge] = {}
    for edge in edges:
        ends = frozenset((edge.source, edge.target))
        best[ends] = min(best.get(ends, edge), edge, key=order)
    return best


def _lines(scene: NetworkView, number: int, hops: list[tuple[tuple[str, str], Edge]]) -> list[Line]:
    """Put a way into lines, as it is walked; each reads as a sentence, whichever way its edge runs."""
    grades = scene.networks.scales.grades
    worst = max(cost_of(edge, grades) for _, edge in hops)
    lines = []
    for place, ((start, end), edge) in enumerate(hops, start=1):
        weak = True if cost_of(edge, grades) == worst and worst > 1 else None
        cells = (
            number, place, scene.refer(start), scene.relate(edge, backward=edge.source != start), scene.refer(end),
            "; ".join(edge.quantity) or None, scene.refer(edge.link), scene.concept(edge.mode),
            scene.concept(edge.grade), Decimal(str(cost_of(edge, grades))), weak,
        )  # fmt: skip
        lines.append(Line(cells, (edge,)))
    return lines
