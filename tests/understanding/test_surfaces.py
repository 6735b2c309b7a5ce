"""Words are understood alike by the library, over HTTP, on commands, with an agent's tools and on pages."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest
from markupsafe import escape
from mcp import Client

from kg.cli import run
from kg.graph import Graph
from kg.mcp.access import LocalAccess
from kg.mcp.server import make_server
from kg.operations.registry import run_verb
from kg.operations.run import run_operation
from tests.support.surfaces import serve_here

WORDS, CHINESE = "who runs the Yanzhou base", "兖州基地由谁运营"
ROWS = [("company/shandong-times",)]
HOSTILE = "who runs <script>alert(1)</script> \"'><img src=x onerror=alert(1)>"


def operators(plain: dict[str, Any]) -> list[tuple[str]]:
    return [(row["operator"],) for row in plain["rows"]]


def call_tool(graph: Graph, name: str, **arguments: Any) -> Any:
    async def call() -> Any:
        async with Client(make_server(LocalAccess(graph, run_verb))) as client:
            return await client.call_tool(name, arguments)

    return asyncio.run(call())


@pytest.mark.parametrize("words", [WORDS, CHINESE])
def test_each_surface_gives_the_same_answer(
    graph: Graph, words: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("KG_RELEASES", str(graph.release.path))
    client = serve_here(graph)
    by_path = client.get(f"/api/v1/ask/{words}").json()
    by_query = client.get("/api/v1/ask", params={"question": words}).json()
    assert operators(by_path) == operators(by_query) == ROWS
    assert by_path["understood"]["readings"][0]["parameters"] == {"base": "base/yanzhou"}
    capsys.readouterr()
    assert run(["ask", *words.split(), "--format", "json"]) == 0
    out, err = capsys.readouterr()
    assert operators({"rows": json.loads(out)}) == ROWS or operators(json.loads(out)) == ROWS
    assert err.startswith("understood as Who runs a base")
    tool = call_tool(graph, "ask", question=words).structured_content
    assert operators(tool) == ROWS
    assert "understood as Who runs a base" in tool["note"]
    page = client.get("/search", params={"text": words}, headers={"accept": "text/html"}).text
    assert "Understood as" in page
    assert 'value="base/yanzhou"' in page
    assert "Shandong Times" in page


def test_what_was_understood_is_told_alike(graph: Graph) -> None:
    client = serve_here(graph)
    plain = run_operation(graph, "understand", {"text": WORDS})
    told = client.get("/api/v1/understand", params={"text": WORDS}).json()
    assert told == {"release": graph.release.id, **plain}
    assert plain["is_sure"] is True
    assert graph.understand(WORDS).to_dict() == plain


def test_what_is_not_covered_is_told_on_each_surface(graph: Graph, capsys: pytest.CaptureFixture[str]) -> None:
    client = serve_here(graph)
    answer = client.get("/api/v1/ask", params={"question": "weather at the Yanzhou base"})
    assert answer.status_code == 404
    assert "nothing here covers 'weather'" in answer.json()["detail"]
    assert answer.json()["suggestions"]
    assert run(["ask", "weather at the Yanzhou base", "--release", str(graph.release.path)]) == 2
    assert "nothing here covers 'weather'" in capsys.readouterr().err
    assert call_tool(graph, "ask", question="weather at the Yanzhou base").is_error
    page = client.get("/search", params={"text": "weather at the Yanzhou base"}, headers={"accept": "text/html"})
    assert page.status_code == 200
    assert "Not answered" in page.text
    assert "<q><bdi>weather</bdi></q>" in page.text


def test_values_that_are_given_stand_in_the_place_of_those_in_the_words(graph: Graph) -> None:
    plain = run_operation(graph, "ask", {"question": WORDS, "parameters": {"base": "base/guian"}})
    named = run_operation(graph, "ask", {"question": "base-operator", "parameters": {"base": "base/guian"}})
    assert plain["rows"] == named["rows"]


def test_the_page_leads_to_the_form_and_to_what_else_it_may_mean(graph: Graph) -> None:
    client = serve_here(graph)
    page = client.get("/search", params={"text": CHINESE, "language": "zh"}, headers={"accept": "text/html"}).text
    assert "理解为" in page
    assert 'action="/questions/base-operator"' in page
    assert 'name="language" value="zh"' in page
    assert "也可能是指" in page


def test_a_name_is_found_as_before_and_offers_questions(graph: Graph) -> None:
    page = serve_here(graph).get("/search", params={"text": "CATL"}, headers={"accept": "text/html"}).text
    assert 'href="/id/company/catl"' in page
    assert "Questions about it" in page


def test_sparql_in_the_box_leads_to_its_page(graph: Graph) -> None:
    text = "SELECT ?s WHERE { ?s a kg:Park }"
    answer = serve_here(graph).get("/search", params={"text": text}, follow_redirects=False)
    assert answer.status_code == 303
    assert answer.headers["location"].startswith("/query?query=SELECT")


def test_hostile_words_stay_text(graph: Graph) -> None:
    page = serve_here(graph).get("/search", params={"text": HOSTILE}, headers={"accept": "text/html"}).text
    assert "<script>" not in page
    assert "<img" not in page
    assert str(escape("<script>")) in page
