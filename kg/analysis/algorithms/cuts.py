"""Cut points and bridges: nodes and edges whose loss makes an undirected graph fall apart.

Exact, by one depth-first walk (Hopcroft and Tarjan, 1973) over CSR arrays: networkx has the same
walk, but takes longer to build its graph than the walk lasts. Loads numpy.
"""

from __future__ import annotations

import numpy as np

from kg.networks.csr import Arrays, make_arrays

__all__ = ["find_cuts"]

_NONE = -1


def find_cuts(arrays: Arrays) -> tuple[list[int], list[int]]:
    """Give the nodes and the positions of the edges whose loss parts the graph, directions not looked at.

    Of parallel edges none is a bridge; a loop joins nothing.
    """
    walk = _Walk(arrays)
    for node in range(arrays.size):
        if walk.order[node] == _NONE:
            walk.run(node)
    return sorted(walk.points), sorted(walk.bridges)


class _Walk:
    """A depth-first walk; `low` is the earliest node that what lies below can come to another way."""

    def __init__(self, arrays: Arrays) -> None:
        sources, targets = arrays.sources(), arrays.targets
        both = make_arrays(arrays.size, np.concatenate([sources, targets]), np.concatenate([targets, sources]))
        self._starts: list[int] = both.indptr.tolist()
        self._targets: list[int] = both.targets.tolist()
        # Each edge stands twice, under one number.
        self._edges: list[int] = (both.ties % max(len(targets), 1)).tolist()
        self._next = self._starts[:-1]
        self.order = [_NONE] * arrays.size
        self._low = [0] * arrays.size
        self._count = 0
        self.points: set[int] = set()
        self.bridges: list[int] = []

    def run(self, root: int) -> None:
        """Walk all that hangs together with a node not yet come to."""
        stack = [(root, _NONE)]
        self._come(root)
        branches = 0
        while stack:
            node, entry = stack[-1]
            at = self._next[node]
            if at == self._starts[node + 1]:
                stack.pop()
                branches += self._leave(node, entry, stack[-1][0], root) if stack else 0
                continue
            self._next[node] = at + 1
            following, edge = self._targets[at], self._edges[at]
            if self.order[following] == _NONE:
                self._come(following)
                stack.append((following, edge))
            elif edge != entry:
                self._low[node] = min(self._low[node], self.order[following])
        if branches > 1:
            self.points.add(root)

    def _come(self, node: int) -> None:
        self.order[node] = self._low[node] = self._count
        self._count += 1

    def _leave(self, node: int, entry: int, before: int, root: int) -> bool:
        """Go back over the edge by which a node was come to; tell whether that was from the root."""
        self._low[before] = min(self._low[before], self._low[node])
        if self._low[node] > self.order[before]:
            self.bridges.append(entry)
        if self._low[node] >= self.order[before] and before != root:
            self.points.add(before)
        return before == root
