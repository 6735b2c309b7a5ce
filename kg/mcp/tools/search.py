"""The tool that describes the words of the graph, and how much an answer to an agent may hold."""

from __future__ import annotations

from typing import Annotated, Any

from mcp.server.mcpserver.exceptions import ToolError
from mcp_types import CallToolResult
from pydantic import Field

from kg.mcp.access import Access, ask_of
from kg.mcp.pagination import Page, page, result

__all__ = ["Finding", "Limit", "Offset"]

Limit = Annotated[int, Field(ge=1, le=200, description="The most entries to give")]
Offset = Annotated[int, Field(ge=0, description="Entries to skip, to read on")]


class Words(Page):
    """Classes and properties of the ontology with what they mean."""

    classes: list[dict[str, Any]]
    properties: list[dict[str, Any]]


class Finding:
    """The tool that describes terms."""

    def __init__(self, access: Access) -> None:
        self._access = access

    async def describe_schema(
        self,
        term: Annotated[
            str | None,
            Field(description="A class or property by name (Base, plannedCapacity), or a word to look for."),
        ] = None,
        limit: Limit = 40,
        offset: Offset = 0,
    ) -> Annotated[CallToolResult, Words]:
        """Describe the classes and properties of the graph. Read this before you write SPARQL.

        Without a term: every class that has entities, with how many, and its commonest properties. With one: what it
        means, where it stands, what it points to, and the trap that it holds where there is one. Values of a claim
        hang on nodes of their own: a quantity has value, unit, bound and verbatim, a date has edtf.
        """
        found = await ask_of(self._access, "schema", term=term)
        if term and not (found["classes"] or found["properties"]):
            raise ToolError(f"no class and no property is like {term!r}; call describe_schema without a term")
        shown, about = page([*found["classes"], *found["properties"]], limit, offset)
        classes = [one for one in shown if one in found["classes"]]
        properties = [one for one in shown if one not in classes]
        return result(Words(classes=classes, properties=properties, note=found["note"], **about))
