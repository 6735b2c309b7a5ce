"""Networks: who is tied to whom, as data that analyses and pictures compute on.

    ties.py        a tie and its kind; finds the ties of the accepted view, each with its claims
    nodes.py       what stands at the ends of ties: names, kind, region, stages
    filters.py     which ties of a network to keep
    files.py       the part `networks/` of a release: written by the build, read by whoever computes
    arrays.py      the same ties as CSR arrays, for graphs of any size
    multigraph.py  a network as a networkx graph

A kind of tie is a query in `ontology/networks/`; nothing here knows one by name but the few
relations that say where a thing lies and what it does. What is computed on networks is in
`kg.analysis`. Imports nothing heavy but in `arrays` (numpy) and `multigraph` (networkx).
"""

from __future__ import annotations

from kg.networks.edges import MODES, NETWORKS, Edge, EdgeKind
from kg.networks.filters import Filters
from kg.networks.nodes import NetworkNode
from kg.networks.storage import Networks, read_networks

__all__ = ["MODES", "NETWORKS", "Edge", "EdgeKind", "Filters", "NetworkNode", "Networks", "read_networks"]
