"""Each operation is on each surface, with the same parameters, types and defaults. A bad example proves the gate."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from typing import Any

import click
import pytest

from kg.cli import COMMANDS, group
from kg.mcp.server import make_server
from kg.operations.catalogue import OPERATIONS
from kg.operations.operation import SURFACES, Operation
from kg.server.api.parameters import parameters_of
from kg.server.api.routes import router

# Where a surface has a parameter otherwise than it is declared, and why.
TOOLS_LIMIT = "an answer to an agent must not flood its context"
PARAMETERS_OF_A_QUESTION = "on the command line they are options of their own, as the question names them"
EXCEPTIONS: Mapping[tuple[str, str, str], str] = {
    **{("tools", name, "limit"): TOOLS_LIMIT for name, one in OPERATIONS.items() if one.window is not None},
    ("commands", "ask", "question"): PARAMETERS_OF_A_QUESTION,
    ("commands", "ask", "parameters"): PARAMETERS_OF_A_QUESTION,
}
Shape = tuple[str, bool, Any]


def declared(operation: Operation) -> dict[str, Shape]:
    """Give the kind of value, whether it is needed, and the default of each parameter."""
    kinds = {"integer": "integer", "flag": "boolean", "choices": "array", "texts": "array", "texts by name": "object"}
    found = {}
    for one in operation.all_parameters:
        default = list(one.default) if isinstance(one.default, tuple) else one.default
        found[one.name] = (kinds.get(one.kind, "string"), one.required, default)
    return found


def of_schema(schema: Mapping[str, Any]) -> str:
    if "type" in schema:
        return str(schema["type"])
    return next(str(one["type"]) for one in schema["anyOf"] if one["type"] != "null")


def http() -> dict[str, dict[str, Shape]]:
    """Read the parameters of the addresses from what OpenAPI is told."""
    found = {}
    for name in OPERATIONS:
        described = parameters_of(name)["parameters"]
        found[name] = {
            one["name"]: (of_schema(one["schema"]), one["required"], one["schema"].get("default")) for one in described
        }
    paths = {getattr(route, "path", "").removeprefix("/api/v1/").partition("/")[0] for route in router.routes}
    return {name: shapes for name, shapes in found.items() if name in paths or OPERATIONS[name].gives == "file"}


def tools() -> dict[str, dict[str, Shape]]:
    """Read the parameters of the tools from their schemas."""
    listed = asyncio.run(make_server(None).list_tools())  # type: ignore[arg-type] # nothing is asked
    return {
        tool.name: {
            name: (of_schema(held), name in tool.input_schema.get("required", ()), held.get("default"))
            for name, held in tool.input_schema["properties"].items()
        }
        for tool in listed
        if tool.name in OPERATIONS
    }


def commands() -> dict[str, dict[str, Shape]]:
    """Read the parameters of the commands from what click knows of them."""
    found = {}
    for name in COMMANDS:
        command = group.get_command(click.Context(group), name)
        if name in OPERATIONS and command is not None:
            own = {one.name: shape_of(one) for one in command.params if one.name in declared(OPERATIONS[name])}
            found[name] = {key: shape for key, shape in own.items() if key is not None}
    return found


def shape_of(parameter: click.Parameter) -> Shape:
    default = parameter.to_info_dict().get("default")
    if parameter.multiple if isinstance(parameter, click.Option) else False:
        return "array", parameter.required, list(default or ())
    if isinstance(parameter, click.Option) and parameter.is_flag:
        return "boolean", parameter.required, bool(default)
    kind = "integer" if isinstance(parameter.type, click.types.IntRange) else "string"
    return kind, parameter.required, default


READERS: Mapping[str, Callable[[], dict[str, dict[str, Shape]]]] = {"http": http, "tools": tools, "commands": commands}


def differences(surface: str, found: Mapping[str, Mapping[str, Shape]]) -> list[str]:
    """Say where a surface differs from what is declared, but for the exceptions that have a reason."""
    told = []
    for name, operation in OPERATIONS.items():
        if surface in operation.not_on:
            told += [f"{name} is there though it should not be"] if name in found else []
        elif name not in found:
            told.append(f"{name} is missing")
        else:
            wanted = declared(operation)
            told += [
                f"{name}.{key}: {found[name].get(key)} is not {wanted.get(key)}"
                for key in sorted(wanted.keys() | found[name].keys())
                if found[name].get(key) != wanted.get(key) and (surface, name, key) not in EXCEPTIONS
            ]
    return told


@pytest.mark.parametrize("surface", SURFACES)
def test_each_operation_is_on_each_surface_with_its_parameters(surface: str) -> None:
    assert differences(surface, READERS[surface]()) == []


def test_a_surface_that_differs_is_seen() -> None:
    found = commands()
    del found["partners"]
    found["impact"]["days"] = ("integer", False, 30)
    found["find"]["knd"] = ("string", False, None)
    found["kinds"] = {}
    told = " ".join(differences("commands", found))
    for words in ("partners is missing", "impact.days", "find.knd", "kinds is there though it should not be"):
        assert words in told


def test_an_operation_that_a_surface_lacks_has_a_reason() -> None:
    for operation in OPERATIONS.values():
        assert set(operation.not_on) <= set(SURFACES)
        assert all(len(reason) > 20 for reason in operation.not_on.values())
    assert all(name in OPERATIONS for _, name, _ in EXCEPTIONS)
