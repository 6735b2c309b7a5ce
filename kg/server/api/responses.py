"""How the lookup interface answers: JSON or CSV, with the release in it and beside it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Annotated, Any, Literal

from fastapi import Depends, Query, Request, Response

from kg.errors import NotAcceptable
from kg.server.api.models import Problem
from kg.server.http.negotiation import Media, negotiate
from kg.server.workers.service import Serving

__all__ = [
    "CSV",
    "FAULTS",
    "Language",
    "Name",
    "ResultFormat",
    "answer",
    "answer_json",
    "answer_table",
    "table_answers",
    "within",
]

CSV = "text/csv"
_OFFERED: Media = {"json": ("application/json",), "csv": (CSV,)}
_RELEASE = "KG-Release"

FAULTS: dict[int | str, dict[str, Any]] = {
    code: {"model": Problem, "description": meaning, "content": {"application/problem+json": {}}}
    for code, meaning in (
        (400, "The request is wrong; the detail says what to do"),
        (404, "Nothing has that name; suggestions are the nearest"),
        (406, "No such format"),
        (413, "Too much at once"),
        (415, "Unknown type of body"),
        (429, "Too many requests; Retry-After says when"),
        (500, "The answer took too much memory"),
        (503, "Server is busy; Retry-After says when"),
        (504, "The answer took too long"),
    )
}
"""What can go wrong with a lookup, as problems (RFC 9457)."""

Name = Annotated[str, Query(min_length=1, max_length=500)]
Language = Annotated[Literal["en", "zh"], Query(description="The language of names")]


def _form(
    request: Request,
    named: Annotated[Literal["json", "csv"] | None, Query(alias="format", description="Instead of Accept")] = None,
) -> str:
    if named is not None:
        return named
    form = negotiate(request.headers.get("accept") or "*/*", tuple(_OFFERED.items()))
    if form is None:
        raise NotAcceptable("a table comes as application/json or text/csv; ask for one of these")
    return form


ResultFormat = Annotated[str, Depends(_form)]


def table_answers(model: Any) -> dict[int | str, dict[str, Any]]:
    """Describe an answer that is a table, as JSON or CSV, and the faults it may end in."""
    csv = {CSV: {"schema": {"type": "string"}}}
    headers = {_RELEASE: {"description": "The release that answers", "schema": {"type": "string"}}}
    return {200: {"model": model, "description": "The table", "content": csv, "headers": headers}, **FAULTS}


async def answer_table(request: Request, form: str, verb: str, arguments: Mapping[str, Any]) -> Response:
    """Answer with the table of a verb."""
    asked = {"verb": verb, "arguments": {name: value for name, value in arguments.items() if value is not None}}
    if form == "csv":
        text = await _serving(request).look_up("csv", asked)
        return answer(request, text.encode("utf-8"), f"{CSV}; charset=utf-8; header=present")
    return await answer_json(request, "table", asked)


async def answer_json(request: Request, verb: str, arguments: Mapping[str, Any], key: str = "") -> Response:
    """Answer with what a verb gives, under a key or, where it is an object, with the release beside its own keys."""
    body = await _serving(request).look_up_json(verb, dict(arguments))
    return answer(request, within(_serving(request).release_id, body, key), "application/json")


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
