"""Twelve tasks of an analyst, each on commands, over HTTP and with an agent's tools: one answer by each door.

What each task must find stands with it, as a careful reader of the pages would give it.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

import pytest
from mcp import Client
from mcp.server.mcpserver import MCPServer

from kg.cli import run
from kg.graph import Graph
from kg.mcp.access import LocalAccess
from kg.mcp.server import make_server
from kg.operations.registry import run_verb
from tests.support.serving import Server, serving

ROWS = 20
Row = tuple[Any, ...]


@dataclass(frozen=True)
class Task:
    """A task: the operation that answers it, what it is asked, which columns tell, and rows that must be among them."""

    title: str
    operation: str
    asked: Mapping[str, Any]
    columns: tuple[str, ...]
    finds: frozenset[Row]
    command: tuple[str, ...]
    rows: int = ROWS
    names: Mapping[str, str] = field(default_factory=dict)


CATL, YANZHOU, GUIAN = "company/catl", "base/yanzhou", "base/guian"
TASKS = (
    Task(
        "who is 宁德时代", "find", {"text": "宁德时代"}, ("entity", "kind"), frozenset({(CATL, "Company")}),
        ("find", "宁德时代"), rows=5, names={"entity": "id"},
    ),
    Task(
        "partners of CATL in Shandong", "partners", {"entity": CATL, "region": "place/shandong"},
        ("partner", "standing", "through"),
        frozenset({("government/dongying", "partner", "agreement/dongying-first")}),
        ("partners", CATL, "--region", "place/shandong"),
    ),
    Task(
        "who runs the base in Yanzhou", "ask", {"question": "base-operator", "base": YANZHOU}, ("operator",),
        frozenset({("company/shandong-times",)}), ("ask", "base-operator", "--base", YANZHOU),
    ),
    Task(
        "what a stop of phosphate mining reaches", "ask", {"question": "stage-stop", "stage": "PhosphateMining"},
        ("reached", "site", "status", "mode", "through"),
        frozenset(), ("ask", "stage-stop", "--stage", "PhosphateMining"),
    ),
    Task(
        "what a stop of Hunan Yuneng can reach", "impact", {"entity": "company/hunan-yuneng"},
        ("depth", "reached", "how", "mode"), frozenset({(0, "company/guizhou-yuneng", "stops with it", "kg:Stated")}),
        ("impact", "company/hunan-yuneng"),
    ),
    Task(
        "what the base at Gui'an depends on", "depends", {"entity": GUIAN, "depth": 1},
        ("needs", "who", "how", "mode"), frozenset(), ("depends", GUIAN, "--depth", "1"),
    ),
    Task(
        "acres or mu", "conflicts", {"entity": f"{YANZHOU}/phase-one"}, ("property", "value", "standing", "sort"),
        frozenset({("landArea", "800余亩", "accepted", "rivals")}), ("conflicts", f"{YANZHOU}/phase-one"),
    ),
    Task(
        "who holds what in Guizhou", "network", {"network": "ownership", "region": "place/guizhou"},
        ("source", "relation_name", "target"), frozenset(), ("network", "ownership", "--region", "place/guizhou"),
    ),
    Task(
        "how CATL is tied to BMW", "path", {"one": CATL, "other": "company/bmw", "count": 1},
        ("source", "relation_name", "target"), frozenset({(CATL, "works with", "company/bmw")}),
        ("path", CATL, "company/bmw", "-k", "1"),
    ),
    Task(
        "the green share at Yibin", "ask", {"question": "green-share", "base": "base/yibin"}, ("subject", "value"),
        frozenset({("base/yibin", 80)}), ("ask", "green-share", "--base", "base/yibin"),
    ),
    Task(
        "what a GWh costs", "ask", {"question": "cost-per-gwh", "currency": "CNY"},
        ("works", "investment", "gwh", "cost_per_gwh", "comparable"),
        frozenset({("base/byd-shaoxing/phase-one", 7_000_000_000, 15, 466_666_667, True)}),
        ("ask", "cost-per-gwh", "--currency", "CNY"),
    ),
    Task(
        "what two reports on Yanzhou share", "ask",
        {"question": "in-both", "one": "document/shandong-times-60gwh", "other": "document/bs178-jining-may"},
        ("subject", "relation", "same"), frozenset({(YANZHOU, "kg:baseOf", True)}),
        ("ask", "in-both", "--one", "document/shandong-times-60gwh", "--other", "document/bs178-jining-may"),
    ),
)  # fmt: skip
each_task = pytest.mark.parametrize("task", TASKS, ids=[task.title for task in TASKS])


@pytest.fixture(scope="module")
def wide_site(wide_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with serving(wide_folder, tmp_path_factory.mktemp("tasks"), "--client-seconds", "100000") as running:
        yield running


@pytest.fixture(scope="module")
def tools(wide_graph: Graph) -> MCPServer:
    return make_server(LocalAccess(wide_graph, run_verb))


def picked(rows: Sequence[Mapping[str, Any]], columns: Sequence[str]) -> list[Row]:
    return [tuple(row.get(name) for name in columns) for row in rows]


def by_command(task: Task, release: Path, capsys: pytest.CaptureFixture[str]) -> list[Row]:
    words = [*task.command, "--limit", str(task.rows), "--format", "json", "--release", str(release), "-q"]
    assert run(words) == 0
    return picked(json.loads(capsys.readouterr().out), task.columns)


def by_http(task: Task, site: Server) -> list[Row]:
    asked = {**task.asked, "limit": task.rows}
    address = "/api/v1/" + "/".join([task.operation, *([asked.pop("question")] if "question" in asked else [])])
    reply = site.ask(f"{quote(address)}?{urlencode(asked)}")
    assert reply.status == 200, reply.body
    return picked(reply.json()["rows"], task.columns)


def by_tool(task: Task, server: MCPServer) -> list[Row]:
    asked = {**task.asked, "limit": task.rows}
    if task.operation == "ask":
        own = {name: asked.pop(name) for name in ("question", "limit")}
        asked = {**own, "parameters": asked}

    async def call() -> Any:
        async with Client(server) as client:
            return await client.call_tool(task.operation, asked)

    result = asyncio.run(call())
    assert not result.is_error, result.content
    rows = result.structured_content["rows"]
    return picked(rows, [task.names.get(name, name) for name in task.columns])


@each_task
def test_every_door_gives_one_answer(
    task: Task, wide_graph: Graph, wide_site: Server, tools: MCPServer, capsys: pytest.CaptureFixture[str]
) -> None:
    told = by_command(task, wide_graph.release.path, capsys)
    assert told
    assert by_http(task, wide_site) == told
    # What an agent gets at once is cut to what a context holds, from the first row on.
    agent = by_tool(task, tools)
    assert agent == told[: len(agent)]
    assert agent
    whole = by_command(replace(task, rows=1000), wide_graph.release.path, capsys)
    assert task.finds <= set(whole), [row for row in whole if row[0] in {one[0] for one in task.finds}]


def test_there_are_twelve() -> None:
    assert len(TASKS) == 12
