"""One thing of the graph: what is stated about it, its profile and description, its neighbours.

Which things there are by a name is asked in `kg.names`, which of them a row means in `kg.matching`.
"""

from __future__ import annotations

__all__: list[str] = []
