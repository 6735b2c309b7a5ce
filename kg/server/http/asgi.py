"""The few pieces of ASGI that the fast routes are written in: reading a body up to a limit, sending an answer whole.

`/sparql` is served without the framework, whose machinery would take longer than a lookup does.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping, MutableMapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar
from urllib.parse import parse_qsl, quote

from kg.errors import KgError, QueryTooLong, UsageError
from kg.server.http.problems import ClientGone, problem_body, problem_headers

__all__ = [
    "MOST_FIELDS",
    "PROTECTION",
    "App",
    "Message",
    "RawResponse",
    "Receive",
    "Scope",
    "Send",
    "header",
    "note_headers",
    "own_address",
    "problem",
    "read_body",
    "read_pairs",
    "send_answer",
    "unless_gone",
]

UNWATCHED_SECONDS = 0.2

NOTES = "kg-notes"
"""The header that tells what is to be known beside rows."""

PROTECTION = (
    (b"access-control-allow-origin", b"*"),
    (b"access-control-expose-headers", b"ETag, Link, Location, Retry-After"),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
)
"""The headers that every answer has, whatever it is."""

MOST_FIELDS = 1000
"""Parameters that an address or a form may have."""

T = TypeVar("T")
Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]


@dataclass(frozen=True)
class RawResponse:
    """An answer, whole: nothing of it is sent before all of it is known."""

    status: int
    body: bytes | bytearray = b""
    headers: Mapping[str, str] = field(default_factory=dict)


def problem(error: KgError) -> RawResponse:
    """Make an error into an answer."""
    return RawResponse(error.http_status, problem_body(error), problem_headers(error))


def header(scope: Scope, name: bytes) -> str:
    """Give a header of the request, or ''; of one that came twice both, as one list."""
    return ", ".join(value.decode("latin-1") for key, value in scope["headers"] if key == name)


def own_address(scope: Scope) -> str:
    """Give the address that the request was sent to, without its parameters, as the client wrote it."""
    host = header(scope, b"host") or "localhost"
    return f"{scope.get('scheme', 'http')}://{host}{scope['path']}"


async def read_body(scope: Scope, receive: Receive, limit: int, error: type[KgError] = QueryTooLong) -> bytes:
    """Read the body of the request; raises the error as soon as it is longer than the limit."""
    declared = header(scope, b"content-length")
    body = bytearray()
    more = not (declared.isdigit() and int(declared) > limit)
    too_long = not more
    while more and not too_long:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise ClientGone("the client closed the connection")
        body += message.get("body", b"")
        more = message.get("more_body", False)
        too_long = len(body) > limit
    if too_long:
        raise error(f"the body of the request has over {limit:,} bytes; send less")
    return bytes(body)


def read_pairs(text: bytes) -> dict[str, list[str]]:
    """Read a query string or a form; raises UsageError for what is not UTF-8."""
    pairs: dict[str, list[str]] = {}
    if text.count(b"&") >= MOST_FIELDS:
        raise UsageError(f"the request has over {MOST_FIELDS:,} parameters; send fewer")
    try:
        for name, value in parse_qsl(text.decode("ascii"), keep_blank_values=True, errors="strict"):
            pairs.setdefault(name, []).append(value)
    except ValueError as error:
        raise UsageError("the parameters are not percent-encoded UTF-8; encode them so") from error
    return pairs


async def unless_gone(receive: Receive, work: Awaitable[T]) -> T:
    """Wait for some work, and give it up when the client closes the connection meanwhile; raises ClientGone then.

    Only for work that takes a while: the connection is watched after the first moments.
    """
    loop = asyncio.get_running_loop()
    task = asyncio.current_task()
    watching: list[asyncio.Task[None]] = []
    gone: list[bool] = []

    async def watch() -> None:
        while (await receive())["type"] != "http.disconnect":
            pass
        gone.append(True)
        if task is not None:
            task.cancel()

    timer = loop.call_later(UNWATCHED_SECONDS, lambda: watching.append(loop.create_task(watch())))
    try:
        return await work
    except asyncio.CancelledError:
        if task is None or not gone:
            raise
        task.uncancel()
        raise ClientGone("the client closed the connection") from None
    finally:
        timer.cancel()
        for one in watching:
            one.cancel()


def note_headers(notes: Sequence[str]) -> dict[str, str]:
    """Give the header that says what a format has no place for; names in it are of any script, so it is quoted."""
    return {NOTES: quote("; ".join(notes), safe=" ;:,()/='-.?<>")} if notes else {}


async def send_answer(send: Send, answer: RawResponse, *, head_only: bool = False) -> None:
    """Send an answer."""
    headers = [(name.encode("latin-1"), value.encode("latin-1")) for name, value in answer.headers.items()]
    headers.append((b"content-length", str(len(answer.body)).encode("ascii")))
    await send({"type": "http.response.start", "status": answer.status, "headers": headers})
    await send({"type": "http.response.body", "body": b"" if head_only else answer.body})
