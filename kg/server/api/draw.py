"""Pictures over HTTP, under `/api/v1/draw`: as SVG, as a page of one file, or in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fastapi import Request, Response

from kg.errors import UsageError
from kg.formats import HTML, PICTURES, SVG
from kg.server.api.responses import answer
from kg.server.web.layout import SVG_POLICY
from kg.server.workers.service import Serving

__all__ = ["draw"]

# The page of a picture carries its own scripts and may reach nothing, and is shut off from this site.
_PAGE_POLICY = (
    "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data:; "
    "sandbox allow-scripts allow-popups"
)


async def draw(request: Request, arguments: Mapping[str, Any], format: str | None) -> Response:
    """Draw a picture in one of PICTURES."""
    format = format or next(iter(PICTURES))
    if format not in PICTURES:
        raise UsageError(f"format: {format!r} is not one of {', '.join(PICTURES)}")
    serving: Serving = request.app.state.serving
    operation = {"name": "draw", "arguments": dict(arguments)}
    media = PICTURES[format].content_type
    if PICTURES[format] is HTML:
        drawn = answer(request, (await serving.look_up("operation_page", operation)).encode("utf-8"), media)
        drawn.headers["content-security-policy"] = _PAGE_POLICY
        return drawn
    picture = await serving.look_up("operation", operation)
    drawn = answer(request, picture["svg" if PICTURES[format] is SVG else "text"].encode("utf-8"), media)
    drawn.headers["content-security-policy"] = SVG_POLICY
    return drawn
