"""Answers that are kept as long as their release is served, up to so many bytes: the least used one goes first."""

from __future__ import annotations

from collections import OrderedDict

__all__ = ["Memory"]


class Memory:
    """Answers by what was asked.

    >>> memory = Memory(most_bytes=4)
    >>> memory.put("a", b"xx"); memory.put("b", b"yy"); memory.put("c", b"z")
    >>> memory.get("a"), memory.get("b")
    (None, b'yy')
    """

    def __init__(self, most_bytes: int = 64 * 2**20) -> None:
        self._most = most_bytes
        self._bytes = 0
        self._answers: OrderedDict[str, bytes] = OrderedDict()

    def get(self, key: str) -> bytes | None:
        """Give an answer that is kept."""
        if key in self._answers:
            self._answers.move_to_end(key)
        return self._answers.get(key)

    def put(self, key: str, answer: bytes) -> None:
        """Keep an answer."""
        self._bytes += len(answer) - len(self._answers.pop(key, b""))
        self._answers[key] = answer
        while self._bytes > self._most:
            self._bytes -= len(self._answers.popitem(last=False)[1])
