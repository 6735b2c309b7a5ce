"""Every id at its own address: `/id/company/catl` as a page, as Turtle, JSON-LD, N-Triples, RDF/XML, TriG or N-Quads.

The Accept header chooses, a suffix overrides it (`/id/company/catl.ttl`); `?claims=1` adds the claims behind each
statement: their graphs, who makes them and where. An id that was merged into another leads there for good (308), one
that nobody knows is told with the nearest (404). The canonical address of an id is its IRI under w3id.org, which
leads to a server like this; the data always names that one.
"""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType
from typing import Any

from fastapi import APIRouter, Request, Response

from kg.errors import NotAcceptable, NotFound
from kg.operations.rdf_writer import FORMS, NAMES, with_graphs
from kg.server.http.negotiation import negotiate
from kg.server.web.layout import HTML, SVG_POLICY, Page, make_page, render, tag_of
from kg.server.web.page_route import PageRoute
from kg.server.workers.service import Serving

__all__ = ["router"]

router = APIRouter(tags=["linked data"], route_class=PageRoute)

SVG = "image/svg+xml"
_OFFERED = (("html", (HTML,)), *((suffix, (media,)) for suffix, media in FORMS.items()), ("svg", (SVG,)))
# The nearest things alone: the whole picture is a view of its own.
_AROUND = {"view": "relations", "depth": 1, "limit": 12}
_NO_CLAIMS = ("0", "", "no", "false")


@router.get("/id/{path:path}", summary="What is known about an id", include_in_schema=False)
async def dereference(request: Request, path: str) -> Response:
    """Give an entity, a document, a claim or a record, in the form that was asked for."""
    if path.startswith("kg:"):
        raise NotFound("entity", path)
    return await _give(request, path, "/id/")


@router.get("/concept/{name}", summary="What is known about a concept", include_in_schema=False)
async def concept(request: Request, name: str) -> Response:
    """Give a concept of the ontology with what is said about it; its definition stands at /ontology."""
    return await _give(request, f"kg:{name}", "/concept/")


async def _give(request: Request, path: str, under: str) -> Response:
    serving: Serving = request.app.state.serving
    short, form = _form(request, path)
    page = replace(make_page(request), alternates=FORMS, format_names=NAMES)
    located = await serving.look_up("locate", {"path": short})
    own = under + short.removeprefix("kg:")
    if located["sort"] == "merged":
        suffix = f".{form}" if short != path else ""
        target = f"/id/{located['id']}{suffix}"
        return Response(status_code=308, headers={"location": page.address(target, **page.query)})
    tag = tag_of(page, f"{form}.{request.url.query}")
    if tag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers={"etag": tag, "vary": "Accept, Accept-Language"})
    if form == "html":
        answer = await _page(serving, page, located, own)
    elif form == "svg":
        told = await _draw_around(serving, short, page)
        answer = Response(
            told["svg"], media_type=f"{SVG}; charset=utf-8", headers={"content-security-policy": SVG_POLICY}
        )
    else:
        behind = page.query.get("claims", "0") not in _NO_CLAIMS
        text = await serving.look_up("rdf", {"path": short, "form": form, "behind": behind})
        answer = Response(text, media_type=f"{FORMS[form]}; charset=utf-8")
    answer.headers.update({"etag": tag, "vary": "Accept, Accept-Language", "cache-control": "no-cache"})
    answer.headers["link"] = _links(page, own)
    return answer


def _form(request: Request, path: str) -> tuple[str, str]:
    """Give the id and the form that are asked for: by suffix, else by the Accept header."""
    short, dot, suffix = path.rpartition(".")
    if dot and suffix in (*FORMS, "html", "svg"):
        return short, suffix
    wants_claims = request.query_params.get("claims", "0") not in _NO_CLAIMS
    # With claims, a client that takes anything in RDF is served best by what keeps the graphs.
    offered = sorted(_OFFERED, key=lambda one: wants_claims and one[0] != "html" and not with_graphs(one[0]))
    form = negotiate(request.headers.get("accept") or "*/*", tuple(offered))
    if form is None:
        raise NotAcceptable(f"an id comes as {HTML}, {', '.join(FORMS.values())}; ask for one, or add a suffix: .ttl")
    return path, form


