"""What every request passes: the log of accesses and the metrics."""

from __future__ import annotations

__all__: list[str] = []
