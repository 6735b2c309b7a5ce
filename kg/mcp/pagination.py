"""What tools give: models with a schema, cut to a size that floods no context, and saying what was left out."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from mcp_types import CallToolResult, TextContent
from pydantic import BaseModel, Field

__all__ = ["MAX_CHARACTERS", "Cell", "Page", "Rows", "cut", "page", "result", "window"]

MAX_CHARACTERS = 20_000
"""Characters of JSON that the rows of one answer may take: some six thousand tokens."""

_MAX_TEXT = 500
_MAX_CLAIMS = 6

Cell = str | int | float | bool | list[str] | None


class Page(BaseModel):
    """How much of an answer this is."""

    total: int = Field(description="Entries in all.")
    truncated: bool = Field(description="Whether more follow.")
    next_offset: int | None = Field(None, description="The offset of what follows.")
    note: str = Field("", description="What to know before using this.")


class Rows(Page):
    """A table; each row that states a fact names its claims, to be looked up with `claim`."""

    title: str = ""
    columns: list[str]
    rows: list[dict[str, Cell]]


def page(entries: Sequence[Any], limit: int, offset: int = 0) -> tuple[list[Any], dict[str, Any]]:
    """Cut entries to a page that fits, and say in the fields of `Page` how much it is."""
    return window(entries[offset : offset + limit], len(entries), offset)


def window(entries: Sequence[Any], total: int, offset: int) -> tuple[list[Any], dict[str, Any]]:
    """Do the same where only a stretch of all entries is at hand: those from `offset` on, of `total`."""
    shown: list[Any] = []
    size = 0
    for entry in entries:
        short = cut(entry)
        size += len(json.dumps(short, ensure_ascii=False, default=str))
        if shown and size > MAX_CHARACTERS:
            break
        shown.append(short)
    end = offset + len(shown)
    more = end < total
    return shown, {"total": total, "truncated": more, "next_offset": end if more else None}


def cut(value: Any) -> Any:
    """Cut long texts and long lists of claims inside a value; how many claims are missing is told beside them.

    >>> cut({"claims": ["a"] * 8, "text": "x"})
    {'claims': ['a', 'a', 'a', 'a', 'a', 'a'], 'claims_left_out': 2, 'text': 'x'}
    """
    if isinstance(value, str):
        return value if len(value) <= _MAX_TEXT else value[: _MAX_TEXT - 1] + "…"
    if isinstance(value, Mapping):
        short: dict[str, Any] = {}
        for name, part in value.items():
            short[name] = cut(part)
            if name == "claims" and isinstance(part, list) and len(part) > _MAX_CLAIMS:
                short[name] = [cut(one) for one in part[:_MAX_CLAIMS]]
                short["claims_left_out"] = len(part) - _MAX_CLAIMS
        return short
    return [cut(one) for one in value] if isinstance(value, list | tuple) else value


def result(model: BaseModel) -> CallToolResult:
    """Give a model as structured content and, for clients that read text only, as compact JSON."""
    text = model.model_dump_json(exclude_none=True)
    content = TextContent(type="text", text=text)
    return CallToolResult(content=[content], structured_content=model.model_dump(mode="json"))
