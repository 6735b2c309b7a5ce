"""Where sites lie: projection, sites, the places of labels, the map with its outlines of land."""

from __future__ import annotations

__all__: list[str] = []
