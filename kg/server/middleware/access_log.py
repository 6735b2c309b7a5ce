"""One line of JSON for each request that was answered. Neither queries nor parameters are written down."""

from __future__ import annotations

import json
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

__all__ = ["AccessEntry", "AccessLog"]

from dataclasses import dataclass


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
        self._stream: IO[str] | None = None
        if target == "-":
            self._stream = sys.stderr
        elif target != "none":
            self._stream = Path(target).open("a", encoding="utf-8", buffering=1)  # noqa: SIM115 - open as long as we run

    def write(self, entry: AccessEntry) -> None:
        """Write a line."""
        if self._stream is None:
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
        self._stream.write(json.dumps(facts) + "\n")
