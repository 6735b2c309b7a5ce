"""Cut points and bridges: nodes and edges whose loss makes an undirected graph fall apart.

The walk is rustworkx's; what is added is which edges of ours a bridge is. Loads numpy and rustworkx.
"""

from __future__ import annotations

import numpy as np
import rustworkx as rx

from kg.networks.csr import Arrays

__all__ = ["find_cuts"]


def find_cuts(arrays: Arrays) -> tuple[list[int], list[int]]:
    """Give the nodes and the positions of the edges whose loss parts the graph, directions not looked at.

    Of parallel edges none is a bridge; a loop joins nothing.
    """
    sources, targets = arrays.sources(), arrays.targets
    lower, upper = np.minimum(sources, targets), np.maximum(sources, targets)
    joining = np.flatnonzero(lower != upper)
    pairs = lower[joining].astype(np.int64) * arrays.size + upper[joining]
    _, first, counts = np.unique(pairs, return_index=True, return_counts=True)
    positions = joining[first]
    ends = list(zip(lower[positions].tolist(), upper[positions].tolist(), strict=True))
    graph: rx.PyGraph[int | None, None] = rx.PyGraph(multigraph=False)
    graph.add_nodes_from(range(arrays.size))
    graph.extend_from_edge_list(ends)
    single = {
        pair: position
        for pair, position, count in zip(ends, positions.tolist(), counts.tolist(), strict=True)
        if count == 1
    }
    bridges = ((min(edge), max(edge)) for edge in rx.bridges(graph))
    return sorted(rx.articulation_points(graph)), sorted(single[edge] for edge in bridges if edge in single)
