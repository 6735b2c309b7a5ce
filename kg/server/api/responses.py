"""How the lookup interface answers: JSON or CSV, with the release in it and beside it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import quote

from fastapi import Request, Response

from kg import formats
from kg.errors import NotAcceptable, UsageError
from kg.formats import media_types
from kg.server.http.faults import FAULTS
from kg.server.http.negotiation import Media, negotiate
from kg.server.workers.service import Serving

__all__ = [
    "TABLES",
    "answer",
    "answer_json",
    "answer_table",
    "format_parameter",
    "read_format",
    "table_answers",
    "within",
]

TABLES: Media = media_types(formats.LOOKUPS)
"""The formats of tables."""
_RELEASE = "KG-Release"


def read_format(request: Request) -> str:
    """Give the format of a table that was asked for: by name, else by the Accept header."""
    named = request.query_params.getlist("format")
    if named:
        wanted = [one for one in named if one in TABLES]
        if not wanted:
            raise UsageError(f"format: {named[0]!r} is not one of {', '.join(TABLES)}")
        return wanted[0]
    form = negotiate(request.headers.get("accept") or "*/*", tuple(TABLES.items()))
    if form is None:
        raise NotAcceptable(
            f"a table comes as {' or '.join(one.media_type for one in formats.LOOKUPS.values())}; ask for one of these"
        )
    return form


def format_parameter(formats: Iterable[str], about: str) -> dict[str, Any]:
    """Describe the parameter `format` for OpenAPI."""
    return {
        "name": "format",
        "in": "query",
        "required": False,
        "description": about,
        "schema": {"type": "string", "enum": list(formats)},
    }


def table_answers(model: Any) -> dict[int | str, dict[str, Any]]:
    """Describe an answer that is a table, as JSON or CSV, and the faults it may end in."""
    csv = {formats.CSV.media_type: {"schema": {"type": "string"}}}
    headers = {_RELEASE: {"description": "The release that answers", "schema": {"type": "string"}}}
    return {200: {"model": model, "description": "The table", "content": csv, "headers": headers}, **FAULTS}


async def answer_table(request: Request, format: str, name: str, arguments: Mapping[str, Any]) -> Response:
    """Answer with the table of an operation; of CSV the headers say what a table cannot."""
    operation = {"name": name, "arguments": dict(arguments)}
    if format != formats.CSV.name:
        return await answer_json(request, name, arguments)
    found = await _serving(request).look_up("operation_csv", operation)
    sent = answer(request, found["text"].encode("utf-8"), f"{formats.CSV.content_type}; header=present")
    sent.headers["KG-Total"] = str(found["total"])
    if found["notes"]:
        # Names are of any script, and a header is not.
        sent.headers["KG-Notes"] = quote("; ".join(found["notes"]), safe=" ;:,()/='-.")
    if found["next_offset"] is not None:
        following = request.url.include_query_params(offset=found["next_offset"])
        sent.headers["link"] = f'<{following.path}?{following.query}>; rel="next"'
    return sent


async def answer_json(request: Request, name: str, arguments: Mapping[str, Any]) -> Response:
    """Answer with what an operation gives, the release beside it."""
    body = await _serving(request).look_up_json("operation", {"name": name, "arguments": dict(arguments)})
    return answer(request, within(_serving(request).release_id, body), formats.JSON.media_type)


def within(release: str, body: bytes, key: str = "") -> bytes:
    """Put the release into an answer as it was written, so that decimals keep their digits.

    >>> within("r", b'{"a":1.50}'), within("r", b"[1.50]", "all"), within("r", b"{}")
    (b'{"release":"r","a":1.50}', b'{"release":"r","all":[1.50]}', b'{"release":"r"}')
    """
    head = b'{"release":' + json.dumps(release).encode("ascii")
    if key:
        return head + b"," + json.dumps(key).encode("ascii") + b":" + body + b"}"
    return head + (b"," if body != b"{}" else b"") + body[1:]


def answer(request: Request, body: bytes, media: str) -> Response:
    """Send a body, and say which release it is of."""
    release = _serving(request).release_id
    headers = {_RELEASE: release, "vary": "Accept", "cache-control": "no-cache"}
    return Response(body, 200, headers, media)


def _serving(request: Request) -> Serving:
    serving: Serving = request.app.state.serving
    return serving
