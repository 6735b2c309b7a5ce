"""Dominators: which nodes and edges every way from the roots of a directed graph must pass.

A node dominates another if every way to the other passes it; so its loss cuts the other off. The dominator
tree is rustworkx's (networkx takes 70 s for a ladder of 25,000 nodes, rustworkx 0.14 s); what is added is what
each loss cuts off, and which edges are the only way. Loads numpy and rustworkx.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import rustworkx as rx

from kg.networks.csr import Arrays, Numbers

__all__ = ["NONE", "Dominators", "find_dominators", "find_origins"]

NONE = -1


@dataclass(frozen=True)
class Dominators:
    """The dominator tree of a graph from its origins.

    `above[v]` is the nearest node that every way to v passes, -1 if there is none; `cut_off[v]`
    the number of nodes that the loss of v cuts off, v not counted. `sole_ways` are the positions
    of the edges that every way to their target passes, v's loss and theirs being alike but for v.
    """

    above: Numbers
    cut_off: Numbers
    sole_ways: Numbers
    _first: Numbers

    def below(self, node: int) -> Numbers:
        """Give the nodes that a node dominates, itself not counted, in order of their numbers."""
        first, last = self._first[node], self._first[node] + self.cut_off[node]
        return np.flatnonzero((self._first > first) & (self._first <= last)).astype(np.int32)


def find_origins(arrays: Arrays) -> Numbers:
    """Give the nodes that goods start from: of strongly connected parts that no edge enters, all nodes.

    What stands on a circle that nothing enters is an origin, since goods have to come from somewhere.
    """
    parts = rx.strongly_connected_components(_graph(arrays, arrays.size))
    part = np.zeros(arrays.size, dtype=np.int32)
    for number, nodes in enumerate(parts):
        part[nodes] = number
    sources, targets = part[arrays.sources()], part[arrays.targets]
    entered = np.zeros(len(parts), dtype=bool)
    entered[targets[sources != targets]] = True
    origins: Numbers = np.flatnonzero(~entered[part]).astype(np.int32)
    return origins


def find_dominators(arrays: Arrays, origins: Numbers) -> Dominators:
    """Find what every way from the origins must pass; nodes that no way leads to are dominated by none."""
    root = arrays.size
    graph = _graph(arrays, root + 1)
    graph.extend_from_edge_list([(root, origin) for origin in origins.tolist()])
    nearest = rx.immediate_dominators(graph, root)
    above = np.full(root, NONE, dtype=np.int32)
    for node, over in nearest.items():
        if node != root and over != root:
            above[node] = over
    place, cut_off = _intervals(nearest, root)
    return Dominators(above, cut_off, _sole_ways(arrays, above, (place, cut_off)), place)


def _graph(arrays: Arrays, size: int) -> rx.PyDiGraph[int | None, None]:
    graph: rx.PyDiGraph[int | None, None] = rx.PyDiGraph()
    graph.add_nodes_from(range(size))
    graph.extend_from_edge_list(list(zip(arrays.sources().tolist(), arrays.targets.tolist(), strict=True)))
    return graph


def _intervals(nearest: dict[int, int], root: int) -> tuple[Numbers, Numbers]:
    """Number the dominator tree so that what a node dominates is one interval; give starts and lengths.

    Nodes that were not come to have the start -1.
    """
    children: dict[int, list[int]] = {}
    for node, over in sorted(nearest.items()):
        if node != root:
            children.setdefault(over, []).append(node)
    place, cut_off = np.full(root, NONE, dtype=np.int32), np.zeros(root, dtype=np.int32)
    order: list[int] = []
    waiting = children.get(root, [])[::-1]
    while waiting:
        node = waiting.pop()
        place[node] = len(order) + 1
        order.append(node)
        waiting.extend(reversed(children.get(node, [])))
    for node in reversed(order):
        over = nearest[node]
        if over != root:
            cut_off[over] += cut_off[node] + 1
    return place, cut_off


def _sole_ways(arrays: Arrays, above: Numbers, interval: tuple[Numbers, Numbers]) -> Numbers:
    """Find the edges that are the only entry to what their target dominates.

    An edge from what the target dominates, a loop included, is no entry: to use it one has to be there already.
    """
    place, cut_off = interval
    sources, targets = arrays.sources(), arrays.targets
    reached = place[sources] != NONE
    within = (place[sources] >= place[targets]) & (place[sources] <= place[targets] + cut_off[targets])
    entering = np.flatnonzero(reached & ~within)
    entries = np.bincount(targets[entering], minlength=arrays.size)
    # An origin is come to without any edge; nothing dominates it, nor is anything its only entry.
    sole = (entries[targets[entering]] == 1) & (above[targets[entering]] == sources[entering])
    sole_ways: Numbers = entering[sole].astype(np.int32)
    return sole_ways
