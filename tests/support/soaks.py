"""Releases that differ in their names, swapped while clients ask, and what is told of it."""

from __future__ import annotations

import json
import os
import shutil
import time
from pathlib import Path

from kg.release.manifest import write_manifest
from tests.support.good_clients import Noticed, memory_of
from tests.support.serving import Server, eventually

__all__ = ["Span", "Watch", "figures_of", "make_named_releases", "swap", "waits_within"]

Span = tuple[float, float]
SWAP_SECONDS = 120


def make_named_releases(original: Path, folder: Path, number: int) -> Path:
    """Make copies of a release that are called otherwise, the first of them current."""
    folder.mkdir()
    for place in range(number):
        copy = folder / f"release-{place}"
        shutil.copytree(original, copy)
        facts = json.loads((copy / "release.json").read_text("utf-8"))
        (copy / "release.json").write_text(json.dumps(facts | {"id": copy.name}), encoding="utf-8")
        write_manifest(copy)
    (folder / "current").symlink_to("release-0")
    return folder


def swap(server: Server, folder: Path, number: int) -> Span:
    """Make another release current, and give from when to when it was taken up."""
    names = sorted(path.name for path in folder.glob("release-*"))
    name = names[number % len(names)]
    begun = time.monotonic()
    link = folder / "current.tmp"
    link.symlink_to(name)
    link.replace(folder / "current")
    assert eventually(lambda: server.ask("/health").json()["release"] == name, SWAP_SECONDS), server.ask("/health").body
    # What was answered by the old release ends, and its workers do.
    return begun, time.monotonic() + 1


def waits_within(noticed: Noticed, spans: list[Span]) -> list[float]:
    """Give the waits of the answers that came within some spans."""
    return [
        wait
        for wait, at in zip(noticed.waits, noticed.times, strict=True)
        if any(begun <= at <= end for begun, end in spans)
    ]


def figures_of(noticed: Noticed, spans: list[Span]) -> str:
    """Tell of all answers, and of the waits during swaps and else."""
    during = waits_within(noticed, spans)
    others = list(noticed.waits)
    for wait in during:
        others.remove(wait)
    lines = [f"{len(noticed.waits)} answers, {len(noticed.wrong)} of them refused or wrong"]
    for name, waits in (("outside of swaps", others), ("during swaps", during)):
        at = Noticed(waits)
        lines.append(
            f"{name}: {len(waits)} answers, p50 {1000 * at.percentile(0.5):.1f}, p99 {1000 * at.percentile(0.99):.1f}, "
            f"longest {1000 * max(waits):.0f} ms"
        )
    return "\n".join([*lines, *noticed.wrong[:10]])


class Watch:
    """The memory of a server and the files that it has open, against what they were."""

    def __init__(self, server: Server) -> None:
        self._pid = server.process.pid
        self.memory, self.files = self.now()

    def now(self) -> tuple[int, int]:
        """Give the memory of the main process in MB, and how many files it has open."""
        return memory_of(self._pid), len(os.listdir(f"/proc/{self._pid}/fd"))  # noqa: PTH208 - of a folder that changes

    def look(self) -> str:
        """Tell how it is and how it was."""
        memory, files = self.now()
        return f"main process {memory} MB (at the begin {self.memory}), {files} open files ({self.files})"
