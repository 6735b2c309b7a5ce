"""An open knowledge graph of zero-carbon industrial ecosystems.

>>> import kg
>>> kg.open  # doctest: +ELLIPSIS
<function open_graph at ...>

`kg.open()` opens a release; what the result can do is in `kg.graph`. The command `kg`
says the same verbs. Nothing is imported before it is asked for, so that `kg --help` is fast.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kg.draw import Picture
    from kg.errors import KgError
    from kg.graph import Graph
    from kg.graph import open_graph as open  # noqa: A004 - kg.open() is the point
    from kg.names.index import Match
    from kg.networks import Filters
    from kg.questions.answer import Answer
    from kg.tables.table import Table

__all__ = ["Answer", "Filters", "Graph", "KgError", "Match", "Picture", "Table", "__version__", "open"]

__version__ = "0.2.0"

_PLACES = {
    "Answer": "kg.questions.answer",
    "Filters": "kg.networks",
    "Graph": "kg.graph",
    "KgError": "kg.errors",
    "Match": "kg.names.index",
    "Picture": "kg.draw",
    "Table": "kg.tables.table",
}


def __getattr__(name: str) -> Any:
    if name == "open":
        return importlib.import_module("kg.graph").open_graph
    if name in _PLACES:
        return getattr(importlib.import_module(_PLACES[name]), name)
    raise AttributeError(f"module 'kg' has no attribute {name!r}")
