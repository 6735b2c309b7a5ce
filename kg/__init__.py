"""An open knowledge graph of zero-carbon industrial ecosystems.

>>> import kg
>>> kg.open  # doctest: +ELLIPSIS
<function open_graph at ...>

`kg.open()` opens a release; what the result can do is in `kg.graph`. The command `kg`
says the same verbs. Nothing is imported before it is asked for, so that `kg --help` is fast.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kg.errors import KgError
    from kg.graph import Graph
    from kg.graph import open_graph as open  # noqa: A004 - kg.open() is the point

__all__ = ["Graph", "KgError", "__version__", "open"]

__version__ = "0.2.0"


def __getattr__(name: str) -> Any:
    if name in ("open", "Graph"):
        from kg import graph

        return graph.open_graph if name == "open" else graph.Graph
    if name == "KgError":
        from kg.errors import KgError

        return KgError
    raise AttributeError(f"module 'kg' has no attribute {name!r}")
