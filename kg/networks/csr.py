"""Networks as CSR arrays: the edges that leave a node stand in one slice, so that a walk over millions is quick.

Node `i` is the i-th of the release's nodes. The edges that leave it are numbered
`edges[indptr[i]:indptr[i + 1]]`, and lead to the nodes `targets[indptr[i]:indptr[i + 1]]`.
Loads numpy; who computes on the arrays is `kg.analysis`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from kg.errors import ReleaseError
from kg.networks.edges import NETWORKS, Edge
from kg.networks.storage import FOLDER, Networks

__all__ = ["Arrays", "Numbers", "edges_to_arrays", "make_arrays", "read_arrays", "verify_arrays", "write_arrays"]

Numbers: TypeAlias = NDArray[np.int32]
_ARRAYS = "arrays"
# How each part is called in the files of a release, whose names stay.
_PARTS = {"indptr": "indptr", "targets": "targets", "edges": "ties"}


@dataclass(frozen=True)
class Arrays:
    """A directed graph in compressed sparse rows; parallel edges and loops stand as they are."""

    indptr: Numbers
    targets: Numbers
    edges: Numbers

    @property
    def size(self) -> int:
        """The number of nodes."""
        return len(self.indptr) - 1

    def sources(self) -> Numbers:
        """Give the node that each edge leaves, in the order of `targets`."""
        return np.repeat(np.arange(self.size, dtype=np.int32), np.diff(self.indptr))

    def reversed(self) -> Arrays:
        """Give the graph with every edge turned round; each keeps its number."""
        turned = make_arrays(self.size, self.targets, self.sources())
        return Arrays(turned.indptr, turned.targets, self.edges[turned.edges])


def make_arrays(size: int, sources: Numbers, targets: Numbers) -> Arrays:
    """Make the arrays of a graph of `size` nodes; the edge from sources[k] to targets[k] has the number k.

    >>> arrays = make_arrays(3, np.array([2, 0, 0]), np.array([0, 1, 1]))
    >>> arrays.indptr.tolist(), arrays.targets.tolist(), arrays.edges.tolist()
    ([0, 2, 2, 3], [1, 1, 0], [1, 2, 0])
    """
    order = np.argsort(sources, kind="stable").astype(np.int32)
    counts = np.bincount(sources, minlength=size) if len(sources) else np.zeros(size, dtype=np.int64)
    indptr = np.concatenate(([0], np.cumsum(counts))).astype(np.int32)
    return Arrays(indptr, np.asarray(targets)[order].astype(np.int32), order)


def edges_to_arrays(edges: Sequence[Edge], numbers: Mapping[str, int]) -> Arrays:
    """Make the arrays of some edges over all nodes; `numbers` gives the number of each node."""
    sources = np.array([numbers[edge.source] for edge in edges], dtype=np.int32)
    targets = np.array([numbers[edge.target] for edge in edges], dtype=np.int32)
    return make_arrays(len(numbers), sources, targets)


def write_arrays(folder: Path, networks: Networks) -> None:
    """Write the arrays of every network into `folder`; edges are numbered through the whole release."""
    target = folder / _ARRAYS
    target.mkdir()
    for name, arrays in _all_arrays(networks):
        for part, file in _PARTS.items():
            np.save(target / f"{name}.{file}.npy", getattr(arrays, part).astype("<i4"), allow_pickle=False)


def _all_arrays(networks: Networks) -> Iterable[tuple[str, Arrays]]:
    numbers = {name: number for number, name in enumerate(networks.nodes)}
    for name in NETWORKS:
        at = np.array([i for i, edge in enumerate(networks.edges) if edge.network == name], dtype=np.int32)
        arrays = edges_to_arrays([networks.edges[i] for i in at], numbers)
        yield name, Arrays(arrays.indptr, arrays.targets, at[arrays.edges])


def read_arrays(release: Path, network: str) -> Arrays:
    """Read the arrays of a network from a release whose files are known to be whole."""
    paths = [release / FOLDER / _ARRAYS / f"{network}.{file}.npy" for file in _PARTS.values()]
    try:
        return Arrays(*(np.load(path, allow_pickle=False) for path in paths))
    except (OSError, ValueError) as error:
        raise ReleaseError(f"{release}: the arrays of {network} cannot be read ({error}); build it again") from error


def verify_arrays(release: Path, networks: Networks) -> None:
    """Check that the arrays of a release hold its edges; raises ReleaseError."""
    for name, made in _all_arrays(networks):
        kept = read_arrays(release, name)
        if not all(np.array_equal(getattr(made, part), getattr(kept, part)) for part in _PARTS):
            raise ReleaseError(f"{release}: the arrays of {name} do not hold its ties; build the release again")
