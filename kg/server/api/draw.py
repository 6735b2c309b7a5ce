"""Pictures over HTTP, under `/api/v1/draw`: as SVG, as a page of one file, or in words."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel, Field

from kg.server.api.responses import FAULTS, answer
from kg.server.web.layout import SVG_POLICY
from kg.server.workers.service import Serving

__all__ = ["router"]

router = APIRouter(prefix="/api/v1", tags=["pictures"])

# The page of a picture carries its own scripts and may reach nothing, and is shut off from this site.
_PAGE_POLICY = (
    "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data:; "
    "sandbox allow-scripts allow-popups"
)
_MEDIA = {"svg": "image/svg+xml", "html": "text/html", "txt": "text/plain"}


class Draw(BaseModel):
    """What to draw, about what, and which of its ties."""

    view: Literal["relations", "supply", "timeline", "map"] = "relations"
    about: str | None = Field(
        None,
        max_length=500,
        description="An id or a name; without it, what is best connected",
        examples=["company/catl"],
    )
    network: Literal["partnership", "supply", "ownership", "location", "process", "work"] | None = None
    depth: int | None = Field(None, ge=1, le=6, description="Steps from the entity")
    limit: int | None = Field(None, ge=1, le=300, description="The most boxes, rows or symbols")
    direction: Literal["both", "upstream", "downstream"] = "both"
    stage: str | None = Field(None, max_length=200)
    region: str | None = Field(None, max_length=200)
    status: str | None = Field(None, max_length=200)
    mode: str | None = Field(None, max_length=200)
    as_of: str | None = Field(None, pattern=r"^\d{4}-\d{2}-\d{2}$", description="Only ties known by this day")
    language: Literal["en", "zh"] = "en"
    format: Literal["svg", "html", "txt"] = Field(
        "svg", description="html is interactive, and there for relations only"
    )


_ANSWERS: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "The picture",
        "content": {media: {"schema": {"type": "string"}} for media in _MEDIA.values()},
    },
    **FAULTS,
}


@router.get(
    "/draw", summary="Draw relations, a supply chain, a timeline or a map", responses=_ANSWERS, response_class=Response
)
async def draw(request: Request, asked: Annotated[Draw, Query()]) -> Response:
    """Draw a picture in which every tie is stated by claims; what is planned or aimed at is dashed."""
    serving: Serving = request.app.state.serving
    choice = {name: value for name, value in asked.model_dump(exclude={"format"}).items() if value not in (None, "")}
    told = {"about": None, **choice}
    media = f"{_MEDIA[asked.format]}; charset=utf-8"
    if asked.format == "html":
        drawn = answer(request, (await serving.look_up("drawn_page", told)).encode("utf-8"), media)
        drawn.headers["content-security-policy"] = _PAGE_POLICY
        return drawn
    picture = await serving.look_up("draw", told)
    drawn = answer(request, picture["svg" if asked.format == "svg" else "text"].encode("utf-8"), media)
    drawn.headers["content-security-policy"] = SVG_POLICY
    return drawn
