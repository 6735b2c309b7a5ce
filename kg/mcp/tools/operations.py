"""Tools made from the operations: one for each that is declared, with its words, parameters and ranges.

What an answer looks like is said here for the few that are no table; an analysis that is added needs nothing here.
"""

from __future__ import annotations

import inspect
from collections.abc import Awaitable, Callable, Mapping
from types import MappingProxyType
from typing import Annotated, Any

from mcp.server.mcpserver.exceptions import ToolError
from mcp_types import CallToolResult
from pydantic import BaseModel, Field

from kg.mcp.access import Access, ask_of
from kg.mcp.pagination import Cell, Page, Rows, cut, page, result, window
from kg.operations.catalogue import OPERATIONS
from kg.operations.models import annotation
from kg.operations.operation import Operation, OperationParameter

__all__ = ["MOST", "Tool", "make_tools", "tool_parameters"]

Tool = Callable[..., Awaitable[CallToolResult]]
Plain = dict[str, Any]

MOST = 200
"""Entries that one answer to an agent may have; its context is small."""

_OF_A_MATCH = {
    "id": "entity", "kind": "kind", "name": "label", "why": "reason", "score": "score", "certain": "certain",
}  # fmt: skip
_STANDINGS = (
    "claims: stated by these; rule: inferred from these premises; ranked below: said only by claims that a better one "
    "outranks; unknown: nothing in this release says so, which is not a no. The strength says how well a claim is tied "
    "to its document: Position (characters), Printed (the words, read on a day), Page, or Compiled (said by some "
    "of the pages that a table cites together, all of them one support)."
)
_LANGUAGES = "Names come as `en` and `zh`; where one is missing, no source gives it."


class Statements(Page):
    """What the accepted view says about an entity."""

    id: str
    kinds: list[str]
    names: dict[str, str]
    aliases: list[str]
    statements: list[dict[str, Cell]]
    properties: dict[str, int] = Field(description="How many statements there are by each property.")


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


def tool_parameters(operation: Operation) -> list[OperationParameter]:
    """Give the parameters of an operation as a tool has them: an answer is cut to what a context holds."""
    return [_bounded(operation, one) for one in operation.all_parameters]


def _bounded(operation: Operation, parameter: OperationParameter) -> OperationParameter:
    if parameter.name != "limit" or operation.window is None:
        return parameter
    return parameter._replace(default=operation.window, most=MOST)


def make_tools(access: Access) -> list[Tool]:
    """Make a tool for each operation that agents have."""
    return [_tool(access, one) for one in OPERATIONS.values() if "tools" not in one.not_on]


def _tool(access: Access, operation: Operation) -> Tool:
    model, write = _ANSWERS.get(operation.name, (Rows, _rows))

    async def tool(**given: Any) -> CallToolResult:
        arguments = given
        if operation.name == "coverage" and given.get("section") is None:
            arguments = {**given, "section": "Totals"}
        plain = await ask_of(access, "operation", name=operation.name, arguments=_named(arguments))
        return result(write(_filled(plain) if operation.group == "networks" else plain, given))

    fields = {one.name: annotation(one, empty=True) for one in tool_parameters(operation)}
    parameters = [_signed(name, *field) for name, field in fields.items()]
    tool.__name__ = operation.name
    tool.__doc__ = " ".join(filter(None, (operation.summary.en, operation.about, operation.advice)))
    tool.__annotations__ = {one.name: one.annotation for one in parameters} | {"return": CallToolResult}
    tool.__signature__ = inspect.Signature(  # type: ignore[attr-defined]
        parameters, return_annotation=Annotated[CallToolResult, model]
    )
    return tool


def _signed(name: str, kind: Any, field: Any) -> inspect.Parameter:
    default = inspect.Parameter.empty if field.is_required() else field.default
    annotated = Annotated[kind, Field(description=field.description)]
    return inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=annotated)


def _named(given: Mapping[str, Any]) -> Plain:
    return {name: value for name, value in given.items() if value is not None}


