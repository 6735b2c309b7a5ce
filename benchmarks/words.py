"""How fast words are understood at the server, and how well: the phrasings of the tests, asked one after another.

    python benchmarks/words.py [RELEASES]

Times are those of whole requests to `/api/v1/understand` and of the page `/search`, which answers as well, by one
client with a connection each, in milliseconds; the shares are those of the phrasings whose question and values come
first, and among the first three.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import quote

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from kg.graph import open_graph
from tests.support.serving import Server, serving
from tests.understanding.test_phrasings import phrasings, rank

PATHS = {"understand": "/api/v1/understand?text=", "search page with its answer": "/search?text="}


def times(server: Server, path: str, words: Sequence[str]) -> list[float]:
    """Ask all words, and give what each took."""
    taken = []
    for text in words:
        begun = time.perf_counter()
        server.ask(path + quote(text, safe=""), accept="text/html,application/json")
        taken.append(1000 * (time.perf_counter() - begun))
    return taken


def main(releases: Path) -> None:
    """Measure and print."""
    graph = open_graph(releases)
    rows = [row for row in phrasings() if row["question"]]
    for part in ("dev", "test"):
        ranks = [rank(graph, graph.understand(row["words"]), row) for row in rows if row["part"] == part]
        first, three = (sum(at is not None and at < most for at in ranks) / len(ranks) for most in (1, 3))
        print(f"{part}: {len(ranks)} phrasings, first {first:.1%}, among three {three:.1%}")
    words = [row["words"] for row in phrasings() if row["question"] != "sparql"]
    with tempfile.TemporaryDirectory() as folder, serving(releases, Path(folder), "--client-seconds", "100000") as site:
        for name, path in PATHS.items():
            times(site, path, words[:20])
            quantiles = statistics.quantiles(times(site, path, words), n=100)
            print(f"{name}: median {quantiles[49]:.1f}, p95 {quantiles[94]:.1f}, p99 {quantiles[98]:.1f} ms")


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "releases"))
