"""Communities: groups whose members are tied to each other more than to others, by partnership, supply and ownership.

Found by the Louvain method of networkx with a fixed seed, on nodes and edges in order, so that the same release
gives the same groups. A group is a reading of the edges that are told, no more. Loads networkx.
"""

from __future__ import annotations

from collections.abc import Iterable

import networkx as nx

from kg.analysis.base import Analysis, Line, NetworkView
from kg.analysis.volumes import share
from kg.networks import Edge

__all__ = ["COLUMNS", "MEMBER_COLUMNS", "find_communities", "find_members"]

COLUMNS = ("community", "members", "core", "others", "ties_inside", "ties_outside", "share_inside")
MEMBER_COLUMNS = ("member", "kind", "region", "ties_inside", "ties_outside")
_NETWORKS = ("partnership", "supply", "ownership")
_SEED = 0
_SHOWN = 5


def find_communities(scene: NetworkView) -> Analysis:
    """Give the communities, the largest first, each with its most tied member and some others."""
    edges = _edges(scene)
    groups, of = _groups(edges)
    inside: dict[int, list[Edge]] = {number: [] for number in range(len(groups))}
    outside = [0] * len(groups)
    for edge in edges:
        if of[edge.source] == of[edge.target]:
            inside[of[edge.source]].append(edge)
        else:
            outside[of[edge.source]] += 1
            outside[of[edge.target]] += 1
    lines = [_line(scene, (number, group), inside[number], outside[number]) for number, group in enumerate(groups)]
    notes = ["By the Louvain method, seed 0; another seed may draw some borders elsewhere."] if lines else []
    return scene.make_analysis("Communities", COLUMNS, lines, notes)


def find_members(scene: NetworkView, entity: str) -> Analysis:
    """Give the members of the community that an entity is in, the most tied first; none if it has no edges."""
    edges = _edges(scene)
    _, of = _groups(edges)
    around: dict[str, list[Edge]] = {}
    for edge in edges:
        for name in {edge.source, edge.target}:
            around.setdefault(name, []).append(edge)
    members = [name for name in around if entity in of and of[name] == of[entity]]
    lines = []
    for name in members:
        inside = [edge for edge in around[name] if of[edge.source] == of[edge.target]]
        node = scene.node(name)
        kind, region = scene.concept(node.kind), scene.refer(node.region)
        lines.append(
            Line((scene.refer(name), kind, region, len(inside), len(around[name]) - len(inside)), tuple(inside))
        )
    lines.sort(key=lambda line: (-int(str(line.cells[3])), str(line.cells[0])))
    return scene.make_analysis(scene.say("Community of {one}", one=scene.name(entity)), MEMBER_COLUMNS, lines)


def _edges(scene: NetworkView) -> list[Edge]:
    edges = (edge for name in _NETWORKS for edge in scene.edges.get(name, ()))
    return sorted((edge for edge in edges if edge.source != edge.target), key=lambda edge: edge.id)


def _groups(edges: Iterable[Edge]) -> tuple[list[list[str]], dict[str, int]]:
    """Give the groups, the largest first, and the group of each node."""
    weights: dict[tuple[str, str], int] = {}
    for edge in edges:
        ends = (min(edge.source, edge.target), max(edge.source, edge.target))
        weights[ends] = weights.get(ends, 0) + 1
    graph = nx.Graph()
    graph.add_nodes_from(sorted({name for ends in weights for name in ends}))
    graph.add_weighted_edges_from((*ends, weight) for ends, weight in sorted(weights.items()))
    found = nx.community.louvain_communities(graph, seed=_SEED) if graph else []
    groups = sorted((sorted(group) for group in found), key=lambda group: (-len(group), group))
    return groups, {name: number for number, group in enumerate(groups) for name in group}


def _line(scene: NetworkView, group: tuple[int, list[str]], inside: list[Edge], outside: int) -> Line:
    number, members = group
    tied = dict.fromkeys(members, 0)
    for edge in inside:
        tied[edge.source] += 1
        tied[edge.target] += 1
    core, *others = sorted(members, key=lambda name: (-tied[name], name))
    shown = ", ".join(scene.name(name) for name in others[:_SHOWN])
    cells = (
        number + 1, len(members), scene.refer(core), shown or None, len(inside), outside,
        share(2 * len(inside), 2 * len(inside) + outside),
    )  # fmt: skip
    return Line(cells, tuple(inside))
