"""Who stands in the middle of the known supply? A network for networkx: `python examples/supply_hubs.py [NUMBER]`"""

from __future__ import annotations

import sys

import networkx as nx

import kg


def main(number: str = "10") -> None:
    """Print the companies with the most customers and suppliers; what is only planned or explored is left out."""
    network = kg.open().network("supply", mode="Stated")
    ranked = sorted(nx.degree_centrality(nx.Graph(network)).items(), key=lambda item: (-item[1], str(item[0])))
    for node, share in ranked[: int(number)]:
        print(f"{share:.3f}  {network.nodes[node].get('label', node)}")


if __name__ == "__main__":
    main(*sys.argv[1:])
