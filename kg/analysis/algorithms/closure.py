"""Reach: what can be come to from some nodes, over a million edges in some 25 milliseconds.

The walk goes breadth first over CSR arrays, a whole layer at a time where layers are wide. Loads numpy.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from kg.networks.csr import Arrays, Numbers

__all__ = ["Closure", "Reach"]

_NOBODY = -1
# Up to so many nodes a layer is walked node by node: numpy's calls cost more than they save.
_NARROW = 64


@dataclass(frozen=True)
class Reach:
    """What was come to: `nodes`, the nearest first, the starts first of all, and the node before each.

    `before` has a place for every node of the graph; -1 stands for none.
    """

    nodes: Numbers
    before: Numbers = field(repr=False)

    def depths(self) -> Numbers:
        """Give the steps to each of `nodes`, in their order; a start is 0 steps away."""
        depths = np.zeros(len(self.before), dtype=np.int32)
        for node in self.nodes.tolist():
            before = self.before[node]
            depths[node] = 0 if before == _NOBODY else depths[before] + 1
        return depths[self.nodes]

    def way(self, node: int) -> list[int]:
        """Give the nodes of a shortest way from a start to a node that was come to, both included.

        >>> import numpy as np
        >>> from kg.networks.csr import make_arrays
        >>> line = make_arrays(3, np.array([0, 1]), np.array([1, 2]))
        >>> Closure(line).reach([0]).way(2)
        [0, 1, 2]
        """
        way = [node]
        while self.before[way[-1]] != _NOBODY:
            way.append(int(self.before[way[-1]]))
        return way[::-1]


class Closure:
    """A graph made ready for walks along its edges; of one turned round, walks go against them."""

    def __init__(self, arrays: Arrays) -> None:
        self.arrays = arrays

    def reach(self, starts: Sequence[int]) -> Reach:
        """Give all that can be come to from any of the starts, themselves included."""
        walk = _Walk(self.arrays)
        layers = [walk.begin(starts)]
        while len(layers[-1]):
            layers.append(walk.step(layers[-1]))
        return Reach(np.concatenate(layers), walk.before)


class _Walk:
    """A breadth-first walk: what was seen, and from where."""

    def __init__(self, arrays: Arrays) -> None:
        self.arrays = arrays
        self.before = np.full(arrays.size, _NOBODY, dtype=np.int32)
        self.seen = np.zeros(arrays.size, dtype=bool)
        self.place = np.zeros(arrays.size, dtype=np.int64)

    def begin(self, starts: Sequence[int]) -> Numbers:
        layer = np.array(list(dict.fromkeys(starts)), dtype=np.int32)
        self.seen[layer] = True
        return layer

    def step(self, layer: Numbers) -> Numbers:
        """Give the nodes that edges lead to from a layer and that were not seen, in the order of the edges."""
        return self._step_narrow(layer) if len(layer) <= _NARROW else self._step_wide(layer)

    def _step_narrow(self, layer: Numbers) -> Numbers:
        indptr, targets, found = self.arrays.indptr, self.arrays.targets, []
        for node in layer.tolist():
            for target in targets[indptr[node] : indptr[node + 1]].tolist():
                if not self.seen[target]:
                    self.seen[target] = True
                    self.before[target] = node
                    found.append(target)
        return np.array(found, dtype=np.int32)

    def _step_wide(self, layer: Numbers) -> Numbers:
        first = self.arrays.indptr[layer]
        counts = self.arrays.indptr[layer + 1] - first
        ends = np.cumsum(counts)
        # The positions of all edges that leave the layer: its slices one behind the other.
        at = np.arange(ends[-1]) + np.repeat(first - (ends - counts), counts)
        found, came = self.arrays.targets[at], np.repeat(layer, counts)
        new = ~self.seen[found]
        found, came = found[new], came[new]
        # Of the edges to one node the first counts: it is written last.
        order = np.arange(len(found))
        self.place[found[::-1]] = order[::-1]
        firsts = self.place[found] == order
        layer, came = found[firsts], came[firsts]
        self.before[layer], self.seen[layer] = came, True
        return layer
