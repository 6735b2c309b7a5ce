"""HTTP itself: answers over ASGI, content negotiation, errors as problems (RFC 9457). Nothing here knows the graph."""

from __future__ import annotations

__all__: list[str] = []
