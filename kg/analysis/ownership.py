"""Who has a thing in hand: its operator, the owner of its operator, and so on; and what somebody has in hand.

A share counts from one half up, and where no source says how large it is.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator

from kg.analysis.base import NetworkView
from kg.networks import Edge

__all__ = ["Ways", "holders", "holdings"]

Ways = dict[str, tuple[Edge, ...]]

_HALF = 50.0
_HELD = frozenset({"operates", "isToOperate", "hasBase", "hasUnit"})
_PARTS = frozenset({"phaseOf", "partOf"})


def holders(scene: NetworkView, entity: str) -> Ways:
    """Give everybody who has an entity in hand, with the ties that say so; itself by none."""
    return _walk(scene, entity, up=True)


def holdings(scene: NetworkView, entity: str) -> Ways:
    """Give everything that an entity has in hand, with the ties that say so; itself by none."""
    return _walk(scene, entity, up=False)


def _walk(scene: NetworkView, entity: str, *, up: bool) -> Ways:
    found: Ways = {entity: ()}
    waiting = deque([entity])
    while waiting:
        node = waiting.popleft()
        for tie, following in _moves(scene, node, up=up):
            if following not in found:
                found[following] = (*found[node], tie)
                waiting.append(following)
    return found


def _moves(scene: NetworkView, node: str, *, up: bool) -> Iterator[tuple[Edge, str]]:
    for tie in scene.entering("ownership", node) if up else scene.leaving("ownership", node):
        if tie.relation in _HELD or (tie.relation == "holdsSharesIn" and (tie.value is None or tie.value >= _HALF)):
            yield tie, tie.source if up else tie.target
    for tie in scene.leaving("location", node) if up else scene.entering("location", node):
        if tie.relation in _PARTS:
            yield tie, tie.target if up else tie.source
