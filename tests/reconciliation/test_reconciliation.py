"""The reconciliation API in both versions: what is asked, what is answered, and what is refused."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import NotFound, UsageError
from kg.graph import Graph
from kg.reconciliation.answers import extend, extend_rows, match, reconcile
from kg.reconciliation.manifests import manifest, manifest_of_draft
from kg.reconciliation.preview import flyout, preview
from kg.reconciliation.queries import MAX_BATCH, MAX_IDS, read_batch, read_extension, read_queries
from kg.reconciliation.suggestions import propose_columns, suggest_entities, suggest_properties, suggest_types
from tests.support.reconciliation_schemas import require_valid

ROOT = "http://localhost:8000"
BATCH = {
    "q0": {"query": "CATL", "type": "Company", "type_strict": "should"},
    "q1": {"query": "宁德时代", "limit": 3},
    "q2": {"query": "Shandong Tims", "type": ["Company", "Base"], "type_strict": "any"},
    "q3": {
        "query": "Gui'an",
        "type": {"id": "Base", "name": "base"},
        "properties": [{"pid": "province", "v": ["Guizhou", {"id": "place/guizhou", "name": "Guizhou"}]}],
    },
    "q4": {"properties": [{"pid": "operator", "v": "Shandong Times"}]},
    "q5": {"query": "nothing is called like this at all"},
}
CONDITIONS = {
    "queries": [
        {"type": "Company", "conditions": [{"matchType": "name", "propertyValue": "CATL"}]},
        {"conditions": [{"matchType": "id", "propertyValue": "company/catl"}], "limit": 1},
        {
            "conditions": [
                {"matchType": "name", "propertyValue": "Gui'an"},
                {
                    "matchType": "property",
                    "propertyId": "province",
                    "propertyValue": ["Guizhou", "Shandong"],
                    "required": True,
                    "matchQuantifier": "any",
                },
            ]
        },
    ]
}
EXTENSION = {
    "ids": ["base/guian/phase-one", "company/catl", "company/nobody"],
    "properties": [
        {"id": "plannedCapacity"},
        {"id": "plannedCapacity:unit"},
        {"id": "plannedCapacity:printed"},
        {"id": "plannedCapacity:published", "settings": {"as_of": "2025"}},
        {"id": "plannedCapacity:source"},
        {"id": "name:zh", "settings": {"language": "zh"}},
        {"id": "expectedJobs"},
        {"id": "status:asOf"},
    ],
}


def test_version_0_2_is_what_its_schemas_ask(graph: Graph) -> None:
    require_valid("0.2", "manifest", manifest(graph, ROOT))
    require_valid("0.2", "reconciliation-query-batch", {key: BATCH[key] for key in ("q0", "q1", "q2", "q4", "q5")})
    require_valid("0.2", "reconciliation-result-batch", reconcile(graph, BATCH))
    require_valid("0.2", "data-extension-query", EXTENSION)
    require_valid("0.2", "data-extension-response", extend(graph, EXTENSION))
    _suggestions_are_valid("0.2", graph)


def test_version_1_0_draft_is_what_its_schemas_ask(graph: Graph) -> None:
    require_valid("1.0-draft", "manifest", manifest_of_draft(graph, ROOT))
    require_valid("1.0-draft", "reconciliation-query-batch", CONDITIONS)
    require_valid("1.0-draft", "reconciliation-result-batch", match(graph, CONDITIONS))
    require_valid("1.0-draft", "data-extension-response", extend_rows(graph, EXTENSION))
    _suggestions_are_valid("1.0-draft", graph)


def _suggestions_are_valid(version: str, graph: Graph) -> None:
    require_valid(version, "suggest-entities-response", suggest_entities(graph, "ningde"))
    require_valid(version, "suggest-types-response", suggest_types(graph, ""))
    require_valid(version, "suggest-properties-response", suggest_properties(graph, ""))
    require_valid(version, "data-extension-property-proposal", propose_columns(graph, "Phase", 9))


def test_a_manifest_of_one_version_is_none_of_the_other(graph: Graph) -> None:
    with pytest.raises(AssertionError):
        require_valid("1.0-draft", "manifest", manifest(graph, ROOT))
    with pytest.raises(AssertionError):
        require_valid("0.2", "manifest", manifest_of_draft(graph, ROOT))


def test_the_manifest_gives_absolute_addresses(graph: Graph) -> None:
    told = manifest(graph, ROOT)
    assert told["view"]["url"] == "http://localhost:8000/reconcile/view?id={{id}}"
    assert told["preview"]["url"].startswith("http://localhost:8000/")
    assert all(isinstance(kind, dict) for kind in told["defaultTypes"])
    for service in (*told["suggest"].values(), told["extend"]["propose_properties"]):
        assert service["service_url"] == "http://localhost:8000/reconcile"
        assert service["service_path"].startswith("/")


def test_candidates_have_ids_names_kinds_and_reasons(graph: Graph) -> None:
    answered = reconcile(graph, BATCH)
    assert set(answered) == set(BATCH)
    first = answered["q0"]["result"][0]
    assert (first["id"], first["match"], first["score"]) == ("company/catl", True, 100.0)
    assert first["type"] == [{"id": "Company", "name": "company"}]
    assert all({"id", "name", "value"} <= set(feature) for feature in first["features"])
    assert not any(one["match"] for one in answered["q2"]["result"])
    assert answered["q3"]["result"][0]["id"] == "base/guian"
    assert "base/yanzhou" in {one["id"] for one in answered["q4"]["result"]}
    assert not any(one["match"] for one in answered["q5"]["result"])
    assert all(len(one["result"]) <= 10 for one in answered.values())


def test_both_versions_have_one_matcher(graph: Graph) -> None:
    old = reconcile(graph, {"q": {"query": "CATL", "type": "Company"}})["q"]["result"]
    new = match(graph, CONDITIONS)["results"]
    assert new[0]["candidates"] == old
    assert [one["id"] for one in new[1]["candidates"]] == ["company/catl"]
    assert {one["id"] for one in new[2]["candidates"]} >= {"base/guian"}


def test_an_id_that_nobody_has_is_no_name(graph: Graph) -> None:
    asked = {"queries": [{"conditions": [{"matchType": "id", "propertyValue": "company/catll"}]}]}
    assert match(graph, asked) == {"results": [{"candidates": []}]}


def test_columns_of_one_trait_stay_side_by_side(graph: Graph) -> None:
    row = extend(graph, EXTENSION)["rows"]["base/guian/phase-one"]
    capacity = {name.partition(":")[2]: cells for name, cells in row.items() if name.startswith("plannedCapacity")}
    assert len({len(cells) for cells in capacity.values()}) == 1
    assert capacity[""] == [{"int": 30}]
    assert capacity["unit"][0]["name"] == "gigawatt hour per year"
    assert capacity["source"][0]["id"].startswith("document/")


def test_an_unknown_id_has_empty_columns(graph: Graph) -> None:
    rows = extend(graph, EXTENSION)["rows"]
    assert list(rows) == EXTENSION["ids"]
    assert not any(rows["company/nobody"].values())


def test_rows_of_the_draft_hold_the_same(graph: Graph) -> None:
    rows = {row["id"]: row["properties"] for row in extend_rows(graph, EXTENSION)["rows"]}
    old = extend(graph, EXTENSION)["rows"]
    assert {id_: {one["id"]: one["values"] for one in row} for id_, row in rows.items()} == old


def test_headings_say_what_the_facet_is(graph: Graph) -> None:
    names = {one["id"]: one["name"] for one in extend(graph, EXTENSION)["meta"]}
    assert names["plannedCapacity:published"] == "planned capacity: date of the source"
    assert names["name:zh"] == "中文名"


def test_an_id_or_an_exact_name_is_suggested_first(graph: Graph) -> None:
    for text in ("company/catl", "CATL", "宁德时代", "https://w3id.org/zerocarbon/id/company/catl"):
        assert suggest_entities(graph, text)["result"][0]["id"] == "company/catl"
    assert suggest_entities(graph, "")["result"] == []
    assert suggest_entities(graph, "?" * 1000)["result"] == []


def test_a_cursor_goes_on(graph: Graph) -> None:
    first, second = (suggest_properties(graph, "", cursor)["result"] for cursor in (0, 20))
    assert len(first) == 20
    assert not {one["id"] for one in first} & {one["id"] for one in second}
    assert suggest_types(graph, "", 10**9)["result"] == []
    assert suggest_entities(graph, "ning", -3) == suggest_entities(graph, "ning")


def test_types_are_those_that_have_entities(graph: Graph) -> None:
    assert suggest_types(graph, "compan")["result"][0] | {"description": ""} == {
        "id": "Company",
        "name": "company",
        "description": "",
        "broader": [{"id": "Organisation", "name": "organisation"}],
    }
    assert suggest_types(graph, "基地")["result"][0]["id"] == "Base"


def test_facets_are_suggested_after_the_colon(graph: Graph) -> None:
    assert "plannedCapacity" in {one["id"] for one in suggest_properties(graph, "capacity")["result"]}
    assert [one["id"] for one in suggest_properties(graph, "plannedCapacity:so")["result"]] == [
        "plannedCapacity:source",
        "plannedCapacity:sources",
    ]


def test_proposed_columns_can_be_asked_for(graph: Graph) -> None:
    proposed = [one["id"] for one in propose_columns(graph, "Phase")["properties"]]
    assert {"plannedCapacity", "plannedCapacity:unit", "plannedCapacity:source", "plannedCapacity:published"} <= set(
        proposed
    )
    query = {"ids": ["base/guian/phase-one"], "properties": [{"id": name} for name in proposed[:50]]}
    assert set(extend(graph, query)["rows"]["base/guian/phase-one"]) == set(proposed[:50])
    assert len(propose_columns(graph, "Phase", 5)["properties"]) == 5
    assert len(propose_columns(graph, "Nothing", 5)["properties"]) == 4


def test_a_preview_shows_a_name_and_sources_and_runs_nothing(graph: Graph) -> None:
    page = preview(graph, "base/guian/phase-one")
    assert "Gui&#39;an Phase I" in page
    assert "<script" not in page
    with pytest.raises(NotFound):
        preview(graph, "company/nobody")


def test_flyouts_say_what_things_are(graph: Graph) -> None:
    assert "company" in flyout(graph, "entity", "company/catl")["html"]
    assert "planned" in flyout(graph, "property", "plannedCapacity:source")["html"]
    assert "base" in flyout(graph, "type", "Base")["html"]
    for what in ("entity", "property", "type"):
        with pytest.raises(NotFound):
            flyout(graph, what, "<b>nothing</b>")


Reader = Callable[[Any], object]


@pytest.mark.parametrize(
    ("reader", "bad", "says"),
    [
        (read_queries, [], "queries is an array; it must be a JSON object"),
        (read_queries, {"q0": 1}, "queries.q0 is a number"),
        (read_queries, {"q0": {}}, "queries.q0 has neither query nor properties"),
        (read_queries, {"q0": {"query": ["a"]}}, "queries.q0.query is an array"),
        (read_queries, {"q0": {"query": "a", "limit": 0}}, "queries.q0.limit is '0'"),
        (read_queries, {"q0": {"query": "a", "limit": True}}, "queries.q0.limit is 'True'"),
        (read_queries, {"q0": {"query": "a", "type_strict": "x"}}, "type_strict is 'x'; it is one of should, any, all"),
        (read_queries, {"q0": {"query": "a", "type": 3}}, "queries.q0.type is a number"),
        (read_queries, {"q0": {"properties": [{"v": "a"}]}}, r"queries.q0.properties\[0\].pid is missing"),
        (read_queries, {"q0": {"properties": [{"pid": "a", "v": [[]]}]}}, "a value is a text"),
        (read_queries, {"q0": {"properties": [{"pid": "a", "v": "b"}] * 21}}, "21 entries; send at most 20"),
        (read_queries, {f"q{at}": {"query": "a"} for at in range(MAX_BATCH + 1)}, "101 entries; send at most 100"),
        (read_queries, {"q0": {"query": "\ud800"}}, "not valid Unicode"),
        (read_batch, {}, "queries is missing; it must be a JSON array"),
        (read_batch, {"queries": [{"conditions": []}]}, r"queries\[0\].conditions is empty"),
        (read_batch, {"queries": [{"conditions": [{"matchType": "x", "propertyValue": "a"}]}]}, "matchType is 'x'"),
        (
            read_batch,
            {"queries": [{"conditions": [{"matchType": "name", "propertyValue": None}]}]},
            "a value is a text",
        ),
        (
            read_batch,
            {"queries": [{"conditions": [{"matchType": "property", "propertyValue": "a"}]}]},
            "propertyId is missing",
        ),
        (read_extension, {"properties": []}, "ids is missing"),
        (read_extension, {"ids": ["a"] * (MAX_IDS + 1), "properties": []}, "1,001 entries; send at most 1,000"),
        (read_extension, {"ids": [], "properties": [{"id": "name", "settings": {"language": "de"}}]}, "languages en"),
        (read_extension, {"ids": [], "properties": [{"id": "a", "settings": {"as_of": "May"}}]}, "as_of is 'May'"),
        (read_extension, {"ids": [], "properties": [{"id": "a", "settings": {"sources": 0}}]}, "sources is '0'"),
    ],
)
def test_what_is_not_as_it_should_be_is_named_with_its_place(reader: Reader, bad: object, says: str) -> None:
    with pytest.raises(UsageError, match=says):
        reader(bad)


def test_unknown_types_and_properties_are_refused_with_their_like(graph: Graph) -> None:
    with pytest.raises(UsageError, match="did you mean 'Company'"):
        reconcile(graph, {"q0": {"query": "CATL", "type": "Compny"}})
    with pytest.raises(UsageError, match="no property is called 'operater'"):
        reconcile(graph, {"q0": {"query": "CATL", "properties": [{"pid": "operater", "v": "x"}]}})
    with pytest.raises(UsageError, match="there is no property 'nothing'"):
        extend(graph, {"ids": ["company/catl"], "properties": [{"id": "nothing"}]})


def test_each_query_of_a_batch_is_answered_by_itself(graph: Graph) -> None:
    asked = {
        "good": {"query": "CATL", "type": "Company"},
        "blank": {"query": ""},
        "spaces": {"query": "  "},
        "null": {"query": "CATL", "properties": [{"pid": "country", "v": None}]},
        "kind": {"query": "CATL", "type": "Compny"},
        "property": {"query": "CATL", "properties": [{"pid": "operater", "v": "x"}]},
        "number": {"query": 1},
    }
    answered = reconcile(graph, asked)
    require_valid("0.2", "reconciliation-result-batch", answered)
    assert {key for key, answer in answered.items() if "error" in answer} == {"kind", "property", "number"}
    assert "did you mean 'Company'" in answered["kind"]["error"]
    assert [answered[key]["result"] for key in ("blank", "spaces", "kind", "number")] == [[], [], [], []]
    assert [answered[key]["result"][0]["id"] for key in ("good", "null")] == ["company/catl", "company/catl"]
    assert reconcile(graph, {"a": {"query": ""}}) == {"a": {"result": []}}


def test_each_query_of_a_draft_batch_is_answered_by_itself(graph: Graph) -> None:
    named = {"matchType": "name", "propertyValue": "CATL"}
    unstated = {"matchType": "property", "propertyId": "country", "propertyValue": None}
    batch = {
        "queries": [{"conditions": [named, unstated]}, {"type": "Compny", "conditions": [named]}, {"conditions": []}]
    }
    answered = match(graph, batch)
    require_valid("1.0-draft", "reconciliation-result-batch", answered)
    assert [len(one["candidates"]) > 0 for one in answered["results"]] == [True, False, False]
    assert ["error" in one for one in answered["results"]] == [False, True, True]


def test_what_is_unknown_weighs_nothing(graph: Graph) -> None:
    asked = {"query": "CATL", "type": "Company", "properties": [{"pid": "country", "v": "Atlantis"}]}
    best = reconcile(graph, {"q": asked})["q"]["result"][0]
    assert (best["id"], best["score"], best["match"]) == ("company/catl", 100.0, True)


KEYS = ("q0", "queries", "query", "type", "limit", "properties", "pid", "v", "id", "ids", "settings", "conditions")
anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=30),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(KEYS),
            inner,
            max_size=4,
        )
    ),
    max_leaves=15,
)


@given(value=anything)
def test_whatever_comes_is_read_or_refused(value: object) -> None:
    for reader in (read_queries, read_batch, read_extension):
        with contextlib.suppress(UsageError):
            reader(value)


@given(name=st.text(max_size=60), value=st.text(max_size=40))
def test_whatever_is_asked_is_answered_in_json(graph: Graph, name: str, value: str) -> None:
    wanted = {"q": {"query": name or "x", "properties": [{"pid": "place", "v": value}]}}
    try:
        answered = reconcile(graph, wanted)
    except UsageError:
        return
    json.dumps(answered, allow_nan=False)
    assert not any(one["match"] for one in answered["q"]["result"][1:])
