"""What belongs to the thing that was asked about: all that lies in it, and the sites that it has in hand."""

from __future__ import annotations

from collections.abc import Iterable

from kg.draw.scene import Scene
from kg.networks import Edge

__all__ = ["HOLDING", "find_scope", "holders", "inside", "units"]

_HALF = 50.0

HOLDING = frozenset({"operates", "isToOperate", "hasBase"})
"""The relations by which somebody has a site in hand."""


def inside(edges: Iterable[Edge], things: Iterable[str]) -> set[str]:
    """Give some things and all that lies in them, through any number of steps."""
    inward: dict[str, list[str]] = {}
    for edge in edges:
        if edge.network == "location":
            inward.setdefault(edge.target, []).append(edge.source)
    found = set(things)
    waiting = sorted(found)
    while waiting:
        for thing in inward.get(waiting.pop(), ()):
            if thing not in found:
                found.add(thing)
                waiting.append(thing)
    return found


def holders(edges: Iterable[Edge], things: set[str]) -> dict[str, Edge]:
    """Give who has some things in hand, each with the edge that says so."""
    return {edge.source: edge for edge in edges if edge.relation in HOLDING and edge.target in things}


def units(edges: Iterable[Edge], owner: str) -> dict[str, Edge]:
    """Give the units and companies that an organisation has in hand, at any remove, each with the edge that says so.

    As for `kg impact`: a share counts from one half up, and where no source says how large it is.
    """
    owned: dict[str, list[Edge]] = {}
    for edge in edges:
        if edge.relation == "hasUnit" or (
            edge.relation == "holdsSharesIn" and (edge.value is None or edge.value >= _HALF)
        ):
            owned.setdefault(edge.source, []).append(edge)
    found: dict[str, Edge] = {}
    waiting = [owner]
    while waiting:
        for edge in owned.get(waiting.pop(), ()):
            if edge.target not in found and edge.target != owner:
                found[edge.target] = edge
                waiting.append(edge.target)
    return found


def find_scope(scene: Scene, about: str) -> set[str]:
    """Give a thing, the sites that it or a unit of it has in hand, and all that lies in any of these."""
    units = {about} | {edge.target for edge in scene.everything if edge.relation == "hasUnit" and edge.source == about}
    owned = {edge.target for edge in scene.everything if edge.relation in HOLDING and edge.source in units}
    return inside(scene.everything, units | owned)
