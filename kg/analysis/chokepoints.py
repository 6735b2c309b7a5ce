"""Chokepoints: whose loss, or the loss of which delivery, cuts users off from every known supplier.

Exact, by the dominator tree of the supply network from its origins (those to whom nobody is known
to deliver): all that a chokepoint dominates is come to only over it. Beside that, whether the
network falls apart without it, directions not looked at. Loads numpy and scipy.
"""

from __future__ import annotations

from collections.abc import Sequence

from kg.analysis.cuts import find_cuts
from kg.analysis.dominators import Dominators, find_dominators, find_origins
from kg.analysis.results import Analysis, Line, Scene, make_analysis, weakest
from kg.networks import Tie
from kg.networks.arrays import Arrays, ties_to_arrays

__all__ = ["COLUMNS", "find_chokepoints"]

COLUMNS = ("chokepoint", "kind", "delivers_to", "cuts_off", "cut_off", "splits", "mode", "weakest_source")
_NOTES = (
    "Cut off from what is known: other suppliers that no source tells of may stand ready.",
    "A delivery is a chokepoint if it is the only known one to somebody who is delivered to from further up as well.",
)


def find_chokepoints(scene: Scene) -> Analysis:
    """Give the nodes and the single deliveries that all ways to somebody pass, those that cut off most first.

    Only stated deliveries are looked at. An origin counts as a chokepoint of those whom it alone supplies.
    """
    ties = [tie for tie in scene.ties.get("supply", []) if tie.is_stated]
    names = sorted({name for tie in ties for name in (tie.source, tie.target)})
    arrays = ties_to_arrays(ties, {name: number for number, name in enumerate(names)})
    dominators = find_dominators(arrays, find_origins(arrays))
    lines = [*_nodes(scene, ties, names, arrays), *_deliveries(scene, (ties, names), arrays, dominators)]
    lines.sort(key=lambda line: (-int(str(line.cells[3])), str(line.cells[0]), str(line.cells[2] or "")))
    return make_analysis("Chokepoints of supply", COLUMNS, lines, _NOTES if lines else (), absent="not known")


def _nodes(scene: Scene, ties: Sequence[Tie], names: Sequence[str], arrays: Arrays) -> list[Line]:
    dominators = find_dominators(arrays, find_origins(arrays))
    points = set(find_cuts(arrays)[0])
    lines = []
    for number, name in enumerate(names):
        below = [names[one] for one in dominators.below(number).tolist()]
        if below or number in points:
            behind = tuple(tie for tie in ties if name in (tie.source, tie.target))
            mode, grade = weakest([(tie,) for tie in behind])
            cells = (
                scene.refer(name), "node", None, len(below), _named(scene, below), True if number in points else None,
                scene.concept(mode), scene.concept(grade),
            )  # fmt: skip
            lines.append(Line(cells, behind))
    return lines


def _deliveries(
    scene: Scene, network: tuple[Sequence[Tie], Sequence[str]], arrays: Arrays, dominators: Dominators
) -> list[Line]:
    """Give the deliveries that are somebody's only entry, where more than that somebody hangs on them."""
    ties, names = network
    bridges = set(find_cuts(arrays)[1])
    lines = []
    for at in dominators.sole_ways.tolist():
        tie, target = ties[int(arrays.ties[at])], int(arrays.targets[at])
        lost = [tie.target, *(names[one] for one in dominators.below(target).tolist())]
        mode, grade = weakest([(tie,)])
        cells = (
            scene.refer(tie.source), "delivery", scene.refer(tie.target), len(lost), _named(scene, lost),
            True if at in bridges else None, scene.concept(mode), scene.concept(grade),
        )  # fmt: skip
        lines.append(Line(cells, (tie,)))
    return lines


def _named(scene: Scene, names: Sequence[str]) -> str | None:
    return ", ".join(scene.node(name).name(scene.language) for name in names) or None
