"""Good clients for minutes while releases are swapped: what they notice, and whether the server stays as it was.

    python benchmarks/soak.py [MINUTES] [SWAPS] [RELEASE]

Four clients ask without pause, each from an address of its own. Copies of a release that are called otherwise are made
current one after another. Told are all answers that were refused or wrong, the waits before, during and after swaps (a
swap lasts from the change of the link until the new release is served), memory and files open at the begin and the end.
"""

from __future__ import annotations

import sys
import tempfile
import threading
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from tests.support.good_clients import Noticed, ask_for
from tests.support.serving import serving
from tests.support.soaks import Watch, figures_of, make_named_releases, swap

READY = 5.0


def main() -> None:
    """Soak, and print what was noticed."""
    minutes = float(sys.argv[1]) if len(sys.argv) > 1 else 10.0
    swaps = int(sys.argv[2]) if len(sys.argv) > 2 else 10
    original = Path(sys.argv[3] if len(sys.argv) > 3 else "releases/current").resolve()
    with tempfile.TemporaryDirectory() as scratch:
        releases = make_named_releases(original, Path(scratch) / "releases", 3)
        flags = ("--client-seconds", "1000000", "--access-log", "none")
        with serving(releases, Path(scratch), *flags) as server:
            ask_for(server.port, READY)
            watch = Watch(server)
            noticed: list[Noticed] = []
            seconds = 60 * minutes
            asking = threading.Thread(target=lambda: noticed.append(ask_for(server.port, seconds)))
            asking.start()
            spans = []
            for number in range(swaps):
                time.sleep(seconds / (swaps + 1))
                spans.append(swap(server, releases, number + 1))
                print(f"swap {number + 1}: {spans[-1][1] - spans[-1][0]:.1f} s; {watch.look()}", flush=True)
            asking.join()
            print(figures_of(noticed[0], spans))
            print(watch.look())


if __name__ == "__main__":
    main()
