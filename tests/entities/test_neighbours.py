"""What an entity is directly tied to."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from kg.entities.neighbours import count_neighbours, list_neighbours
from kg.errors import NotFound
from kg.graph import Graph
from kg.rdf.namespaces import expand
from tests.support import small

WORLD = """
<company/a> a kg:Company ; rdfs:label "A"@en ; kg:shareholding <claim/d/one#shareholding> ; kg:partnerOf <company/b> .
<company/b> a kg:Company ; rdfs:label "B"@en, "乙"@zh ; kg:partnerOf <company/a> .
<company/c> a kg:Company ; kg:partnerOf <company/a> .
<claim/d/one#shareholding> a kg:Shareholding ; kg:shareholder <company/b> ; kg:sharePercent <claim/d/one#percent> .
<base/x> kg:operator <company/a> ; rdfs:seeAlso <company/a> .
"""
A = ox.NamedNode(expand("company/a"))


def test_relations_are_counted_with_their_direction() -> None:
    counted = {(str(relation), way): number for relation, way, number in count_neighbours(small.store(WORLD), A).rows}
    assert counted == {
        ("shareholding", "out"): 1,
        ("partnerOf", "both"): 1,
        ("partnerOf", "in"): 1,
        ("operator", "in"): 1,
    }


def test_a_tie_through_a_value_is_one_step_either_way() -> None:
    filled = small.store(WORLD)
    seen = count_neighbours(filled, ox.NamedNode(expand("company/b"))).rows
    assert ("shareholding", "in", 1) in seen


def test_neighbours_are_listed_by_relation_in_a_language(graph: Graph) -> None:
    table = graph.neighbours("base/guian", "operator", language="zh")
    assert table.columns == ("relation", "direction", "neighbour", "kind")
    assert [row[3] for row in table.rows] == ["Company"] * len(table.rows)
    assert table.claims is not None
    assert all(table.claims)


def test_the_numbers_are_those_of_the_lists(graph: Graph) -> None:
    for entity in ("company/catl", "base/yanzhou", "kg:BatteryManufacturing"):
        for relation, direction, number in graph.neighbours(entity).rows:
            listed = graph.neighbours(entity, str(relation)).rows
            assert sum(row[1] == direction for row in listed) == number, relation


def test_what_is_no_relation_is_told(graph: Graph) -> None:
    with pytest.raises(NotFound, match="operator"):
        graph.neighbours("base/guian", "operater")


def test_nothing_is_its_own_neighbour() -> None:
    filled = small.store("<company/a> kg:partnerOf <company/a> .")
    assert len(count_neighbours(filled, A)) == 0


@pytest.mark.parametrize("entity", ["company/catl"])
def test_every_listed_tie_names_its_claims(graph: Graph, entity: str) -> None:
    relation = str(graph.neighbours(entity).rows[0][0])
    table = list_neighbours(graph._provenance, graph.resolve(entity), relation)
    assert table.claims is not None
    assert len(table.claims) == len(table.rows)
