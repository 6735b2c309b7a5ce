"""Writing so that a reader never sees half of it: beside the target first, forced to the disk, then renamed.

Files and folders of releases and exports. What is in them is not known here.
"""

from __future__ import annotations

import contextlib
import os
import secrets
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

from kg.errors import OutputError

__all__ = ["atomic_file", "atomic_folder", "sync", "sync_folder"]


@contextlib.contextmanager
def atomic_file(path: Path, *, force: bool = False) -> Iterator[Path]:
    """Give a scratch file beside `path` to write; it takes the name `path` when the block ends well.

    Raises OutputError, and leaves what was there, if `path` exists and `force` is not set or if it cannot be written.
    """
    _refuse_file(path, force=force)
    scratch = _beside(path)
    with _file_errors(path):
        try:
            yield scratch
            with scratch.open("rb") as file:
                os.fsync(file.fileno())
            _refuse_file(path, force=force)
            scratch.replace(path)
            sync_folder(path.absolute().parent)
        finally:
            scratch.unlink(missing_ok=True)


@contextlib.contextmanager
def atomic_folder(folder: Path, is_ours: Callable[[Path], bool], *, force: bool = False) -> Iterator[Path]:
    """Give a scratch folder beside `folder` to fill; it takes the name `folder` when the block ends well.

    With `force` a folder that `is_ours` recognises is replaced; any other is somebody's work and stays.
    """
    _refuse_existing(folder, force=force and is_ours(folder))
    scratch, earlier = _beside(folder), _beside(folder)
    with _file_errors(folder):
        try:
            scratch.mkdir()
            yield scratch
            sync(scratch)
            _refuse_existing(folder, force=force and is_ours(folder))
            if folder.exists():
                folder.rename(earlier)
            scratch.replace(folder)
            sync_folder(folder.absolute().parent)
        finally:
            if earlier.exists() and not folder.exists():
                earlier.rename(folder)
            for left in (scratch, earlier):
                shutil.rmtree(left, ignore_errors=True)


def _beside(path: Path) -> Path:
    # In the same folder, for only there a rename is one step; under a name that nobody else takes.
    return path.absolute().parent / f".{path.name}.{secrets.token_hex(4)}.tmp"


def _refuse_file(path: Path, *, force: bool) -> None:
    if path.is_dir():
        raise OutputError(f"{path}: is a folder; name a file in it")
    _refuse_existing(path, force=force)


def _refuse_existing(path: Path, *, force: bool) -> None:
    if not os.path.lexists(path) or (path.is_dir() and not any(path.iterdir())):
        return
    if not (path.is_file() or path.is_dir()):
        raise OutputError(f"{path}: is no ordinary file; name another, or - for standard output")
    if not force:
        what = "the folder is not empty" if path.is_dir() else "the file is there already"
        raise OutputError(f"{path}: {what}; name another, or replace an earlier export with --force")


@contextlib.contextmanager
def _file_errors(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        what = error.strerror or str(error)
        raise OutputError(f"{path}: cannot be written ({what}); nothing was changed there") from error


def sync(folder: Path) -> None:
    """Force a folder's files to the disk, so that a rename never outruns them."""
    for path in sorted(folder.rglob("*")):
        if path.is_dir():
            sync_folder(path)
        else:
            with path.open("rb") as file:
                os.fsync(file.fileno())
    sync_folder(folder)


def sync_folder(folder: Path) -> None:
    """Force the names in a folder to the disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
