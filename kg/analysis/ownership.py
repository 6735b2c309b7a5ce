"""Who has a thing in hand: its operator, the owner of its operator, and so on; and what somebody has in hand.

A share counts from one half up, and where no source says how large it is.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator

from kg.analysis.base import NetworkView
from kg.networks import Edge

__all__ = ["Ways", "find_holdings", "holders"]

Ways = dict[str, tuple[Edge, ...]]

_HALF = 50.0
_HOLDING = frozenset({"operates", "isToOperate", "hasBase", "hasUnit"})
_PARTS = frozenset({"phaseOf", "partOf"})


def holders(scene: NetworkView, entity: str) -> Ways:
    """Give everybody who has an entity in hand, with the edges that say so; itself by none."""
    return _walk(scene, entity, up=True)


def find_holdings(scene: NetworkView, entity: str) -> Ways:
    """Give everything that an entity has in hand, with the edges that say so; itself by none."""
    return _walk(scene, entity, up=False)


def _walk(scene: NetworkView, entity: str, *, up: bool) -> Ways:
    found: Ways = {entity: ()}
    waiting = deque([entity])
    while waiting:
        node = waiting.popleft()
        for edge, following in _moves(scene, node, up=up):
            if following not in found:
                found[following] = (*found[node], edge)
                waiting.append(following)
    return found


def _moves(scene: NetworkView, node: str, *, up: bool) -> Iterator[tuple[Edge, str]]:
    for edge in scene.entering("ownership", node) if up else scene.leaving("ownership", node):
        if edge.relation in _HOLDING or (
            edge.relation == "holdsSharesIn" and (edge.value is None or edge.value >= _HALF)
        ):
            yield edge, edge.source if up else edge.target
    for edge in scene.leaving("location", node) if up else scene.entering("location", node):
        if edge.relation in _PARTS:
            yield edge, edge.target if up else edge.source
