"""The JSON-LD context: written from the ontology, and read alike by three processors."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterable, Iterator
from typing import Any

import pyoxigraph as ox
import pytest
import rdflib
from rdflib import Dataset

from kg.cards import quads
from kg.cards.files import read_cards
from kg.cards.quads import iterate_quads
from kg.ontology.context import build_context, write_context
from kg.ontology.model import Property
from kg.ontology.vocabulary import Vocabulary
from kg.rdf.namespaces import BASE, KG, PREFIXES
from kg.settings import Settings
from tests.support.small import ONTOLOGY, context, vocabulary


def term(datatype: str | None, *kinds: str) -> dict[str, str]:
    """Give the term that the context has for a property of this range."""
    prop = Property("p", frozenset(), frozenset(kinds or ([datatype] if datatype else [])), False, False)
    known = Vocabulary({"p": prop}, {"Works": frozenset(), "Colour": frozenset()}, {"Red": "Colour"}, {})
    made: dict[str, str] = build_context(known)["@context"]["p"]
    return made


def test_the_stored_context_is_fresh() -> None:
    stored = (ONTOLOGY / "context.jsonld").read_text(encoding="utf-8")
    assert stored == write_context(vocabulary()), "run make context"


def test_the_context_is_printed_by_its_module() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "kg.ontology.context"], capture_output=True, check=True, cwd=ONTOLOGY.parent
    )
    assert done.stdout.decode("utf-8") == write_context(vocabulary())


def test_another_ontology_makes_another_context() -> None:
    properties = {name: prop for name, prop in vocabulary().properties.items() if name != "landArea"}
    other = Vocabulary(properties, vocabulary().superclasses, vocabulary().individuals, vocabulary().units)
    assert write_context(other) != write_context(vocabulary())


def test_texts_are_typed_by_the_range() -> None:
    assert term("xsd:decimal") == {"@id": KG + "p", "@type": PREFIXES["xsd"] + "decimal"}
    assert term("xsd:string") == {"@id": KG + "p"}
    assert term("rdf:langString") == {"@id": KG + "p", "@container": "@language"}


def test_ids_concepts_and_units_are_told_apart() -> None:
    assert term(None, "Works")["@type"] == "@id"
    assert term(None, "Colour")["@type"] == "@vocab"
    assert term(None, "Unit")["@type"] == "@vocab"
    assert term(None, "Works", "Colour")["@type"] == "@id"


def test_ids_stand_under_our_base_and_terms_in_our_vocabulary() -> None:
    terms = build_context(vocabulary())["@context"]
    assert (terms["@base"], terms["@vocab"], terms["says"]) == (BASE, KG, "@graph")


def test_every_property_and_unit_has_a_term() -> None:
    terms = build_context(vocabulary())["@context"]
    assert terms.keys() >= vocabulary().properties.keys() | vocabulary().units.keys()


@pytest.fixture(scope="module")
def nodes() -> list[dict[str, Any]]:
    """Give every node that the real cards become before they are read as JSON-LD."""
    found: list[dict[str, Any]] = []

    def keep(given: Iterable[dict[str, Any]], *_: object) -> Iterator[ox.Quad]:
        found.extend(given)
        yield from ()

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(quads, "_parse", keep)
        assert list(iterate_quads(read_cards(Settings.read({}).data), vocabulary(), context())) == []
    return found


@pytest.fixture(scope="module")
def text(nodes: list[dict[str, Any]]) -> str:
    """Give one JSON-LD document of all cards; its default graph is the ledger's and the entities'."""
    return json.dumps(context() | {"@graph": nodes}, ensure_ascii=False)


@pytest.fixture(scope="module")
def expected(text: str) -> set[ox.Quad]:
    return set(ox.parse(text, format=ox.RdfFormat.JSON_LD))


def read_n_quads(text: str) -> set[ox.Quad]:
    return set(ox.parse(text, format=ox.RdfFormat.N_QUADS))


def test_the_cards_are_many_and_have_no_blank_nodes(expected: set[ox.Quad]) -> None:
    assert len(expected) > 3000
    assert not any(isinstance(quad.subject, ox.BlankNode) or isinstance(quad.object, ox.BlankNode) for quad in expected)


# rdflib 7.6 warns of its own parts.
@pytest.mark.filterwarnings("ignore:.* is deprecated:DeprecationWarning")
def test_rdflib_reads_the_same_quads(text: str, expected: set[ox.Quad], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rdflib, "NORMALIZE_LITERALS", False)
    dataset = Dataset()
    dataset.parse(data=text, format="json-ld")
    assert read_n_quads(dataset.serialize(format="nquads")) == expected


def test_pyld_reads_the_same_quads(text: str, expected: set[ox.Quad]) -> None:
    jsonld = pytest.importorskip("pyld").jsonld
    assert read_n_quads(jsonld.to_rdf(json.loads(text), {"format": "application/n-quads"})) == expected


def test_the_quads_of_a_release_are_these(expected: set[ox.Quad]) -> None:
    quads = set(iterate_quads(read_cards(Settings.read({}).data), vocabulary(), context()))
    assert {quad.triple for quad in quads} == {quad.triple for quad in expected}
