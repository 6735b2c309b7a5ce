"""What can be asked of a graph, written once: name, words in two languages, parameters, how an answer is cut.

`catalogue` lists the operations and is light; `run` runs one, plain values in and plain values out; `registry` is what
a worker can be asked for. HTTP, tools for agents, commands and reconciliation take their parameters from here. It
knows no protocol and no HTTP.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.lazy import load_from

if TYPE_CHECKING:
    from kg.operations.catalogue import OPERATIONS, find_operation
    from kg.operations.run import compute, run_operation

__all__ = [
    "OPERATIONS",
    "compute",
    "find_operation",
    "run_operation",
]

__getattr__ = load_from(
    __name__,
    catalogue="OPERATIONS find_operation",
    run="compute run_operation",
)
