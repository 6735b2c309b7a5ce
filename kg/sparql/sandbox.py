"""What a process gives up for good before it runs a text from outside: network, other programs, files, memory.

Called once, after the store is open. Nothing here knows what is run afterwards. On Linux a
seccomp filter makes the kernel refuse the calls that open a connection or start a program;
elsewhere, and as a second line, no further file may be opened, and a socket is one.
"""

from __future__ import annotations

import contextlib
import ctypes
import errno
import platform
import resource
import signal
import struct
import sys
from pathlib import Path

__all__ = ["MEMORY", "die_with_parent", "drop_files", "drop_network", "limit_memory"]

MEMORY = 1024 * 2**20
"""How much a query may take on top of the open store, in bytes."""

# Numbers of include/uapi/asm/unistd.h: what opens a connection, starts a program, or does either for others.
_REFUSED = {
    "x86_64": {
        "socket": 41, "connect": 42, "accept": 43, "bind": 49, "listen": 50, "execve": 59, "ptrace": 101,
        "accept4": 288, "process_vm_writev": 311, "execveat": 322, "io_uring_setup": 425,
    },
    "aarch64": {
        "socket": 198, "bind": 200, "listen": 201, "accept": 202, "connect": 203, "execve": 221, "ptrace": 117,
        "accept4": 242, "process_vm_writev": 271, "execveat": 281, "io_uring_setup": 425,
    },
}  # fmt: skip
_AUDIT = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
_SECCOMP_CALL = {"x86_64": 317, "aarch64": 277}

_LOAD, _EQUAL, _AT_LEAST, _RETURN = 0x20, 0x15, 0x35, 0x06
_ALLOW, _ERRNO = 0x7FFF0000, 0x00050000
_SET_NO_NEW_PRIVILEGES, _SET_DEATH_SIGNAL = 38, 1
_SET_FILTER, _ALL_THREADS = 1, 1
# Calls of the x32 ABI have numbers of their own, from here on.
_X32 = 0x40000000


class _Program(ctypes.Structure):
    """`struct sock_fprog`: a filter for the kernel."""

    _fields_ = (("length", ctypes.c_ushort), ("filter", ctypes.c_char_p))


def drop_network() -> bool:
    """Let the kernel refuse connections and new programs to all threads from now on; tells whether it does."""
    machine = platform.machine()
    if sys.platform != "linux" or machine not in _REFUSED:
        return False
    code = _filter(machine)
    program = _Program(len(code) // 8, code)
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(_SET_NO_NEW_PRIVILEGES, 1, 0, 0, 0) != 0:
        return False
    # prctl would bind this thread only, and the engine has threads of its own by now.
    return bool(libc.syscall(_SECCOMP_CALL[machine], _SET_FILTER, _ALL_THREADS, ctypes.byref(program)) == 0)


def _filter(machine: str) -> bytes:
    """Write the filter as the kernel's own instructions: code, jump if true, jump if false, operand."""
    numbers = list(_REFUSED[machine].values())
    # Each test jumps to the last instruction, which refuses; the one before it allows.
    lines = [(_LOAD, 0, 0, 4), (_EQUAL, 0, len(numbers) + 3, _AUDIT[machine]), (_LOAD, 0, 0, 0)]
    lines += [(_AT_LEAST, len(numbers) + 1, 0, _X32)]
    lines += [(_EQUAL, len(numbers) - place, 0, number) for place, number in enumerate(numbers)]
    lines += [(_RETURN, 0, 0, _ALLOW), (_RETURN, 0, 0, _ERRNO | errno.EPERM)]
    return b"".join(struct.pack("=HBBI", *line) for line in lines)


def drop_files() -> None:
    """Open no further file or socket, ever; what is open stays open. Core dumps are none either."""
    for limit in (resource.RLIMIT_NOFILE, resource.RLIMIT_CORE):
        resource.setrlimit(limit, (0, 0))


def limit_memory(more: int = MEMORY) -> None:
    """Take no more than so many bytes on top of what is mapped by now; asking for more ends the process."""
    mapped = 0
    with contextlib.suppress(OSError):
        mapped = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (mapped + more, mapped + more))


def die_with_parent() -> None:
    """Let the kernel end this process when the one that started it ends; only Linux can."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_SET_DEATH_SIGNAL, signal.SIGKILL, 0, 0, 0)
