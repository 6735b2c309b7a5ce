"""The gateway that every request passes on its way in and out.

It counts and logs each request, tells the workers on whose account it runs, sets the headers that every answer has,
and hands `/sparql` and `/mcp` to their endpoints directly; all other routes are routers of FastAPI.
"""

from __future__ import annotations

import asyncio
import time

from fastapi import FastAPI
from starlette.requests import ClientDisconnect

from kg.errors import UsageError
from kg.server.http.asgi import (
    MOST_FIELDS,
    PROTECTION,
    App,
    Message,
    RawResponse,
    Receive,
    Scope,
    Send,
    problem,
    send_answer,
)
from kg.server.http.limits import client_of
from kg.server.http.problems import ClientGone, MisdirectedRequest, Overloaded
from kg.server.http.public_address import PublicAddress
from kg.server.middleware.access_log import AccessEntry, AccessLog
from kg.server.middleware.metrics import Metrics
from kg.server.workers.quota import CLIENT
from kg.server.workers.service import Serving

__all__ = ["Gateway"]

_POLICY = (b"content-security-policy", b"default-src 'self'")


_PREFLIGHT = {
    "access-control-allow-methods": "GET, HEAD, POST, OPTIONS",
    "access-control-allow-headers": "Accept, Content-Type, Authorization, Mcp-Session-Id, Mcp-Protocol-Version",
    "access-control-max-age": "86400",
}


class Gateway:
    """What every request passes on its way in and out."""

    def __init__(self, inner: FastAPI, serving: Serving, metrics: Metrics, log: AccessLog) -> None:
        self.state = inner.state
        self._inner = inner
        self._serving = serving
        self._metrics = metrics
        self._log = log
        self._address = PublicAddress(serving.settings.public, serving.settings.hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let one request through."""
        if scope["type"] != "http":
            await self._inner(scope, receive, send)
            return
        begun = time.monotonic()
        client = (scope.get("client") or ("",))[0]
        CLIENT.set(client_of(client))
        scope = self._address.seen_from_outside(scope)
        endpoint = self._route(scope)
        # HEAD is GET without the body; the endpoints that are no routes of the framework know that themselves.
        bare = scope["method"] == "HEAD" and endpoint is self._inner
        passed = {**scope, "method": "GET"} if bare else scope
        sent = _Sent(send, bare=bare)
        try:
            await endpoint(passed, receive, sent)
        except asyncio.CancelledError:
            # The server was told to stop, and the time is over that requests were given to end.
            if not sent.is_started:
                await send_answer(sent, problem(Overloaded("the server stops; try again in a moment", retry_after=5)))
        except ClientDisconnect:
            # Nobody is left to tell.
            sent.status = ClientGone.http_status
        finally:
            seconds = time.monotonic() - begun
            self._metrics.count(self._route_name(passed), sent.status, seconds)
            release = self._serving.release_id
            self._log.write(
                AccessEntry(client, scope["method"], scope["path"], sent.status, sent.size, seconds, release)
            )

    def _route(self, scope: Scope) -> App:
        if not self._address.is_taken(scope):
            return _other_host
        if scope["method"] == "OPTIONS":
            return _preflight
        if scope["query_string"].count(b"&") >= MOST_FIELDS:
            return _too_many_parameters
        endpoints: dict[str, App] = {"/sparql": self.state.sparql, "/mcp": self.state.agents}
        path = self._address.own_path(scope)
        if self.state.graph_store is not None and path.startswith(self.state.graph_store.path):
            store: App = self.state.graph_store
            return store
        return endpoints.get(path.rstrip("/"), self._inner)

    def _route_name(self, scope: Scope) -> str:
        """Name the route of a request: figures are kept for each route, not for each address."""
        path = self._address.own_path(scope).rstrip("/")
        if path in ("/sparql", "/mcp"):
            return str(path)
        return getattr(scope.get("route"), "path", "none")


class _Sent:
    """Sends an answer on with the headers that all have, `bare` without its body, and keeps its status and size."""

    def __init__(self, send: Send, *, bare: bool) -> None:
        self.status = 500
        self.is_started = False
        self.size = 0
        self._bare = bare
        self._send = send

    async def __call__(self, message: Message) -> None:
        """Send one message on."""
        if message["type"] == "http.response.start":
            self.is_started = True
            self.status = message["status"]
            given = message["headers"] = [*message.get("headers", ()), *PROTECTION]
            if not any(name == _POLICY[0] for name, _ in given):
                given.append(_POLICY)
        elif message["type"] == "http.response.body":
            if self._bare:
                message["body"] = b""
            self.size += len(message.get("body", b""))
        await self._send(message)


async def _other_host(_: Scope, __: Receive, send: Send) -> None:
    """Refuse a request for a host that this server is not, or whose Host header names none."""
    await send_answer(send, problem(MisdirectedRequest("this server is not the host that the request names")))


async def _too_many_parameters(_: Scope, __: Receive, send: Send) -> None:
    """Refuse an address whose parameters would take long to read, whatever it is."""
    await send_answer(send, problem(UsageError(f"the address has over {MOST_FIELDS:,} parameters; send fewer")))


async def _preflight(_: Scope, __: Receive, send: Send) -> None:
    """Tell a browser that scripts of other sites may ask."""
    await send_answer(send, RawResponse(204, headers=_PREFLIGHT))
