"""What programs that read the whole web look for: `robots.txt`, `sitemap.xml`, `llms.txt`."""

from __future__ import annotations

import math
from xml.etree.ElementTree import Element, SubElement, tostring

from fastapi import APIRouter, Request, Response

from kg.errors import NotFound
from kg.formats import MARKDOWN, TEXT, XML, Format
from kg.rdf.namespaces import BASE
from kg.release.metadata import LICENCE_SHORT, TITLE
from kg.server.base_url import site_of
from kg.server.http.description import answer
from kg.server.workers.service import Serving

__all__ = ["router"]

router = APIRouter(tags=["release"])

PAGE = 5000
"""Addresses in one part of the map; the protocol takes up to 50,000."""

_NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
_FIXED = ("", "questions", "coverage", "conflicts", "ontology", "data", "docs")

_ROBOTS = """User-agent: *
Disallow: /sparql
Disallow: /api/
Disallow: /search
Allow: /

Sitemap: {site}/sitemap.xml
"""

_LLMS = """# {title}

> Companies, public bodies, bases, parks, supply chains and agreements, from phosphate rock to battery recycling.
> Every fact is a claim of one document, ranked against rival readings, and says how well its page bears it out. What
> the sources do not state is "not stated", which is not a no.

Release {release}. Data: {licence}. Ids such as `company/catl` stand for {base}company/catl;
here they are at {site}/id/company/catl, as HTML, Turtle (.ttl), JSON-LD (.jsonld) or N-Triples (.nt), and with
`?claims=1` with the claims behind each statement.

## Look things up

- [Find by any name]({site}/api/v1/find?text=ningde): English, Chinese, pinyin, with slips; says why each matched
- [Everything about an entity]({site}/api/v1/show?entity=company/catl): each statement with its claims
- [Who says so]({site}/api/v1/why?subject=base/guian/phase-one&property=plannedCapacity): documents, dates, positions
- [Named questions]({site}/api/v1/questions): take these before writing a query; ask with `/api/v1/ask/NAME`
- [Where sources disagree]({site}/api/v1/conflicts)
- [What is covered, and what is thin]({site}/api/v1/coverage)

## Understand

- [Ontology]({site}/ontology): every term with a definition and an example; [Turtle]({site}/ontology.ttl)
- [Interface]({site}/docs): [OpenAPI]({site}/openapi.json)
- [Data set]({site}/.well-known/void): VoID and DCAT with files and counts

## Query

- [SPARQL 1.1]({site}/sparql): read-only, stopped at a deadline; the default graph is the accepted view, each claim is
  a named graph, `graph:ledger` says who makes which claim
- [All quads]({site}/dumps/graph.nq)
"""


@router.get(
    "/robots.txt", summary="What programs may read", responses=answer("The rules", TEXT), response_class=Response
)
async def robots(request: Request) -> Response:
    """Let everything be read but what computes."""
    return _text(_ROBOTS.format(site=site_of(request)))


@router.get(
    "/llms.txt",
    summary="What there is, for language models",
    responses=answer("The text", MARKDOWN),
    response_class=Response,
)
async def llms(request: Request) -> Response:
    """Tell a language model what is here and how to ask for it."""
    serving: Serving = request.app.state.serving
    release, site = serving.release_id, site_of(request)
    return _text(_LLMS.format(title=TITLE, licence=LICENCE_SHORT, base=BASE, site=site, release=release), MARKDOWN)


@router.get("/sitemap.xml", summary="The parts of the map", responses=answer("The map", XML), response_class=Response)
async def sitemap(request: Request) -> Response:
    """Name the parts of the map."""
    site, ids = site_of(request), await _ids(request)
    root = Element("sitemapindex", xmlns=_NAMESPACE)
    for number in range(1, _parts(ids) + 1):
        SubElement(SubElement(root, "sitemap"), "loc").text = f"{site}/sitemap-{number}.xml"
    return _xml(root)


@router.get(
    "/sitemap-{number}.xml",
    summary="A part of the map",
    responses=answer("The part", XML, codes=(400, 404)),
    response_class=Response,
)
async def sitemap_part(request: Request, number: int) -> Response:
    """Give a part of the map: the pages in the first, then ids in order."""
    site, ids = site_of(request), await _ids(request)
    if not 1 <= number <= _parts(ids):
        raise NotFound("part of the map", str(number))
    root = Element("urlset", xmlns=_NAMESPACE)
    paths = [f"id/{short}" for short in ids[(number - 1) * PAGE : number * PAGE]]
    for path in [*(_FIXED if number == 1 else ()), *paths]:
        SubElement(SubElement(root, "url"), "loc").text = f"{site}/{path}"
    return _xml(root)


async def _ids(request: Request) -> list[str]:
    serving: Serving = request.app.state.serving
    ids: list[str] = await serving.look_up("ids")
    return ids


def _parts(ids: list[str]) -> int:
    return max(1, math.ceil(len(ids) / PAGE))


def _text(text: str, format: Format = TEXT) -> Response:
    return Response(text, media_type=format.content_type, headers={"vary": "Host", "cache-control": "no-cache"})


def _xml(root: Element) -> Response:
    body = b'<?xml version="1.0" encoding="UTF-8"?>\n' + tostring(root)
    return Response(body, media_type=XML.media_type, headers={"vary": "Host", "cache-control": "no-cache"})
