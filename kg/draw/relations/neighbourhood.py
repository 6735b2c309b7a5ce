"""What of a network is drawn: the things around an entity, or the best connected ones, never more than can be read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from kg.networks import Edge

__all__ = ["Selection", "select_around", "select_connected"]


@dataclass(frozen=True)
class Selection:
    """The things and edges that are drawn, the things by their distance and importance, and how many were left out."""

    things: tuple[str, ...]
    edges: tuple[Edge, ...]
    left_out: int


def select_around(edges: Iterable[Edge], start: str, depth: int, limit: int) -> Selection:
    """Choose what is at most `depth` edges from a thing; the nearest first, then what most edges lead to.

    An edge counts in either direction. Edges between two things at the rim are left out: they are nobody's that was
    asked about, and there can be very many.
    """
    around = _neighbours(edges := tuple(edges))
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
    kept = tuple(edge for edge in _between(edges, chosen) if edge.source in inner or edge.target in inner)
    return Selection(tuple(chosen), kept, left_out)


def select_connected(edges: Iterable[Edge], limit: int) -> Selection:
    """Choose the things with most edges, of all."""
    around = _neighbours(edges := tuple(edges))
    ranked = sorted(around, key=lambda thing: (-len(around[thing]), thing))
    chosen = dict.fromkeys(ranked[:limit])
    kept = _between(edges, chosen)
    # A thing all of whose partners were left out says nothing.
    tied = {end for edge in kept for end in (edge.source, edge.target)}
    return Selection(tuple(thing for thing in chosen if thing in tied), kept, len(ranked) - len(tied))


def _neighbours(edges: Iterable[Edge]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for edge in edges:
        found.setdefault(edge.source, []).append(edge.target)
        found.setdefault(edge.target, []).append(edge.source)
    return found


def _between(edges: Iterable[Edge], chosen: dict[str, None]) -> tuple[Edge, ...]:
    return tuple(edge for edge in edges if edge.source in chosen and edge.target in chosen)
