"""Random networks for tests of analyses: cycles, loops, parallel ties, things without any tie, and no tie at all."""

from __future__ import annotations

from dataclasses import replace

import networkx as nx
import pyoxigraph as ox
from hypothesis import strategies as st

from kg.analysis.base import NetworkView
from kg.networks import Edge, NetworkNode, Networks
from tests.support.scales import MODES, SCALES

NAMES = tuple("abcdefg")
STAGE, PRODUCT = "kg:Work", "kg:Good"
names = st.sampled_from(NAMES)


def supply(number: int, ends: tuple[str, str], mode: str = MODES[0], **facts: object) -> Edge:
    tie = Edge(f"supply/{number:02}", "supply", "suppliesTo", *ends, stage=STAGE, product=PRODUCT, mode=mode)
    return replace(tie, claims=(f"claim/{number:02}",), **facts)  # type: ignore[arg-type]


@st.composite
def supplies(draw: st.DrawFn) -> list[Edge]:
    """Draw ties of supply among a few things."""
    pairs = draw(st.lists(st.tuples(names, names, st.sampled_from(MODES)), max_size=16))
    return [supply(number, (one, other), mode) for number, (one, other, mode) in enumerate(pairs)]


def scene(ties: list[Edge]) -> NetworkView:
    """Put things of one kind of work, which takes in its own good, into a scene."""
    process = [
        Edge("process/in", "process", "goesInto", PRODUCT, STAGE),
        Edge("process/out", "process", "outputProduct", STAGE, PRODUCT),
    ]
    nodes = {name: NetworkNode(name, label_en=name.upper(), kind="Company", stages=(STAGE,)) for name in NAMES}
    nodes |= {STAGE: NetworkNode(STAGE, kind="Stage"), PRODUCT: NetworkNode(PRODUCT, kind="Product")}
    return NetworkView(Networks((*ties, *process), nodes, SCALES), ox.Store())


def multigraph(ties: list[Edge]) -> nx.MultiDiGraph:
    """Put ties into a graph of networkx, with every thing in it."""
    graph = nx.MultiDiGraph()
    graph.add_nodes_from(NAMES)
    graph.add_edges_from((tie.source, tie.target, tie.id, {"tie": tie}) for tie in ties)
    return graph
