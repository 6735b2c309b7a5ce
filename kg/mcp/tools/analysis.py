"""Tools that compute on the networks of ties: partners, dependence, ways, what a stop reaches."""

from __future__ import annotations

from typing import Annotated, Literal

from mcp_types import CallToolResult
from pydantic import Field

from kg.mcp.access import Access, ask_of
from kg.mcp.results import Rows, page, result
from kg.mcp.tools.search import EntityName, Limit, Offset

__all__ = ["Computing", "compute"]

Day = Annotated[str | None, Field(description="Only ties known by this day, such as 2024-12-31.")]


class Computing:
    """The tools that compute. Their rows carry the claims of the ties that they rest on."""

    def __init__(self, access: Access) -> None:
        self._access = access

    async def partners(
        self, entity: EntityName, as_of: Day = None, limit: Limit = 40, offset: Offset = 0
    ) -> Annotated[CallToolResult, Rows]:
        """List who an organisation is tied to, through what, in which role and at which stage; partners first.

        An agreement that is only proposed or explored is no partnership: look at its stage.
        """
        return await compute(self._access, "partners", (limit, offset), entity=entity, as_of=as_of)

    async def depends(
        self,
        entity: EntityName,
        direction: Annotated[
            Literal["upstream", "downstream"],
            Field(description="upstream: what it takes in and who delivers; downstream: who takes what it puts out."),
        ] = "upstream",
        stage: Annotated[str | None, Field(description="Only this stage of the chain, such as AnodeMaking.")] = None,
        limit: Limit = 40,
        offset: Offset = 0,
    ) -> Annotated[CallToolResult, Rows]:
        """Tell what the work of a company, site, stage or product depends on, step by step along the supply chain.

        That no source names another supplier does not make one a sole supplier: the notes say what is not known.
        """
        asked = {"entity": entity, "on": direction == "downstream", "stage": stage}
        return await compute(self._access, "depends", (limit, offset), **asked)

    async def path(
        self,
        one: EntityName,
        other: EntityName,
        count: Annotated[int, Field(ge=1, le=20, description="How many ways to give.")] = 3,
        limit: Limit = 60,
    ) -> Annotated[CallToolResult, Rows]:
        """Find how two things are connected: the best ways over partnership, supply and ownership, hop by hop.

        Each hop has its claims; a way is only as sure as its weakest hop.
        """
        return await compute(self._access, "path", (limit, 0), one=one, other=other, count=count)

    async def impact(
        self,
        entity: EntityName,
        days: Annotated[int, Field(ge=1, le=3650, description="How long the stop lasts.")] = 90,
        limit: Limit = 40,
        offset: Offset = 0,
    ) -> Annotated[CallToolResult, Rows]:
        """Tell what a stop of an organisation, site, park, stage, product or agreement can reach, and how surely.

        It is what the stated ties allow, not a forecast: stocks and unstated suppliers are unknown.
        """
        return await compute(self._access, "impact", (limit, offset), entity=entity, days=days)


async def compute(access: Access, verb: str, window: tuple[int, int], **asked: object) -> CallToolResult:
    """Run an analysis and give a stretch of its rows: so many from an offset on."""
    told = await ask_of(access, verb, **asked)
    shown, about = page(told["rows"], *window)
    note = " ".join([*told["notes"], f"An empty cell means: {told['absent']}."])
    return result(Rows(title=told["title"], columns=list(told["columns"]), rows=shown, note=note, **about))
