"""Closure upstream and downstream beside pyoxigraph's property paths and plain networkx; chokepoints; memory of each.

    python benchmarks/closure.py [EDGES...]

By default 100,000 and 1,000,000 edges. Each engine is a process of its own over the same random network: goods go
mostly onward, one edge in 500 goes back, and 0.3 nodes to an edge. The starts are those of 20 that reach most. The
seconds are the best of some runs, wall clock; what all reach must be the same. The peak is of the whole process, with
what it loads; the empty ones show how much that is.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from kg.networks.csr import Arrays, Numbers, make_arrays

SIZES = (100_000, 1_000_000)
ENGINES = ("kg", "pyoxigraph", "networkx", "chokepoints")
SEED = 7
TRIED = 20
ONWARD = """SELECT ?start (COUNT(?end) AS ?n)
WHERE { ?start <urn:follows>+ ?end FILTER(?start != ?end) } GROUP BY ?start"""
BACKWARD = """SELECT ?start (COUNT(?end) AS ?n)
WHERE { ?start ^<urn:follows>+ ?end FILTER(?start != ?end) } GROUP BY ?start"""


def edges(count: int) -> tuple[int, Numbers, Numbers]:
    """Make the network: the number of its nodes, and where each edge goes from and to."""
    random = np.random.default_rng(SEED)
    size = max(count * 3 // 10, 2)
    sources = random.integers(0, size - 1, count)
    targets = np.minimum(sources + 1 + random.exponential(size / 12, count).astype(np.int64), size - 1)
    back = random.random(count) < 1 / 500
    sources, targets = np.where(back, targets, sources), np.where(back, sources, targets)
    return size, sources.astype(np.int32), targets.astype(np.int32)


def best(runs: int, work: Callable[[], Any]) -> tuple[float, Any]:
    """Give the least wall-clock seconds of some runs, and what the work gave."""
    least, given = float("inf"), None
    for _ in range(runs):
        start = time.perf_counter()
        given = work()
        least = min(least, time.perf_counter() - start)
    return least, given


def peak() -> float:
    """Give the peak memory of this process in MB; getrusage would give that of the one it was forked from."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


def starts(count: int) -> tuple[int, int]:
    """Choose where to start downstream and upstream."""
    from kg.analysis.algorithms.closure import Closure

    size, sources, targets = edges(count)
    arrays = make_arrays(size, sources, targets)
    tried = np.random.default_rng(SEED).integers(0, size, TRIED).tolist()
    down, up = Closure(arrays), Closure(arrays.reversed())
    return max(tried, key=lambda node: len(down.reach([node]).nodes)), max(
        tried, key=lambda node: len(up.reach([node]).nodes)
    )


def run_kg(count: int, first: int, last: int) -> dict[str, Any]:
    """Walk over CSR arrays."""
    size, sources, targets = edges(count)
    build, (down, up) = best(1, lambda: _closures(make_arrays(size, sources, targets)))
    down_s, below = best(7, lambda: len(down.reach([first]).nodes) - 1)
    up_s, above = best(7, lambda: len(up.reach([last]).nodes) - 1)
    return {"build": build, "down": down_s, "up": up_s, "below": below, "above": above}


def _closures(arrays: Arrays) -> tuple[Any, Any]:
    from kg.analysis.algorithms.closure import Closure

    return Closure(arrays), Closure(arrays.reversed())


def run_pyoxigraph(count: int, first: int, last: int) -> dict[str, Any]:
    """Ask property paths of a store in memory."""
    import pyoxigraph as ox

    _, sources, targets = edges(count)
    store, follows = ox.Store(), ox.NamedNode("urn:follows")

    def load() -> None:
        store.bulk_extend(
            ox.Quad(ox.NamedNode(f"urn:n:{one}"), follows, ox.NamedNode(f"urn:n:{other}"))
            for one, other in zip(sources.tolist(), targets.tolist(), strict=True)
        )

    build, _ = best(1, load)

    def ask(query: str, node: int) -> int:
        found: Any = store.query(query, substitutions={ox.Variable("start"): ox.NamedNode(f"urn:n:{node}")})
        return int(next(iter(found))["n"].value)

    down_s, below = best(3, lambda: ask(ONWARD, first))
    up_s, above = best(3, lambda: ask(BACKWARD, last))
    return {"build": build, "down": down_s, "up": up_s, "below": below, "above": above}


