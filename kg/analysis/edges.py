"""The edges of a network as a table."""

from __future__ import annotations

from kg.analysis.base import Analysis, Line, NetworkView
from kg.networks import Edge

__all__ = ["COLUMNS", "list_edges"]

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


def list_edges(scene: NetworkView, kind: str) -> Analysis:
    """Give the edges of a network that the filters keep, in order of their ends."""
    edges = sorted(scene.networks.select(kind, scene.filters), key=lambda edge: (edge.source, edge.target, edge.id))
    return scene.make_analysis(
        scene.say("Ties of the network {kind}", kind=kind), COLUMNS, [_line(scene, edge) for edge in edges]
    )


def _line(scene: NetworkView, edge: Edge) -> Line:
    cells = (
        scene.refer(edge.source), scene.relate(edge), scene.refer(edge.target), scene.refer(edge.link),
        scene.concept(edge.mode), scene.concept(edge.status), edge.since, edge.until, scene.refer(edge.stage),
        scene.refer(edge.product), "; ".join(edge.quantity) or None,
    )  # fmt: skip
    return Line(cells, (edge,))
