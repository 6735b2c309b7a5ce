"""Addresses that the data use and that are no ids: modules, alignments, units, rules and graphs, each at its own place.

`/ontology/claims`, `/ontology/alignments/iof`, `/unit/PERCENT_CHANGE`, `/rule/owned-by`, `/graph/ledger`: as RDF by the
Accept header or a suffix, and as a page; a module leads to its part of the page of the ontology.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Annotated, Any

from fastapi import APIRouter, Path, Request, Response

from kg.errors import NotAcceptable
from kg.formats import HTML, RDF, Format, sent_types
from kg.server.http.description import LANGUAGE, page, unchanged
from kg.server.http.negotiation import negotiate
from kg.server.web.layout import make_page, render, tag_of
from kg.server.web.page_route import PageRoute
from kg.server.workers.service import Serving

__all__ = ["router"]

router = APIRouter(tags=["linked data"], route_class=PageRoute)
_TERM: Any = {
    "responses": page("What is known", *RDF.values(), codes=(400, 404, 406), more=unchanged(303)),
    "response_class": Response,
    "openapi_extra": {"parameters": [LANGUAGE]},
}

_FAMILY: Mapping[str, Format] = MappingProxyType({"html": HTML, **RDF})
_OFFERED = tuple(sent_types(_FAMILY).items())
_MEDIA: Mapping[str, str] = MappingProxyType({suffix: one.media_type for suffix, one in RDF.items()})
_NAMES: Mapping[str, str] = MappingProxyType({suffix: one.title for suffix, one in RDF.items()})


@router.get("/ontology/{path:path}", summary="A module or an alignment of the ontology", **_TERM)
async def module(request: Request, path: Annotated[str, Path(examples=["claims"])]) -> Response:
    """Give a module with its terms, an alignment with its mappings; the address of a version gives the same."""
    return await _give(request, f"ontology/{path}")


@router.get("/unit/{name}", summary="A unit", **_TERM)
async def unit(request: Request, name: Annotated[str, Path(examples=["PERCENT_CHANGE"])]) -> Response:
    """Give a unit of ours with what it is compared in."""
    return await _give(request, f"unit/{name}")


@router.get("/rule/{name}", summary="A rule", **_TERM)
async def rule(request: Request, name: Annotated[str, Path(examples=["owned-by"])]) -> Response:
    """Give a rule with its reason and its query."""
    return await _give(request, f"rule/{name}")


@router.get("/graph/{name}", summary="A named graph", **_TERM)
async def graph(request: Request, name: Annotated[str, Path(examples=["ledger"])]) -> Response:
    """Tell what a graph of the release holds; its statements are reached by SPARQL and in the dumps."""
    return await _give(request, f"graph/{name}")


async def _give(request: Request, path: str) -> Response:
    serving: Serving = request.app.state.serving
    own, dot, suffix = path.rpartition(".")
    named = next((name for name, one in _FAMILY.items() if suffix in one.suffixes), None)
    if dot and named is not None:
        path, format = own, named
    else:
        format = negotiate(request.headers.get("accept") or "*/*", _OFFERED) or ""
    if not format:
        raise NotAcceptable(
            f"this comes as {HTML.media_type}, {', '.join(_MEDIA.values())}; ask for one, or add a suffix: .ttl"
        )
    page = replace(make_page(request), alternates=_MEDIA, format_names=_NAMES)
    tag = tag_of(page, format)
    if tag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers={"etag": tag, "vary": "Accept, Accept-Language"})
    if format == HTML.name:
        record = await serving.look_up("term_record", {"path": path, "language": page.language})
        if record["module"] is not None:
            anchor = f"#module-{record['module']}" if record["module"] else ""
            return Response(status_code=303, headers={"location": page.address("/ontology", **page.query) + anchor})
        answer = render(page, "record.html", record=record, own=f"/{path}")
    else:
        text = await serving.look_up("term", {"path": path, "format": format})
        answer = Response(text, media_type=RDF[format].content_type)
    answer.headers.update({"etag": tag, "vary": "Accept, Accept-Language", "cache-control": "no-cache"})
    return answer
