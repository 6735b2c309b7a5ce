"""The surfaces of a graph in this process: commands, addresses, tools for agents and pages, without a server.

Each can only *read* a parameter, as it stands before anything runs, or answer a whole request.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from functools import cache
from types import MappingProxyType, SimpleNamespace
from typing import Any
from urllib.parse import urlencode

import click
from fastapi import Request
from mcp import Client
from starlette.testclient import TestClient

from kg.cli import group
from kg.graph import Graph
from kg.mcp.access import LocalAccess
from kg.mcp.server import make_server
from kg.operations.models import read_arguments
from kg.operations.operation import Operation
from kg.operations.registry import VERBS, run_verb
from kg.reconciliation import RECONCILIATION
from kg.server.api.parameters import gather
from kg.server.app import make_app
from kg.server.settings import ServerSettings

_VERBS = {**VERBS, **{verb.__name__: verb for verb in RECONCILIATION}}
_SERVER = make_server(None)  # type: ignore[arg-type] # only its parameters are looked at


def serve_here(graph: Graph) -> TestClient:
    """Give the application over a graph of this process: what a worker would do is done at once."""
    app: Any = make_app(ServerSettings(releases=graph.release.path))
    serving = app.state.serving
    serving._now = SimpleNamespace(id=graph.release.id, folder=graph.release.path)

    async def look_up_json(verb: str, arguments: Mapping[str, Any] | None = None) -> bytes:
        return run_verb(graph, verb, arguments or {}, _VERBS)

    serving.look_up_json = look_up_json
    return TestClient(app)


def call_tool(graph: Graph, tool: str, arguments: Mapping[str, Any]) -> str:
    """Call a tool over a graph of this process; gives what is wrong, or nothing."""

    async def asked() -> Any:
        async with Client(make_server(LocalAccess(graph, run_verb))) as client:
            return await client.call_tool(tool, dict(arguments))

    result = asyncio.run(asked())
    return str(result.content) if result.is_error else ""


@cache
def _command(name: str) -> click.Command:
    command = group.get_command(click.Context(group), name)
    assert command is not None
    return command


def command_line(operation: Operation, given: Mapping[str, Any]) -> list[str]:
    """Write what is given as a command has it: what leads by its place, the rest as options."""
    leading = [name for name in operation.leading if name in given]
    words = [str(given[name]) for name in leading]
    flags = {one.name: one.opts[0] for one in _command(operation.name).params if isinstance(one, click.Option)}
    for name, value in given.items():
        if name not in leading:
            words += [flags[name], value[0] if isinstance(value, list) else str(value)]
    return words


def with_needed(operation: Operation, given: Mapping[str, Any]) -> dict[str, Any]:
    """Add what the operation cannot do without, and what must stand before what leads, by its examples."""
    last = max((at for at, name in enumerate(operation.leading) if name in given), default=-1)
    before = operation.leading[: last + 1]
    complete = {
        one.name: one.example or one.default for one in operation.parameters if one.required or one.name in before
    }
    return complete | dict(given)


def _read_by_command(operation: Operation, name: str, value: Any) -> Any:
    if operation.name == "ask" and name == "question":
        # The question and its parameters are words that the command reads itself.
        return _command(operation.name).make_context("ask", [value]).params["words"][0]
    words = command_line(operation, with_needed(operation, {name: value}))
    context = _command(operation.name).make_context(
        operation.name, [*words, "-"] if operation.gives == "file" else words
    )
    return context.params[name]


def _read_by_address(operation: Operation, name: str, value: Any) -> Any:
    query = urlencode(with_needed(operation, {name: value}), doseq=True)
    request = Request({"type": "http", "query_string": query.encode(), "headers": [], "path_params": {}})
    return read_arguments(operation.name, gather(request, operation), ("format",))[name]


def _read_by_tool(operation: Operation, name: str, value: Any) -> Any:
    tool = _SERVER._tool_manager.get_tool(operation.name)
    assert tool is not None
    return getattr(tool.fn_metadata.arg_model.model_validate(with_needed(operation, {name: value})), name)


READERS: Mapping[str, Callable[[Operation, str, Any], Any]] = MappingProxyType(
    {"commands": _read_by_command, "http": _read_by_address, "tools": _read_by_tool}
)
"""What each surface makes of a parameter, by the operation, its name and what was given, before the graph is asked."""


def surfaces_of(operation: Operation) -> list[str]:
    """Name the surfaces that have an operation."""
    return [surface for surface in READERS if surface not in operation.not_on]
