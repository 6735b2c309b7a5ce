"""How tools reach the graph: by verbs, and by SPARQL in a process that can be killed."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from mcp.server.mcpserver.exceptions import ToolError

from kg.errors import KgError, NotFound, QueryError, QueryLimit
from kg.graph import Graph
from kg.rdf.plain_values import Plain, plain_rows
from kg.sparql.runner import solve

__all__ = ["Access", "LocalAccess", "Solutions", "Verbs", "ask_of", "tool_error"]

Verbs = Callable[[Graph, str, Mapping[str, Any]], bytes]


@dataclass(frozen=True)
class Solutions:
    """What a SPARQL query gave: its columns, the rows asked for as plain values with short ids, and how many there are.

    Only the rows that are shown are written out: a query may give a hundred thousand.
    """

    columns: tuple[str, ...]
    rows: tuple[Mapping[str, Plain], ...]
    total: int
    notes: tuple[str, ...] = ()


class Access(Protocol):
    """The graph, as tools reach it."""

    async def look_up(self, verb: str, arguments: Mapping[str, Any] | None = None) -> Any:
        """Run a verb of the graph and give what JSON can hold."""

    async def solve(self, text: str, seconds: float, wanted: slice) -> Solutions:
        """Run a foreign SPARQL text and give the wanted rows."""


class LocalAccess:
    """Reaches a graph in this process; `verbs` runs one on it and writes JSON."""

    def __init__(self, graph: Graph, verbs: Verbs) -> None:
        self._graph = graph
        self._verbs = verbs
        # The caches of a graph are filled by one call at a time.
        self._turn = asyncio.Lock()

    async def look_up(self, verb: str, arguments: Mapping[str, Any] | None = None) -> Any:
        """Run a verb in a thread, so that the protocol goes on meanwhile."""
        async with self._turn:
            return json.loads(await asyncio.to_thread(self._verbs, self._graph, verb, arguments or {}))

    async def solve(self, text: str, seconds: float, wanted: slice) -> Solutions:
        """Run a query in a process of its own."""
        folder = self._graph.release.path / "store"
        columns, rows, notes = await asyncio.to_thread(solve, folder, text, {}, seconds)
        return Solutions(tuple(columns), plain_rows(rows[wanted]), len(rows), notes)


async def ask_of(access: Access, verb: str, **arguments: Any) -> Any:
    """Run a verb; what goes wrong is told so that an agent can do better."""
    try:
        return await access.look_up(verb, {name: value for name, value in arguments.items() if value is not None})
    except KgError as error:
        raise tool_error(error) from error


def tool_error(error: KgError) -> ToolError:
    """Make an error into one that an agent reads, with the tool that helps."""
    hint = ""
    if isinstance(error, NotFound):
        helps = {"question": "list_questions", "property": "describe_schema", "kind": "describe_schema"}
        hint = f"; call {helps.get(error.kind, 'find')} to see what there is"
    elif isinstance(error, QueryLimit):
        hint = "; add a LIMIT, bind more of the pattern, or ask a named question"
    elif isinstance(error, QueryError):
        hint = "; see describe_schema for the terms and example_queries for queries that run"
    return ToolError(f"{error}{hint}")
