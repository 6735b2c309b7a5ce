"""The release to take home, and described for catalogues: `/dumps/`, `/.well-known/void`, `/dcat`, `/data`.

The files are those of the release as it was built, with its sums: ranges and conditional requests work, and the
same release always has the same bytes. Other forms are made by `kg export`.
"""

from __future__ import annotations

import json
from typing import Annotated, Any

from fastapi import APIRouter, Path, Request, Response
from fastapi.responses import FileResponse

from kg.errors import NotAcceptable, NotFound
from kg.formats import GZIP, HTML, JSON, NQUADS, ONTOLOGY, TEXT, format_of_file, media_types
from kg.release.metadata import LICENCE_NAME
from kg.server.base_url import site_of
from kg.server.http.description import LANGUAGE, RANGE_FAULTS, answer, page, unchanged
from kg.server.http.negotiation import negotiate
from kg.server.web.layout import make_page, render
from kg.server.web.page_route import PageRoute
from kg.server.workers.service import Serving

__all__ = ["router"]

router = APIRouter(tags=["release"], route_class=PageRoute)
_DESCRIPTION: Any = {
    "responses": answer("The description", *ONTOLOGY.values(), codes=(406,)),
    "response_class": Response,
}
_FORMS = (TEXT, JSON, NQUADS, GZIP)
_PART: Any = {
    **answer("The file", *_FORMS, codes=(404,)), **answer("The part that Range asks for", *_FORMS, status=206),
    **unchanged(), **RANGE_FAULTS,
}  # fmt: skip

_FILES = (
    "graph.nq", "graph.nq.gz", "questions.json", "wordings.json", "rules.json", "coverage.json", "changes.json",
    "release.json", "MANIFEST.sha256",
)  # fmt: skip
"""The files of a release that are given out."""

_LISTED = (("html", HTML.media_types), ("json", JSON.media_types))


@router.get(
    "/data",
    summary="What there is to take home",
    responses=page("The page", codes=(400,)),
    response_class=Response,
    openapi_extra={"parameters": [LANGUAGE]},
)
async def data(request: Request) -> Response:
    """Show what there is to take home."""
    return render(make_page(request), "data.html", files=_files(_serving(request)), licence=LICENCE_NAME)


@router.get("/dumps", include_in_schema=False)
@router.get(
    "/dumps/",
    summary="The files of the release",
    responses=page("The list", JSON, codes=(400, 406)),
    response_class=Response,
)
async def dumps(request: Request) -> Response:
    """List the files, for people as a page and for programs as JSON."""
    format = negotiate(request.headers.get("accept") or "*/*", _LISTED)
    if format is None:
        raise NotAcceptable(f"the list comes as {HTML.media_type} or {JSON.media_type}; ask for one")
    if format == HTML.name:
        return await data(request)
    serving, site = _serving(request), site_of(request)
    files = [{**file, "address": f"{site}/dumps/{file['name']}"} for file in _files(serving)]
    listed = {"release": serving.release_id, "licence": LICENCE_NAME, "files": files}
    body = json.dumps(listed, ensure_ascii=False, indent=1)
    return Response(body, media_type=JSON.media_type, headers={"vary": "Accept, Host", "cache-control": "no-cache"})


@router.get("/dumps/{name}", summary="A file of the release", responses=_PART, response_class=Response)
async def dump(request: Request, name: Annotated[str, Path(examples=["release.json"])]) -> Response:
    """Give a file of the release, or the part of it that was asked for."""
    served = _serving(request).now
    files = served.files
    if files is None or name not in _FILES or name not in files.sums:
        raise NotFound("file", name, tuple(file["name"] for file in _files(_serving(request))))
    tag = f'"{files.sums[name]}"'
    headers = {"etag": tag, "cache-control": "no-cache", "KG-Release": served.id}
    if tag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    path = await files.verified(name)
    return FileResponse(path, media_type=format_of_file(name).media_type, headers=headers)


@router.get("/.well-known/void", summary="The data set as VoID", **_DESCRIPTION)
@router.get("/dcat", summary="The data set as DCAT", **_DESCRIPTION)
async def described(request: Request) -> Response:
    """Describe the release as a data set, for DCAT and for VoID."""
    format = negotiate(request.headers.get("accept") or "*/*", tuple(media_types(ONTOLOGY).items()))
    # A browser asks for a page, and a description is none: it is shown as text.
    if format is None and HTML.media_type not in request.headers.get("accept", ""):
        raise NotAcceptable(
            f"the description comes as {', '.join(one.media_type for one in ONTOLOGY.values())}; ask for one"
        )
    return await _describe(request, format or next(iter(ONTOLOGY)))


@router.get(
    "/dcat.{format}",
    summary="The data set as a file",
    responses=answer("The description", *ONTOLOGY.values(), codes=(404,)),
    response_class=Response,
)
async def described_as(request: Request, format: Annotated[str, Path(examples=["ttl"])]) -> Response:
    """Describe the release in the format of a suffix."""
    if format not in ONTOLOGY:
        raise NotFound("format of the description", format, tuple(ONTOLOGY))
    return await _describe(request, format)


async def _describe(request: Request, format: str) -> Response:
    serving = _serving(request)
    arguments = {"site": site_of(request), "files": _files(serving), "format": format}
    text = await serving.look_up("dataset", arguments)
    headers = {"vary": "Accept, Host", "cache-control": "no-cache"}
    return Response(text, headers=headers, media_type=ONTOLOGY[format].content_type)


def _serving(request: Request) -> Serving:
    serving: Serving = request.app.state.serving
    return serving


def _files(serving: Serving) -> list[dict[str, Any]]:
    """Name the files that are there, with size and sum."""
    files = serving.now.files
    if files is None:
        return []
    return [
        {
            "name": name,
            "media": format_of_file(name).media_type,
            "size": (files.folder / name).stat().st_size,
            "sha256": files.sums[name],
            "rdf": name.startswith("graph."),
        }
        for name in _FILES
        if name in files.sums and (files.folder / name).is_file()
    ]
