"""Every id at its own address: `/id/company/catl` as a page, as Turtle, JSON-LD, N-Triples, RDF/XML, TriG or N-Quads.

The Accept header chooses, a suffix overrides it (`/id/company/catl.ttl`); `?claims=1` adds the claims behind each
statement: their graphs, who makes them and where. An id that was merged into another leads there for good (308), one
that nobody knows is told with the nearest (404). The canonical address of an id is its IRI under w3id.org, which
leads to a server like this; the data always names that one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Annotated, Any

from fastapi import APIRouter, Path, Request, Response

from kg.errors import NotAcceptable, NotFound
from kg.formats import HTML, JSONLD, ONTOLOGY, RDF, SVG, Format, sent_types
from kg.release.metadata import LICENCE_URL
from kg.server.http.description import LANGUAGE, answer, page, parameter, unchanged
from kg.server.http.negotiation import negotiate
from kg.server.web.layout import SVG_POLICY, Page, make_page, render, tag_of
from kg.server.web.page_route import PageRoute, require_known
from kg.server.workers.service import Serving

__all__ = ["router"]

router = APIRouter(tags=["linked data"], route_class=PageRoute)
_ID: Any = {
    "responses": page("What is known", *RDF.values(), SVG, codes=(400, 404, 406, 410), more=unchanged(308)),
    "response_class": Response,
    "openapi_extra": {
        "parameters": [
            parameter("claims", "1 adds the claims behind it"),
            parameter("property", "Show this one alone"),
            LANGUAGE,
        ]
    },
}
_TERMS: Any = {
    "responses": page("The ontology", *ONTOLOGY.values(), codes=(400, 404, 406), more=unchanged()),
    "response_class": Response,
    "openapi_extra": {"parameters": [LANGUAGE]},
}

# A picture is asked for by its own type, and "anything" means the page.
_FAMILY: Mapping[str, Format] = MappingProxyType({"html": HTML, **RDF, "svg": SVG})
_OFFERED = tuple(sent_types(_FAMILY).items())
_MEDIA: Mapping[str, str] = MappingProxyType({suffix: one.media_type for suffix, one in RDF.items()})
_NAMES: Mapping[str, str] = MappingProxyType({suffix: one.title for suffix, one in RDF.items()})
# The nearest things alone: the whole picture is a view of its own.
_AROUND = {"view": "relations", "depth": 1, "limit": 12}
_NO_CLAIMS = ("0", "", "no", "false")


@router.get("/id/{path:path}", summary="What is known about an id", **_ID)
async def dereference(request: Request, path: Annotated[str, Path(examples=["company/catl"])]) -> Response:
    """Give an entity, a document, a claim or a record, in the format that was asked for."""
    if path.startswith("kg:"):
        raise NotFound("entity", path)
    return await _give(request, path, "/id/")


@router.get("/concept/{name}", summary="What is known about a concept", **_ID)
async def concept(request: Request, name: Annotated[str, Path(examples=["Base"])]) -> Response:
    """Give a concept of the ontology with what is said about it; its definition stands at /ontology."""
    return await _give(request, f"kg:{name}", "/concept/")


async def _give(request: Request, path: str, under: str) -> Response:
    serving: Serving = request.app.state.serving
    short, format = _format(request, path)
    page = replace(make_page(request), alternates=_MEDIA, format_names=_NAMES)
    require_known(page, "claims", "property")
    located = await serving.look_up("locate", {"path": short})
    own = under + short.removeprefix("kg:")
    if located["sort"] == "merged":
        suffix = f".{format}" if short != path else ""
        target = f"/id/{located['id']}{suffix}"
        return Response(status_code=308, headers={"location": page.address(target, **page.query)})
    tag = tag_of(page, f"{format}.{request.url.query}")
    if tag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers={"etag": tag, "vary": "Accept, Accept-Language"})
    if format == HTML.name:
        answer = await _page(serving, page, located, own)
    elif format == SVG.name:
        found = await _draw_around(serving, short, page)
        answer = Response(found["svg"], media_type=SVG.content_type, headers={"content-security-policy": SVG_POLICY})
    else:
        behind = page.query.get("claims", "0") not in _NO_CLAIMS
        text = await serving.look_up("rdf", {"path": short, "format": format, "behind": behind})
        answer = Response(text, media_type=RDF[format].content_type)
    answer.headers.update({"etag": tag, "vary": "Accept, Accept-Language", "cache-control": "no-cache"})
    answer.headers["link"] = _links(page, own)
    return answer


def _format(request: Request, path: str) -> tuple[str, str]:
    """Give the id and the format that are asked for: by suffix, else by the Accept header."""
    short, dot, suffix = path.rpartition(".")
    named = next((name for name, one in _FAMILY.items() if suffix in one.suffixes), None)
    if dot and named is not None:
        return short, named
    wants_claims = request.query_params.get("claims", "0") not in _NO_CLAIMS
    # With claims, a client that takes anything in RDF is served best by what keeps the graphs.
    offered = sorted(
        _OFFERED, key=lambda one: wants_claims and one[0] != HTML.name and not _FAMILY[one[0]].keeps_graphs
    )
    format = negotiate(request.headers.get("accept") or "*/*", tuple(offered))
    if format is None:
        raise NotAcceptable(
            f"an id comes as {HTML.media_type}, {', '.join(_MEDIA.values())}; ask for one, or add a suffix: .ttl"
        )
    return path, format


def _links(page: Page, own: str) -> str:
    """Point at every other format."""
    found = [
        f'<{page.address(f"{own}.{suffix}")}>; rel="alternate"; type="{media}"' for suffix, media in _MEDIA.items()
    ]
    return ", ".join([*found, f'<{LICENCE_URL}>; rel="license"'])


async def _page(serving: Serving, page: Page, located: dict[str, str], own: str) -> Response:
    """Fill the template for the sort of thing that an id names."""
    short, language = located["id"], page.language
    if located["sort"] == "claim":
        found = await serving.look_up("claim_page", {"name": short, "language": language})
        return render(page, "claim.html", claim=found, own=own)
    if located["sort"] == "record":
        found = await serving.look_up("record", {"path": short, "language": language})
        return render(page, "record.html", record=found, own=own)
    only = page.query.get("property") or None
    found = await serving.look_up("entity_page", {"entity": short, "language": language, "property_name": only})
    drawn = {} if only else await _draw_around(serving, short, page)
    return render(
        page, "entity.html", entity=found, own=own, only=only, picture=drawn and not drawn["empty"] and drawn["svg"]
    )


async def _draw_around(serving: Serving, short: str, page: Page) -> dict[str, Any]:
    arguments = _AROUND | {"entity": short, "language": page.language}
    picture: dict[str, Any] = await serving.look_up("operation", {"name": "draw", "arguments": arguments})
    return picture


_ONTOLOGY: Mapping[str, Format] = MappingProxyType({"html": HTML, **ONTOLOGY})


@router.get("/ontology", summary="The ontology", **_TERMS)
async def ontology(request: Request) -> Response:
    """Give the ontology as a page, or in RDF. A term's IRI ends in #Term, which a browser keeps to itself."""
    format = negotiate(request.headers.get("accept") or "*/*", tuple(sent_types(_ONTOLOGY).items()))
    if format is None:
        raise NotAcceptable(
            f"the ontology comes as {', '.join(one.media_type for one in _ONTOLOGY.values())}; ask for one of these"
        )
    return await _ontology(request, format)


