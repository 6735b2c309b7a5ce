"""Tools for agents: what each gives, what it says when asked amiss, and that no answer floods a context."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from mcp import Client
from mcp.server.mcpserver import MCPServer
from mcp_types import CallToolResult, TextContent

from kg.graph import Graph
from kg.mcp.access import LocalAccess
from kg.mcp.pagination import MAX_CHARACTERS, cut, page, window
from kg.mcp.server import make_server
from kg.mcp.tools.sparql import read_examples
from kg.operations.agents import FOR_AGENTS
from kg.operations.catalogue import OPERATIONS
from kg.operations.registry import VERBS, run_verb
from kg.sparql.runner import query_in_worker

TOOLS: dict[str, dict[str, Any]] = {
    # A tool that is made of an operation answers to the examples of what it needs, unless told otherwise below.
    **{
        one.name: {given.name: given.example for given in one.parameters if given.required}
        for one in OPERATIONS.values()
        if "tools" not in one.not_on
    },
    "find": {"name": "宁德时代"},
    "show": {"entity": "base/guian"},
    "neighbours": {"entity": "company/catl"},
    "list_questions": {"about": "capacity"},
    "ask": {"question": "base-operator"},
    "network": {"network": "supply"},
    "partners": {"entity": "company/catl"},
    "depends": {"entity": "base/guian"},
    "path": {"one": "company/catl", "other": "government/shandong"},
    "impact": {"entity": "company/catl", "days": 30},
    "chokepoints": {},
    "concentration": {"by": "stage"},
    "circularity": {},
    "gaps": {"park": "base/guian"},
    "why": {"subject": "base/guian/phase-one", "property_name": "plannedCapacity"},
    "claim": {"claim_id": "claim/guian-2023-06-17/phase-one-land"},
    "claims": {"of": "base/guian"},
    "conflicts": {},
    "coverage": {},
    "describe_schema": {},
    "example_queries": {},
    "sparql": {"query": "SELECT ?s { ?s a kg:Base }"},
}
"""Every tool with arguments that it answers."""


@pytest.fixture(scope="module")
def server(graph: Graph) -> MCPServer:
    return make_server(LocalAccess(graph, run_verb))


def call(server: MCPServer, tool: str, **arguments: Any) -> CallToolResult:
    async def asked() -> CallToolResult:
        async with Client(server) as client:
            return await client.call_tool(tool, arguments)

    return asyncio.run(asked())


def told(server: MCPServer, tool: str, **arguments: Any) -> dict[str, Any]:
    """Call a tool that answers; the text says the same as the structured content."""
    result = call(server, tool, **arguments)
    assert not result.is_error, result.content
    structured: dict[str, Any] = result.structured_content or {}
    text = json.loads(text_of(result))
    assert without_nothing(text) == without_nothing(structured)
    return structured


def without_nothing(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: without_nothing(held) for name, held in value.items() if held is not None}
    return [without_nothing(one) for one in value] if isinstance(value, list) else value


def text_of(result: CallToolResult) -> str:
    (content,) = result.content
    assert isinstance(content, TextContent)
    return content.text


def refusal(server: MCPServer, tool: str, **arguments: Any) -> str:
    result = call(server, tool, **arguments)
    assert result.is_error
    return text_of(result)


def listed(server: MCPServer) -> Iterator[Any]:
    async def asked() -> list[Any]:
        async with Client(server) as client:
            return list((await client.list_tools()).tools)

    yield from asyncio.run(asked())


def test_every_tool_says_when_to_use_it_and_what_it_gives(server: MCPServer) -> None:
    tools = {tool.name: tool for tool in listed(server)}
    assert set(tools) == set(TOOLS)
    for tool in tools.values():
        assert len(tool.description) > 60
        assert tool.output_schema["properties"]["truncated"]
        assert (tool.annotations.read_only_hint, tool.annotations.open_world_hint) == (True, False)
        for name, argument in tool.input_schema["properties"].items():
            assert argument.get("description"), f"{tool.name}: {name}"


@pytest.mark.parametrize("tool", TOOLS)
def test_every_tool_answers_within_bounds(server: MCPServer, tool: str) -> None:
    answer = told(server, tool, **TOOLS[tool])
    # Two articles tell of no single supplier.
    assert answer["total"] >= 1 or answer["note"]
    assert len(json.dumps(answer, ensure_ascii=False)) < MAX_CHARACTERS + 4000


def test_the_tools_together_are_described_in_few_words(server: MCPServer) -> None:
    words = json.dumps([tool.model_dump(mode="json", exclude_none=True) for tool in listed(server)])
    assert len(words) < 45_000


def test_find_tells_the_certain_from_the_alike(server: MCPServer) -> None:
    first = told(server, "find", name="宁德时代")["rows"][0]
    assert (first["id"], first["certain"]) == ("company/catl", True)
    assert not any(row["certain"] for row in told(server, "find", name="ndsd")["rows"])
    some = told(server, "find", name="guian", limit=1)
    assert (some["truncated"], len(some["rows"])) == (True, 1)
    assert "There are more" in some["note"]
    inside = told(server, "find", name="guian", place="place/guizhou")["rows"]
    assert "base/guian" in {row["id"] for row in inside}


def test_show_keeps_to_a_property_and_reads_on(server: MCPServer) -> None:
    first = told(server, "show", entity="CATL", limit=3)
    assert (first["id"], first["truncated"], first["next_offset"]) == ("company/catl", True, 3)
    second = told(server, "show", entity="CATL", limit=3, offset=3)
    assert first["statements"] != second["statements"]
    only = told(server, "show", entity="base/guian/phase-one", property_name="plannedCapacity")
    assert {one["property"] for one in only["statements"]} == {"plannedCapacity"}
    assert only["statements"][0]["claims"]


def test_what_is_absent_is_not_stated(server: MCPServer) -> None:
    assert "not stated, not a no" in refusal(server, "show", entity="company/catl", property_name="plannedCapacity")
    answer = told(server, "ask", question="base-operator", parameters={"base": "base/yanzhou"})
    assert "not stated" in answer["note"]
    assert told(server, "why", subject="company/catl", property_name="plannedCapacity")["explanations"][0]["kind"] == (
        "unknown"
    )


def test_rows_name_their_claims_and_claims_their_documents(server: MCPServer) -> None:
    row = told(server, "ask", question="base-operator")["rows"][0]
    claim = told(server, "claim", claim_id=row["claims"][0])["claim"]
    assert "document/" in json.dumps(claim)
    explained = told(server, "why", subject="base/yanzhou/phase-one", property_name="landArea")["explanations"]
    assert explained[0]["claims"][0]["document"].startswith("document/")


def test_networks_carry_claims_and_say_what_is_not_known(server: MCPServer) -> None:
    for tool in ("partners", "path"):
        answer = told(server, tool, **TOOLS[tool])
        assert all(row["claims"] for row in answer["rows"])
        assert "An empty cell means" in answer["note"]
    earlier = told(server, "partners", entity="company/catl", as_of="2015-01-01")
    assert earlier["total"] < told(server, "partners", entity="company/catl")["total"]
    down = told(server, "depends", entity="company/catl", direction="downstream")
    assert down["title"] != told(server, "depends", entity="company/catl")["title"]


def test_no_verb_is_hidden_by_another_of_its_name() -> None:
    for verb in FOR_AGENTS:
        assert VERBS[verb.__name__] is verb


def test_sparql_says_that_there_is_more(server: MCPServer) -> None:
    some = told(server, "sparql", query="SELECT ?s { ?s ?p ?o }", limit=5)
    assert (len(some["rows"]), some["truncated"], some["next_offset"]) == (5, True, 5)
    assert told(server, "sparql", query="ASK { <company/catl> a kg:Company }")["rows"] == [{"answer": True}]
    nothing = told(server, "sparql", query="SELECT ?s { ?s a kg:Nothing }")
    assert (nothing["rows"], nothing["truncated"]) == ([], False)
    assert "describe_schema" in nothing["note"]
    built = told(server, "sparql", query="CONSTRUCT WHERE { ?s a kg:Base }")
    assert built["columns"] == ["subject", "predicate", "object"]


@pytest.mark.parametrize(
    ("tool", "arguments", "says"),
    [
        ("find", {"name": ""}, "the name is empty"),
        ("find", {"name": "x" * 201}, "at most 200"),
        ("find", {"name": "CATL", "kind": "Compny"}, "did you mean 'Company'"),
        ("find", {"name": "CATL", "limit": 0}, "greater than or equal to 1"),
        ("show", {"entity": "Shandong Tims"}, "did you mean.*call find"),
        ("ask", {"question": "base-operater"}, "did you mean 'base-operator'.*call list_questions"),
        ("ask", {"question": "base-operator", "parameters": {"bse": "x"}}, "no parameter 'bse'; it has: base"),
        ("ask", {"question": "base-operator", "parameters": {"self": "x"}}, "no parameter 'self'"),
        ("ask", {"question": "base-operator", "parameters": {"base": "nowhere"}}, "call find"),
        ("ask", {"question": "base-operator", "language": "de"}, "'en' or 'zh'"),
        ("partners", {"entity": "company/catl", "as_of": "soon"}, "write YYYY-MM-DD"),
        ("depends", {"entity": "company/catl", "direction": "up"}, "'upstream' or 'downstream'"),
        ("path", {"one": "company/catl", "other": "nowhere at all"}, "call find"),
        ("gaps", {"park": "nowhere at all"}, "call find"),
        ("concentration", {"by": "moon"}, "'product', 'stage' or 'region'"),
        ("impact", {"entity": "company/catl", "days": 0}, "greater than or equal to 1"),
        ("why", {"subject": "company/catl", "property_name": "plannedCapcity"}, "did you mean.*call describe_schema"),
        ("claim", {"claim_id": "claim/none/none"}, "no claim"),
        ("coverage", {"section": "By moon"}, "the sections are Totals"),
        ("describe_schema", {"term": "flux capacitor"}, "no class and no property"),
        ("list_questions", {"about": "xylophone"}, "without words to see them all"),
        ("sparql", {"query": "SELECT ?s { ?s a }"}, "not SPARQL 1.1.*example_queries"),
        ("sparql", {"query": "SELECT ?s { SERVICE <http://localhost:1/> { ?s ?p ?o } }"}, "example_queries"),
        ("sparql", {"query": "SELECT ?s { ?s ?p ?o . ?a ?b ?c . ?d ?e ?f }", "timeout": 0.2}, "seconds|limit"),
        ("sparql", {"query": "DELETE WHERE { ?s ?p ?o }"}, "SPARQL"),
        ("sparql", {"query": "ASK {}", "limit": 5000}, "less than or equal to 1000"),
        ("no_such_tool", {}, "Unknown tool"),
        ("partners", {"subject": "company/catl"}, "no parameter 'subject'; did you mean 'entity'"),
        ("sparql", {"text": "ASK {}"}, "no argument 'text'.*query"),
    ],
)
def test_what_is_asked_amiss_is_told_so_that_an_agent_can_mend_it(
    server: MCPServer, tool: str, arguments: dict[str, Any], says: str
) -> None:
    said = refusal(server, tool, **arguments)
    assert re.search(says, said, re.DOTALL), said
    assert "Traceback" not in said


def test_pages_fit_and_say_what_they_left_out() -> None:
    shown, about = page([{"text": "x" * 400}] * 100, 100)
    assert 1 < len(shown) < 100
    assert (about["total"], about["truncated"], about["next_offset"]) == (100, True, len(shown))
    assert len(json.dumps(shown)) <= MAX_CHARACTERS + 100
    assert page(["x" * 100_000], 5)[0] == ["x" * 499 + "…"]
    assert page([], 5) == ([], {"total": 0, "truncated": False, "next_offset": None})
    assert window(["x"], 10, 4) == (["x"], {"total": 10, "truncated": True, "next_offset": 5})
    assert window([], 10, 40) == ([], {"total": 10, "truncated": False, "next_offset": None})
    assert cut([{"claims": ["a"] * 3}]) == [{"claims": ["a"] * 3}]


def test_every_example_query_runs(wide_graph: Graph) -> None:
    examples = read_examples()
    assert len(examples) >= 8
    for one in examples:
        _, rows = query_in_worker(wide_graph.release.path / "store", one["query"], {}, 20)
        assert rows, one["name"]


def test_the_page_on_agents_shows_what_an_agent_gets(wide_graph: Graph) -> None:
    server = make_server(LocalAccess(wide_graph, run_verb))
    page = (Path(__file__).parents[2] / "docs" / "mcp.md").read_text("utf-8")
    shown = re.findall(r"^> (\w+) (\{.*\})\n(.+)…$", page, re.MULTILINE)
    assert len(shown) >= 3
    for tool, arguments, begins in shown:
        assert text_of(call(server, tool, **json.loads(arguments))).startswith(begins)


def read(server: MCPServer, uri: str) -> str:
    async def asked() -> str:
        async with Client(server) as client:
            (content,) = (await client.read_resource(uri)).contents
            return str(getattr(content, "text", ""))

    return asyncio.run(asked())


def test_resources_are_read(server: MCPServer) -> None:
    schema = json.loads(read(server, "kg://schema"))
    assert {"kg:Base", "kg:Company"} <= {one["name"] for one in schema["classes"]}
    assert "kg:plannedCapacity" in read(server, "kg://ontology.ttl")
    assert "Totals" in json.loads(read(server, "kg://coverage"))
    assert all(one["text"] for one in json.loads(read(server, "kg://questions")))
    assert json.loads(read(server, "kg://release"))["id"]


def test_prompts_are_ways_of_working(server: MCPServer) -> None:
    async def asked() -> dict[str, str]:
        async with Client(server) as client:
            given = {
                "trace": {"fact": "30 GWh"},
                "fact_check": {"text": "The base is in production."},
                "compare": {"first": "CATL", "second": "BYD"},
            }
            prompts = {prompt.name for prompt in (await client.list_prompts()).prompts}
            assert prompts == set(given)
            answers = {name: await client.get_prompt(name, arguments) for name, arguments in given.items()}
            return {name: str(getattr(one.messages[0].content, "text", "")) for name, one in answers.items()}

    texts = asyncio.run(asked())
    assert "30 GWh" in texts["trace"]
    assert "The base is in production." in texts["fact_check"]
    assert "CATL" in texts["compare"]
    assert all("not stated" in text for text in texts.values())
