"""The requests that wait for a worker: those of clients whose requests have been short so far go first.

Nobody can tell how long a request will take before it has run. Who asks for little had better not wait behind a crowd
of others that nobody knows, each of which may take all that a request may.
"""

from __future__ import annotations

import asyncio
from collections import deque
from typing import Generic, TypeVar

__all__ = ["RequestQueue"]

T = TypeVar("T")


class RequestQueue(Generic[T]):
    """Two rows, each in the order of arrival; what is given to a request is awaited in a future."""

    def __init__(self) -> None:
        self._light: deque[asyncio.Future[T]] = deque()
        self._other: deque[asyncio.Future[T]] = deque()

    def __len__(self) -> int:
        return len(self._light) + len(self._other)

    def add(self, *, is_light: bool) -> asyncio.Future[T]:
        """Add a request to the row of its client."""
        future: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        (self._light if is_light else self._other).append(future)
        return future

    def remove(self, future: asyncio.Future[T]) -> None:
        """Forget a request that waits no more."""
        for row in (self._light, self._other):
            if future in row:
                row.remove(future)

    def give(self, worker: T, *, light_only: bool) -> bool:
        """Give a worker to whoever is next (of the light ones alone, if told so); tells whether there was one."""
        for row in (self._light,) if light_only else (self._light, self._other):
            while row:
                future = row.popleft()
                if not future.done():
                    future.set_result(worker)
                    return True
        return False
