"""Damage to a release that its seal does not tell, as a failing disk does it below the file system."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from kg.release import seal as seals

__all__ = ["damage_below", "flip", "give_away"]

_STRANGER = 4321


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


def give_away(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Make a file somebody else's; only root really can, for others the system is made to say so."""
    if os.geteuid() == 0:
        os.chown(path, _STRANGER, -1)
        return
    inode, facts_of = path.stat().st_ino, os.fstat

    def fstat(descriptor: int) -> os.stat_result:
        facts = facts_of(descriptor)
        return facts if facts.st_ino != inode else os.stat_result((*facts[:4], _STRANGER, *facts[5:]))

    monkeypatch.setattr(os, "fstat", fstat)
