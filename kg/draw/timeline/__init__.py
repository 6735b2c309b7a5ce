"""What happened when: the moments of an entity, and the picture of them."""

from __future__ import annotations

__all__: list[str] = []
