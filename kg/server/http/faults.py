"""What can go wrong with a request, as OpenAPI tells it: each status and its meaning, as a problem (RFC 9457)."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from pydantic import BaseModel, Field

from kg import formats

__all__ = ["ANYWHERE", "FAULTS", "Problem", "Responses", "faults"]

Responses = dict[int | str, dict[str, Any]]


class Problem(BaseModel):
    """What went wrong, in words for people (RFC 9457); `suggestions` are names that exist."""

    title: str
    status: int
    detail: str = Field(description="What is wrong, where, and what to do.")
    suggestions: list[str] = []


_MEANINGS: Mapping[int, str] = MappingProxyType(
    {
        400: "The request is wrong; the detail says what to do",
        403: "Refused: the server is read-only, and queries reach no network",
        404: "Nothing has that name; suggestions are the nearest",
        406: "No such format",
        408: "The request came too slowly",
        409: "Each parameter is right, but not together with the others",
        410: "What had that id was withdrawn; the detail says when and why",
        413: "Too much at once",
        414: "The address is too long",
        415: "Unknown type of body",
        421: "The request is for another host",
        429: "Too many requests; Retry-After says when",
        431: "The headers are too many or too long",
        500: "The answer took too much memory",
        503: "Server is busy; Retry-After says when",
        504: "The answer took too long",
    }
)


def faults(*codes: int) -> Responses:
    """Describe some of what can go wrong."""
    return {
        code: {"model": Problem, "description": _MEANINGS[code], "content": {formats.PROBLEM.media_type: {}}}
        for code in sorted(codes)
    }


ANYWHERE: tuple[int, ...] = (408, 414, 421, 429, 431, 500, 503, 504)
"""What any address may answer, before its own code has seen the request or where a worker could not answer it."""

FAULTS: Responses = faults(400, 404, 406, 409, 410, 413, 415)
"""What can go wrong with a lookup, beside what can anywhere."""
