"""Answers that are kept as long as their release is served, up to so many bytes: the least used one goes first."""

from __future__ import annotations

import hashlib
import json
from collections import OrderedDict
from collections.abc import Mapping
from typing import Any

__all__ = ["ENTRY", "Memory", "key_of"]

ENTRY = 300
"""What an entry takes beside its bytes: two objects of Python, and their place in the table."""


class Memory:
    """Answers by what was asked, counted with their keys.

    >>> memory = Memory(most_bytes=2 * ENTRY + 5)
    >>> memory.put(b"a", b"x"); memory.put(b"b", b"y"); memory.put(b"c", b"zz")
    >>> memory.get(b"a"), memory.get(b"b"), len(memory), memory.size == 2 * ENTRY + 5
    (None, b'y', 2, True)
    """

    def __init__(self, most_bytes: int = 64 * 2**20) -> None:
        self._most = most_bytes
        self.size = 0
        self.hits = 0
        self._answers: OrderedDict[bytes, bytes] = OrderedDict()

    def __len__(self) -> int:
        return len(self._answers)

    def get(self, key: bytes) -> bytes | None:
        """Give an answer that is kept."""
        if key in self._answers:
            self._answers.move_to_end(key)
            self.hits += 1
        return self._answers.get(key)

    def put(self, key: bytes, answer: bytes) -> None:
        """Keep an answer."""
        self._forget(key)
        self._answers[key] = answer
        self.size += ENTRY + len(key) + len(answer)
        while self.size > self._most:
            self._forget(next(iter(self._answers)))

    def _forget(self, key: bytes) -> None:
        answer = self._answers.pop(key, None)
        if answer is not None:
            self.size -= ENTRY + len(key) + len(answer)


def key_of(verb: str, arguments: Mapping[str, Any], body: bytes = b"") -> bytes:
    """Give the key of a question: its sum, since what a client asks may be far longer than the answer.

    >>> key_of("find", {"a": 1, "b": 2}) == key_of("find", {"b": 2, "a": 1}), len(key_of("match", {}, b"x" * 9000))
    (True, 32)
    """
    digest = hashlib.blake2b(json.dumps([verb, arguments], sort_keys=True).encode("ascii"), digest_size=32)
    digest.update(b"\0")
    digest.update(body)
    return digest.digest()