def _links(page: Page, own: str) -> str:
    """Point at every other form."""
    found = [f'<{page.address(f"{own}.{suffix}")}>; rel="alternate"; type="{media}"' for suffix, media in FORMS.items()]
    return ", ".join([*found, '<https://creativecommons.org/licenses/by/4.0/>; rel="license"'])


async def _page(serving: Serving, page: Page, located: dict[str, str], own: str) -> Response:
    """Fill the template for the sort of thing that an id names."""
    short, language = located["id"], page.language
    if located["sort"] == "claim":
        told = await serving.look_up("operation", {"name": "claim", "arguments": {"name": short, "language": language}})
        return render(page, "claim.html", claim=told, own=own)
    if located["sort"] == "record":
        told = await serving.look_up("record", {"path": short, "language": language})
        return render(page, "record.html", record=told, own=own)
    only = page.query.get("property") or None
    told = await serving.look_up("portrait", {"entity": short, "language": language, "property_name": only})
    drawn = {} if only else await _draw_around(serving, short, page)
    return render(
        page, "entity.html", entity=told, own=own, only=only, picture=drawn and not drawn["empty"] and drawn["svg"]
    )


async def _draw_around(serving: Serving, short: str, page: Page) -> dict[str, Any]:
    arguments = _AROUND | {"entity": short, "language": page.language}
    picture: dict[str, Any] = await serving.look_up("operation", {"name": "draw", "arguments": arguments})
    return picture


_ONTOLOGY = MappingProxyType({"html": HTML, **{form: FORMS[form] for form in ("ttl", "jsonld", "nt", "rdf")}})


@router.get("/ontology", summary="The ontology", include_in_schema=False)
async def ontology(request: Request) -> Response:
    """Give the ontology as a page, or in RDF. A term's IRI ends in #Term, which a browser keeps to itself."""
    offered = tuple((form, (media,)) for form, media in _ONTOLOGY.items())
    form = negotiate(request.headers.get("accept") or "*/*", offered)
    if form is None:
        raise NotAcceptable(f"the ontology comes as {', '.join(_ONTOLOGY.values())}; ask for one of these")
    return await _ontology(request, form)


@router.get("/ontology.{form}", summary="The ontology as a file", include_in_schema=False)
async def ontology_file(request: Request, form: str) -> Response:
    """Give the ontology in the form of a suffix."""
    if form not in _ONTOLOGY:
        raise NotFound("form of the ontology", form, tuple(_ONTOLOGY))
    return await _ontology(request, form)


async def _ontology(request: Request, form: str) -> Response:
    serving: Serving = request.app.state.serving
    page = make_page(request)
    tag = tag_of(page, form)
    if tag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers={"etag": tag})
    if form == "html":
        answer = render(page, "ontology.html", modules=await serving.look_up("glossary"))
    else:
        text = await serving.look_up("ontology", {"form": form})
        answer = Response(text, media_type=f"{FORMS[form]}; charset=utf-8")
    alternates = (
        f'<{page.address("/ontology." + suffix)}>; rel="alternate"; type="{media}"'
        for suffix, media in _ONTOLOGY.items()
    )
    answer.headers.update({"etag": tag, "vary": "Accept, Accept-Language", "link": ", ".join(alternates)})
    return answer


@router.get("/context.jsonld", summary="The JSON-LD context", include_in_schema=False)
async def context(request: Request) -> Response:
    """Give the context by which JSON-LD of this release is compacted."""
    serving: Serving = request.app.state.serving
    return Response(await serving.look_up_json("context"), media_type=FORMS["jsonld"])
