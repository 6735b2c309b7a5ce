"""What good clients notice beside each flood of what comes before a request is parsed, and what memory all of it takes.

    python benchmarks/floods.py [SECONDS] [RELEASES] [NAME...]

Four clients ask for names, an id, a page and a query, first alone, then beside each flood of `tests.support.floods` (or
those whose name has one of the words), each client from an address of its own. Memory is that of the main process and
of the whole tree: at rest, at most, and a minute after the last flood.
"""

from __future__ import annotations

import contextlib
import sys
import tempfile
import threading
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from tests.support.floods import FLOODS, flood
from tests.support.good_clients import ask_for, memory_of
from tests.support.serving import Server, serving

REST = 60


def tree(pid: int) -> list[int]:
    """Give a process and all that it has started."""
    tasks = Path(f"/proc/{pid}/task").glob("*/children")
    return [pid, *(one for file in tasks for child in file.read_text("ascii").split() for one in tree(int(child)))]


class Peak:
    """The most memory that a server took, in MB: its main process, and all its processes."""

    def __init__(self, pid: int) -> None:
        self.main = self.all = 0
        self._pid = pid
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._watch)
        self._thread.start()

    def look(self) -> None:
        """Look once."""
        try:
            self.main = max(self.main, memory_of(self._pid))
            self.all = max(self.all, sum(map(memory_of, tree(self._pid))))
        except (OSError, StopIteration):
            # A worker ended meanwhile.
            return

    def _watch(self) -> None:
        while not self._stop.wait(0.1):
            self.look()

    def end(self) -> None:
        """Look no more."""
        self._stop.set()
        self._thread.join()


def main() -> None:
    """Measure and print a table."""
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 10.0
    releases = Path(sys.argv[2]) if len(sys.argv) > 2 else Path("releases")
    words = sys.argv[3:]
    names = [name for name in FLOODS if not words or any(word in name for word in words)]
    with tempfile.TemporaryDirectory() as folder, serving(releases, Path(folder), "--access-log", "none") as server:
        ask_for(server.port, 2)
        print(f"at rest: {_memory(server)}")
        print("| beside | answered | wrong | p50 ms | p99 ms | longest ms | main MB | all MB |")
        print("|---|---|---|---|---|---|---|---|")
        for name in ("nothing", *names, "nothing"):
            _measure(server, name, seconds)
        time.sleep(REST)
        print(f"a minute later: {_memory(server)}")


def _measure(server: Server, name: str, seconds: float) -> None:
    """Ask beside a flood, and print what was noticed."""
    peak = Peak(server.process.pid)
    beside = contextlib.nullcontext() if name == "nothing" else flood(name, server.port, seconds + 1)
    with beside:
        time.sleep(0.5)
        noticed = ask_for(server.port, seconds)
    peak.look()
    peak.end()
    waits = " | ".join(f"{1000 * noticed.percentile(share):.0f}" for share in (0.5, 0.99, 1))
    counts = f"{len(noticed.waits)} | {len(noticed.wrong)}"
    print(f"| {name} | {counts} | {waits} | {peak.main} | {peak.all} |", flush=True)
    for wrong in noticed.wrong[:3]:
        print(f"    {wrong[:200]}", file=sys.stderr)


def _memory(server: Server) -> str:
    now = Peak(server.process.pid)
    now.look()
    now.end()
    return f"{now.main} MB in the main process, {now.all} MB in all"


if __name__ == "__main__":
    main()
