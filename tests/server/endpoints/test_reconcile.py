"""Reconciliation over HTTP, asked as OpenRefine asks: forms, encoded ids, other origins, whatever people paste."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.support.reconciliation_schemas import require_valid
from tests.support.serving import Reply, Server, serving

# A cell of a spreadsheet, the column reconciled to a type, and columns beside it: what OpenRefine makes of ten rows.
BATCH = {
    "q0": {
        "query": "宁德时代新能源科技股份有限公司",
        "type": "Company",
        "type_strict": "should",
        "properties": [{"pid": "country", "v": "China"}],
    },
    "q1": {"query": "CATL", "type": "Company", "type_strict": "should"},
    "q2": {"query": "Shandong Tims", "type": "Company", "type_strict": "should", "limit": 5},
    "q3": {
        "query": "Yanzhou Phase I",
        "properties": [{"pid": "phaseOf", "v": {"id": "base/yanzhou", "name": "Yanzhou base"}}],
    },
}
EXTENSION = {
    "ids": ["base/yanzhou/phase-one", "company/catl"],
    "properties": [
        {"id": "landArea"},
        {"id": "landArea:unit"},
        {"id": "landArea:published"},
        {"id": "landArea:source", "settings": {"as_of": "2025", "sources": "1"}},
        {"id": "name:zh"},
    ],
}
CONDITIONS = {"queries": [{"type": "Company", "conditions": [{"matchType": "name", "propertyValue": "CATL"}]}]}


@pytest.fixture(scope="module")
def server(release_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    flags = ("--client-seconds", "100000")
    with serving(release_folder, tmp_path_factory.mktemp("reconcile"), *flags) as running:
        yield running


def post_form(server: Server, **fields: object) -> Reply:
    """Send a form as OpenRefine does: urlencoded JSON in one field."""
    body = urlencode({name: json.dumps(value, ensure_ascii=False) for name, value in fields.items()})
    return server.ask(
        "/reconcile",
        method="POST",
        body=body.encode(),
        Content_Type="application/x-www-form-urlencoded; charset=UTF-8",
        User_Agent="OpenRefine/3.8",
        Origin="http://127.0.0.1:3333",
    )


def post_json(server: Server, path: str, value: object) -> Reply:
    return server.ask(path, method="POST", body=json.dumps(value).encode(), Content_Type="application/json")


def test_the_manifest_is_at_the_root_and_absolute(server: Server) -> None:
    reply = server.ask("/reconcile")
    assert (reply.status, reply.type) == (200, "application/json")
    told = reply.json()
    assert told["versions"] == ["0.2"]
    assert told["view"]["url"].startswith(f"http://127.0.0.1:{server.port}/")
    require_valid("0.2", "manifest", told)


def test_a_form_of_queries_is_answered(server: Server) -> None:
    reply = post_form(server, queries=BATCH)
    answers = reply.json()
    assert reply.status == 200
    assert [bool(answers[key]["result"][0]["match"]) for key in BATCH] == [True, True, False, True]
    assert answers["q0"]["result"][0]["id"] == "company/catl"
    require_valid("0.2", "reconciliation-result-batch", answers)


def test_the_same_by_get(server: Server) -> None:
    got = server.ask("/reconcile?queries=" + quote(json.dumps(BATCH)))
    assert got.json() == post_form(server, queries=BATCH).json()
    assert server.ask("/reconcile?extend=" + quote(json.dumps(EXTENSION))).status == 200


def test_a_form_of_columns_is_answered(server: Server) -> None:
    reply = post_form(server, extend=EXTENSION)
    rows = reply.json()["rows"]
    assert rows["base/yanzhou/phase-one"]["landArea:unit"] == [{"id": "unit:HA", "name": "hectare"}]
    assert rows["company/catl"]["landArea"] == []
    require_valid("0.2", "data-extension-response", reply.json())


@pytest.mark.parametrize(
    ("path", "schema"),
    [
        ("/suggest/entity?prefix=ningde", "suggest-entities-response"),
        ("/suggest/entity?prefix=%E5%AE%81%E5%BE%B7&type=Company&type_strict=should", "suggest-entities-response"),
        ("/suggest/property?prefix=capacity&cursor=0", "suggest-properties-response"),
        ("/suggest/type?prefix=", "suggest-types-response"),
        ("/extend/propose?type=Phase&limit=10", "data-extension-property-proposal"),
    ],
)
def test_suggestions_of_both_versions(server: Server, path: str, schema: str) -> None:
    for root, version in (("/reconcile", "0.2"), ("/reconcile/v1", "1.0-draft")):
        reply = server.ask(root + path)
        assert reply.status == 200
        assert next(iter(reply.json().values()))
        require_valid(version, schema, reply.json())


def test_the_addresses_of_the_manifest_lead_somewhere(server: Server) -> None:
    told = server.ask("/reconcile").json()
    root = f"http://127.0.0.1:{server.port}"
    entity = quote("company/catl", safe="")
    preview = server.ask(told["preview"]["url"].removeprefix(root).replace("{{id}}", entity))
    assert (preview.status, preview.type) == (200, "text/html")
    assert "CATL" in preview.body.decode()
    assert preview.headers["content-security-policy"] == "default-src 'none'; style-src 'unsafe-inline'"
    view = server.ask(told["view"]["url"].removeprefix(root).replace("{{id}}", entity))
    assert (view.status, view.headers["location"]) == (303, f"{root}/id/company/catl")
    assert server.ask("/id/company/catl").status == 200
    concept = server.ask(told["view"]["url"].removeprefix(root).replace("{{id}}", quote("kg:Operating", safe="")))
    assert server.ask(concept.headers["location"].removeprefix(root), Accept="text/html").status == 200
    assert server.ask(told["documentation"].removeprefix(root)).status == 200
    for what, example in (("entity", entity), ("property", "landArea"), ("type", "Company")):
        service = told["suggest"][what]
        path = service["flyout_service_path"].replace("${id}", example)
        reply = server.ask(service["flyout_service_url"].removeprefix(root) + path)
        assert reply.json()["html"].startswith("<p>")


def test_the_draft_has_its_own_root(server: Server) -> None:
    told = server.ask("/reconcile/v1").json()
    require_valid("1.0-draft", "manifest", told)
    answers = post_json(server, "/reconcile/v1/match", CONDITIONS)
    assert answers.json()["results"][0]["candidates"][0]["id"] == "company/catl"
    require_valid("1.0-draft", "reconciliation-result-batch", answers.json())
    columns = post_json(server, "/reconcile/v1/extend", EXTENSION)
    assert [row["id"] for row in columns.json()["rows"]] == EXTENSION["ids"]
    require_valid("1.0-draft", "data-extension-response", columns.json())
    assert server.ask("/reconcile/v1/preview?id=company%2Fcatl&lang=zh").status == 200


BAD = [
    ("GET", "/reconcile?queries=%7B", 400),
    ("GET", "/reconcile?queries=%7B%7D&extend=%7B%7D", 409),
    ("GET", "/reconcile?queries=" + quote('{"q0": {"query": "a", "type": "Compny"}}'), 404),
    ("GET", "/reconcile?queries=" + "[" * 5000, 400),
    ("GET", "/reconcile?queries=%FF", 400),
    ("GET", "/reconcile/preview?id=company%2Fnobody", 404),
    ("GET", "/reconcile/view?id=company%2Fnobody", 404),
    ("GET", "/reconcile/flyout/entity?id=%3Cscript%3E", 404),
    ("GET", "/reconcile/flyout/nothing?id=a", 400),
    ("GET", "/reconcile/suggest/entity?prefix=a&cursor=x", 400),
    ("PUT", "/reconcile", 405),
    ("GET", "/reconcile/v1/match", 405),
    ("POST", "/reconcile/v1/match", 415),
]


@pytest.mark.parametrize(("method", "path", "status"), BAD)
def test_errors_are_told_to_scripts_of_other_sites_too(server: Server, method: str, path: str, status: int) -> None:
    reply = server.ask(path, method=method, Origin="http://127.0.0.1:3333")
    assert (reply.status, reply.type) == (status, "application/problem+json")
    assert reply.headers["access-control-allow-origin"] == "*"
    assert reply.json()["detail"]


@pytest.mark.parametrize(
    "path", ["/reconcile", "/reconcile/suggest/entity", "/reconcile/v1/match", "/reconcile/v1/extend", "/reconcile/x"]
)
def test_a_browser_may_ask_first(server: Server, path: str) -> None:
    reply = server.ask(
        path,
        method="OPTIONS",
        Origin="https://reconciliation-api.github.io",
        Access_Control_Request_Method="POST",
        Access_Control_Request_Headers="content-type",
    )
    assert reply.status == 204
    assert reply.headers["access-control-allow-origin"] == "*"
    assert "POST" in reply.headers["access-control-allow-methods"]
    assert "content-type" in reply.headers["access-control-allow-headers"].lower()


def test_what_is_too_large_is_refused(server: Server) -> None:
    many = {f"q{at}": {"query": "CATL"} for at in range(101)}
    assert "at most 100" in post_form(server, queries=many).json()["detail"]
    assert post_form(server, queries={"q0": {"query": "x" * 2_000_000}}).status in (400, 413)
    long = post_form(server, queries={"q0": {"query": "x" * 5000}})
    assert long.json() == {"q0": {"result": []}}
    form = server.ask("/reconcile", method="POST", body=b"--x--", Content_Type="multipart/form-data; boundary=x")
    assert form.status == 415


def test_text_from_outside_is_text(server: Server) -> None:
    hostile = "</script><img src=x onerror=alert(1)>\"'}} ; DROP <company/catl> \u202e \x00 ?s ?p ?o"
    reply = post_form(server, queries={"q0": {"query": hostile, "properties": [{"pid": "place", "v": hostile}]}})
    assert reply.status == 200
    assert server.ask("/reconcile/preview?" + urlencode({"id": hostile})).status == 404


cells = st.text(max_size=80) | st.sampled_from(
    ["CATL", "宁德时代", "Gui'an", "\x00", "\\", "{}", "kg:Company", "company/"]
)
values: Any = cells | st.integers() | st.booleans() | st.none() | st.lists(cells, max_size=3)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(query=cells, value=values, pid=st.sampled_from(["place", "name", "identifier", "plannedCapacity", "no", "a:b"]))
def test_no_row_of_anybody_brings_the_server_down(server: Server, query: str, value: object, pid: str) -> None:
    asked = {"q0": {"query": query, "properties": [{"pid": pid, "v": value}]}}
    assert post_form(server, queries=asked).status in (200, 400, 404)
    assert post_form(server, extend={"ids": [query], "properties": [{"id": pid}]}).status in (200, 400, 404)
