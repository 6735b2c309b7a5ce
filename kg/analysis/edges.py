"""The edges of a network as a table."""

from __future__ import annotations

from decimal import Decimal

from kg.analysis.base import Analysis, Line, NetworkView
from kg.networks import Edge
from kg.tables.cells import Amount, Date, Word

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
        scene.concept(edge.mode), scene.concept(edge.status), _date(edge.since), _date(edge.until),
        scene.refer(edge.stage), scene.refer(edge.product), _quantity(edge),
    )  # fmt: skip
    return Line(cells, (edge,))


def _date(edtf: str | None) -> Date | None:
    return None if edtf is None else Date(edtf)


def _quantity(edge: Edge) -> Word | None:
    """Give the figures of an edge as printed, with the one that compares."""
    text = "; ".join(edge.quantity)
    measure = None if edge.value is None or edge.unit is None else Amount(Decimal(str(edge.value)), edge.unit)
    return Word(text, text, measure) if text else None
