"""What the main process gives back to the system: memory that it took for others and that nobody needs any more.

The allocator of glibc keeps what was freed for what may come, and the larger the blocks that came, the more of them
it keeps. A server that was flooded once would stay as large as it was then. Python's own collector looks through all
objects for those that only know each other, and everybody waits for it; so it leaves out what the server was made of.
"""

from __future__ import annotations

import asyncio
import ctypes
import gc
import resource
from pathlib import Path

from anyio import to_thread

__all__ = ["give_back", "keep_small", "set_up"]

EACH_SECONDS = 15.0
# A look costs nothing and giving back some milliseconds, so it is done where there is something to give.
GROWTH = 2 * 2**20
# Threads read files, and each heap of theirs keeps what was freed; so does the stack of each.
THREADS = 8
HEAPS = 2
# Blocks from this size on are taken from the system, and given back when they are freed.
LARGE = 256 * 1024
_M_MMAP_THRESHOLD = -3
_M_ARENA_MAX = -8
_STATM = Path("/proc/self/statm")


def set_up() -> None:
    """Let large blocks go back when they are freed (without glibc nothing is done), and collections be short."""
    gc.collect()
    gc.freeze()
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    if mallopt is not None:
        mallopt(_M_MMAP_THRESHOLD, LARGE)
        mallopt(_M_ARENA_MAX, HEAPS)


def give_back() -> None:
    """Give back what is free, also amid what is not."""
    gc.collect()
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim is not None:
        trim(0)


def resident() -> int:
    """Give the bytes of memory that the process has now; 0 where that cannot be told."""
    try:
        return int(_STATM.read_text("ascii").split()[1]) * resource.getpagesize()
    except (OSError, ValueError, IndexError):
        return 0


async def keep_small() -> None:
    """Give back from time to time what is free, whenever the process is larger than it once was."""
    to_thread.current_default_thread_limiter().total_tokens = THREADS
    least = resident()
    while True:
        await asyncio.sleep(EACH_SECONDS)
        if resident() > least + GROWTH:
            give_back()
        least = min(least, resident())
