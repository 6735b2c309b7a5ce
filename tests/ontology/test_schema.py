"""The ontology as a release carries it."""

from __future__ import annotations

from kg.graph import Graph


def test_classes_have_words_and_the_classes_above_them(graph: Graph) -> None:
    base = graph.schema.classes["Base"]
    assert (base.labels["en"], base.labels["zh"]) == ("base", "基地")
    assert base.definitions["en"]
    assert "Site" in base.above


def test_properties_say_what_they_stand_on_and_point_to(graph: Graph) -> None:
    capacity = graph.schema.properties["plannedCapacity"]
    assert capacity.labels["zh"] == "规划产能"
    assert "Phase" in capacity.domain
    assert capacity.range == {"Quantity"}
    assert capacity.single_valued
    assert not capacity.by_rule
    assert graph.schema.properties["partnerOf"].by_rule


def test_a_kind_takes_in_the_kinds_below_it(graph: Graph) -> None:
    schema = graph.schema
    assert schema.is_a("Base", "Site")
    assert schema.is_a("Base", "Base")
    assert not schema.is_a("Site", "Base")
    assert set(schema.kinds_within("Site", ["Base", "Park", "Company"])) == {"Base", "Park"}
    assert schema.kinds_within("Nothing", ["Base"]) == []


def test_the_properties_of_a_kind_follow_the_domains(graph: Graph) -> None:
    names = {term.name for term in graph.schema.properties_of("Phase")}
    assert {"plannedCapacity", "locatedIn", "phaseOf"} <= names
    assert "heldBy" not in names


def test_every_class_above_another_is_known(graph: Graph) -> None:
    schema = graph.schema
    above = {name for term in schema.classes.values() for name in term.above}
    assert all(name in schema.classes or ":" in name for name in above)
    assert not [name for name in schema.classes if name in schema.properties]
