"""The lookup interface under `/api/v1`: routes, models of what comes in and goes out, responses."""

from __future__ import annotations

__all__: list[str] = []
