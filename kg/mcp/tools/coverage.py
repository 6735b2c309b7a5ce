"""Tools that survey a network as a whole: single suppliers, concentration, ways back, missing links."""

from __future__ import annotations

from typing import Annotated, Literal

from mcp_types import CallToolResult
from pydantic import Field

from kg.mcp.access import Access
from kg.mcp.results import Rows
from kg.mcp.tools.analysis import compute
from kg.mcp.tools.search import Limit, Offset

__all__ = ["Surveying"]

Region = Annotated[str | None, Field(description="Only ties with an end in this place, by id or name.")]
StageName = Annotated[str, Field(description="A stage such as kg:CellManufacturing; describe_schema finds stages.")]


class Surveying:
    """The tools that survey. What no source tells is not known, and no row says that it is not there."""

    def __init__(self, access: Access) -> None:
        self._access = access

    async def chokepoints(
        self, region: Region = None, limit: Limit = 30, offset: Offset = 0
    ) -> Annotated[CallToolResult, Rows]:
        """List the suppliers and deliveries whose loss cuts somebody off from every *known* supplier.

        A single known supplier is not a sole supplier: others may be untold.
        """
        return await compute(self._access, "chokepoints", (limit, offset), region=region)

    async def concentration(
        self,
        by: Annotated[Literal["product", "stage", "region"], Field(description="What to group by.")] = "product",
        region: Region = None,
        limit: Limit = 30,
        offset: Offset = 0,
    ) -> Annotated[CallToolResult, Rows]:
        """Tell on how few suppliers the known supply rests, by product, stage or region."""
        return await compute(self._access, "concentration", (limit, offset), by=by, region=region)

    async def circularity(
        self,
        start: StageName = "kg:BatteryRecycling",
        end: StageName = "kg:CathodeMaking",
        limit: Limit = 40,
        offset: Offset = 0,
    ) -> Annotated[CallToolResult, Rows]:
        """Find the ways by kinds of work from one stage back to another, and who is told of each link, as what.

        Use it for recycling loops: where nobody is told, the link is open; an aim or a plan is marked by its mode.
        """
        return await compute(self._access, "circularity", (limit, offset), start=start, end=end)

    async def gaps(
        self,
        park: Annotated[str | None, Field(description="A park, base or place; without: parks with two links.")] = None,
        toward: StageName = "kg:BatteryManufacturing",
        limit: Limit = 40,
        offset: Offset = 0,
    ) -> Annotated[CallToolResult, Rows]:
        """Tell which links of the chain that feeds a stage are told of at a park, and for which nobody is known."""
        return await compute(self._access, "gaps", (limit, offset), park=park, toward=toward)
