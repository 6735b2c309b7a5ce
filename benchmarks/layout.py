"""How long the places of a relations picture take to compute, beside networkx's spring layout of the same graph.

    python benchmarks/layout.py [THINGS]

Things and twice as many ties are drawn at random, always the same. Ours is computed three
times and the fastest time is told in seconds; the peer, which may take a minute, once. It
needs scipy from 500 things on, runs its default of 50 iterations and gives no lanes.
"""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Callable

import networkx as nx

from kg.draw.relations.columns import arrange

LANES = ("public", "companies", "sites", "parks", "products", "places")
ROUNDS = 3


def fastest(work: Callable[[], object], rounds: int) -> float:
    """Give the shortest of some runs, in seconds."""
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return min(times)


def main(count: int) -> None:
    """Compare the two and print a line each."""
    chance = random.Random(1)
    things = [f"thing/{number}" for number in range(count)]
    edges = [(chance.choice(things), chance.choice(things)) for _ in range(2 * count)]
    lanes = [(lane, things[at :: len(LANES)]) for at, lane in enumerate(LANES)]
    print(f"{count} things, {len(edges)} ties")
    print(f"  lanes (kg.draw.relations.columns)  {fastest(lambda: arrange(lanes, edges, things[0]), ROUNDS):8.3f} s")
    try:
        peer = fastest(lambda: nx.spring_layout(nx.Graph(edges), seed=1), 1)
    except ModuleNotFoundError as error:
        print(f"  networkx spring_layout   not run: {error.name} is not installed")
    else:
        print(f"  networkx spring_layout   {peer:8.3f} s")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 3000)
