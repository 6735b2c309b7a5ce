"""JSON schemas of tools in few words: they stand in the context of every agent that has the tools at hand."""

from __future__ import annotations

from typing import Any

__all__ = ["compact"]

# Titles that only repeat a name, and bounds that a reader does not need; values are checked all the same.
_NEEDLESS = ("title", "maxLength", "minLength")


def compact(schema: dict[str, Any], *, nulls: bool) -> dict[str, Any]:
    """Write a schema without what says nothing; without `nulls` an optional value is one that may be left out.

    >>> compact({"title": "A", "properties": {"title": {"title": "T", "type": "string"}}}, nulls=False)
    {'properties': {'title': {'type': 'string'}}}
    """
    short: dict[str, Any] = {}
    for name, held in schema.items():
        if name in _NEEDLESS or (name == "default" and held is None):
            continue
        if name in ("properties", "$defs"):
            short[name] = {key: compact(one, nulls=nulls) for key, one in held.items()}
        elif isinstance(held, dict):
            short[name] = compact(held, nulls=nulls)
        elif name == "anyOf":
            kinds = [compact(one, nulls=nulls) for one in held if nulls or one.get("type") != "null"]
            short |= kinds[0] if len(kinds) == 1 else {"anyOf": kinds}
        else:
            short[name] = held
    return short
