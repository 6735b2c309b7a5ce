"""The files of a release that are given out as they lie; one that was written to meanwhile is summed first."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from pathlib import Path

from kg.errors import ReleaseError
from kg.release.manifest import MANIFEST, read_sums, sum_of

__all__ = ["ReleaseFiles"]

_Stamp = tuple[int, int, int, int]


class ReleaseFiles:
    """The files of a release with their sums, as they were when it was taken up."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.sums: Mapping[str, str] = {**read_sums(folder), MANIFEST: sum_of(folder / MANIFEST)}
        self._seen: dict[str, tuple[_Stamp, bool]] = {}
        self._turn = asyncio.Lock()

    async def verified(self, name: str) -> Path:
        """Give the path of a file; raises ReleaseError when it no longer has its sum."""
        path = self.folder / name
        stamp = _stamp(path)
        if self._seen.get(name, (None, False))[0] != stamp:
            async with self._turn:
                # Whoever waited finds it done.
                if self._seen.get(name, (None, False))[0] != stamp:
                    self._seen[name] = stamp, await asyncio.to_thread(sum_of, path) == self.sums[name]
        if not self._seen[name][1]:
            raise ReleaseError(f"{name} was changed since the release was checked; take another release")
        return path


def _stamp(path: Path) -> _Stamp:
    try:
        facts = path.stat()
    except OSError as error:
        raise ReleaseError(f"{path.name} can no longer be read ({error.strerror}); take another release") from error
    return facts.st_size, facts.st_mtime_ns, facts.st_ctime_ns, facts.st_ino
