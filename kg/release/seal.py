"""Seals: sums once, trust after. Beside a release that was summed stands how its files lay; opening compares that.

    releases/.<id>.seal       size, times and inode of every file of releases/<id> when its sums were right

A write through the file system moves a file's change time, which nobody can set back, so that a release that was
changed is summed again; so is a copy, whose files have other inodes. A byte that changes below the file system is seen
by full sums only: when a release is published, when one is served, and by `kg verify`.
"""

from __future__ import annotations

import contextlib
import os
import stat
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from kg.errors import ReleaseError

__all__ = ["SETTLED", "remove_seal", "seal_of", "seal_release", "state_of", "verify_all", "verify_once"]

SETTLED = 2_000_000_000
"""Nanoseconds after which a second change of a file gets another time than the first, on any file system.

A younger file may change once more without a trace, so that a release which has one is not sealed.
"""

# Neither a link nor a pipe in the seal's place is followed or waited for.
_READING = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
_WRITING = os.O_WRONLY | os.O_CREAT | os.O_EXCL
_ROOT = 0


class _State(NamedTuple):
    """How the files of a release lie: the text of its seal, and when the last of them was changed."""

    text: bytes
    changed: int


def seal_of(folder: Path) -> Path:
    """Give the place of a release's seal: beside it, since nothing is ever written into a release."""
    return folder.with_name(f".{folder.name}.seal")


def verify_once(folder: Path) -> None:
    """Check a release by its seal; without one that fits, by its sums, and seal it where that can be written.

    Raises ReleaseError as `verify_all` does.
    """
    state = _read_state(folder)
    if state is None or _read_seal(folder) != state.text:
        seal_release(folder)


def verify_all(folder: Path) -> None:
    """Check every byte of a release against its manifest; ReleaseError, and no seal any more, when one differs."""
    from kg.release.manifest import verify_sums

    try:
        verify_sums(folder)
    except ReleaseError:
        remove_seal(folder)
        raise


def seal_release(folder: Path) -> None:
    """Check every byte of a release and seal it, unless its place cannot be written or a file is too young."""
    seal = seal_of(folder)
    # Under a name that nobody else takes, and which the next build removes after a kill.
    scratch = seal.with_name(f"{seal.name}.{os.urandom(8).hex()}.tmp")
    # Made before the sums are, so that its time is theirs by the clock of the file system.
    now = _write(scratch, b"")
    try:
        before = _read_state(folder)
        verify_all(folder)
        if now is None or before is None or before != _read_state(folder):
            return
        if before.changed <= now - SETTLED:
            _keep(before, scratch, seal)
    finally:
        with contextlib.suppress(OSError):
            scratch.unlink(missing_ok=True)


def _keep(state: _State, scratch: Path, seal: Path) -> None:
    # The sums are right: a seal that cannot be written costs only that they are made again.
    with contextlib.suppress(OSError):
        scratch.unlink()
        if _write(scratch, state.text) is not None:
            scratch.replace(seal)


def remove_seal(folder: Path) -> None:
    """Remove the seal of a release, if there is one and it can be removed."""
    with contextlib.suppress(OSError):
        seal_of(folder).unlink(missing_ok=True)


def state_of(folder: Path) -> str:
    """Give a text that is another one whenever a file of a release was written; '' where that cannot be told."""
    state = _read_state(folder)
    return "" if state is None else sha256(state.text).hexdigest()


def _read_state(folder: Path) -> _State | None:
    """Read how the files of a release lie; None if not all of them are ordinary ones, which no seal can speak for.

    None too where a file has no time of change that nobody can set, as on Windows.
    """
    if os.name != "posix":
        return None
    try:
        files = sorted(_files(folder, ""))
    except OSError:
        return None
    if not all(stat.S_ISREG(facts.st_mode) for _, facts in files):
        return None
    lines = [
        f"{facts.st_size} {facts.st_mtime_ns} {facts.st_ctime_ns} {facts.st_ino} {name!r}\n" for name, facts in files
    ]
    return _State("".join(lines).encode(), max((facts.st_ctime_ns for _, facts in files), default=0))


def _files(folder: Path | str, below: str) -> Iterator[tuple[str, os.stat_result]]:
    """Give all that lies below a folder, however deep, by its path, but for the folders."""
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                yield from _files(entry.path, f"{below}{entry.name}/")
            else:
                yield f"{below}{entry.name}", entry.stat(follow_symlinks=False)


def _read_seal(folder: Path) -> bytes | None:
    """Read a release's seal; one that somebody else laid there, who could not change the release, says nothing."""
    try:
        with open(os.open(seal_of(folder), _READING), "rb") as file:  # noqa: PTH123 - flags of the system
            facts = os.fstat(file.fileno())
            ours = facts.st_uid in (_ROOT, os.geteuid(), folder.stat().st_uid)
            return file.read() if ours and stat.S_ISREG(facts.st_mode) else None
    except OSError:
        return None


def _write(path: Path, text: bytes) -> int | None:
    """Write a new file and give its time; None if it cannot be written."""
    try:
        with open(os.open(path, _WRITING, 0o644), "wb") as file:  # noqa: PTH123 - flags of the system
            file.write(text)
            file.flush()
            return os.fstat(file.fileno()).st_mtime_ns
    except OSError:
        return None
