"""Tools that give grounds: who says so, where, how sources disagree, and where the graph is thin."""

from __future__ import annotations

from typing import Annotated, Any

from mcp.server.mcpserver.exceptions import ToolError
from mcp_types import CallToolResult
from pydantic import Field

from kg.mcp.access import Access, ask_of
from kg.mcp.results import Page, Rows, page, result
from kg.mcp.tools.search import EntityName, Limit, Offset

__all__ = ["Grounding"]

_KINDS = (
    "claims: stated by these; rule: inferred from these premises; ranked below: said only by claims that a better one "
    "outranks; unknown: nothing in this release says so, which is not a no. The strength says how well a claim is tied "
    "to its document: Position (characters), Printed (the words, read on a day), Page, or Compiled (said by some "
    "of the pages that a table cites together, all of them one support)."
)


class Explanations(Page):
    """Why the graph holds statements: claims with their documents and positions, or a rule with its premises."""

    explanations: list[dict[str, Any]]


class Claim(Page):
    """One claim in full."""

    claim: dict[str, Any]


class Sections(Page):
    """What the graph covers, section by section."""

    sections: list[str]
    section: str
    rows: list[dict[str, Any]]


class Grounding:
    """The tools that give grounds."""

    def __init__(self, access: Access) -> None:
        self._access = access

    async def why(
        self,
        subject: EntityName,
        property_name: Annotated[str, Field(description="A property, such as plannedCapacity or operator.")],
        value: Annotated[
            str | None,
            Field(description="An id, a name, a value, or a figure as printed; without: whatever is held."),
        ] = None,
        limit: Limit = 10,
        offset: Offset = 0,
    ) -> Annotated[CallToolResult, Explanations]:
        """Say why the graph holds a statement: each claim with its document, date, grade, mode and position.

        Use it before you repeat a figure as a fact: the mode tells a plan or an aim from what is built, the grade a
        machine summary from a primary source. Cite claims by id together with document and date.
        """
        explained = await ask_of(self._access, "why", subject=subject, predicate=property_name, target=value)
        shown, about = page(explained, limit, offset)
        return result(Explanations(explanations=shown, note=_KINDS, **about))

    async def claim(
        self, claim_id: Annotated[str, Field(description="The id of a claim, such as claim/guian-2023-06-17/capacity.")]
    ) -> Annotated[CallToolResult, Claim]:
        """Give one claim in full: what it says, the document with its date and address, the position of the words.

        The text itself is its publisher's and is not here: give the reader document, date and position.
        """
        told = await ask_of(self._access, "claim", name=claim_id)
        (shown,), about = page([told], 1)
        return result(Claim(claim=shown, **about))

    async def claims(
        self,
        of: Annotated[str, Field(description="An entity or a document, by id or name.")],
        property_name: Annotated[str | None, Field(description="Only claims on this property of an entity.")] = None,
        limit: Limit = 50,
        offset: Offset = 0,
    ) -> Annotated[CallToolResult, Rows]:
        """List every claim about an entity, also those that were outranked, or every claim of a document."""
        table = await ask_of(self._access, "claims", of=of, property_name=property_name)
        shown, about = page(table["rows"], limit, offset)
        return result(Rows(title=of, columns=table["columns"], rows=shown, **about))

    async def conflicts(
        self,
        entity: Annotated[str | None, Field(description="Only conflicts about this entity.")] = None,
        limit: Limit = 50,
        offset: Offset = 0,
    ) -> Annotated[CallToolResult, Rows]:
        """List where sources disagree, side by side: each rival value with its document, and how it stands.

        Before you report a figure, look whether it is disputed; then give the rival values too.
        """
        table = await ask_of(self._access, "conflicts", entity=entity)
        shown, about = page(table["rows"], limit, offset)
        note = "" if table["rows"] else "No two sources of this release disagree here."
        return result(Rows(title="conflicts", columns=table["columns"], rows=shown, note=note, **about))

    async def coverage(
        self,
        section: Annotated[str | None, Field(description="The title of a section, such as By region.")] = None,
        limit: Limit = 50,
        offset: Offset = 0,
    ) -> Annotated[CallToolResult, Sections]:
        """Tell what the graph covers and where it is thin, weak or stale; without a section, the totals.

        Call it before you say that something does not exist: what the graph does not cover, it cannot deny.
        """
        told = await ask_of(self._access, "covered")
        title = section or next(iter(told))
        if title not in told:
            raise ToolError(f"there is no section {title!r}; the sections are {', '.join(told)}")
        shown, about = page(told[title], limit, offset)
        return result(Sections(sections=list(told), section=title, rows=shown, **about))
