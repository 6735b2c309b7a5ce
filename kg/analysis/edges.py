"""The ties of a network as a table."""

from __future__ import annotations

from kg.analysis.base import Analysis, Line, NetworkView, make_analysis
from kg.networks import Edge

__all__ = ["COLUMNS", "list_ties"]

COLUMNS = (
    "source",
    "relation",
    "target",
    "through",
    "mode",
    "status",
    "since",
    "until",
    "stage",
    "product",
    "quantity",
)


def list_ties(scene: NetworkView, kind: str) -> Analysis:
    """Give the ties of a network that the filters keep, in order of their ends."""
    ties = sorted(scene.networks.select(kind, scene.filters), key=lambda tie: (tie.source, tie.target, tie.id))
    return make_analysis(f"Ties of the network {kind}", COLUMNS, [_line(scene, tie) for tie in ties])


def _line(scene: NetworkView, tie: Edge) -> Line:
    cells = (
        scene.refer(tie.source), scene.relate(tie), scene.refer(tie.target), scene.refer(tie.link),
        scene.concept(tie.mode), scene.concept(tie.status), tie.since, tie.until, scene.refer(tie.stage),
        scene.refer(tie.product), "; ".join(tie.quantity) or None,
    )  # fmt: skip
    return Line(cells, (tie,))
