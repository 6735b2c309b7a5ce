"""All operations by name. Light: the help of the commands is made from it."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from kg.errors import NotFound
from kg.operations.analysis import ANALYSIS
from kg.operations.lookup import AFTER_QUESTIONS, BEFORE_QUESTIONS
from kg.operations.operation import Operation, nearest
from kg.operations.questions import QUESTIONS

__all__ = ["OPERATIONS", "find_operation"]

OPERATIONS: Mapping[str, Operation] = MappingProxyType(
    {one.name: one for one in (*BEFORE_QUESTIONS, *QUESTIONS, *AFTER_QUESTIONS, *ANALYSIS)}
)
"""What can be asked of a graph, in the order in which one comes to need it."""


def find_operation(name: str) -> Operation:
    """Give an operation; NotFound with the nearest for a name that is none."""
    if name not in OPERATIONS:
        close = nearest(name, OPERATIONS)
        raise NotFound("operation", name, (close,) if close else ())
    return OPERATIONS[name]
