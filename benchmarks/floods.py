"""What good clients notice beside each flood of what comes before a request is parsed, and what memory all of it takes.

    python benchmarks/floods.py [SECONDS] [RELEASES]

Four clients ask for names, an id, a page and a query, first alone, then beside each flood of
`tests.support.floods`, each client from an address of its own. Memory is that of the main process and of the whole
tree, at most and a minute after the last flood.
"""

from __future__ import annotations

import sys
import tempfile
import threading
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from tests.support.floods import FLOODS, flood
from tests.support.good_clients import ask_for, memory_of
from tests.support.serving import serving

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
    print("| beside | answered | wrong | p50 ms | p99 ms | longest ms | main MB | all MB |")
    print("|---|---|---|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder, serving(releases, Path(folder), "--access-log", "none") as server:
        ask_for(server.port, 2)
        for name in ("nothing", *FLOODS):
            peak = Peak(server.process.pid)
            if name == "nothing":
                noticed = ask_for(server.port, seconds)
            else:
                with flood(name, server.port, seconds + 1):
                    time.sleep(0.5)
                    noticed = ask_for(server.port, seconds)
            peak.look()
            peak.end()
            waits = [1000 * noticed.percentile(share) for share in (0.5, 0.99, 1)]
            figures = " | ".join(f"{wait:.0f}" for wait in waits)
            print(
                f"| {name} | {len(noticed.waits)} | {len(noticed.wrong)} | {figures} | {peak.main} | {peak.all} |",
                flush=True,
            )
        time.sleep(REST)
        rest = Peak(server.process.pid)
        rest.look()
        rest.end()
        print(f"a minute later: {rest.main} MB in the main process, {rest.all} MB in all")


if __name__ == "__main__":
    main()
