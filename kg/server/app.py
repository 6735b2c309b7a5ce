"""The application: the routes, and around them the gateway that every request passes.

A router finds what it needs in `request.app.state.serving`.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import cache

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException

from kg import __version__
from kg.errors import KgError, NotFound, UsageError
from kg.server.api import match as api_match
from kg.server.api import routes as api
from kg.server.endpoints import crawlers, dumps, linked_data, reconcile, status, terms
from kg.server.endpoints.mcp import AgentsEndpoint
from kg.server.endpoints.sparql import SparqlEndpoint
from kg.server.endpoints.updates import GraphStore, TestEndpoint
from kg.server.heap import keep_small, set_up
from kg.server.http.asgi import App
from kg.server.http.connection_table import ConnectionTable
from kg.server.http.problems import MethodNotAllowed, problem_body, problem_headers
from kg.server.middleware.access_log import AccessLog
from kg.server.middleware.gateway import Gateway
from kg.server.middleware.metrics import Metrics
from kg.server.settings import ServerSettings
from kg.server.web import pages, query_page
from kg.server.web.documentation import describe
from kg.server.web.page_route import problem_page, wants_page
from kg.server.workers.service import Serving

__all__ = ["ROUTERS", "make_app"]

ROUTERS = (
    status.router,
    api.router,
    api_match.router,
    reconcile.router,
    reconcile.draft,
    linked_data.router,
    terms.router,
    dumps.router,
    crawlers.router,
    pages.router,
    query_page.router,
)
"""The routers of all routes but `/sparql`; add yours here."""


def make_app(settings: ServerSettings, connections: ConnectionTable | None = None) -> App:
    """Make the server's ASGI application; its lifespan opens the release and ends the workers.

    The metrics tell of `connections`, where the server that runs the application keeps a table of them.
    """
    serving = Serving(settings)
    agents = AgentsEndpoint(serving, settings)
    metrics = Metrics(serving, connections)
    log = AccessLog(settings.access_log)

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        try:
            await serving.open()
        except (KgError, OSError) as error:
            # Whatever it is, it is told in a line: workers may not be started, or no more files opened.
            app.state.failure = error if isinstance(error, KgError) else KgError(f"the server cannot start ({error})")
            raise
        set_up()
        trimmer = asyncio.create_task(keep_small())
        try:
            async with agents.running():
                yield
        finally:
            trimmer.cancel()
            await serving.close()
            log.close()

    # The pages of FastAPI load scripts from elsewhere; ours comes with the routes.
    inner = FastAPI(title="kg", version=__version__, lifespan=lifespan, docs_url=None, redoc_url=None)
    # It is the same for every request, and takes a tenth of a second to make.
    inner.openapi = cache(lambda: describe(inner, settings.public))  # type: ignore[method-assign]
    inner.state.serving = serving
    inner.state.metrics = metrics
    inner.state.sparql = TestEndpoint(serving) if settings.test_mode else SparqlEndpoint(serving)
    inner.state.sparql.page = query_page.lead_to_page
    inner.state.graph_store = GraphStore(serving) if settings.test_mode else None
    inner.state.agents = agents
    inner.add_exception_handler(KgError, _respond)
    inner.add_exception_handler(HTTPException, _respond_to_http_error)
    inner.add_exception_handler(RequestValidationError, _respond_to_invalid_request)
    for router in ROUTERS:
        inner.include_router(router)
    return Gateway(inner, serving, metrics, log)


def _answer(error: KgError) -> Response:
    return Response(problem_body(error), error.http_status, problem_headers(error))


async def _respond(_: Request, error: Exception) -> Response:
    return _answer(error if isinstance(error, KgError) else KgError("something went wrong here; tell us what you did"))


async def _respond_to_http_error(request: Request, error: Exception) -> Response:
    status_code = error.status_code if isinstance(error, HTTPException) else 500
    if status_code == 404:
        missing = NotFound("page", request.url.path)
        return problem_page(request, missing) if wants_page(request) else _answer(missing)
    if status_code == 405 and isinstance(error, HTTPException):
        allowed = tuple((error.headers or {}).get("Allow", "").split(", "))
        # The gateway takes HEAD wherever GET is taken.
        allowed += ("HEAD",) if "GET" in allowed and "HEAD" not in allowed else ()
        return _answer(MethodNotAllowed(f"{request.url.path} does not take {request.method}", allowed))
    return Response(problem_body(UsageError(str(error))), status_code, problem_headers(UsageError("")))


async def _respond_to_invalid_request(_: Request, error: Exception) -> Response:
    found = error.errors() if isinstance(error, RequestValidationError) else []
    faults = "; ".join(f"{'.'.join(map(str, one['loc'][1:]))}: {one['msg']}" for one in found)
    return _answer(UsageError(f"the request is not as it should be ({faults})"))
