"""One line of JSON for each request that was answered. Neither queries nor parameters are written down."""

from __future__ import annotations

import contextlib
import json
import logging
import sys
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

from kg.errors import UsageError

__all__ = ["AccessEntry", "AccessLog"]

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class AccessEntry:
    """A request, its answer, and how long it took."""

    client: str
    method: str
    path: str
    status: int
    size: int
    seconds: float
    release: str


class AccessLog:
    """Writes to a file, to standard error for '-', or nowhere for 'none'."""

    def __init__(self, target: str) -> None:
        self._file: IO[bytes] | None = None
        self._is_failing = False
        if target == "-":
            self._file = sys.stderr.buffer
        elif target != "none":
            self._file = _open(Path(target))

    def close(self) -> None:
        """Close the file, where it is one of ours."""
        if self._file is not None and self._file is not sys.stderr.buffer:
            with contextlib.suppress(OSError):
                self._file.close()
        self._file = None

    def write(self, entry: AccessEntry) -> None:
        """Write a line; that none can be written is told once, and answers go on without."""
        if self._file is None:
            return
        facts = {
            "time": datetime.fromtimestamp(time.time(), UTC).isoformat(timespec="milliseconds"),
            "client": entry.client,
            "method": entry.method,
            "path": entry.path,
            "status": entry.status,
            "bytes": entry.size,
            "ms": round(entry.seconds * 1000, 2),
            "release": entry.release,
        }
        try:
            self._file.write(json.dumps(facts).encode("ascii") + b"\n")
            self._file.flush()
            self._is_failing = False
        except (OSError, ValueError) as error:
            if not self._is_failing:
                _log.error("the access log cannot be written (%s); lines are lost until it can", error)
            self._is_failing = True


def _open(path: Path) -> IO[bytes]:
    """Open a log, each line of which is written at once; UsageError for what is no file, such as a pipe."""
    try:
        if path.exists() and not (path.is_file() or path.is_char_device()):
            raise UsageError(f"the access log {path} is no file; name one, - or none")
        return path.open("ab", buffering=0)
    except OSError as error:
        raise UsageError(f"the access log {path} cannot be written ({error.strerror}); name another file") from error
