"""Pages for people: routes, layout, messages in English and Chinese, templates."""

from __future__ import annotations

__all__: list[str] = []
