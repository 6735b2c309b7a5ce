"""A network as a networkx graph, for whoever computes on networks with networkx. Loads networkx.

A node's key is its short id, an edge's key the id of the edge; what is not known is no attribute. The `word` of an edge
stands between its source and its target, so that the three read as a sentence.
"""

from __future__ import annotations

from typing import Any, TypedDict

import networkx as nx

from kg.networks.edges import Edge
from kg.networks.filters import Filters
from kg.networks.nodes import NetworkNode
from kg.networks.storage import ALL, Networks

__all__ = ["EdgeAttributes", "NodeAttributes", "to_multigraph"]

_LEFT_OUT = frozenset({"id", "source", "target", "broader", "is_organisation"})


class NodeAttributes(TypedDict, total=False):
    """What a node may tell. `stages` are ids of the kinds of work that it does or is to do; `region` is an id."""

    label_en: str
    label_zh: str
    kind: str
    region: str
    stages: tuple[str, ...]
    status: str


class EdgeAttributes(TypedDict, total=False):
    """What an edge may tell; `word`, `network`, `relation`, `mode`, `quantity` and `claims` every edge does.

    `since` and `until` are EDTF dates, `known` the day by which all its parts were published; `quantity` are figures as
    printed, `value` the one figure in the `unit` of comparison; `link`, `stage` and `product` are ids.
    """

    word: str
    network: str
    relation: str
    mode: str
    quantity: tuple[str, ...]
    claims: tuple[str, ...]
    link: str
    status: str
    since: str
    until: str
    stage: str
    product: str
    value: float
    unit: str
    grade: str
    known: str


def to_multigraph(networks: Networks, kind: str = ALL, filters: Filters | None = None) -> nx.MultiDiGraph:
    """Give the edges of a network, or of all, that the filters keep; a fresh graph that the caller owns."""
    graph = nx.MultiDiGraph(name=kind)
    for edge in networks.select(kind, filters):
        for end in (edge.source, edge.target):
            if end not in graph:
                graph.add_node(end, **_attributes(networks.nodes[end]))
        graph.add_edge(edge.source, edge.target, key=edge.id, word=networks.word(edge), **_attributes(edge))
    return graph


def _attributes(one: Edge | NetworkNode) -> dict[str, Any]:
    """Give what is known of an edge or a node. An empty tuple is known: there are no such things."""
    return {name: value for name, value in one.to_dict().items() if name not in _LEFT_OUT and value is not None}