def run_networkx(count: int, first: int, last: int) -> dict[str, Any]:
    """Walk over a DiGraph."""
    import networkx as nx

    _, sources, targets = edges(count)
    graph = nx.DiGraph()
    build, _ = best(1, lambda: graph.add_edges_from(zip(sources.tolist(), targets.tolist(), strict=True)))
    down_s, below = best(3, lambda: len(nx.descendants(graph, first)))
    up_s, above = best(3, lambda: len(nx.ancestors(graph, last)))
    return {"build": build, "down": down_s, "up": up_s, "below": below, "above": above}


def run_chokepoints(count: int, _first: int, _last: int) -> dict[str, Any]:
    """Find origins, dominators, sole ways, cut points and bridges; `below` and `above` count dominators and bridges."""
    from kg.analysis.algorithms.cuts import find_cuts
    from kg.analysis.algorithms.dominators import find_dominators, find_origins

    size, sources, targets = edges(count)
    build, arrays = best(1, lambda: make_arrays(size, sources, targets))
    down_s, found = best(3, lambda: find_dominators(arrays, find_origins(arrays)))
    up_s, (points, bridges) = best(3, lambda: find_cuts(arrays))
    return {
        "build": build, "down": down_s, "up": up_s, "below": int((found.cut_off > 0).sum()),
        "above": len(points) + len(bridges),
    }  # fmt: skip


RUNS = {
    "kg": run_kg, "pyoxigraph": run_pyoxigraph, "networkx": run_networkx, "chokepoints": run_chokepoints,
    "empty": lambda *_: {},
}  # fmt: skip


def main() -> None:
    """Run every engine in a process of its own and print a table."""
    if sys.argv[1:2] == ["run"]:
        engine, count, first, last = sys.argv[2], *map(int, sys.argv[3:])
        facts = RUNS[engine](count, first, last)
        facts["peak"] = peak()
        print(json.dumps(facts))
        return
    head = ("edges", "engine", "build s", "down ms", "up ms", "peak MB", "down ×", "up ×", "below", "above")
    print("".join(f"{cell:>13}" for cell in head))
    for count in [int(text) for text in sys.argv[1:]] or SIZES:
        compare(count)


def compare(count: int) -> None:
    """Print the rows of one size; × is how often the time of kg goes into an engine's."""
    first, last = starts(count)
    ours: dict[str, Any] = {}
    for engine in ("empty", *ENGINES):
        call = [sys.executable, __file__, "run", engine, str(count), str(first), str(last)]
        facts = json.loads(subprocess.run(call, capture_output=True, text=True, check=True).stdout)
        if engine == "empty":
            print(f"{count:>13}{engine:>13}{'':39}{facts['peak']:>13.0f}", flush=True)
            continue
        ours = ours or facts
        timed = engine in ("pyoxigraph", "networkx")
        if timed and (facts["below"], facts["above"]) != (ours["below"], ours["above"]):
            sys.exit(f"{engine} reaches {facts['below']} and {facts['above']}, kg {ours['below']} and {ours['above']}")
        times = [f"{facts[way] / ours[way]:.0f}" if timed else "" for way in ("down", "up")]
        numbers = (facts["build"], facts["down"] * 1000, facts["up"] * 1000, facts["peak"])
        shown = "".join(f"{number:>13.2f}" for number in numbers)
        print(
            f"{count:>13}{engine:>13}{shown}{times[0]:>13}{times[1]:>13}{facts['below']:>13}{facts['above']:>13}",
            flush=True,
        )


if __name__ == "__main__":
    main()
