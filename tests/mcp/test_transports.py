"""Tools for agents as agents reach them: `kg mcp` in a process of its own, `/mcp` of a server, the inspector."""

from __future__ import annotations

import asyncio
import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from mcp import Client
from mcp.client.stdio import StdioServerParameters, stdio_client
from mcp_types import CallToolResult

from tests.support.seals import damage_below
from tests.support.serving import Server, serving

INITIALIZE = {
    "jsonrpc": "2.0",
    "id": 1,
    "method": "initialize",
    "params": {
        "protocolVersion": "2025-06-18",
        "capabilities": {},
        "clientInfo": {"name": "test", "version": "1"},
    },
}
ACCEPT = "application/json, text/event-stream"


@pytest.fixture(scope="module")
def server(release_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with serving(release_folder, tmp_path_factory.mktemp("agents")) as running:
        yield running


async def _work(client: Client) -> dict[str, CallToolResult]:
    """Do what an agent does: look at the tools, find, ask, look up a claim, go wrong, query."""
    async with client:
        tools = {tool.name for tool in (await client.list_tools()).tools}
        assert {"find", "ask", "why", "sparql"} <= tools
        assert "Cite claims" in (client.instructions or "")
        answers = {
            "find": await client.call_tool("find", {"name": "宁德时代"}),
            "ask": await client.call_tool("ask", {"question": "base-operator"}),
            "missing": await client.call_tool("show", {"entity": "Shandong Tims"}),
            "sparql": await client.call_tool("sparql", {"query": "SELECT ?s { ?s a kg:Base }", "limit": 1}),
            "built": await client.call_tool("sparql", {"query": "CONSTRUCT WHERE { <company/catl> rdfs:label ?name }"}),
            "yes": await client.call_tool("sparql", {"query": "ASK { <company/catl> a kg:Company }"}),
            "paged": await client.call_tool("sparql", {"query": "SELECT ?s { ?s ?p ?o }", "limit": 2, "offset": 7}),
            "deep": await client.call_tool("sparql", {"query": "SELECT * {" + "{" * 60 + "}" * 60 + "}"}),
            "service": await client.call_tool("sparql", {"query": "ASK { SERVICE <http://localhost/> {} }"}),
        }
        schema = await client.read_resource("kg://schema")
        assert "kg:Base" in str(schema.contents[0])
        return answers


def content(result: CallToolResult) -> dict[str, Any]:
    assert not result.is_error, result.content
    return result.structured_content or {}


def check(answers: dict[str, CallToolResult]) -> None:
    assert content(answers["find"])["rows"][0]["id"] == "company/catl"
    assert content(answers["ask"])["rows"][0]["claims"]
    assert content(answers["sparql"])["truncated"] is True
    assert {row["object"] for row in content(answers["built"])["rows"]} == {"CATL", "宁德时代"}
    assert content(answers["yes"])["rows"] == [{"answer": True}]
    paged = content(answers["paged"])
    assert (len(paged["rows"]), paged["next_offset"], paged["truncated"]) == (2, 9, True)
    assert paged["total"] > 1000
    said = {name: str(answers[name].content) for name in ("missing", "deep", "service") if answers[name].is_error}
    assert "did you mean" in said["missing"]
    assert "nests over 50 deep" in said["deep"]
    assert said["service"]


def test_over_standard_input_and_output(release_folder: Path) -> None:
    started = StdioServerParameters(command=sys.executable, args=["-m", "kg", "mcp", "--release", str(release_folder)])
    check(asyncio.run(_work(Client(stdio_client(started)))))


def test_over_http(server: Server) -> None:
    check(asyncio.run(_work(Client(f"http://127.0.0.1:{server.port}/mcp"))))


def test_both_ways_answer_alike(server: Server, release_folder: Path) -> None:
    started = StdioServerParameters(command=sys.executable, args=["-m", "kg", "mcp", "--release", str(release_folder)])
    near = asyncio.run(_work(Client(stdio_client(started))))
    far = asyncio.run(_work(Client(f"http://127.0.0.1:{server.port}/mcp")))
    for name in ("find", "ask", "sparql", "built", "yes", "paged"):
        assert content(near[name]) == content(far[name])


def test_standard_output_carries_the_protocol_and_nothing_else(release_folder: Path) -> None:
    called = {"jsonrpc": "2.0", "id": 2, "method": "tools/call", "params": {"name": "find", "arguments": {"name": ""}}}
    told = {"jsonrpc": "2.0", "method": "notifications/initialized"}
    lines = "".join(json.dumps(message) + "\n" for message in (INITIALIZE, told, called))
    with subprocess.Popen(
        [sys.executable, "-m", "kg", "mcp", "--release", str(release_folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(lines)
        process.stdin.flush()
        first, second = (json.loads(process.stdout.readline()) for _ in range(2))
        rest, errors = process.communicate(timeout=30)
    assert (first["id"], second["id"], second["result"]["isError"]) == (1, 2, True)
    assert (rest, process.returncode) == ("", 0)
    assert "Traceback" not in errors


def test_no_release_is_told_in_a_sentence(tmp_path: Path) -> None:
    ended = subprocess.run(
        [sys.executable, "-m", "kg", "mcp", "--release", str(tmp_path / "none")],
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
    )
    assert (ended.returncode, ended.stdout) == (1, "")
    assert ended.stderr == f"kg: {tmp_path / 'none'}: there is no release; run kg build first\n"


def test_a_release_is_summed_before_agents_get_it_whatever_its_seal_says(release_folder: Path, tmp_path: Path) -> None:
    copy = Path(shutil.copytree(release_folder, tmp_path / release_folder.name))
    damage_below(copy, "coverage.md")
    done = subprocess.run(
        [sys.executable, "-m", "kg", "mcp", "--release", str(copy)],
        capture_output=True,
        text=True,
        check=False,
        stdin=subprocess.DEVNULL,
    )
    assert done.returncode == 1
    assert "coverage.md was changed" in done.stderr
    assert done.stdout == ""


def post(server: Server, message: object, **headers: str) -> Any:
    given = {"Content_Type": "application/json", "Accept": ACCEPT} | headers
    return server.ask("/mcp", method="POST", body=json.dumps(message).encode(), **given)


def test_answers_are_plain_json_without_a_session(server: Server) -> None:
    reply = post(server, INITIALIZE)
    assert (reply.status, reply.type) == (200, "application/json")
    assert reply.json()["result"]["serverInfo"]["name"] == "kg"
    assert "mcp-session-id" not in reply.headers
    assert reply.headers["access-control-allow-origin"] == "*"


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Host": "localhost:80"}, 200),
        ({"Host": "evil.example"}, 421),
        ({"Host": "127.0.0.1.evil.example:8000"}, 421),
        ({"Origin": "http://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": "http://localhost:3000"}, 200),
        ({"Content_Type": "text/plain"}, 415),
    ],
)
def test_a_page_of_another_site_reaches_nothing(server: Server, headers: dict[str, str], status: int) -> None:
    assert post(server, INITIALIZE, **headers).status == status


def test_what_is_no_message_is_refused(server: Server) -> None:
    assert server.ask("/mcp", method="POST", body=b"{", Content_Type="application/json", Accept=ACCEPT).status == 400
    assert post(server, {"jsonrpc": "2.0", "id": 1, "method": "nothing/here"}).json()["error"]
    assert post(server, ["x" * 300_000]).status == 413
    assert server.ask("/health").status == 200


def test_a_name_that_the_server_was_told_is_its_own(release_folder: Path, tmp_path: Path) -> None:
    with serving(release_folder, tmp_path, "--mcp-hosts", "graph.example, other.example") as running:
        assert post(running, INITIALIZE, Host="graph.example").status == 200
        assert post(running, INITIALIZE, Host="other.example:8443").status == 200
        assert post(running, INITIALIZE, Host="third.example").status == 421


def _inspect(*arguments: str) -> Any:
    """Run the inspector that the node at hand can run, and read its answer: it ends with 0 when a tool fails too."""
    node, npx = shutil.which("node"), shutil.which("npx")
    if node is None or npx is None:
        pytest.skip("node is not at hand")
    version = subprocess.run([node, "--version"], capture_output=True, text=True, check=True).stdout.strip()
    number = tuple(int(part) for part in version.removeprefix("v").split(".")[:2])
    if number < (18, 0):
        pytest.skip(f"no inspector runs on node {version}")
    package = "@modelcontextprotocol/inspector@" + ("2" if number >= (22, 19) else "0.15.0")
    asked = ["--method", "tools/call", "--tool-name", "find", "--tool-arg", "name=CATL"]
    ended = subprocess.run(
        [npx, "--yes", package, "--cli", *arguments, *asked], capture_output=True, text=True, timeout=180
    )
    if "npm ERR" in ended.stderr or "npm error" in ended.stderr:
        pytest.skip("npm cannot install the inspector here")
    return json.loads(ended.stdout)


def test_the_inspector_calls_a_tool_over_both_ways(server: Server, release_folder: Path) -> None:
    far = _inspect(f"http://127.0.0.1:{server.port}/mcp", "--transport", "http")
    near = _inspect(sys.executable, "-m", "kg", "mcp", "--release", str(release_folder))
    for answer in (far, near):
        assert not answer.get("isError")
        assert answer["structuredContent"]["rows"][0]["id"] == "company/catl"
