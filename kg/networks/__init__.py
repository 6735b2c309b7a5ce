"""Networks: who is tied to whom, as data that analyses and pictures compute on.

    edges           an edge and its kind; finds the edges of the accepted view, each with its claims
    nodes           what stands at the ends of edges: names, kind, region, stages
    filters         which edges of a network to keep
    loader          the kinds of edges of an ontology folder
    storage         the part `networks/` of a release: written by the build, read by whoever computes
    csr             the same edges as CSR arrays, for graphs of any size
    words           the words of each kind of edge, from its source to its target and back
    stage_order     how far down the chain each stage stands, and which close it
    to_networkx     a network as a networkx graph

A kind of edge is a query in `ontology/networks/`; nothing here knows one by name but the few
relations that say where a thing lies and what it does. What is computed on networks is in
`kg.analysis`. Imports nothing heavy but in `csr` (numpy), `stage_order` and `to_networkx` (networkx).
"""

from __future__ import annotations

from kg.networks.edges import NETWORKS, STATED, Edge, EdgeKind
from kg.networks.filters import Filters
from kg.networks.nodes import NetworkNode
from kg.networks.storage import Networks, read_networks

__all__ = ["NETWORKS", "STATED", "Edge", "EdgeKind", "Filters", "NetworkNode", "Networks", "read_networks"]
