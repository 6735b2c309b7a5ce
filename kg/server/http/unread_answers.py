"""The answers that clients have not read yet, in bytes: when all together are too many, somebody has to go.

An answer is whole before any of it is sent, and lies in memory until its client has read it. Who asks for large answers
and reads nothing fills it otherwise, each time within what a client may ask for.
"""

from __future__ import annotations

from collections import Counter
from typing import Protocol

from kg.server.http.limits import Limits

__all__ = ["Recipient", "UnreadAnswers"]


class Recipient(Protocol):
    """A connection whose client has something to read."""

    owner: str

    def drop(self) -> None:
        """Close at once, and forget what was not read."""


class UnreadAnswers:
    """How much each connection's client has still to read."""

    def __init__(self, limits: Limits, refusals: Counter[str]) -> None:
        self._limits = limits
        self._refusals = refusals
        self.size = 0
        self._sizes: dict[Recipient, int] = {}
        self._size_by: Counter[str] = Counter()

    def note(self, recipient: Recipient, size: int) -> None:
        """Note what the client of a connection has still to read; whoever has most goes when it is too much."""
        self._set(recipient, size)
        # A proxy, which has the connections of many, has no share of its own.
        while recipient.owner and self._size_by[recipient.owner] > self._limits.client_answers_bytes:
            self._drop_largest("client-answers-bytes", recipient.owner)
        while self.size > self._limits.answers_bytes:
            self._drop_largest("answers-bytes", max(self._size_by, key=self._size_by.__getitem__))

    def forget(self, recipient: Recipient) -> None:
        """Note that a client has read what it had to, or has gone."""
        self._set(recipient, 0)

    def _set(self, recipient: Recipient, size: int) -> None:
        before = self._sizes.pop(recipient, 0)
        self.size += size - before
        self._size_by[recipient.owner] += size - before
        if size:
            self._sizes[recipient] = size
        if not self._size_by[recipient.owner]:
            del self._size_by[recipient.owner]

    def _drop_largest(self, bound: str, owner: str) -> None:
        largest = max((one for one in self._sizes if one.owner == owner), key=self._sizes.__getitem__)
        self._refusals[bound] += 1
        self.forget(largest)
        largest.drop()
