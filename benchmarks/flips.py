"""Damaged releases made current while clients ask: what is served, what is told, whether the next good one is taken.

    python benchmarks/flips.py [NUMBER] [RELEASE] [SEED]

A server serves a good release. One copy after another that has a bit flipped, a file cut off or a file missing becomes
current; each has to be refused with a reason. After every twenty, another good release becomes current, which has to be
taken. Two clients ask all the while and compare each answer with the first.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from tests.support.damages import Asking, damaged_copy, draw_damages, publish, refuse, take
from tests.support.serving import serving
from tests.support.soaks import make_named_releases

ROUND = 20


def main() -> None:
    """Publish, ask, and print what was noticed."""
    number = int(sys.argv[1]) if len(sys.argv) > 1 else 500
    original = Path(sys.argv[2] if len(sys.argv) > 2 else "releases/current").resolve()
    seed = int(sys.argv[3]) if len(sys.argv) > 3 else 20261201
    kinds: Counter[str] = Counter()
    taken, begun = 0, time.monotonic()
    with tempfile.TemporaryDirectory() as scratch:
        releases = make_named_releases(original, Path(scratch) / "releases", 3)
        flags = ("--client-seconds", "1000000", "--access-log", "none")
        with serving(releases, Path(scratch), *flags) as server, Asking(server, (b"release-0", b"release-1")) as asking:
            for place, damage in enumerate(draw_damages(releases / "release-2", number, seed)):
                name = f"damaged-{place}"
                damaged_copy(releases / "release-2", releases / name, damage)
                publish(releases, name)
                refuse(server, name, damage)
                shutil.rmtree(releases / name)
                kinds[damage.kind] += 1
                if place % ROUND == ROUND - 1:
                    take(server, releases, f"release-{1 - taken % 2}")
                    taken += 1
        print(f"{number} damaged releases refused with a reason: {dict(kinds)}; {taken} good ones taken between them")
        print(f"{asking.answers} answers meanwhile, {len(asking.others)} refused, {len(asking.wrong)} wrong")
        print(*asking.others[:5], *asking.wrong[:5], sep="\n")
        print(f"{time.monotonic() - begun:.0f} seconds")


if __name__ == "__main__":
    main()
