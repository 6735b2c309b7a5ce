"""What lies in what: the places of an entity, and the entities of a place, at any depth.

A phase lies where its base lies, an output of a mine where the mine lies.
"""

from __future__ import annotations

from kg.rdf import NamedNode
from kg.rdf.store import Store, facts
from kg.rdf.vocab import VIEW, kg

__all__ = ["ancestors", "contained_in"]

_UP = tuple(kg(name) for name in ("locatedIn", "phaseOf", "partOf"))


def ancestors(store: Store, entity: NamedNode) -> list[NamedNode]:
    """Give everything that an entity lies in, nearest first."""
    found: dict[NamedNode, None] = {}
    waiting = [entity]
    while waiting:
        node = waiting.pop(0)
        around = {fact.object for predicate in _UP for fact in facts(store, node, predicate, None, VIEW)}
        for place in sorted(around, key=str):
            if isinstance(place, NamedNode) and place != entity and place not in found:
                found[place] = None
                waiting.append(place)
    return list(found)


def contained_in(store: Store, place: NamedNode) -> set[NamedNode]:
    """Give what lies in a place, at any depth, with the parts and phases of what does."""
    found: set[NamedNode] = set()
    waiting = [place]
    while waiting:
        node = waiting.pop()
        inside = {fact.subject for up in _UP for fact in facts(store, None, up, node, VIEW)} - found
        found |= inside
        waiting.extend(inside)
    return found
