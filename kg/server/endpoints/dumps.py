"""The release to take home, and described for catalogues: `/dumps/`, `/.well-known/void`, `/dcat`, `/data`.

The files are those of the release as it was built, with its sums: ranges and conditional requests work, and the
same release always has the same bytes. Other forms are made by `kg export`.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import FileResponse

from kg.errors import NotAcceptable, NotFound
from kg.export.metadata import LICENCE_NAME
from kg.operations.rdf_writer import FORMS
from kg.server.base_url import site_of
from kg.server.http.negotiation import negotiate
from kg.server.web.layout import make_page, render
from kg.server.web.page_route import PageRoute
from kg.server.workers.service import Serving

__all__ = ["router"]

router = APIRouter(include_in_schema=False, route_class=PageRoute)

_JSON = "application/json"
_MEDIA: Mapping[str, str] = MappingProxyType(
    {
        "graph.nq": "application/n-quads",
        "graph.nq.gz": "application/gzip",
        "questions.json": _JSON,
        "rules.json": _JSON,
        "coverage.json": _JSON,
        "changes.json": _JSON,
        "release.json": _JSON,
        "MANIFEST.sha256": "text/plain; charset=utf-8",
    }
)
"""The files of a release that are given out, with their media types."""

_DESCRIBED = ("ttl", "jsonld", "nt", "rdf")


@router.get("/data")
async def data(request: Request) -> Response:
    """Show what there is to take home."""
    return render(make_page(request), "data.html", files=_files(_serving(request)), licence=LICENCE_NAME)


@router.api_route("/dumps/{name}", methods=["GET", "HEAD"])
async def dump(request: Request, name: str) -> Response:
    """Give a file of the release, or the part of it that was asked for."""
    serving = _serving(request)
    known = {file["name"]: file for file in _files(serving)}
    if name not in known:
        raise NotFound("file", name, tuple(known))
    tag = f'"{known[name]["sha256"] or serving.release_id}"'
    headers = {"etag": tag, "cache-control": "no-cache", "KG-Release": serving.release_id}
    if tag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    return FileResponse(serving.release / name, media_type=_MEDIA[name], headers=headers)


@router.get("/.well-known/void")
@router.get("/dcat")
async def described(request: Request) -> Response:
    """Describe the release as a data set, for DCAT and for VoID."""
    form = negotiate(request.headers.get("accept") or "*/*", tuple((form, (FORMS[form],)) for form in _DESCRIBED))
    # A browser asks for a page, and a description is none: it is shown as text.
    if form is None and "text/html" not in request.headers.get("accept", ""):
        raise NotAcceptable(f"the description comes as {', '.join(FORMS[one] for one in _DESCRIBED)}; ask for one")
    return await _describe(request, form or "ttl")


@router.get("/dcat.{form}")
async def described_as(request: Request, form: str) -> Response:
    """Describe the release in the form of a suffix."""
    if form not in _DESCRIBED:
        raise NotFound("form of the description", form, _DESCRIBED)
    return await _describe(request, form)


async def _describe(request: Request, form: str) -> Response:
    serving = _serving(request)
    told = {"site": site_of(request), "files": _files(serving), "form": form}
    text = await serving.look_up("dataset", told)
    headers = {"vary": "Accept, Host", "cache-control": "no-cache"}
    return Response(text, headers=headers, media_type=f"{FORMS[form]}; charset=utf-8")


def _serving(request: Request) -> Serving:
    serving: Serving = request.app.state.serving
    return serving


def _files(serving: Serving) -> list[dict[str, Any]]:
    """Name the files that are there, with size and sum; the manifest has no sum of its own."""
    folder = serving.release
    sums = _sums(folder)
    return [
        {
            "name": name,
            "media": media.partition(";")[0],
            "size": (folder / name).stat().st_size,
            "sha256": sums.get(name, ""),
            "rdf": name.startswith("graph."),
        }
        for name, media in _MEDIA.items()
        if (folder / name).is_file()
    ]


def _sums(folder: Path) -> dict[str, str]:
    lines = (folder / "MANIFEST.sha256").read_text(encoding="utf-8").splitlines()
    return {name: digest for digest, _, name in (line.partition("  ") for line in lines)}
