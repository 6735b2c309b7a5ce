"""Reconciliation over HTTP: version 0.2, which OpenRefine speaks, at /reconcile, and 1.0-draft at /reconcile/v1.

Only what belongs to HTTP is here; questions and answers are in `kg.reconciliation`. Scripts of other sites may ask
(the door says so on every answer, errors too), so JSONP, which would have them run what we send, is not needed.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal
from urllib.parse import quote

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse

from kg.errors import ConflictingParameters
from kg.formats import FORM, HTML, JSON
from kg.rdf.namespaces import BASE, KG
from kg.server.base_url import site_of
from kg.server.endpoints.reconcile_schemas import FORM_BODY, IN_ADDRESS, answers, json_body
from kg.server.http.asgi import header, read_body, read_pairs, unless_gone
from kg.server.http.problems import UnsupportedMediaType
from kg.server.workers.service import Sent, Serving

__all__ = ["draft", "router"]

MAX_BODY = 1_048_576
"""Bytes that a request may have: a hundred queries with twenty properties each."""

_JSON, _FORM = JSON.media_type, FORM.media_type
# A preview stands in a frame of somebody's page; nothing in it may run or load.
_PREVIEW_POLICY = {"content-security-policy": "default-src 'none'; style-src 'unsafe-inline'"}

_BATCH: Any = {"responses": answers("The answers, by query or by row", 400, 404, 409, 413, 415)}
_FOUND: Any = {"responses": answers("What was found", 400)}
_PREVIEW: Any = {"responses": answers("The page", 400, 404, media=HTML.media_type), "response_class": HTMLResponse}

_Id = Annotated[str, Query(examples=["company/catl"])]

router = APIRouter(prefix="/reconcile", tags=["reconciliation (OpenRefine)"])
draft = APIRouter(prefix="/reconcile/v1", tags=["reconciliation (1.0-draft)"])


async def _answer(request: Request, verb: str, **arguments: Any) -> Response:
    serving: Serving = request.app.state.serving
    given = {name: value for name, value in arguments.items() if value is not None}
    return Response(await serving.look_up_json(verb, given), media_type=_JSON)


async def _answer_batch(request: Request, verb: str, sent: Sent) -> Response:
    """Answer what was sent in bulk; it is read where it is worked on."""
    serving: Serving = request.app.state.serving
    return Response(await unless_gone(request.receive, serving.run_batch(verb, sent)), media_type=_JSON)


async def _operate(request: Request, pairs: dict[str, list[str]]) -> Response:
    """Answer what the parameters of version 0.2 ask; without any, say what there is."""
    given = [name for name in ("queries", "extend") for _ in pairs.get(name, [])]
    if not given:
        return await _answer(request, "manifest", root=site_of(request))
    if len(given) > 1:
        raise ConflictingParameters(f"the request has {len(given)} of queries and extend; send one")
    verb, argument = ("reconcile", "queries") if given[0] == "queries" else ("extend", "query")
    return await _answer_batch(request, verb, Sent(pairs[given[0]][0].encode("utf-8"), argument, given[0]))


@router.get("", summary="The manifest, or an answer to `queries` or `extend`", openapi_extra=IN_ADDRESS, **_BATCH)
async def get_service(request: Request) -> Response:
    """Give the manifest of version 0.2, or answer a batch of `queries` or an `extend` query, both JSON."""
    return await _operate(request, read_pairs(request.scope["query_string"]))


@router.post("", summary="Answer `queries` or `extend`, sent as a form", openapi_extra=FORM_BODY, **_BATCH)
async def post_service(request: Request) -> Response:
    """Answer a form with a batch of `queries` or an `extend` query, both JSON, as OpenRefine sends them."""
    body = await read_body(request.scope, request.receive, MAX_BODY)
    media = header(request.scope, b"content-type").partition(";")[0].strip().lower()
    if body and media != _FORM:
        raise UnsupportedMediaType(f"a body of type {media[:80] or '(none)'} is not taken; send {_FORM}")
    pairs = read_pairs(request.scope["query_string"])
    for name, values in read_pairs(body).items():
        pairs.setdefault(name, []).extend(values)
    return await _operate(request, pairs)


async def _suggest_entity(request: Request, prefix: str = "", cursor: int = 0, type: str | None = None) -> Response:  # noqa: A002 - the API's name
    """Suggest entities for a name, a part of one, or an id."""
    return await _answer(request, "suggest_entities", prefix=prefix, cursor=cursor, kind=type)


async def _suggest_property(request: Request, prefix: str = "", cursor: int = 0) -> Response:
    """Suggest properties; after a colon, the facets of the one before it."""
    return await _answer(request, "suggest_properties", prefix=prefix, cursor=cursor)


async def _suggest_type(request: Request, prefix: str = "", cursor: int = 0) -> Response:
    """Suggest classes that have entities."""
    return await _answer(request, "suggest_types", prefix=prefix, cursor=cursor)


async def _propose(request: Request, type: str | None = None, limit: int | None = None) -> Response:  # noqa: A002 - the API's name
    """Propose columns that entities of a type have, each with its date and its source."""
    return await _answer(request, "propose_columns", kind=type, limit=limit)


async def _preview(request: Request, id: _Id = "", lang: Literal["en", "zh"] = "en") -> Response:  # noqa: A002 - the API's name
    """Show an entity in a small page, made to stand in a frame."""
    serving: Serving = request.app.state.serving
    page = await serving.look_up("preview", {"entity": id, "language": lang})
    return Response(page, media_type=HTML.content_type, headers=_PREVIEW_POLICY)


@router.get("/flyout/{what}", summary="A line about a suggestion", responses=answers("The line", 400, 404))
async def get_flyout(request: Request, what: Literal["entity", "property", "type"], id: _Id = "") -> Response:  # noqa: A002 - the API's name
    """Say in a line of HTML what a suggested entity, property or type is."""
    return await _answer(request, "flyout", what=what, name=id)


@router.get(
    "/view",
    summary="Go to the page of an entity",
    response_class=RedirectResponse,
    status_code=303,
    responses=answers("Where its page is", 400, 404, status=303),
)
async def get_view(request: Request, id: _Id = "") -> Response:  # noqa: A002 - the API's name
    """Go to the page of an entity, or of the one that it was merged into; clients encode the slash of an id."""
    serving: Serving = request.app.state.serving
    iri = str(await serving.look_up("resolve", {"name": id}))
    path = f"/id/{quote(iri.removeprefix(BASE))}" if iri.startswith(BASE) else f"/concept/{quote(iri.removeprefix(KG))}"
    return RedirectResponse(site_of(request) + path, status_code=303)


@draft.get("", summary="The manifest", responses=answers("The manifest"))
async def get_draft(request: Request) -> Response:
    """Give the manifest of version 1.0-draft."""
    return await _answer(request, "manifest_of_draft", root=site_of(request))


@draft.post("/match", summary="Answer a batch of queries", openapi_extra=json_body("batch"), **_BATCH)
async def post_match(request: Request) -> Response:
    """Answer a batch of reconciliation queries, sent as JSON."""
    return await _answer_batch(request, "match", Sent(await _read_body(request), "batch", "the body"))


@draft.post("/extend", summary="Fill columns", openapi_extra=json_body("extend"), **_BATCH)
async def post_extend(request: Request) -> Response:
    """Fill columns for entities; the query is sent as JSON."""
    return await _answer_batch(request, "extend_rows", Sent(await _read_body(request), "query", "the body"))


async def _read_body(request: Request) -> bytes:
    media = header(request.scope, b"content-type").partition(";")[0].strip().lower()
    if media != _JSON:
        raise UnsupportedMediaType(f"a body of type {media[:80] or '(none)'} is not taken; send {_JSON}")
    return await read_body(request.scope, request.receive, MAX_BODY)


for _face in (router, draft):
    _face.get("/suggest/entity", summary="Suggest entities", **_FOUND)(_suggest_entity)
    _face.get("/suggest/property", summary="Suggest properties", **_FOUND)(_suggest_property)
    _face.get("/suggest/type", summary="Suggest types", **_FOUND)(_suggest_type)
    _face.get("/extend/propose", summary="Propose columns", **_FOUND)(_propose)
    _face.get("/preview", summary="A small page about an entity", **_PREVIEW)(_preview)
