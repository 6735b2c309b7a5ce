"""Which release of a folder is to be served now, and why one is not: whatever is wrong with it, the next is looked for.

What was refused is tried again when it has changed, or after a while that doubles, since the reason may have been the
machine's: to sum a release takes a processor for a second or more.
"""

from __future__ import annotations

import logging
import time
from pathlib import Path
from typing import NamedTuple

from kg.errors import ReleaseError
from kg.release.manifest import MANIFEST
from kg.release.release import CURRENT

__all__ = ["ReleaseWatch"]

FIRST_RETRY = 3.0
LAST_RETRY = 60.0

_log = logging.getLogger(__name__)


class _Pointed(NamedTuple):
    """What the folder points to, and how its manifest lay then."""

    folder: Path
    stamp: tuple[int, int, int] | None


class ReleaseWatch:
    """Watches a folder of releases, or a release."""

    def __init__(self, releases: Path) -> None:
        self.refused: str | None = None
        self.refusals = 0
        self._releases = releases
        self._last: _Pointed | None = None
        self._pause = FIRST_RETRY
        self._retry_at = 0.0

    def current(self) -> Path:
        """Give the folder of the release that is to be served; raises ReleaseError where there is none."""
        link = self._releases / CURRENT
        if link.is_symlink():
            if not link.is_dir():
                raise ReleaseError(f"{link}: the link leads to no release ({link.readlink()}); run kg build")
            return link.resolve()
        if link.exists():
            raise ReleaseError(f"{link}: this is no link to a release; run kg build")
        if not self._releases.is_dir():
            raise ReleaseError(f"{self._releases}: there is no release; run kg build first")
        return self._releases.resolve()

    def another(self, served: Path) -> Path | None:
        """Give a release to take up in place of the one that is served, None while there is none to try."""
        folder = self.current()
        if folder == served:
            self.refused, self._last = None, None
            return None
        pointed = _Pointed(folder, _stamp(folder / MANIFEST))
        if pointed != self._last:
            self._last, self._pause = pointed, FIRST_RETRY
        elif time.monotonic() < self._retry_at:
            return None
        return folder

    def accept(self) -> None:
        """Note that the release was taken up."""
        self.refused, self._last = None, None

    def refuse(self, reason: str) -> None:
        """Note why a release was not taken up; the log has it once."""
        self._retry_at = time.monotonic() + self._pause
        self._pause = min(2 * self._pause, LAST_RETRY)
        if reason != self.refused:
            self.refusals += 1
            _log.error("the new release is not served: %s", reason)
        self.refused = reason


def _stamp(path: Path) -> tuple[int, int, int] | None:
    try:
        facts = path.stat()
    except OSError:
        return None
    return facts.st_ino, facts.st_mtime_ns, facts.st_size
