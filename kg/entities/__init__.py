"""One thing of the graph: what is stated about it, its profile and description, its neighbours.

Which things there are by a name is asked in `kg.names`, which of them a row means in `kg.matching`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.lazy import load_from

if TYPE_CHECKING:
    from kg.entities.containment import ancestors, contained_in
    from kg.entities.description import describe_node
    from kg.entities.entity import Entity, read_entity
    from kg.entities.finder import Finder
    from kg.entities.neighbours import count_neighbours, list_neighbours
    from kg.entities.profile import read_profile

__all__ = [
    "Entity",
    "Finder",
    "ancestors",
    "contained_in",
    "count_neighbours",
    "describe_node",
    "list_neighbours",
    "read_entity",
    "read_profile",
]

__getattr__ = load_from(
    __name__,
    containment="ancestors contained_in",
    description="describe_node",
    entity="Entity read_entity",
    finder="Finder",
    neighbours="count_neighbours list_neighbours",
    profile="read_profile",
)
