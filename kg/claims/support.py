"""How many independent sources stand behind a value.

Copies of one report count once. Claims that a table ascribes to the pages it cites together
(evidence of the strength *compiled*) are said by one or more of these pages, and nobody knows
by which: all of them are one support, and none where a stronger claim gives the same value.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

__all__ = ["COMPILED", "independent_origins", "is_compiled"]

COMPILED = "Compiled"


class Supporting(Protocol):
    """A claim as far as its support goes: the report it goes back to, and the strength of its evidence."""

    @property
    def origin(self) -> str: ...

    @property
    def strength(self) -> str: ...


def is_compiled(claims: Iterable[Supporting]) -> bool:
    """Tell whether claims are all ascribed to their pages by a table that cites several at once."""
    return all(claim.strength == COMPILED for claim in claims)


def independent_origins(claims: Iterable[Supporting]) -> frozenset[str]:
    """Give the reports that a value goes back to, each once; of compiled copies the first by name stands for all."""
    every = list(claims)
    origins = frozenset(claim.origin for claim in every if claim.strength != COMPILED)
    return origins or frozenset(sorted({claim.origin for claim in every})[:1])
