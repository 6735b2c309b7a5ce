"""What claims say, those that are outranked as well."""

from __future__ import annotations

import json

import pytest

from kg.errors import NotFound
from kg.graph import Graph


def test_claims_on_a_property_tell_how_each_stands(graph: Graph) -> None:
    table = graph.claims("base/yanzhou/phase-one", "landArea")
    standing = {row[2]: row[3] for row in table.rows}
    assert standing["over 800 acres"] == "outranked by override"
    assert standing["800余亩"] == "accepted"


def test_a_document_tells_its_claims_in_the_order_of_its_text(graph: Graph) -> None:
    table = graph.claims("document/shandong-times-60gwh")
    starts = [row[table.columns.index("start")] for row in table.rows]
    assert len(starts) > 20
    placed = [start for start in starts if isinstance(start, int)]
    assert placed == sorted(placed)
    assert starts[: len(placed)] == placed


def test_all_claims_about_an_entity_are_those_of_its_properties(graph: Graph) -> None:
    everything = graph.claims("base/yanzhou/phase-one")
    properties = {str(row[1]) for row in everything.rows}
    assert sum(len(graph.claims("base/yanzhou/phase-one", name)) for name in properties) == len(everything)


def test_one_claim_in_full(graph: Graph) -> None:
    told = graph.claim("claim/shandong-times-60gwh/phase-one-land").to_dict()
    assert told["subject"] == {"id": "base/yanzhou/phase-one", "name": "Yanzhou Phase I"}
    assert told["property"] == {"id": "kg:landArea", "name": "land area"}
    assert told["value"] == "over 800 acres"
    assert told["record"]["outranked_by"] == told["rivals"][0] == "claim/bs178-jining-may/phase-one-land"
    assert {"property": {"id": "kg:value", "name": "value"}, "value": "800"} in told["parts"]
    assert json.dumps(told)


def test_a_claim_names_what_it_outranks_and_who_supports_it(graph: Graph) -> None:
    told = graph.claim("claim/bs178-jining-may/phase-one-land", language="zh")
    assert told.outranks == ("claim/shandong-times-60gwh/phase-one-land",)
    assert told.corroborated_by == ("claim/mladies-jining-launch/phase-one-land",)
    assert told.property.name == "占地面积"


def test_every_claim_can_be_told(graph: Graph) -> None:
    for claim in graph._provenance.claims:
        assert graph.claim(claim).record.id


def test_an_unknown_claim_is_told_with_the_nearest(graph: Graph) -> None:
    with pytest.raises(NotFound, match="phase-one-land"):
        graph.claim("claim/shandong-times-60gwh/phase-one-lnd")
