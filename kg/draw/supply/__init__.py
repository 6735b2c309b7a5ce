"""The supply chain in lanes of stages: what is read of it, where it stands, its ribbons, the picture."""

from __future__ import annotations

__all__: list[str] = []
