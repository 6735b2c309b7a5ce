"""Random networks for tests of analyses: cycles, loops, parallel edges, things without any edge, and no edge at all."""

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
    edge = Edge(f"supply/{number:02}", "supply", "suppliesTo", *ends, stage=STAGE, product=PRODUCT, mode=mode)
    return replace(edge, claims=(f"claim/{number:02}",), **facts)  # type: ignore[arg-type]


@st.composite
def supplies(draw: st.DrawFn) -> list[Edge]:
    """Draw edges of supply among a few things."""
    pairs = draw(st.lists(st.tuples(names, names, st.sampled_from(MODES)), max_size=16))
    return [supply(number, (one, other), mode) for number, (one, other, mode) in enumerate(pairs)]


def scene(edges: list[Edge]) -> NetworkView:
    """Put things of one kind of work, which takes in its own good, into a scene."""
    process = [
        Edge("process/in", "process", "goesInto", PRODUCT, STAGE),
        Edge("process/out", "process", "outputProduct", STAGE, PRODUCT),
    ]
    nodes = {name: NetworkNode(name, label_en=name.upper(), kind="Company", stages=(STAGE,)) for name in NAMES}
    nodes |= {STAGE: NetworkNode(STAGE, kind="Stage"), PRODUCT: NetworkNode(PRODUCT, kind="Product")}
    return NetworkView(Networks((*edges, *process), nodes, SCALES), ox.Store())


def multigraph(edges: list[Edge]) -> nx.MultiDiGraph:
    """Put edges into a graph of networkx, with every thing in it."""
    graph = nx.MultiDiGraph()
    graph.add_nodes_from(NAMES)
    graph.add_edges_from((edge.source, edge.target, edge.id, {"edge": edge}) for edge in edges)
    return graph
