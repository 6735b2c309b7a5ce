"""Columns for a table of entities: values with their dates and sources, in one unit, cut by day and by sources."""

from __future__ import annotations

from typing import Any

import pytest

from kg.errors import UsageError
from kg.graph import Graph
from kg.matching.extension import FACETS, CellValue, ExtensionColumn, words_for


def cells(graph: Graph, entity: str, name: str, **settings: Any) -> list[CellValue]:
    return graph.extend([entity], [ExtensionColumn.read(name, settings)])[entity][name]


@pytest.mark.parametrize(
    ("name", "property_name", "facet"),
    [
        ("plannedCapacity", "plannedCapacity", ""),
        ("plannedCapacity:source", "plannedCapacity", "source"),
        ("name:en", "name:en", ""),
        ("name:en:source", "name:en", "source"),
        ("kg:status", "kg:status", ""),
        (":source", ":source", ""),
        ("x:nothing", "x:nothing", ""),
    ],
)
def test_a_column_is_a_trait_or_a_facet_of_one(name: str, property_name: str, facet: str) -> None:
    column = ExtensionColumn.read(name, {})
    assert (column.property_name, column.facet) == (property_name, facet)


def test_figures_are_in_one_unit_and_keep_their_words(graph: Graph) -> None:
    entity = "base/yanzhou/phase-one"
    assert cells(graph, entity, "landArea") == [{"float": 53.3333333333}]
    assert cells(graph, entity, "landArea:unit") == [{"id": "unit:HA", "name": "hectare"}]
    assert cells(graph, entity, "landArea:printed") == [{"str": "800余亩"}]
    assert cells(graph, entity, "landArea:bound") == [{"id": "kg:MoreThan", "name": "more than"}]


def test_a_whole_day_is_a_date_and_less_is_not(graph: Graph) -> None:
    assert {"date": "2025-05-17T00:00:00Z"} in cells(graph, "base/yanzhou/phase-one", "status:asOf")
    assert {} in cells(graph, "base/yanzhou/phase-one", "status:asOf")


def test_each_value_has_its_source(graph: Graph) -> None:
    entity = "base/yanzhou/phase-one"
    source = cells(graph, entity, "landArea:source")
    assert len(source) == 1
    assert str(source[0]["id"]).startswith("document/")
    claims = str(cells(graph, entity, "landArea:claims")[0]["str"]).split("; ")
    why = {record.id for one in graph.why(entity, "landArea", "800余亩") for record in one.claims}
    assert set(claims) <= why


def test_only_what_was_published_by_a_day(graph: Graph) -> None:
    entity = "base/yanzhou/phase-one"
    assert cells(graph, entity, "landArea", as_of="2025-12-31")
    assert cells(graph, entity, "landArea", as_of="2024") == []
    assert cells(graph, entity, "name:en", as_of="2024")


def test_only_what_several_independent_documents_say(graph: Graph) -> None:
    entity = "base/yanzhou/phase-one"
    counts = [form["int"] for form in cells(graph, entity, "landArea:sources")]
    assert counts
    assert cells(graph, entity, "landArea", sources=counts[0])
    assert cells(graph, entity, "landArea", sources=int(counts[0]) + 1) == []
    # What editors recorded has no document to count.
    assert cells(graph, entity, "name:en", sources=2) == []


def test_inferred_statements_count_their_weakest_premise(graph: Graph) -> None:
    entity = "base/guian"
    partners = cells(graph, "company/catl", "partnerOf:sources")
    assert partners
    assert all(int(form["int"]) >= 1 for form in partners)
    assert cells(graph, entity, "province") == [{"id": "place/guizhou", "name": "Guizhou"}]


def test_names_come_in_the_language_asked_for(graph: Graph) -> None:
    assert cells(graph, "company/catl", "name", language="zh")[0] == {"str": "宁德时代"}
    assert cells(graph, "company/catl", "name")[0] == {"str": "CATL"}
    assert cells(graph, "base/guian", "province", language="zh") == [{"id": "place/guizhou", "name": "贵州省"}]


def test_no_more_values_than_asked_for(graph: Graph) -> None:
    assert len(cells(graph, "company/catl", "partnerOf")) > 1
    assert len(cells(graph, "company/catl", "partnerOf", most=1)) == 1
    assert len(cells(graph, "company/catl", "partnerOf:source", most=1)) == 1


def test_every_facet_of_every_property_of_an_entity_is_a_form(graph: Graph) -> None:
    forms: tuple[set[str], ...] = ({"id", "name"}, {"str"}, {"int"}, {"float"}, {"date"}, set())
    for entity in ("base/guian/phase-one", "agreement/yanzhou-cooperation", "company/catl", "place/guizhou"):
        for property_name in graph.schema.properties:
            for facet in ("", *FACETS):
                name = f"{property_name}:{facet}" if facet else property_name
                assert all(set(form) in forms for form in cells(graph, entity, name, most=3))


def test_headings_are_in_the_language_of_the_column(graph: Graph) -> None:
    words = words_for(graph.properties, ExtensionColumn.read("plannedCapacity:source", {"language": "zh"}), "zh")
    assert words is not None
    assert words[0] == "规划产能: 来源"
    assert words_for(graph.properties, ExtensionColumn.read("nothing", {})) is None


@pytest.mark.parametrize("settings", [{"as_of": "soon"}, {"sources": "many"}, {"most": -1}, {"language": "xx"}])
def test_a_setting_that_cannot_be_is_refused(settings: dict[str, Any]) -> None:
    with pytest.raises(UsageError):
        ExtensionColumn.read("status", settings)
