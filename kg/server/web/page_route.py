"""Routes whose errors are pages for people and problems for programs, by what the request accepts."""

from __future__ import annotations

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

__all__ = ["PageRoute", "problem_page", "require_known", "wants_page"]

_OFFERED = (("problem", (PROBLEM_TYPE, JSON.media_type)), ("html", (HTML,)))
Handler = Callable[[Request], Coroutine[Any, Any, Response]]


class PageRoute(APIRoute):
    """A route that tells an error as a page to whoever asks for HTML, and takes HEAD wherever it takes GET."""

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        # Clients of linked data look before they fetch.
        if self.methods and "GET" in self.methods:
            self.methods.add("HEAD")

    def get_route_handler(self) -> Handler:
        """Wrap the handler of the route."""
        handle = super().get_route_handler()

        async def handle_for_people(request: Request) -> Response:
            try:
                return await handle(request)
            except KgError as error:
                if not wants_page(request):
                    raise
                return problem_page(request, error)

        return handle_for_people


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
