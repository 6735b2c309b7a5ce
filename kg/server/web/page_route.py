"""Routes whose errors are pages for people and problems for programs, by what the request accepts."""

from __future__ import annotations

import gzip
import re
from collections.abc import Callable, Coroutine
from typing import Any

from fastapi import Request, Response
from fastapi.routing import APIRoute

from kg.errors import KgError
from kg.formats import JSON
from kg.operations.operation import reject_unknown
from kg.server.http.negotiation import negotiate
from kg.server.http.problems import PROBLEM_TYPE, problem_headers, problem_of
from kg.server.web.layout import HTML, Page, make_page, render

__all__ = ["PageRoute", "compress", "problem_page", "require_known", "wants_page"]

_OFFERED = (("problem", (PROBLEM_TYPE, JSON.media_type)), ("html", (HTML,)))
# Below, the head of the encoding costs more than it saves; above this effort a page takes long for little.
_SHORTEST, _EFFORT = 1000, 5
_REFUSED = re.compile(r"q=0(\.0*)?")
Handler = Callable[[Request], Coroutine[Any, Any, Response]]


class PageRoute(APIRoute):
    """A route that tells an error as a page to whoever asks for HTML."""

    def get_route_handler(self) -> Handler:
        """Wrap the handler of the route."""
        handle = super().get_route_handler()

        async def handle_for_people(request: Request) -> Response:
            try:
                return compress(request, await handle(request))
            except KgError as error:
                if not wants_page(request):
                    raise
                return problem_page(request, error)

        return handle_for_people


def compress(request: Request, response: Response) -> Response:
    """Send a page compressed to whoever takes it so; what is short, or already in an encoding, stays as it is."""
    taken = [one.strip().partition(";") for one in request.headers.get("accept-encoding", "").lower().split(",")]
    accepted = any(name in ("gzip", "*") and not _REFUSED.fullmatch(weight.strip()) for name, _, weight in taken)
    is_page = (response.media_type or "").startswith(HTML) and "content-encoding" not in response.headers
    if is_page:
        response.headers["vary"] = ", ".join(filter(None, (response.headers.get("vary"), "Accept-Encoding")))
    if accepted and is_page and len(response.body) >= _SHORTEST:
        # Without the time of day the same page is the same bytes.
        response.body = gzip.compress(bytes(response.body), _EFFORT, mtime=0)
        response.headers["content-encoding"] = "gzip"
        response.headers["content-length"] = str(len(response.body))
    return response


def require_known(page: Page, *names: str) -> None:
    """Refuse a parameter that a page does not have, rather than show what was not asked for."""
    known = (*names, "language")
    for name in page.query:
        if name not in known:
            reject_unknown(name, known, "this page has no parameter")


def wants_page(request: Request) -> bool:
    """Tell whether whoever asks would rather read a page than a problem."""
    return negotiate(request.headers.get("accept") or "*/*", _OFFERED) == "html"


def problem_page(request: Request, error: KgError) -> Response:
    """Tell an error as a page."""
    # What was asked may itself be what is wrong: the language is then that of the browser.
    scope = {**request.scope, "query_string": b""}
    page = make_page(Request(scope))
    answer = render(page, "problem.html", error.http_status, problem={"suggestions": [], **problem_of(error)})
    answer.headers.update({name: text for name, text in problem_headers(error).items() if name != "content-type"})
    return answer