@router.get("/ontology.{format}", summary="The ontology as a file", **_TERMS)
async def ontology_file(request: Request, format: Annotated[str, Path(examples=["ttl"])]) -> Response:
    """Give the ontology in the format of a suffix."""
    if format not in _ONTOLOGY:
        raise NotFound("format of the ontology", format, tuple(_ONTOLOGY))
    return await _ontology(request, format)


async def _ontology(request: Request, format: str) -> Response:
    serving: Serving = request.app.state.serving
    page = make_page(request)
    require_known(page)
    tag = tag_of(page, format)
    if tag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers={"etag": tag})
    if format == HTML.name:
        answer = render(page, "ontology.html", modules=await serving.look_up("glossary"))
    else:
        text = await serving.look_up("ontology", {"format": format})
        answer = Response(text, media_type=RDF[format].content_type)
    alternates = (
        f'<{page.address("/ontology." + suffix)}>; rel="alternate"; type="{one.media_type}"'
        for suffix, one in _ONTOLOGY.items()
    )
    answer.headers.update({"etag": tag, "vary": "Accept, Accept-Language", "link": ", ".join(alternates)})
    return answer


@router.get(
    "/context.jsonld", summary="The JSON-LD context", responses=answer("The context", JSONLD), response_class=Response
)
async def context(request: Request) -> Response:
    """Give the context by which JSON-LD of this release is compacted."""
    serving: Serving = request.app.state.serving
    return Response(await serving.look_up_json("context"), media_type=JSONLD.media_type)
