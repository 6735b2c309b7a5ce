"""Which names a release can be searched by: what is written, and the other forms that nobody else bears."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from kg.ontology.source import ontology_quads
from kg.rdf.namespaces import BASE, PREFIXES, shorten
from kg.rdf.vocab import ENTITIES, RDF_TYPE, RDFS_LABEL, kg
from kg.release.name_list import iterate_names
from tests.support.small import ONTOLOGY

NAMED = """
<company/atl> a kg:Company ; rdfs:label "Amperex Technology Limited (ATL)"@en .
<company/saltigo> a kg:Company ; rdfs:label "Saltigo (Lanxess)"@en .
<company/lanxess> a kg:Company ; rdfs:label "Lanxess"@en .
<company/kedali> a kg:Company ; rdfs:label "Kedali (Hubei)"@en ; skos:notation "SZSE 002850" .
<company/one> a kg:Company ; rdfs:label "Sun (SPV) One (SPV)"@en .
<company/two> a kg:Company ; rdfs:label "Sun Two (SPV)"@en .
<place/hubei> a kg:AdministrativeArea ; rdfs:label "Hubei"@en , "湖北省"@zh .
<place/rochester-ny> a kg:Place ; rdfs:label "Rochester (New York)"@en .
<standard/energy> a kg:Standard ; rdfs:label "ISO 50001 (Energy)"@en .
<agreement/talks> a kg:Agreement ; rdfs:label "Talks (Explored)"@en .
"""


@pytest.fixture(scope="module")
def names() -> dict[str, set[str]]:
    head = "".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in PREFIXES.items()) + f"@base <{BASE}> .\n"
    store = ox.Store()
    store.extend(ontology_quads(ONTOLOGY))
    read = ox.parse((head + NAMED).encode(), ox.RdfFormat.TURTLE)
    store.extend(ox.Quad(quad.subject, quad.predicate, quad.object, ENTITIES) for quad in read)
    found: dict[str, set[str]] = {}
    for name in iterate_names(store):
        found.setdefault(shorten(name.entity), set()).add(name.text)
    return found


def test_brackets_hold_another_name_of_a_company(names: dict[str, set[str]]) -> None:
    assert {"Amperex Technology Limited", "ATL"} <= names["company/atl"]


def test_the_name_of_another_thing_is_no_name(names: dict[str, set[str]]) -> None:
    assert names["company/saltigo"] == {"Saltigo (Lanxess)", "Saltigo"}
    assert "Hubei" not in names["company/kedali"]


def test_what_two_would_be_called_is_the_name_of_neither(names: dict[str, set[str]]) -> None:
    assert not {"SPV"} & (names["company/one"] | names["company/two"])


def test_brackets_of_a_place_or_a_standard_hold_no_name(names: dict[str, set[str]]) -> None:
    assert names["place/rochester-ny"] == {"Rochester (New York)", "Rochester"}
    assert names["standard/energy"] == {"ISO 50001 (Energy)", "ISO 50001"}
    assert names["agreement/talks"] == {"Talks (Explored)"}


def test_codes_and_places_have_the_forms_that_are_typed(names: dict[str, set[str]]) -> None:
    assert {"SZSE 002850", "002850.SZ", "002850"} <= names["company/kedali"]
    assert "湖北" in names["place/hubei"]


def test_a_name_that_a_rule_made_is_an_alias() -> None:
    talks = ox.NamedNode(BASE + "agreement/talks")
    english, made = ox.Literal("Talks", language="en"), ox.Literal("会谈", language="zh")
    store = ox.Store()
    for graph in (ENTITIES, ox.DefaultGraph()):
        store.add(ox.Quad(talks, RDF_TYPE, kg("Agreement"), graph))
        store.add(ox.Quad(talks, RDFS_LABEL, english, graph))
    store.add(ox.Quad(talks, RDFS_LABEL, made, ox.DefaultGraph()))
    assert [(name.text, name.field) for name in iterate_names(store)] == [("Talks", "name"), ("会谈", "alias")]


def test_concepts_of_the_ontology_are_named(names: dict[str, set[str]]) -> None:
    assert "LFP" in names["kg:LFPCathode"]
