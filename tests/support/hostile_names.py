"""Names that attack whoever shows them, for the tests of everything that does."""

from __future__ import annotations

from dataclasses import replace

from kg.graph import Graph
from kg.networks import Networks

HOSTILE = (
    "</script><script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "\u202egnihton\u202c \u2067\u05d0\u05d1\u05d2 A",
    "\"quotes' & <b>&amp;",
    "\u2028\u2029line\x00\x1b[31m",
    "长" * 200,
    "W" * 200,
    "{{ 7 * 7 }}{% raw %}",
    "]]>--><svg onload=alert(1)>",
)


def hostile_networks(graph: Graph) -> Networks:
    """Give the networks of the articles, every name of which is an attack."""
    edges, nodes = graph.networks.edges, graph.networks.nodes
    names = {name: HOSTILE[number % len(HOSTILE)] for number, name in enumerate(sorted(nodes))}
    return Networks(
        edges,
        {name: replace(node, label_en=names[name], label_zh=names[name]) for name, node in nodes.items()},
        graph.networks.scales,
    )
