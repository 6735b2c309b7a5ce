"""The order of stages: how far down the chain each stands, and which hand goods back up it.

Computed from what stages take in and put out, as the process network tells; no stage is known here by name.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import networkx as nx

from kg.networks.edges import Edge
from kg.networks.nodes import NetworkNode

__all__ = ["StageOrder", "order_stages"]

_STAGE = "Stage"
_TAKEN_IN = "goesInto"


@dataclass(frozen=True)
class StageOrder:
    """Levels of the stages, 0 the farthest upstream; who feeds whom, and which of these edges go back up the chain."""

    levels: Mapping[str, int]
    feeds: Mapping[str, frozenset[str]]
    returns: frozenset[tuple[str, str]]
    takers: Mapping[str, frozenset[str]] = field(default_factory=dict)
    broader: Mapping[str, frozenset[str]] = field(default_factory=dict)

    @property
    def closers(self) -> frozenset[str]:
        """The stages that close the chain, such as recycling: what they hand on goes back up it."""
        return frozenset(closer for closer, _ in self.returns)

    def level(self, stage: str | None) -> int | None:
        """Give the level of a stage, None for one that is not known."""
        return self.levels.get(stage) if stage else None

    def above(self, stages: Iterable[str]) -> set[str]:
        """Give all stages from which goods come to some stages, going down the chain only."""
        return self._reach(stages, {end: {a for a, ends in self.feeds.items() if end in ends} for end in self.levels})

    def below(self, stages: Iterable[str]) -> set[str]:
        """Give all stages to which goods go from some stages, going down the chain only."""
        return self._reach(stages, self.feeds)

    def _reach(self, stages: Iterable[str], following: Mapping[str, Iterable[str]]) -> set[str]:
        found: set[str] = set()
        waiting = sorted(stages)
        while waiting:
            one = waiting.pop()
            for other in sorted(following.get(one, ())):
                goes_back = (one, other) in self.returns or (other, one) in self.returns
                if other not in found and not goes_back:
                    found.add(other)
                    waiting.append(other)
        return found


def order_stages(edges: Iterable[Edge], nodes: Mapping[str, NetworkNode]) -> StageOrder:
    """Order the stages of a process network."""
    edges = [edge for edge in edges if edge.network == "process"]
    graph = nx.DiGraph()
    graph.add_nodes_from(sorted(name for name, node in nodes.items() if node.kind == _STAGE))
    for edge in sorted(edges, key=lambda edge: (edge.source, edge.target)):
        if edge.source in graph and edge.target in graph and edge.source != edge.target:
            graph.add_edge(edge.source, edge.target)
    feeds = {stage: frozenset(graph[stage]) for stage in graph}
    returns = _cut_loops(graph)
    takers: dict[str, set[str]] = {}
    for edge in edges:
        if edge.relation == _TAKEN_IN:
            stage, product = (edge.target, edge.source) if edge.target in graph else (edge.source, edge.target)
            takers.setdefault(product, set()).add(stage)
    return StageOrder(
        levels=_levels(graph),
        feeds=feeds,
        returns=returns,
        takers={product: frozenset(stages) for product, stages in takers.items()},
        broader={stage: frozenset(nodes[stage].broader) for stage in graph},
    )


def _cut_loops(graph: nx.DiGraph) -> frozenset[tuple[str, str]]:
    """Take the returns out of a graph and give them, so that none of it runs in a circle.

    A chain closes where all its loops pass through one stage, such as recycling: what that
    stage hands on within the loops goes back. Where there are several such stages, or none, the
    one that hands on to most others is taken.
    """
    cut: set[tuple[str, str]] = set()
    while loops := [part for part in nx.strongly_connected_components(graph) if len(part) > 1]:
        part = min(loops, key=lambda part: min(part))
        inner = graph.subgraph(part)
        closer = min(part, key=lambda stage: (not _opens(inner, stage), -inner.out_degree(stage), stage))
        back = [(closer, end) for end in sorted(inner[closer])]
        graph.remove_edges_from(back)
        cut.update(back)
    return frozenset(cut)


def _opens(graph: nx.DiGraph, stage: str) -> bool:
    return bool(nx.is_directed_acyclic_graph(graph.subgraph(set(graph) - {stage})))


def _levels(graph: nx.DiGraph) -> dict[str, int]:
    """Give each stage the length of the longest way to it; what nothing feeds stands right before its first use."""
    order = list(nx.lexicographical_topological_sort(graph))
    levels: dict[str, int] = {}
    for stage in order:
        levels[stage] = max((levels[before] + 1 for before in graph.predecessors(stage)), default=0)
    for stage in reversed(order):
        levels[stage] = min((levels[after] - 1 for after in graph.successors(stage)), default=levels[stage])
    return levels
