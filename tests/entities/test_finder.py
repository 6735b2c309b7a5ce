"""An id given to find: its entity first, the one that stayed for an id that was given up, and why there is none."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.entities.finder import Finder
from kg.errors import NotFound, Withdrawn
from kg.ontology.schema import read_schema
from kg.rdf.namespaces import BASE, shorten
from kg.rdf.vocab import LEDGER, kg
from tests.support.small import ONTOLOGY
from tests.support.worlds import make_world

WORLD = """
<company/catl> a kg:Company ; rdfs:label "CATL"@en ; dcterms:replaces <company/contemporary-amperex> .
<company/other> a kg:Company ; rdfs:label "Other"@en .
<place/ningde> a kg:Place ; rdfs:label "Ningde"@en .
"""


@pytest.fixture
def finder(tmp_path: Path) -> Finder:
    store, names = make_world(WORLD, ONTOLOGY, tmp_path)
    gone = ox.NamedNode(BASE + "company/gone")
    for name, value in (("withdrawnOn", "2026-11-30"), ("withdrawnBecause", "no page speaks of it")):
        store.add(ox.Quad(gone, kg(name), ox.Literal(value), LEDGER))
    return Finder(store, lambda: names, lambda: read_schema(store))


@pytest.mark.parametrize(
    ("text", "reason"),
    [("company/catl", "exact id"), ("company/contemporary-amperex", "id that was given up for this one")],
)
def test_an_id_finds_its_entity_first(finder: Finder, text: str, reason: str) -> None:
    match = finder.find(text)[0]
    assert (shorten(match.entity), match.reason, match.certain) == ("company/catl", reason, True)


def test_an_id_of_another_kind_is_not_meant(finder: Finder) -> None:
    assert "company/catl" not in {shorten(match.entity) for match in finder.find("company/catl", kind="Place")[:1]}


def test_an_id_that_was_withdrawn_says_why(finder: Finder) -> None:
    with pytest.raises(Withdrawn, match="no page speaks of it"):
        finder.find("company/gone")


def test_what_only_looks_like_an_id_is_a_name(finder: Finder) -> None:
    assert all(match.reason != "exact id" for match in finder.find("n/a"))


def test_what_annotates_the_ontology_is_a_property_by_its_id_or_iri(finder: Finder) -> None:
    node = kg("tier")
    assert {finder.property_named(text) for text in ("tier", "kg:tier", node.value)} == {node}
    with pytest.raises(NotFound, match="did you mean 'tier'"):
        finder.property_named("tierr")
    for text in ("", " ", "no such", "tier>", "\ud800", "CATL"):
        with pytest.raises(NotFound):
            finder.property_named(text)
