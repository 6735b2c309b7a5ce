"""What belongs to the thing that was asked about: all that lies in it, and the sites that it has in hand."""

from __future__ import annotations

from collections.abc import Iterable

from kg.draw.scene import Scene
from kg.networks import Edge

__all__ = ["HOLDING", "belongings", "holders", "inside", "units"]

_HALF = 50.0

HOLDING = frozenset({"operates", "isToOperate", "hasBase"})
"""The relations by which somebody has a site in hand."""


def inside(ties: Iterable[Edge], things: Iterable[str]) -> set[str]:
    """Give some things and all that lies in them, through any number of steps."""
    inward: dict[str, list[str]] = {}
    for tie in ties:
        if tie.network == "location":
            inward.setdefault(tie.target, []).append(tie.source)
    found = set(things)
    waiting = sorted(found)
    while waiting:
        for thing in inward.get(waiting.pop(), ()):
            if thing not in found:
                found.add(thing)
                waiting.append(thing)
    return found


def holders(ties: Iterable[Edge], things: set[str]) -> dict[str, Edge]:
    """Give who has some things in hand, each with the tie that says so."""
    return {tie.source: tie for tie in ties if tie.relation in HOLDING and tie.target in things}


def units(ties: Iterable[Edge], owner: str) -> dict[str, Edge]:
    """Give the units and companies that an organisation has in hand, at any remove, each with the tie that says so.

    As for `kg impact`: a share counts from one half up, and where no source says how large it is.
    """
    held: dict[str, list[Edge]] = {}
    for tie in ties:
        if tie.relation == "hasUnit" or (tie.relation == "holdsSharesIn" and (tie.value is None or tie.value >= _HALF)):
            held.setdefault(tie.source, []).append(tie)
    found: dict[str, Edge] = {}
    waiting = [owner]
    while waiting:
        for tie in held.get(waiting.pop(), ()):
            if tie.target not in found and tie.target != owner:
                found[tie.target] = tie
                waiting.append(tie.target)
    return found


def belongings(scene: Scene, about: str) -> set[str]:
    """Give a thing, the sites that it or a unit of it has in hand, and all that lies in any of these."""
    units = {about} | {tie.target for tie in scene.everything if tie.relation == "hasUnit" and tie.source == about}
    held = {tie.target for tie in scene.everything if tie.relation in HOLDING and tie.source in units}
    return inside(scene.everything, units | held)
