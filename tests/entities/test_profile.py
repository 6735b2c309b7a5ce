"""An id as its page shows it."""

from __future__ import annotations

import json
from typing import Any

import pytest

from kg.entities.profile import read_profile
from kg.graph import Graph


def portrait(graph: Graph, name: str, language: str = "en", only: str | None = None) -> dict[str, Any]:
    return read_profile(graph.provenance, graph.resolve(name), language, only)


def test_the_page_is_in_one_language_and_plain(graph: Graph) -> None:
    told = portrait(graph, "base/guian", "zh")
    assert told["names"]["zh"] == told["name"]
    assert [kind["name"] for kind in told["kinds"]] == ["基地"]
    assert json.dumps(told)


def test_each_fact_has_its_claims_with_their_places(graph: Graph) -> None:
    told = portrait(graph, "base/yanzhou/phase-one")
    [land] = [group for group in told["groups"] if group["property"]["id"] == "kg:landArea"]
    [value] = land["values"]
    assert (value["id"], value["name"], value["claim_count"]) == (None, "800余亩 (more than 53.33 ha)", 2)
    assert {claim["document"] for claim in value["claims"]} == {
        "document/bs178-jining-may",
        "document/mladies-jining-launch",
    }


def test_what_a_rule_infers_names_the_rule(graph: Graph) -> None:
    told = portrait(graph, "base/yanzhou/phase-one")
    [status] = [group for group in told["groups"] if group["property"]["id"] == "kg:currentStatus"]
    assert "newest" in status["values"][0]["rule"]


def test_long_lists_are_cut_and_the_page_of_one_property_has_all(graph: Graph, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.entities.profile.FEW", 1)
    told = portrait(graph, "company/catl")
    long = next(group for group in told["groups"] if group["number"] > 1)
    assert len(long["values"]) == 1
    name = long["property"]["id"].removeprefix("kg:")
    groups = portrait(graph, "company/catl", only=name)["groups"]
    assert {group["property"]["id"] for group in groups} == {f"kg:{name}"}
    assert all(len(group["values"]) == group["number"] for group in groups)


def test_what_points_here_names_the_thing_and_not_the_value_between(graph: Graph) -> None:
    told = portrait(graph, "company/catl")
    pointing = [value for group in told["groups"] if group["incoming"] for value in group["values"]]
    assert pointing
    assert all(value["id"] and not value["id"].startswith("claim/") for value in pointing)


@pytest.mark.parametrize(
    ("name", "relation", "language", "words"),
    [
        ("place/yanzhou", "locatedIn", "en", "location of"),
        ("place/yanzhou", "locatedIn", "zh", "位于此处"),
        # Through the side of an agreement: the half that points here speaks.
        ("company/catl", "party", "en", "party to"),
    ],
)
def test_what_points_here_reads_against_its_direction(
    graph: Graph, name: str, relation: str, language: str, words: str
) -> None:
    groups = portrait(graph, name, language)["groups"]
    [group] = [one for one in groups if one["incoming"] and one["property"]["id"] == f"kg:{relation}"]
    assert group["property"]["name"] == words


@pytest.mark.parametrize("name", ["document/shandong-times-60gwh", "kg:BatteryManufacturing", "place/china", "kg:Base"])
def test_everything_that_has_a_page_can_be_portrayed(graph: Graph, name: str) -> None:
    assert portrait(graph, name)["name"]


def heads(page: dict[str, Any], *, incoming: bool) -> list[str]:
    return [group["property"]["id"] for group in page["groups"] if group["incoming"] is incoming]


def test_a_rule_is_named_in_the_language_of_the_reader(graph: Graph) -> None:
    told = portrait(graph, "base/yanzhou/phase-one", "zh")
    [status] = [group for group in told["groups"] if group["property"]["id"] == "kg:currentStatus"]
    assert status["values"][0]["rule"] == "当前状态取日期最新的记录"


def test_what_a_rule_repeats_is_not_told_twice(wide_graph: Graph) -> None:
    page = portrait(wide_graph, "base/yanzhou")
    assert "kg:performsStage" in heads(page, incoming=False)
    assert "kg:worksInStage" not in heads(page, incoming=False)
    # By itself the property is there, with its rule.
    assert portrait(wide_graph, "base/yanzhou", only="worksInStage")["groups"][0]["values"][0]["rule"]


def test_a_tie_that_reads_alike_from_both_ends_is_told_once(wide_graph: Graph) -> None:
    page = portrait(wide_graph, "company/catl")
    assert "kg:partnerOf" in heads(page, incoming=False)
    assert "kg:partnerOf" not in heads(page, incoming=True)


def test_a_value_does_not_repeat_the_name_of_what_is_in_it(wide_graph: Graph) -> None:
    for name in ("base/yanzhou", "company/catl"):
        for group in portrait(wide_graph, name)["groups"]:
            for value in group["values"]:
                assert not [one for one in value["mentions"] if one["name"] in value["name"]], group["property"]
                if value["pieces"]:
                    assert "".join(piece["name"] for piece in value["pieces"]) == value["name"]
                    assert any(piece["id"] for piece in value["pieces"])
    own = portrait(wide_graph, "company/catl")["name"]
    told = [value["words"] for value in group_of(wide_graph, "party")["values"]]
    assert told
    assert not [words for words in told if words and (words == own or words.startswith(f"{own}, "))]


def group_of(graph: Graph, name: str) -> dict[str, Any]:
    page = portrait(graph, "company/catl")
    return next(group for group in page["groups"] if group["incoming"] and group["property"]["id"] == f"kg:{name}")


def test_heads_that_read_alike_say_which_is_which(wide_graph: Graph) -> None:
    for name in ("company/catl", "base/yanzhou", "place/guizhou"):
        groups = portrait(wide_graph, name)["groups"]
        told = [(one["incoming"], one["property"]["name"], (one["measure"] or {}).get("name")) for one in groups]
        assert len(told) == len(set(told))


def test_indicators_stand_by_what_they_measure(wide_graph: Graph) -> None:
    every = portrait(wide_graph, "company/catl")["groups"]
    groups = [one for one in every if one["property"]["id"] == "kg:indicator" and not one["incoming"]]
    assert len(groups) > 3
    assert [one["measure"] is None for one in groups] == [False] * (len(groups) - 1) + [True]
    sizes = [one["number"] for one in groups[:-1]]
    assert sizes == sorted(sizes, reverse=True)
    every = portrait(wide_graph, "company/catl", only="indicator")["groups"]
    whole = [one for one in every if not one["incoming"]]
    assert sum(one["number"] for one in groups) == sum(one["number"] for one in whole)
    assert len(whole) > len(groups)
