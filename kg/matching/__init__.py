"""Which entity a row of somebody's table means, with reasons, and columns of the graph to put beside it.

It compares names and properties; the index of names is `kg.names`. The protocol for OpenRefine is `kg.reconciliation`.
"""

from __future__ import annotations

__all__: list[str] = []
