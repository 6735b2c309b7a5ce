"""Names that people type find the right thing first: short and everyday names, acronyms and codes, in two languages."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from kg.graph import Graph
from kg.rdf.namespaces import shorten

TYPED = Path(__file__).with_name("typed_names.csv")


def rows() -> list[tuple[str, str]]:
    with TYPED.open(encoding="utf-8", newline="") as file:
        return [(row["name"], row["entity"]) for row in csv.DictReader(file)]


def test_there_are_enough_of_them_in_both_languages() -> None:
    names = [name for name, _ in rows()]
    assert len(set(names)) == len(names) >= 250
    assert min(sum(name.isascii() for name in names), sum(not name.isascii() for name in names)) > 100


@pytest.mark.parametrize(("name", "entity"), rows())
def test_a_name_that_people_type_finds_the_right_thing_first(wide_graph: Graph, name: str, entity: str) -> None:
    found = [shorten(match.entity) for match in wide_graph.find(name, limit=3)]
    assert found[:1] == [entity], found
