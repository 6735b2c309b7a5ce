"""What can be asked of a graph, by name: plain values in, plain values out.

HTTP, agents and reconciliation ask through `registry`; each operation runs in a worker as well as in this process.
It knows no protocol and no HTTP. Only `kg.server` and `kg.cli` import it.
"""

from __future__ import annotations

__all__: list[str] = []
