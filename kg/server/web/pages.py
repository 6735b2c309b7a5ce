"""The pages: home, search, questions, coverage, conflicts, data, and the documentation of the interface.

Each asks a verb or two and fills a template. The pages of ids are in `linked_data`.
"""

from __future__ import annotations

import math
from itertools import groupby
from pathlib import Path
from typing import Annotated, Any

from fastapi import APIRouter, Request, Response
from fastapi import Path as PathParameter
from fastapi.responses import FileResponse, RedirectResponse

from kg.errors import ConflictingParameters, NotFound, UsageError
from kg.formats import STYLE, SVG
from kg.names.index import MAX_TEXT
from kg.operations.catalogue import OPERATIONS
from kg.server.http.description import LANGUAGE, RANGE_FAULTS, answer, page, parameter, unchanged
from kg.server.http.problems import problem_of
from kg.server.web.documentation import operations
from kg.server.web.layout import Page, make_page, render, tag_of
from kg.server.web.page_route import PageRoute, require_known, wants_page
from kg.server.workers.service import Serving

__all__ = ["router"]

router = APIRouter(tags=["pages"], route_class=PageRoute)


def _description(
    summary: str, *parameters: dict[str, Any], codes: tuple[int, ...] = (400,), leads: tuple[int, ...] = ()
) -> Any:
    """Describe a page for OpenAPI."""
    responses = page("The page", codes=codes, more=unchanged(*leads))
    return {
        "summary": summary, "responses": responses, "response_class": Response,
        "openapi_extra": {"parameters": [*parameters, LANGUAGE]},
    }  # fmt: skip


MOST_ROWS = 200
"""Rows of an answer that a page shows; the data has all."""

SECTION_ROWS = 40
CONFLICTS = 25
MATCHES = 30
LISTED = 1000

_STATIC = Path(__file__).parent / "static"
_FILES = {"style.css": STYLE.content_type, "icon.svg": SVG.media_type}


def _serving(request: Request) -> Serving:
    serving: Serving = request.app.state.serving
    return serving


def _unchanged(request: Request, page: Page) -> Response | None:
    """Say that a page which the release alone decides is still the same, without making it."""
    if tag_of(page) in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers={"etag": tag_of(page), "vary": "Accept, Accept-Language"})
    return None


@router.get("/", **_description("The first page"))
async def home(request: Request) -> Response:
    """Start here."""
    page = make_page(request)
    require_known(page)
    if unchanged := _unchanged(request, page):
        return unchanged
    home = await _serving(request).look_up("home", {"language": page.language})
    return render(page, "home.html", home=home)


_FIND = OPERATIONS["find"]


@router.get(
    "/search",
    **_description(
        "Find things by name",
        parameter("text", "A name, part of one, or a question in words"),
        parameter("kind", "A kind of thing", maxLength=_FIND.parameter("kind").longest),
        parameter("place", "Where it is", maxLength=_FIND.parameter("place").longest),
        parameter("offset", "Begin with this one"),
        codes=(400, 404, 409),
        leads=(303,),
    ),
)
async def search(request: Request) -> Response:
    """Find entities by name, each with the reason."""
    page = make_page(request)
    require_known(page, "text", "kind", "place", "offset")
    criteria = {name: page.query.get(name, "").strip() for name in ("text", "kind", "place")}
    kinds = await _serving(request).look_up("kinds", {"language": page.language})
    matches: list[Any] = []
    listed: dict[str, Any] = {}
    total, offset = 0, _offset(page)
    words: dict[str, Any] | None = None
    if criteria["text"] and not (criteria["kind"] or criteria["place"] or offset):
        words = await _serving(request).look_up("words_page", {"text": criteria["text"], "language": page.language})
        if words["understood"]["sort"] == "sparql":
            return RedirectResponse(page.link("/query", query=criteria["text"]), 303)
    if criteria["kind"] and not criteria["text"]:
        wanted = {"kind": criteria["kind"], "place": criteria["place"], "language": page.language, "limit": LISTED}
        listed = await _serving(request).look_up("of_kind", {**wanted, "offset": offset})
        total = listed["number"]
    elif criteria["text"] and len(criteria["text"]) <= MAX_TEXT:
        wanted = {"language": page.language, "limit": MATCHES, "offset": offset, **criteria}
        found = await _serving(request).look_up("operation", {"name": "find", "arguments": wanted})
        named = {one["id"]: one["name"] for one in kinds}
        matches = [{**row, "kind_name": named.get(row["kind"], row["kind"])} for row in found["rows"]]
        total = found["total"]
    elif criteria["place"]:
        raise ConflictingParameters("a place alone is not searched; give a name or a kind of thing beside it")
    count = len(matches) or len(listed.get("entities", ()))
    part = {
        "total": total,
        "first": offset + 1,
        "last": offset + count,
        "next": offset + count if offset + count < total else None,
    }
    shown = {"criteria": criteria, "kinds": kinds, "matches": matches, "listed": listed, "part": part}
    return render(page, "search.html", words=words, limit=MOST_ROWS, **shown)


