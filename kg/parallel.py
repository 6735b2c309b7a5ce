"""Work on several cores in threads: for calls of the engine, which runs outside the interpreter's lock.

Python code gains nothing from it. What is run must not write to what other calls read.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TypeVar

__all__ = ["in_background", "map_threads"]

_Item = TypeVar("_Item")
_Result = TypeVar("_Result")


def map_threads(function: Callable[[_Item], _Result], items: Iterable[_Item]) -> list[_Result]:
    """Call a function with each item, as many at once as there are cores; results come in the order of the items.

    >>> map_threads(len, ["one", "three"])
    [3, 5]
    """
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(os.cpu_count()) as pool:
        return list(pool.map(function, items))


@contextmanager
def in_background(function: Callable[[], _Result]) -> Iterator[Callable[[], _Result]]:
    """Call a function while the block runs, which gets a call that waits for the result.

    An error of the function is raised at the end of the block at the latest, and before one of the block.

    >>> with in_background(lambda: 2) as two:
    ...     three = 3
    ...     five = two() + three
    >>> five
    5
    """
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(1) as pool:
        running = pool.submit(function)
        try:
            yield running.result
        finally:
            running.result()