def _note(plain: Plain, *more: str) -> str:
    return " ".join([f"{text.rstrip('.')}." for text in (*plain["notes"], *filter(None, more))])


def _extent(plain: Plain, entries: list[Any], given: Plain) -> tuple[list[Any], Plain]:
    """Cut entries that are a part of all, and say how much of them this is."""
    return window(entries, plain["total"], given.get("offset") or 0)


def _rows(plain: Plain, given: Plain) -> Rows:
    shown, about = _extent(plain, plain["rows"], given)
    absent = ""
    if "absent" in plain:
        absent = f"An empty cell means: {plain['absent']}"
        absent = absent if plain["stated"] else f"There is no answer: {plain['absent']}. That is not a no"
    title = plain.get("title") or next((str(given[name]) for name in ("entity", "of") if given.get(name)), "")
    note = _note(plain, absent)
    return Rows(title=title, columns=plain["columns"], rows=shown, note=note, **about)


def _filled(plain: Plain) -> Plain:
    """Leave out the columns in which no row says anything."""
    empty = {one for one in plain["columns"] if all(row.get(one) is None for row in plain["rows"])}
    gone = empty | {f"{one}_name" for one in empty}
    rows = [{name: value for name, value in row.items() if name not in gone} for row in plain["rows"]]
    return plain | {"columns": [one for one in plain["columns"] if one not in empty], "rows": rows}


def _matches(plain: Plain, given: Plain) -> Rows:
    rows = [{short: one[long] for short, long in _OF_A_MATCH.items()} for one in plain["rows"]]
    shown, about = _extent(plain, rows, given)
    nothing = "" if rows else "Nothing has a name like this. The graph may not cover it; see `coverage`"
    more = "There are more; give kind or place" if about["truncated"] else ""
    return Rows(columns=list(_OF_A_MATCH), rows=shown, note=_note(plain, nothing, more), **about)


def _conflicts(plain: Plain, given: Plain) -> Rows:
    shown, about = _extent(plain, plain["rows"], given)
    note = _note(plain, "" if plain["rows"] else "No two sources of this release disagree here")
    return Rows(title="conflicts", columns=plain["columns"], rows=shown, note=note, **about)


def _statements(plain: Plain, given: Plain) -> Statements:
    wanted, counts = given.get("property"), plain.get("properties", {})
    if wanted and not plain["statements"]:
        raise ToolError(
            f"no source states {wanted} of {plain['id']}: that is not stated, not a no; "
            f"stated are {', '.join(sorted(counts)) or 'no properties'}"
        )
    entity = {name: plain[name] for name in ("id", "kinds", "names", "aliases")}
    total = plain.get("total", len(plain["statements"]))
    shown, about = window(plain["statements"], total, given.get("offset") or 0)
    note = " ".join([*(f"{text}." for text in plain.get("notes", ())), _LANGUAGES])
    return Statements(**entity, statements=shown, properties=counts, note=note, **about)


def _explanations(plain: Plain, given: Plain) -> Explanations:
    shown, about = _extent(plain, plain["explanations"], given)
    return Explanations(explanations=shown, note=_note(plain, _STANDINGS), **about)


def _claim(plain: Plain, _: Plain) -> Claim:
    return Claim(claim=cut(plain), **page([plain], 1)[1])


def _sections(plain: Plain, given: Plain) -> Sections:
    section = plain["sections"][0]
    shown, about = window(section["rows"], section["total"], given.get("offset") or 0)
    return Sections(sections=plain["titles"], section=section["title"], rows=shown, note=_note(plain), **about)


_ANSWERS: Mapping[str, tuple[type[BaseModel], Callable[[Plain, Plain], BaseModel]]] = MappingProxyType(
    {
        "find": (Rows, _matches),
        "show": (Statements, _statements),
        "why": (Explanations, _explanations),
        "claim": (Claim, _claim),
        "conflicts": (Rows, _conflicts),
        "coverage": (Sections, _sections),
    }
)
"""What the answer of a tool is and how it is written, where it is no plain table."""
