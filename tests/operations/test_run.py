"""Operations: what is asked amiss is named with the nearest, what was cut and what was taken for granted is told."""

from __future__ import annotations

import re
from typing import Any

import pytest

from kg import draw
from kg.errors import NotFound, UsageError
from kg.graph import Graph
from kg.mcp.tools.operations import MOST
from kg.networks import NETWORKS
from kg.networks.filters import RANKS, Filters
from kg.operations import analysis, parameters
from kg.operations.catalogue import OPERATIONS
from kg.operations.operation import nearest
from kg.operations.run import compute, run_operation
from kg.questions.answer import Answer


def test_words_are_there_in_both_languages() -> None:
    han = re.compile("[\u4e00-\u9fff]")
    for operation in OPERATIONS.values():
        assert operation.summary.en.endswith(".")
        for words in (operation.summary, *(one.about for one in operation.all_parameters)):
            assert words.en
            assert not han.search(words.en)
            assert han.search(words.zh)
        assert len(operation.about) > 20


def test_what_is_kept_light_is_what_the_heavy_modules_say() -> None:
    assert (parameters.RANKS, parameters.NETWORKS) == (RANKS, NETWORKS)
    assert (analysis.VIEWS, analysis.DIRECTIONS) == (draw.VIEWS, draw.DIRECTIONS)
    assert tuple(one.name for one in parameters.FILTERS) == tuple(Filters.__dataclass_fields__)
    assert MOST <= 200


@pytest.mark.parametrize(
    ("name", "arguments", "words"),
    [
        ("draw", {"picture": "timeline"}, "'picture'; did you mean 'view'"),
        ("draw", {"subject": "base/yanzhou"}, "'subject'; did you mean 'entity'"),
        ("network", {"netwrk": "supply"}, "'netwrk'; did you mean 'network'"),
        ("network", {"network": "suply"}, "did you mean 'supply'"),
        ("partners", {"entity": "company/catl", "regoin": "place/guizhou"}, "did you mean 'region'"),
        ("partners", {}, "needs entity"),
        ("impact", {"entity": "company/catl", "days": 0}, "days: 0 is not between 1"),
        ("impact", {"entity": "company/catl", "days": "many"}, "no whole number"),
        ("find", {"text": "CATL", "name": "BYD"}, "text is given twice"),
        ("depends", {"entity": "company/catl", "direction": "up"}, "'upstream' or 'downstream'"),
        ("ask", {"question": "base-operator", "parameters": {"bse": "x"}}, "did you mean 'base'"),
        ("coverage", {"section": "By regon"}, "did you mean 'By region'"),
        ("draw", {"view": "timeline", "depth": 2}, "timeline cannot be drawn by depth"),
        ("draw", {"view": "map", "direction": "upstream"}, "map cannot be drawn by direction"),
        ("draw", {"view": "supply", "network": "ownership"}, "supply cannot be drawn by network"),
    ],
)
def test_what_is_asked_amiss_is_named_with_the_nearest(
    graph: Graph, name: str, arguments: dict[str, Any], words: str
) -> None:
    with pytest.raises(UsageError, match=re.escape(words)):
        run_operation(graph, name, arguments)


def test_an_operation_that_is_none_is_told_with_the_nearest(graph: Graph) -> None:
    with pytest.raises(NotFound) as caught:
        run_operation(graph, "partnrs", {})
    assert caught.value.suggestions == ("partners",)


def test_names_that_a_parameter_has_had_are_taken(graph: Graph) -> None:
    assert run_operation(graph, "find", {"name": "CATL"}) == run_operation(graph, "find", {"text": "CATL"})
    down = run_operation(graph, "depends", {"entity": "company/catl", "direction": "downstream"})
    assert down == run_operation(graph, "depends", {"entity": "company/catl", "on": True})


def test_parts_of_a_list_are_the_list(graph: Graph) -> None:
    whole = run_operation(graph, "network", {})
    assert (whole["total"], whole["next_offset"]) == (len(whole["rows"]), None)
    rows: list[Any] = []
    offset: int | None = 0
    while offset is not None:
        part = run_operation(graph, "network", {"limit": 7, "offset": offset})
        assert part["total"] == whole["total"]
        rows += part["rows"]
        offset = part["next_offset"]
    assert rows == whole["rows"]


def test_a_list_of_matches_says_how_many_there_are(graph: Graph) -> None:
    some = run_operation(graph, "find", {"text": "base", "limit": 2})
    assert (len(some["rows"]), some["next_offset"]) == (2, 2)
    assert some["total"] == len(graph.find("base", limit=1000)) > 2


def test_a_default_that_was_taken_is_told(graph: Graph) -> None:
    (taken,) = compute(graph, "ask", {"question": "base-operator"}).defaults
    assert (taken.name, taken.value) == ("base", graph.question("base-operator").parameters[0].default)
    assert taken.label != taken.value
    assert compute(graph, "ask", {"question": "base-operator", "parameters": {"base": "base/guian"}}).defaults == ()
    assert "days was not given: this is about 90" in run_operation(graph, "impact", {"entity": "company/catl"})["notes"]


def test_a_property_that_no_source_states_is_not_stated(graph: Graph) -> None:
    told = run_operation(graph, "show", {"entity": "company/catl", "property": "plannedCapacity"})
    assert (told["statements"], told["total"]) == ([], 0)
    assert "not stated, not a no" in told["notes"][0]


def test_the_nearest_is_alike_or_means_the_same() -> None:
    assert nearest("limt", ["limit", "offset"]) == "limit"
    assert nearest("object", ["subject", "value"]) in ("subject", "value")
    assert nearest("qqqq", ["limit", "offset"]) == ""


@pytest.mark.parametrize(("language", "said"), [("en", "come before 10,000"), ("zh", "都在第10,000条之前")])
@pytest.mark.parametrize(
    ("name", "asked"), [("partners", {"entity": "CATL"}), ("conflicts", {}), ("find", {"text": "CATL"})]
)
def test_a_part_behind_the_last_row_says_so_and_nothing_else(
    wide_graph: Graph, name: str, asked: dict[str, Any], language: str, said: str
) -> None:
    """It read as "not stated", with a guess at what CATL might have meant."""
    outcome = compute(wide_graph, name, {**asked, "offset": 9999, "language": language})
    assert any(said in note for note in outcome.notes)
    assert not any("was taken for" in note or "理解为" in note for note in outcome.notes)
    if isinstance(outcome.value, Answer):
        assert outcome.value.absent == "no more rows"
