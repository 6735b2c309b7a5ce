"""What an agent can read without a tool: the ontology, what is covered, the questions, and how to work with claims."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable

from mcp.server.mcpserver import MCPServer

from kg.formats import JSON, TURTLE
from kg.mcp.access import Access

__all__ = ["add_resources"]

# Longer sections are read by pages, with the tool.
_MOST_ROWS = 150
_JSON, _TURTLE = JSON.media_type, TURTLE.media_type


def add_resources(server: MCPServer, access: Access) -> None:
    """Add the resources to a server."""

    def add(uri: str, title: str, mime_type: str, read: Callable[[], Awaitable[str]]) -> None:
        server.resource(uri, name=uri.rpartition("/")[2], title=title, mime_type=mime_type)(read)

    async def schema() -> str:
        """Describe every class and property: labels, meaning, domain and range."""
        return _written(await access.look_up("schema", {"whole": True}))

    async def ontology() -> str:
        """Give the ontology itself, in Turtle."""
        return str(await access.look_up("schema_turtle"))

    async def coverage() -> str:
        """Tell what the release covers, and where it is thin."""
        found = await access.look_up("operation", {"name": "coverage", "arguments": {}})
        return _written({one["title"]: one["rows"] for one in found["sections"] if one["total"] <= _MOST_ROWS})

    async def questions() -> str:
        """Give every named question with its parameters and its query."""
        found = await access.look_up("operation", {"name": "questions", "arguments": {}})
        names = ("name", "title", "parameters", "text")
        return _written([{name: one[name] for name in names} for one in found["questions"]])

    async def release() -> str:
        """Give the facts of the release that answers."""
        return _written(await access.look_up("facts"))

    add("kg://schema", "Classes and properties", _JSON, schema)
    add("kg://ontology.ttl", "The ontology in Turtle", _TURTLE, ontology)
    add("kg://coverage", "What is covered", _JSON, coverage)
    add("kg://questions", "The named questions", _JSON, questions)
    add("kg://release", "The release that answers", _JSON, release)


def _written(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
