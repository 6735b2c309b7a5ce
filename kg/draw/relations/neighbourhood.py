"""What of a network is drawn: the things around an entity, or the best connected ones, never more than can be read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from kg.networks import Edge

__all__ = ["Selection", "select_around", "select_connected"]


@dataclass(frozen=True)
class Selection:
    """The things and ties that are drawn, the things by their distance and importance, and how many were left out."""

    things: tuple[str, ...]
    ties: tuple[Edge, ...]
    left_out: int


def select_around(ties: Iterable[Edge], start: str, depth: int, limit: int) -> Selection:
    """Choose what is at most `depth` ties from a thing; the nearest first, then what most ties lead to.

    A tie counts in either direction. Ties between two things at the rim are left out: they are nobody's that was asked
    about, and there can be very many.
    """
    around = _neighbours(ties := tuple(ties))
    chosen, rim, left_out = {start: None}, [start], 0
    seen = {start}
    inner: dict[str, None] = {}
    for _ in range(depth):
        inner = dict(chosen)
        counts = Counter(other for thing in rim for other in around.get(thing, ()) if other not in seen)
        ranked = sorted(counts, key=lambda thing: (-counts[thing], -len(around[thing]), thing))
        seen.update(ranked)
        rim = ranked[: max(0, limit - len(chosen))]
        left_out += len(ranked) - len(rim)
        chosen.update(dict.fromkeys(rim))
    kept = tuple(tie for tie in _between(ties, chosen) if tie.source in inner or tie.target in inner)
    return Selection(tuple(chosen), kept, left_out)


def select_connected(ties: Iterable[Edge], limit: int) -> Selection:
    """Choose the things with most ties, of all."""
    around = _neighbours(ties := tuple(ties))
    ranked = sorted(around, key=lambda thing: (-len(around[thing]), thing))
    chosen = dict.fromkeys(ranked[:limit])
    kept = _between(ties, chosen)
    # A thing all of whose partners were left out says nothing.
    tied = {end for tie in kept for end in (tie.source, tie.target)}
    return Selection(tuple(thing for thing in chosen if thing in tied), kept, len(ranked) - len(tied))


def _neighbours(ties: Iterable[Edge]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for tie in ties:
        found.setdefault(tie.source, []).append(tie.target)
        found.setdefault(tie.target, []).append(tie.source)
    return found


def _between(ties: Iterable[Edge], chosen: dict[str, None]) -> tuple[Edge, ...]:
    return tuple(tie for tie in ties if tie.source in chosen and tie.target in chosen)
