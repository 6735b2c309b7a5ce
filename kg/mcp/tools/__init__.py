"""The tools that an agent calls, a module for each sort of question. `kg.mcp.server` registers them."""

from __future__ import annotations

__all__: list[str] = []
