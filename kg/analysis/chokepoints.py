"""Chokepoints: whose loss, or the loss of which delivery, cuts users off from every known supplier.

Exact, by the dominator tree of the supply network from its origins (those to whom nobody is known
to deliver): all that a chokepoint dominates is come to only over it. Beside that, whether the
network falls apart without it, directions not looked at. Loads numpy.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.analysis.algorithms.cuts import find_cuts
from kg.analysis.algorithms.dominators import Dominators, find_dominators, find_origins
from kg.analysis.base import Analysis, Line, NetworkView, weakest
from kg.networks import Edge
from kg.networks.csr import Arrays, edges_to_arrays

__all__ = ["COLUMNS", "find_chokepoints"]

COLUMNS = ("chokepoint", "kind", "delivers_to", "cuts_off", "cut_off", "splits", "mode", "weakest_source")
_NOTES = (
    "Cut off from what is known: other suppliers that no source tells of may stand ready.",
    "A delivery is a chokepoint if it is the only known one to somebody.",
)


def find_chokepoints(scene: NetworkView) -> Analysis:
    """Give the nodes and the single deliveries that all ways to somebody pass, those that cut off most first.

    Only stated deliveries are looked at. An origin counts as a chokepoint of those whom it alone supplies.
    """
    edges = [edge for edge in scene.edges.get("supply", []) if edge.is_stated]
    names = sorted({name for edge in edges for name in (edge.source, edge.target)})
    arrays = edges_to_arrays(edges, {name: number for number, name in enumerate(names)})
    network = _Network(edges, names, arrays, find_dominators(arrays, find_origins(arrays)))
    points, bridges = find_cuts(arrays)
    lines = [*_nodes(scene, network, set(points)), *_deliveries(scene, network, set(bridges))]
    lines.sort(key=lambda line: (-int(str(line.cells[3])), str(line.cells[0]), str(line.cells[2] or "")))
    return scene.make_analysis("Chokepoints of supply", COLUMNS, lines, _NOTES if lines else (), absent="not known")


@dataclass(frozen=True)
class _Network:
    """The stated deliveries, the names of their ends in order of their numbers, and what dominates what."""

    edges: Sequence[Edge]
    names: Sequence[str]
    arrays: Arrays
    dominators: Dominators

    def below(self, number: int) -> list[str]:
        """Name what a node dominates."""
        return [self.names[one] for one in self.dominators.below(number).tolist()]


def _nodes(scene: NetworkView, network: _Network, points: set[int]) -> Iterator[Line]:
    for number, name in enumerate(network.names):
        below = network.below(number)
        if below or number in points:
            behind = (*scene.leaving("supply", name), *scene.entering("supply", name))
            edges = tuple(edge for edge in behind if edge.is_stated)
            yield _line(scene, (name, "node", None), (below, number in points), edges)


def _deliveries(scene: NetworkView, network: _Network, bridges: set[int]) -> Iterator[Line]:
    """Give the deliveries that are somebody's only entry, with all that hang on that somebody."""
    for at in network.dominators.sole_ways.tolist():
        edge, target = network.edges[int(network.arrays.edges[at])], int(network.arrays.targets[at])
        lost = [edge.target, *network.below(target)]
        yield _line(scene, (edge.source, "delivery", edge.target), (lost, at in bridges), (edge,))


def _line(
    scene: NetworkView, what: tuple[str, str, str | None], loss: tuple[list[str], bool], edges: tuple[Edge, ...]
) -> Line:
    (name, kind, to), (lost, splits) = what, loss
    mode, grade = weakest([(edge,) for edge in edges], scene.networks.scales)
    cells = (
        scene.refer(name), kind, scene.refer(to), len(lost), _named(scene, lost), True if splits else None,
        scene.concept(mode), scene.concept(grade),
    )  # fmt: skip
    return Line(cells, edges)


def _named(scene: NetworkView, names: Sequence[str]) -> str | None:
    return ", ".join(scene.name(name) for name in names) or None
