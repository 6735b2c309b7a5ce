"""Tools that find things: by name, by what is said about them, by what they are tied to; and the words there are."""

from __future__ import annotations

from typing import Annotated, Any

from mcp.server.mcpserver.exceptions import ToolError
from mcp_types import CallToolResult
from pydantic import Field

from kg.mcp.access import Access, ask_of
from kg.mcp.results import Cell, Page, Rows, page, result, window

__all__ = ["EntityName", "Finding", "Limit", "Offset"]

Limit = Annotated[int, Field(ge=1, le=200, description="How many entries to give at most.")]
Offset = Annotated[int, Field(ge=0, description="How many entries to skip, to read on.")]
EntityName = Annotated[str, Field(description="An id such as company/catl, or a name that only one entity has.")]
_MOST_MATCHES = 200
_OF_A_MATCH = {
    "id": "entity", "kind": "kind", "name": "label", "why": "reason", "score": "score", "certain": "certain",
}  # fmt: skip
_LANGUAGES = "Names come as `en` and `zh`; where one is missing, no source gives it."


class Statements(Page):
    """What the accepted view says about an entity."""

    id: str
    kinds: list[str]
    names: dict[str, str]
    aliases: list[str]
    statements: list[dict[str, Cell]]
    properties: dict[str, int] = Field(description="How many statements there are by each property.")


class Words(Page):
    """Classes and properties of the ontology with what they mean."""

    classes: list[dict[str, Any]]
    properties: list[dict[str, Any]]


class Finding:
    """The tools that find."""

    def __init__(self, access: Access) -> None:
        self._access = access

    async def find(
        self,
        name: Annotated[str, Field(description="A name or part of one: English, Chinese, pinyin; slips are forgiven.")],
        kind: Annotated[str | None, Field(description="Only things of this class, such as Company or Base.")] = None,
        place: Annotated[str | None, Field(description="Only what lies in this place, by id or name.")] = None,
        limit: Limit = 10,
        offset: Offset = 0,
    ) -> Annotated[CallToolResult, Rows]:
        """Find entities by name and get their ids. Start here whenever you have a name and need an id.

        Each match says why it matched. Only `certain` means that the text is the very name of one entity; a high
        score alone does not (Envision and Envision AESC are two companies), so check kind and place with `show`
        before you take one.
        """
        found = await ask_of(self._access, "find", text=name, kind=kind, place=place, limit=_MOST_MATCHES)
        names = {
            "entity": "id",
            "kind": "kind",
            "label": "name",
            "reason": "why",
            "score": "score",
            "certain": "certain",
        }
        rows = [{short: one[long] for long, short in names.items()} for one in found]
        shown, about = page(rows, limit, offset)
        note = "" if rows else "Nothing has a name like this. The graph may not cover it; see `coverage`."
        note = "There are more; give kind or place." if about["truncated"] else note
        return result(Rows(columns=list(_OF_A_MATCH), rows=shown, note=note, **about))

    async def show(
        self,
        entity: EntityName,
        property_name: Annotated[
            str | None, Field(description="Only statements by this property, such as plannedCapacity.")
        ] = None,
        limit: Limit = 40,
        offset: Offset = 0,
    ) -> Annotated[CallToolResult, Statements]:
        """Show what the accepted view says about one entity, each statement with the claims that state it.

        `incoming` statements point to the entity. A property that is absent is *not stated* by any source: that is
        not a no. For the document and the position behind a statement call `why` or `claim`.
        """
        given = {"entity": entity, "property_name": property_name, "limit": limit, "offset": offset}
        told = await ask_of(self._access, "statements", **given)
        counts = told["properties"]
        if property_name and not told["total"]:
            raise ToolError(
                f"no source states {property_name} of {told['id']}: that is not stated, not a no; "
                f"stated are {', '.join(sorted(counts)) or 'no properties'}"
            )
        shown, about = window(told.pop("statements"), told.pop("total"), offset)
        return result(Statements(**told, statements=shown, note=_LANGUAGES, **about))

    async def neighbours(
        self,
        entity: EntityName,
        relation: Annotated[
            str | None, Field(description="List those by this relation, such as shareholding; without: count all.")
        ] = None,
        limit: Limit = 50,
        offset: Offset = 0,
    ) -> Annotated[CallToolResult, Rows]:
        """Count what an entity is directly tied to, by relation, or list the neighbours by one relation."""
        table = await ask_of(self._access, "neighbours", entity=entity, relation=relation)
        shown, about = page(table["rows"], limit, offset)
        return result(Rows(title=entity, columns=table["columns"], rows=shown, **about))

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
        told = await ask_of(self._access, "schema", term=term)
        if term and not (told["classes"] or told["properties"]):
            raise ToolError(f"no class and no property is like {term!r}; call describe_schema without a term")
        shown, about = page([*told["classes"], *told["properties"]], limit, offset)
        classes = [one for one in shown if one in told["classes"]]
        properties = [one for one in shown if one not in classes]
        return result(Words(classes=classes, properties=properties, note=told["note"], **about))
