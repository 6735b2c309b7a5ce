"""What can be computed on the networks of ties, under `/api/v1`: partners, dependence, ways, the reach of a stop.

Each answer says in its notes how it was counted and what is not known; each row names the claims that it rests on.
"""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel, Field

from kg.server.api.models import QuestionAnswer
from kg.server.api.responses import ResultFormat, answer_table, table_answers

__all__ = ["router"]

router = APIRouter(prefix="/api/v1", tags=["networks"])

_ANSWERS = table_answers(QuestionAnswer)
_Entity = Annotated[
    str, Field(min_length=1, max_length=500, description="An id, an IRI, or a name", examples=["company/catl"])
]


class Narrowed(BaseModel):
    """Which ties count; what is left out asks nothing."""

    stage: str | None = Field(None, max_length=200, description="Ties about a stage, or of who does its work")
    region: str | None = Field(None, max_length=200, description="Ties with an end in this place")
    status: str | None = Field(None, max_length=200, description="Ties, or ends of them, with this status")
    rank: Literal["normal", "preferred"] | None = Field(None, description="preferred: no tie of weak sources alone")
    mode: Literal["Stated", "Planned", "Expected", "AimedAt", "ExploredOnly"] | None = Field(
        None, description="This mode or a surer one"
    )
    as_of: str | None = Field(None, pattern=r"^\d{4}-\d{2}-\d{2}$", description="Only what was published by this day")
    language: Literal["en", "zh"] = "en"


class Ties(Narrowed):
    """The ties of a network."""

    kind: Literal["all", "partnership", "supply", "ownership", "location", "process", "work"] = "all"


class Partners(Narrowed):
    """Whose partners."""

    entity: _Entity


class Depends(BaseModel):
    """Whose work, and in which direction."""

    entity: _Entity
    on: bool = Field(False, description="Downstream: who takes what it puts out")
    stage: str | None = Field(None, max_length=200, description="Only what this stage makes or takes in")
    depth: int | None = Field(None, ge=1, le=50, description="How many stages to go")
    language: Literal["en", "zh"] = "en"


class Ways(Narrowed):
    """From where to where, and how many ways."""

    one: _Entity
    other: str = Field(min_length=1, max_length=500, description="An id, an IRI, or a name", examples=["base/guian"])
    count: int = Field(3, ge=1, le=10)


class Stop(Narrowed):
    """What stops, and for how many days."""

    entity: _Entity
    days: int = Field(90, ge=1, le=3650)


class Concentration(Narrowed):
    """What supply is grouped by."""

    by: Literal["product", "stage", "region"] = "product"


class Circle(Narrowed):
    """Where a loop begins and where it must come back to."""

    start: str = Field("kg:BatteryRecycling", min_length=1, max_length=200)
    end: str = Field("kg:CathodeMaking", min_length=1, max_length=200)
    count: int = Field(3, ge=1, le=10)


class Communities(Narrowed):
    """Whose community; without it, all of them."""

    of: str | None = Field(None, max_length=500, description="An id or a name", examples=["company/catl"])


class Gaps(Narrowed):
    """Which park, and which work its chain is to lead to."""

    park: str | None = Field(None, max_length=500, description="An id or a name; without it, every park with a chain")
    toward: str = Field("kg:BatteryManufacturing", min_length=1, max_length=200)


async def _answer(request: Request, form: str, verb: str, asked: BaseModel) -> Response:
    # A form sends what was left empty as an empty text.
    given = {name: value for name, value in asked.model_dump().items() if value not in (None, "")}
    return await answer_table(request, form, verb, given)


@router.get("/network", summary="The ties of a network", responses=_ANSWERS)
async def network(request: Request, form: ResultFormat, asked: Annotated[Ties, Query()]) -> Response:
    """List the ties of a network with their ends, mode, status, dates, quantities and claims."""
    return await _answer(request, form, "network", asked)


@router.get("/partners", summary="Who an organisation is tied to", responses=_ANSWERS)
async def partners(request: Request, form: ResultFormat, asked: Annotated[Partners, Query()]) -> Response:
    """List partners through agreements, supply, shares and common ventures, with role and stage."""
    return await _answer(request, form, "partners", asked)


@router.get("/depends", summary="What work depends on", responses=_ANSWERS)
async def depends(request: Request, form: ResultFormat, asked: Annotated[Depends, Query()]) -> Response:
    """Go up the chain stage by stage: what is taken in, who delivers it, where nobody is known; with `on`, down."""
    return await _answer(request, form, "depends", asked)


@router.get("/path", summary="How two things are connected", responses=_ANSWERS)
async def path(request: Request, form: ResultFormat, asked: Annotated[Ways, Query()]) -> Response:
    """Give the best ways from one to the other, hop by hop with claims, and the weakest hop of each."""
    return await _answer(request, form, "path", asked)


@router.get("/impact", summary="What a stop can reach", responses=_ANSWERS)
async def impact(request: Request, form: ResultFormat, asked: Annotated[Stop, Query()]) -> Response:
    """Tell what a stop of an organisation, site, stage or product can reach, and how surely."""
    return await _answer(request, form, "impact", asked)


@router.get("/chokepoints", summary="On whom much depends", responses=_ANSWERS)
async def chokepoints(request: Request, form: ResultFormat, asked: Annotated[Narrowed, Query()]) -> Response:
    """List who cannot be gone around: what would be cut off from its supply without them."""
    return await _answer(request, form, "chokepoints", asked)


@router.get("/concentration", summary="How concentrated supply is", responses=_ANSWERS)
async def concentration(request: Request, form: ResultFormat, asked: Annotated[Concentration, Query()]) -> Response:
    """Count the known suppliers of each product or stage, and how much the largest have of what is told."""
    return await _answer(request, form, "concentration", asked)


@router.get("/circularity", summary="Where loops close", responses=_ANSWERS)
async def circularity(request: Request, form: ResultFormat, asked: Annotated[Circle, Query()]) -> Response:
    """Tell whether what is recycled is known to come back into the chain, and by whom."""
    return await _answer(request, form, "circularity", asked)


@router.get("/communities", summary="Who is tied closely", responses=_ANSWERS)
async def communities(request: Request, form: ResultFormat, asked: Annotated[Communities, Query()]) -> Response:
    """List groups of organisations that are tied to each other more than to others, or the members of one."""
    return await _answer(request, form, "communities", asked)


@router.get("/gaps", summary="What a park's chain lacks", responses=_ANSWERS)
async def gaps(request: Request, form: ResultFormat, asked: Annotated[Gaps, Query()]) -> Response:
    """List the links of a chain that nobody in a park is known to do."""
    return await _answer(request, form, "gaps", asked)
