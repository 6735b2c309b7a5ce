"""The share stands with the stake: an owner of one percent never looks like a parent."""

from __future__ import annotations

import pytest

from kg.entities.profile import read_profile
from kg.entities.stakes import stake_of
from kg.graph import Graph
from kg.rdf import NamedNode
from kg.rdf.namespaces import expand
from kg.rdf.store import facts
from kg.rdf.vocab import VIEW, kg

CATL = "company/catl"


def test_each_owner_is_told_with_its_share_or_that_none_is_stated(wide_graph: Graph) -> None:
    store = wide_graph.release.store
    owned = list(facts(store, None, kg("ownedBy"), None, VIEW))
    assert len(owned) > 50
    told = {stake_of(store, fact.triple) for fact in owned}
    assert all("percent" in words or words == "share not stated" for words in told)
    assert stake_of(store, (NamedNode(expand(CATL)), kg("baseOf"), NamedNode(expand(CATL)))) == ""


def test_what_shows_an_entity_shows_the_share(wide_graph: Graph) -> None:
    shown = {one.value: one.label for one in wide_graph.show(CATL).statements if one.property == "ownedBy"}
    assert shown["company/changan-auto"].endswith("(0.3855 percent)")
    assert shown["company/hunan-yuneng"].endswith("(about 10 percent)"), "those that CATL holds say it too"
    listed = wide_graph.neighbours(CATL, "ownedBy").records()
    assert {row["neighbour"]: row["share"] for row in listed}["company/changan-auto"] == "0.3855 percent"


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_page_of_an_entity_shows_the_share(wide_graph: Graph, language: str) -> None:
    page = read_profile(wide_graph.provenance, NamedNode(expand(CATL)), language, "ownedBy")
    told = {value["id"]: value["words"] for group in page["groups"] for value in group["values"]}
    assert told["company/changan-auto"].startswith("0.3855")
    assert all(told.values())
