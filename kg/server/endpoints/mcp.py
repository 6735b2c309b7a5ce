"""Tools for agents at /mcp: the Model Context Protocol over streamable HTTP, without sessions.

Tools ask through `Serving`, so that deadlines and what one client may use hold for agents as for all others. Requests
for another host than ours are refused: else any web page could reach a server on its reader's own machine by a name
that it makes point there (DNS rebinding).
"""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any

from mcp.server.mcpserver import MCPServer
from mcp.server.transport_security import TransportSecuritySettings

from kg.formats import JSON
from kg.mcp.access import Solutions
from kg.mcp.server import make_server
from kg.server.http.asgi import App, Receive, Scope, Send, header, problem, send_answer
from kg.server.http.problems import MethodNotAllowed, UnsupportedMediaType
from kg.server.settings import ServerSettings
from kg.server.workers.service import Serving
from kg.server.workers.sparql_job import QueryRequest

__all__ = ["AgentsEndpoint"]

MAX_BODY = 262_144
_LOCAL = ("127.0.0.1", "localhost", "[::1]")
_EVERYWHERE = frozenset({"0.0.0.0", "::"})  # noqa: S104 - what is not bound to, but compared with


class ServedAccess:
    """Reaches the graph through the workers of the server."""

    def __init__(self, serving: Serving) -> None:
        self._serving = serving

    async def look_up(self, verb: str, arguments: Mapping[str, Any] | None = None) -> Any:
        """Run a verb in a worker."""
        return await self._serving.look_up(verb, arguments)

    async def solve(self, text: str, seconds: float, wanted: slice) -> Solutions:
        """Run a query in a worker, which reads its rows too, for there may be very many."""
        request = QueryRequest(text, graph="nt", wanted=(wanted.start, wanted.stop))
        frame = await self._serving.query(request, timeout=seconds)
        found = json.loads(frame.body)
        return Solutions(tuple(found["columns"]), tuple(found["rows"]), found["total"], tuple(frame.head["notes"]))


class AgentsEndpoint:
    """The ASGI application behind /mcp; `running` must be entered before the first request."""

    def __init__(self, serving: Serving, settings: ServerSettings) -> None:
        self._server: MCPServer = make_server(ServedAccess(serving))
        self._app: App = self._server.streamable_http_app(
            streamable_http_path="/mcp",
            json_response=True,
            stateless_http=True,
            max_request_body_size=MAX_BODY,
            transport_security=_security(settings),
        )

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Run what the transport needs."""
        async with AsyncExitStack() as stack:
            await stack.enter_async_context(self._server.session_manager.run())
            yield

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request. Without sessions there is nothing to listen to (GET) or to end (DELETE)."""
        if scope["method"] != "POST":
            await send_answer(send, problem(MethodNotAllowed(f"/mcp does not take {scope['method']}; POST", ("POST",))))
            return
        media = header(scope, b"content-type").partition(";")[0].strip().lower()
        if media != JSON.media_type:
            await send_answer(
                send,
                problem(
                    UnsupportedMediaType(
                        f"a body of type {media[:80] or '(none)'} is not taken; send {JSON.media_type}"
                    )
                ),
            )
            return
        headers = scope.get("asked_headers", scope["headers"])
        await self._app({**scope, "path": "/mcp", "root_path": "", "headers": headers}, receive, send)


def _security(settings: ServerSettings) -> TransportSecuritySettings:
    """Allow the hosts by which this server is meant to be reached, and pages of their own origin."""
    named = [name for name in (settings.host, *settings.mcp_hosts.split(",")) if name.strip() not in ("", *_EVERYWHERE)]
    hosts = [host.strip() for host in dict.fromkeys((*_LOCAL, *named))]
    hosts = [f"[{host}]" if ":" in host.strip("[]") and not host.startswith("[") else host for host in hosts]
    patterns = [pattern for host in hosts for pattern in (host, f"{host}:*")]
    origins = [f"{scheme}://{pattern}" for scheme in ("http", "https") for pattern in patterns]
    return TransportSecuritySettings(allowed_hosts=patterns, allowed_origins=origins)
