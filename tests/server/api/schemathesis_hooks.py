"""What schemathesis must not take for a wrong request: an empty object in an address is written as nothing at all."""

from __future__ import annotations

from typing import Any

import schemathesis

__all__ = ["filter_query"]


@schemathesis.hook
def filter_query(_: Any, query: dict[str, Any] | None) -> bool:
    """Leave out parameters that are there in the draw, and empty in the address as those of a form are."""
    return not any(value in ({}, []) for value in (query or {}).values())
