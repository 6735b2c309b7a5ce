"""The application: the routes, and around them the door that every request passes.

The door counts and logs each request, tells the workers on whose account it runs, sets the
headers that every answer has, and hands `/sparql` and `/mcp` to their endpoints directly. All other routes
are routers of FastAPI. A router finds what it needs in `request.app.state.serving`.
"""

from __future__ import annotations

import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException

from kg import __version__
from kg.errors import KgError, NotFound, UsageError
from kg.server.api import draw as api_draw
from kg.server.api import match as api_match
from kg.server.api import networks as api_networks
from kg.server.api import routes as api
from kg.server.endpoints import crawlers, dumps, linked_data, reconcile, status
from kg.server.endpoints.mcp import AgentsEndpoint
from kg.server.endpoints.sparql import SparqlEndpoint
from kg.server.endpoints.updates import GRAPH_STORE, GraphStore, TestEndpoint
from kg.server.http.asgi import Answer, App, Message, Receive, Scope, Send, send_answer
from kg.server.http.problems import MethodNotAllowed, problem_body, problem_headers
from kg.server.middleware.access_log import AccessLog, Entry
from kg.server.middleware.metrics import Metrics
from kg.server.settings import ServerSettings
from kg.server.web import pages, query_page
from kg.server.web.documentation import describe
from kg.server.web.page_route import problem_page, wants_page
from kg.server.workers.quota import CLIENT, client_of
from kg.server.workers.service import Serving

__all__ = ["ROUTERS", "make_app"]

ROUTERS = (
    status.router,
    api.router,
    api_match.router,
    api_networks.router,
    api_draw.router,
    reconcile.router,
    reconcile.draft,
    linked_data.router,
    dumps.router,
    crawlers.router,
    pages.router,
    query_page.router,
)
"""The routers of all routes but `/sparql`; add yours here."""

_ALWAYS = (
    (b"access-control-allow-origin", b"*"),
    (b"access-control-expose-headers", b"ETag, Link, Location, Retry-After"),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
)
_POLICY = (b"content-security-policy", b"default-src 'self'")
_PREFLIGHT = {
    "access-control-allow-methods": "GET, HEAD, POST, OPTIONS",
    "access-control-allow-headers": "Accept, Content-Type, Authorization, Mcp-Session-Id, Mcp-Protocol-Version",
    "access-control-max-age": "86400",
}


def make_app(settings: ServerSettings) -> App:
    """Make the server's ASGI application; its lifespan opens the release and ends the workers."""
    serving = Serving(settings)
    agents = AgentsEndpoint(serving, settings)
    metrics = Metrics(serving)

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        try:
            await serving.open()
        except KgError as error:
            app.state.failure = error
            raise
        try:
            async with agents.running():
                yield
        finally:
            await serving.close()

    # The pages of FastAPI load scripts from elsewhere; ours comes with the routes.
    inner = FastAPI(title="kg", version=__version__, lifespan=lifespan, docs_url=None, redoc_url=None)
    inner.openapi = lambda: describe(inner)  # type: ignore[method-assign]
    inner.state.serving = serving
    inner.state.metrics = metrics
    inner.state.sparql = TestEndpoint(serving) if settings.test_mode else SparqlEndpoint(serving)
    inner.state.sparql.page = query_page.lead_to_page
    inner.state.graph_store = GraphStore(serving) if settings.test_mode else None
    inner.state.agents = agents
    inner.add_exception_handler(KgError, _tell)
    inner.add_exception_handler(HTTPException, _tell_http)
    inner.add_exception_handler(RequestValidationError, _tell_invalid)
    for router in ROUTERS:
        inner.include_router(router)
    return Door(inner, serving, metrics, AccessLog(settings.access_log))


def _answer(error: KgError) -> Response:
    return Response(problem_body(error), error.http_status, problem_headers(error))


async def _tell(_: Request, error: Exception) -> Response:
    return _answer(error if isinstance(error, KgError) else KgError("something went wrong here; tell us what you did"))


async def _tell_http(request: Request, error: Exception) -> Response:
    status_code = error.status_code if isinstance(error, HTTPException) else 500
    if status_code == 404:
        missing = NotFound("page", request.url.path)
        return problem_page(request, missing) if wants_page(request) else _answer(missing)
    if status_code == 405 and isinstance(error, HTTPException):
        allowed = tuple((error.headers or {}).get("Allow", "").split(", "))
        return _answer(MethodNotAllowed(f"{request.url.path} does not take {request.method}", allowed))
    return Response(problem_body(UsageError(str(error))), status_code, problem_headers(UsageError("")))


async def _tell_invalid(_: Request, error: Exception) -> Response:
    found = error.errors() if isinstance(error, RequestValidationError) else []
    told = "; ".join(f"{'.'.join(map(str, one['loc'][1:]))}: {one['msg']}" for one in found)
    return _answer(UsageError(f"the request is not as it should be ({told})"))


class Door:
    """What every request passes on its way in and out."""

    def __init__(self, inner: FastAPI, serving: Serving, metrics: Metrics, log: AccessLog) -> None:
        self.state = inner.state
        self._inner = inner
        self._serving = serving
        self._metrics = metrics
        self._log = log

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let one request through."""
        if scope["type"] != "http":
            await self._inner(scope, receive, send)
            return
        begun = time.monotonic()
        client = (scope.get("client") or ("",))[0]
        CLIENT.set(client_of(client))
        sent = _Sent(send)
        try:
            await self._route(scope)(scope, receive, sent)
        finally:
            seconds = time.monotonic() - begun
            self._metrics.count(_route_name(scope), sent.status, seconds)
            release = self._serving.release_id
            self._log.write(Entry(client, scope["method"], scope["path"], sent.status, sent.size, seconds, release))

    def _route(self, scope: Scope) -> App:
        if scope["method"] == "OPTIONS":
            return _preflight
        endpoints: dict[str, App] = {"/sparql": self.state.sparql, "/mcp": self.state.agents}
        if self.state.graph_store is not None and scope["path"].startswith(GRAPH_STORE):
            store: App = self.state.graph_store
            return store
        return endpoints.get(scope["path"].rstrip("/"), self._inner)


class _Sent:
    """Sends an answer on with the headers that all have, and keeps its status and size."""

    def __init__(self, send: Send) -> None:
        self.status = 500
        self.size = 0
        self._send = send

    async def __call__(self, message: Message) -> None:
        """Send one message on."""
        if message["type"] == "http.response.start":
            self.status = message["status"]
            given = message["headers"] = [*message.get("headers", ()), *_ALWAYS]
            if not any(name == _POLICY[0] for name, _ in given):
                given.append(_POLICY)
        elif message["type"] == "http.response.body":
            self.size += len(message.get("body", b""))
        await self._send(message)


def _route_name(scope: Scope) -> str:
    """Name the route of a request: figures are kept for each route, not for each address."""
    path = scope["path"].rstrip("/")
    if path in ("/sparql", "/mcp"):
        return str(path)
    return getattr(scope.get("route"), "path", "none")


async def _preflight(_: Scope, __: Receive, send: Send) -> None:
    """Tell a browser that scripts of other sites may ask."""
    await send_answer(send, Answer(204, headers=_PREFLIGHT))
