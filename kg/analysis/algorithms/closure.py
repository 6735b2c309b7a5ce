"""Reach: what can be come to from some nodes, over millions of edges in milliseconds.

The walk is scipy's breadth-first order over CSR arrays. Loads numpy and scipy.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import breadth_first_order

from kg.networks.csr import Arrays, Numbers

__all__ = ["Closure", "Reach"]

_NOBODY = -9999
"""What scipy writes for the predecessor of a start."""


@dataclass(frozen=True)
class Reach:
    """What was come to: `nodes`, the nearest first, the starts first of all, and the node before each.

    `before` has a place for every node of the graph; -9999 stands for none.
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
        self._matrix = _matrix(arrays.indptr, arrays.targets)

    def reach(self, starts: Sequence[int]) -> Reach:
        """Give all that can be come to from any of the starts, themselves included."""
        if len(starts) == 1:
            nodes, before = breadth_first_order(self._matrix, starts[0])
            return Reach(nodes, before)
        # One node more, from which an edge leads to every start.
        root = self.arrays.size
        indptr = np.append(self.arrays.indptr, len(self.arrays.targets) + len(starts)).astype(np.int32)
        targets = np.concatenate([self.arrays.targets, np.asarray(starts, dtype=np.int32)])
        nodes, before = breadth_first_order(_matrix(indptr, targets), root)
        before[before == root] = _NOBODY
        return Reach(nodes[1:], before[:root])


def _matrix(indptr: Numbers, targets: Numbers) -> csr_array:
    size = len(indptr) - 1
    # scipy walks over floats; ones of that kind are not copied at each walk.
    return csr_array((np.ones(len(targets)), targets, indptr), shape=(size, size))