def _offset(page: Page) -> int:
    """Read where a list begins; what is no number begins at the first."""
    text = page.query.get("offset", "0")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 0


@router.get("/questions", **_description("The named questions"))
async def questions(request: Request) -> Response:
    """List the named questions by their shape."""
    page = make_page(request)
    require_known(page)
    if unchanged := _unchanged(request, page):
        return unchanged
    found = await _questions(request)
    found.sort(key=lambda question: (question["shapes"][0], question["name"]))
    groups = [(shape, list(group)) for shape, group in groupby(found, key=lambda question: question["shapes"][0])]
    tasks = await _serving(request).look_up("tasks", {"language": page.language})
    return render(page, "questions.html", groups=groups, tasks=tasks)


@router.get(
    "/questions/{name}",
    **_description("Ask a named question", parameter("only", "Keep rows that hold this"), codes=(400, 404, 409, 413)),
)
async def question(request: Request, name: Annotated[str, PathParameter(examples=["base-operator"])]) -> Response:
    """Ask a named question with the parameters in the address."""
    page = make_page(request)
    known = await _questions(request)
    text = name.strip().casefold()
    chosen = next((one for one in known if text in (one["name"], *map(str.casefold, one["title"].values()))), None)
    if chosen is None:
        near = (one["name"] for one in known if one["name"].startswith(name[:4]))
        raise NotFound("question", name, tuple(near)[:3])
    name = chosen["name"]
    names = [parameter["name"] for parameter in chosen["parameters"]]
    require_known(page, *names, "only")
    given = {parameter: page.query[parameter] for parameter in names if page.query.get(parameter)}
    only = page.query.get("only", "").strip()
    arguments = {"question": name, "language": page.language, "parameters": given, "only": only or None}
    shown: dict[str, Any] = {"question": chosen, "given": given, "only": only, "limit": MOST_ROWS}
    shown["api"] = f"/api/v1/ask/{name}"
    try:
        answer = await _serving(request).look_up("answer_page", {"arguments": arguments})
    except (NotFound, UsageError) as error:
        if not wants_page(request):
            raise
        # The form stays as it was filled, so that only what is wrong need be written anew.
        wrong = next((one for one, text in given.items() if repr(text) in str(error)), None)
        problem = {"suggestions": [], **problem_of(error)}
        return render(page, "question.html", error.http_status, problem=problem, wrong=wrong, answer=None, **shown)
    return render(page, "question.html", problem=None, wrong=None, answer=answer, **shown)


async def _questions(request: Request) -> list[dict[str, Any]]:
    found = await _serving(request).look_up("operation", {"name": "questions", "arguments": {}})
    questions: list[dict[str, Any]] = found["questions"]
    return questions


@router.get("/coverage", **_description("What the graph covers"))
async def coverage(request: Request) -> Response:
    """Show what the graph covers and where it is thin."""
    page = make_page(request)
    require_known(page)
    if unchanged := _unchanged(request, page):
        return unchanged
    sections = await _serving(request).look_up("coverage_page", {"language": page.language})
    return render(page, "coverage.html", sections=sections, limit=SECTION_ROWS)


@router.get(
    "/conflicts",
    **_description(
        "Where sources disagree",
        parameter("entity", "About this thing alone"),
        parameter("page", "Which page of the list"),
        codes=(400, 404),
    ),
)
async def conflicts(request: Request) -> Response:
    """Show where sources disagree, some at a time."""
    page = make_page(request)
    require_known(page, "entity", "page")
    entity = page.query.get("entity", "").strip()
    found = await _serving(request).look_up("disagreements", {"entity": entity or None, "language": page.language})
    remarks: list[str] = []
    if entity and not found:
        wanted = {"entity": entity, "limit": 1, "language": page.language}
        answer = await _serving(request).look_up("operation", {"name": "conflicts", "arguments": wanted})
        remarks = answer["notes"]
    last = max(1, math.ceil(len(found) / CONFLICTS))
    text = page.query.get("page", "1")
    number = min(int(text), last) if text.isascii() and text.isdigit() and len(text) < 6 and int(text) else 1
    shown = found[(number - 1) * CONFLICTS : number * CONFLICTS]
    return render(page, "conflicts.html", conflicts=shown, entity=entity, number=number, last=last, remarks=remarks)


@router.get("/docs", **_description("The interface"))
async def docs(request: Request) -> Response:
    """Document the interface, from its own description."""
    page = make_page(request)
    require_known(page)
    return render(page, "docs.html", groups=operations(request.app.openapi()))


@router.get(
    "/static/{name}",
    summary="A file of the pages",
    responses={
        **answer("The file", STYLE, SVG, codes=(404,)),
        **unchanged(),
        **answer("A part of it", STYLE, SVG, status=206),
        **RANGE_FAULTS,
    },
    response_class=Response,
)
async def static(name: Annotated[str, PathParameter(examples=["style.css"])]) -> Response:
    """Give a file of the pages; its address changes with every version, so it may be kept."""
    if name not in _FILES:
        raise NotFound("file", name, tuple(_FILES))
    return FileResponse(_STATIC / name, media_type=_FILES[name], headers={"cache-control": "public, max-age=86400"})
