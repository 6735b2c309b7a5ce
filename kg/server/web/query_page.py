"""The page for SPARQL of one's own: a form, examples, the answer as a table. A browser at `/sparql` is led here.

It asks the same workers under the same bars as the endpoint. Results that are too large for a page are only
offered as data.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from fastapi import APIRouter, Request, Response

from kg import formats
from kg.errors import KgError
from kg.mcp.tools.sparql import read_examples
from kg.rdf.namespaces import shorten
from kg.server.http.asgi import RawResponse, Scope
from kg.server.http.description import LANGUAGE, page, parameter
from kg.server.http.negotiation import RESULTS
from kg.server.http.problems import problem_headers
from kg.server.web.layout import make_page, render
from kg.server.web.page_route import PageRoute, require_known
from kg.server.workers.service import Serving
from kg.server.workers.sparql_job import QueryRequest
from kg.sparql.guard import MAX_TEXT

__all__ = ["lead_to_page", "router"]

router = APIRouter(tags=["pages"], route_class=PageRoute)

MOST_ROWS = 500
"""Rows that the page shows; the data has all."""

MOST_BYTES = 2_000_000
"""Size up to which an answer is shown. Reading a larger one would keep everybody else waiting."""


@router.get(
    "/query",
    summary="Write a query",
    responses=page("The page", codes=(400, 403, 413)),
    response_class=Response,
    openapi_extra={"parameters": [parameter("query", "A query of SPARQL 1.1"), LANGUAGE]},
)
async def query(request: Request) -> Response:
    """Run the query in the address, or offer examples."""
    page = make_page(request)
    require_known(page, "query")
    text = page.query.get("query", "").replace("\r\n", "\n")
    context: dict[str, Any] = {"text": text, "most": MAX_TEXT, "examples": read_examples(), "limit": MOST_ROWS}
    context |= {"tables": formats.RESULTS, "graphs": formats.GRAPHS}
    if not text.strip():
        return render(page, "query.html", **context, answer=None, error=None, notes=())
    serving: Serving = request.app.state.serving
    try:
        frame = await serving.query(QueryRequest(text))
    except KgError as error:
        shown = render(page, "query.html", error.http_status, **context, answer=None, error=str(error), notes=())
        shown.headers.update({name: value for name, value in problem_headers(error).items() if name == "retry-after"})
        return shown
    return render(
        page,
        "query.html",
        **context,
        answer=_answer(frame.head["type"], frame.body),
        error=None,
        notes=frame.head["notes"],
    )


def _answer(media: str, body: bytes | bytearray) -> dict[str, Any]:
    """Read results as far as a page shows them: a table, a truth, a graph as text, or that it is too large."""
    if len(body) > MOST_BYTES:
        return {"size": len(body)}
    if media not in RESULTS["json"]:
        return {"graph": body.decode("utf-8")}
    found = json.loads(body)
    if "boolean" in found:
        return {"truth": found["boolean"]}
    columns = found["head"]["vars"]
    rows = [{name: _cell(row.get(name)) for name in columns} for row in found["results"]["bindings"][:MOST_ROWS]]
    return {"columns": columns, "rows": rows, "total": len(found["results"]["bindings"])}


def _cell(term: Mapping[str, str] | None) -> dict[str, str] | None:
    """Give a term as the page shows it: an id in its short form with what it links to, or a literal."""
    if term is None:
        return None
    if term["type"] != "uri":
        return {"text": term["value"], "language": term.get("xml:lang", ""), "id": ""}
    short = shorten(term["value"])
    return {"text": short, "language": "", "id": short}


async def lead_to_page(scope: Scope) -> RawResponse:
    """Lead a browser that opens the endpoint without a query to the page."""
    return RawResponse(303, headers={"location": f"{scope.get('root_path', '')}/query", "vary": "Accept"})
