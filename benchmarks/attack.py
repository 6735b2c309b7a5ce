"""What good clients notice while others send queries that hang, abort and crash a bare engine.

    python benchmarks/attack.py [SECONDS] [RELEASES]

Four clients ask for names of things, first alone, then beside six attackers that send every killer query
in rotation, each attacker and each client from an address of its own. At the end stands what became of the workers.
"""

from __future__ import annotations

import itertools
import multiprocessing
import sys
import tempfile
import time
from collections import Counter
from multiprocessing.connection import Connection
from pathlib import Path

import pyoxigraph as ox
from loading import HEAD, Client, load, lookups

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from tests.support.killers import KILLERS
from tests.support.serving import serving

GOOD, ATTACKERS = 4, 6


def attack(port: int, number: int, seconds: float, told: Connection) -> None:
    """Send killer queries in rotation, as fast as they end."""
    stop = time.monotonic() + seconds
    ends: Counter[int] = Counter()
    texts = list(KILLERS.values())
    start = number * len(texts) // ATTACKERS
    for text in itertools.cycle(texts[start:] + texts[:start]):
        if time.monotonic() > stop:
            break
        body = text.encode()
        head = (
            f"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/sparql-query\r\nContent-Length: {len(body)}"
        )
        try:
            status, _ = Client(port, f"127.0.0.{101 + number}").get(head.encode() + b"\r\n\r\n" + body)
        except OSError:
            status = 0
        ends[status] += 1
    told.send(ends)


def main() -> None:
    """Measure and print a table."""
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 30.0
    releases = Path(sys.argv[2]) if len(sys.argv) > 2 else Path("releases")
    asked = lookups(ox.Store.read_only(str(releases / "current" / "store")), 500)
    context = multiprocessing.get_context("fork")
    print(HEAD)
    with tempfile.TemporaryDirectory() as folder, serving(releases, Path(folder), "--access-log", "none") as server:
        # The server's own figures are for the good clients too, who would use up what one client may use.
        alone = load(server.port, GOOD, min(seconds, 10.0), asked)
        print(alone.row("no attack"), flush=True)
        pipes = []
        for number in range(ATTACKERS):
            ours, theirs = context.Pipe(duplex=False)
            context.Process(target=attack, args=(server.port, number, seconds, theirs)).start()
            pipes.append(ours)
        time.sleep(0.5)
        beside = load(server.port, GOOD, seconds - 1, asked)
        print(beside.row(f"{ATTACKERS} attackers"), flush=True)
        ends = sum((pipe.recv() for pipe in pipes), Counter[int]())
        print(f"p99 {beside.percentile(0.99) / alone.percentile(0.99):.1f} times that of no attack")
        print("answers to the attackers:", ", ".join(f"{number} × {status}" for status, number in sorted(ends.items())))
        figures = server.ask("/metrics").body.decode()
        print(*(line for line in figures.splitlines() if line.startswith("kg_worker_events_total")), sep="\n")
        print("the server runs" if server.process.poll() is None else "THE SERVER HAS ENDED")


if __name__ == "__main__":
    main()
