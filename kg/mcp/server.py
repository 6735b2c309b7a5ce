"""The MCP server: tools, resources and prompts put together over some access to the graph."""

from __future__ import annotations

from typing import Any

from mcp.server.mcpserver import MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from mcp_types import Tool, ToolAnnotations

from kg import __version__
from kg.errors import KgError
from kg.mcp.access import Access
from kg.mcp.prompts import add_prompts
from kg.mcp.resources import add_resources
from kg.mcp.tools.operations import make_tools
from kg.mcp.tools.questions import Answering
from kg.mcp.tools.search import Finding
from kg.mcp.tools.sparql import Querying
from kg.operations.catalogue import OPERATIONS
from kg.operations.operation import reject_unknown
from kg.release.metadata import SUBJECT

__all__ = ["make_server"]

_INSTRUCTIONS = (
    """
A knowledge graph of {subject}: companies, governments, bases, parks, supply chains from
phosphate rock to battery recycling, and the agreements between them. Every fact is a claim that one document makes.
Work like this: find gives ids; list_questions and ask answer most questions, with claims; show, neighbours, partners,
depends, path and impact look around; why and claim give document, date and position; sparql is for what is left. Cite
claims. "Not stated" means that no source says it, which is not a no. Plans and aims are no facts: look at the mode.
""".replace("\n", " ")
    .strip()
    .format(subject=SUBJECT.lower())
)
# What only reads destroys nothing, so that the other hints say nothing.
_READ_ONLY = ToolAnnotations(read_only_hint=True, open_world_hint=False)
# Titles that only repeat a name, and bounds that a reader does not need; values are checked all the same.
_NEEDLESS = ("title", "maxLength", "minLength")


class GraphServer(MCPServer):
    """A server that refuses an argument which a tool does not have, and names the nearest, before anything runs."""

    async def list_tools(self) -> list[Tool]:
        """Describe the tools in few words."""
        return [
            tool.model_copy(
                update={
                    "input_schema": _compact(tool.input_schema, nulls=False) | {"additionalProperties": False},
                    # What a tool gives is told in its own description.
                    "output_schema": _without_words(_compact(tool.output_schema or {}, nulls=True)),
                }
            )
            for tool in await super().list_tools()
        ]

    async def call_tool(self, name: str, arguments: dict[str, Any], context: Any = None) -> Any:
        """Call a tool with its arguments under the names of today."""
        tools = {tool.name: tool for tool in await self.list_tools()}
        try:
            named = _name_arguments(name, arguments, tools[name].input_schema) if name in tools else arguments
        except KgError as error:
            raise ToolError(f"Error executing tool {name}: {error}") from error
        return await super().call_tool(name, named, context)


def _without_words(schema: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in schema.items() if name != "description"}


def _name_arguments(name: str, arguments: dict[str, Any], schema: dict[str, Any]) -> dict[str, Any]:
    if name in OPERATIONS:
        return OPERATIONS[name].name_parameters(arguments)
    for one in arguments:
        if one not in schema["properties"]:
            reject_unknown(one, schema["properties"], f"{name} has no argument")
    return arguments


def make_server(access: Access) -> MCPServer:
    """Make the server; whoever runs it chooses the transport."""
    server = GraphServer(
        "kg",
        title=SUBJECT,
        instructions=_INSTRUCTIONS,
        version=__version__,
        log_level="WARNING",
        subscriptions=False,
    )
    querying = Querying(access)
    more = (
        Answering(access).list_questions,
        Finding(access).describe_schema,
        querying.example_queries,
        querying.sparql,
    )
    tools = (*make_tools(access), *more)
    for tool in tools:
        server.add_tool(tool, annotations=_READ_ONLY)
    add_resources(server, access)
    add_prompts(server)
    return server


def _compact(schema: dict[str, Any], *, nulls: bool) -> dict[str, Any]:
    """Write a schema in few words, since it stands in the context of every agent that has the tools at hand.

    What says nothing is left out; without `nulls` an optional value is one that may be left out.

    >>> _compact({"title": "A", "properties": {"title": {"title": "T", "type": "string"}}}, nulls=False)
    {'properties': {'title': {'type': 'string'}}}
    """
    short: dict[str, Any] = {}
    for name, part in schema.items():
        if name in _NEEDLESS or (name == "default" and part is None):
            continue
        if name in ("properties", "$defs"):
            short[name] = {key: _compact(one, nulls=nulls) for key, one in part.items()}
        elif isinstance(part, dict):
            short[name] = _compact(part, nulls=nulls)
        elif name == "anyOf":
            kinds = [_compact(one, nulls=nulls) for one in part if nulls or one.get("type") != "null"]
            short |= kinds[0] if len(kinds) == 1 else {"anyOf": kinds}
        else:
            short[name] = part
    return short
