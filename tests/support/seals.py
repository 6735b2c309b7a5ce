"""Damage to a release that its seal does not tell, as a failing disk does it below the file system."""

from __future__ import annotations

import os
from pathlib import Path

from kg.release import seal as seals

__all__ = ["damage_below", "flip"]


def flip(path: Path, *, keep_times: bool = False) -> None:
    """Change one byte of a file, its size stays; so does the time of its change, as far as a program can set it."""
    facts = path.stat()
    data = bytearray(path.read_bytes())
    data[-1] ^= 1
    path.write_bytes(data)
    if keep_times:
        os.utime(path, ns=(facts.st_atime_ns, facts.st_mtime_ns))
        assert path.stat().st_mtime_ns == facts.st_mtime_ns


def damage_below(folder: Path, name: str) -> None:
    """Change a byte of a release's file, and make the seal such that it fits all the same."""
    flip(folder / name)
    state = seals._read_state(folder)
    assert state is not None
    seals.seal_of(folder).write_bytes(state.text)
