"""Read a file of a folder that others filled: what is none (a pipe, a socket, a device, a folder) is never waited for.

To open a pipe waits for a writer without end, and a device may give bytes without end. Whatever reads what it found in
`data/`, `ontology/` or a folder of texts reads it here.
"""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path
from typing import BinaryIO

__all__ = ["open_regular", "read_regular"]

_KINDS = {
    stat.S_IFIFO: "it is a pipe, not a file",
    stat.S_IFSOCK: "it is a socket, not a file",
    stat.S_IFCHR: "it is a device, not a file",
    stat.S_IFBLK: "it is a device, not a file",
    stat.S_IFDIR: "it is a folder, not a file",
}


def open_regular(path: Path) -> BinaryIO:
    """Open a file for reading; raises OSError that says what it is, where it is no file."""
    # Before, since to open a device may do something; and after, since another may lie there by then.
    _refuse_special(path.stat(), path)
    handle = os.open(path, os.O_RDONLY | os.O_CLOEXEC | getattr(os, "O_NONBLOCK", 0))
    try:
        _refuse_special(os.fstat(handle), path)
    except OSError:
        os.close(handle)
        raise
    return os.fdopen(handle, "rb")


def read_regular(path: Path) -> bytes:
    """Read a whole file; raises OSError that says what it is, where it is no file.

    >>> read_regular(Path("/dev/null"))
    Traceback (most recent call last):
    ...
    OSError: [Errno 22] it is a device, not a file: '/dev/null'
    """
    with open_regular(path) as file:
        return file.read()


def _refuse_special(facts: os.stat_result, path: Path) -> None:
    if not stat.S_ISREG(facts.st_mode):
        raise OSError(errno.EINVAL, _KINDS.get(stat.S_IFMT(facts.st_mode), "it is not a file"), str(path))
