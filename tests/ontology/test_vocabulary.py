"""The ontology as the code sees it: a new term in Turtle is known without any Python."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from kg.errors import InputError
from kg.ontology.model import Property
from kg.ontology.source import module_files, parse_turtle
from kg.ontology.vocabulary import Vocabulary, load_vocabulary
from kg.rdf.namespaces import KG, PREFIXES
from tests.support.small import ONTOLOGY
from tests.support.small import vocabulary as real

HEAD = "".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in PREFIXES.items())
TURTLE = """
kg:Thing a owl:Class . kg:Works a owl:Class ; rdfs:subClassOf kg:Thing .
kg:Kiln a owl:Class ; rdfs:subClassOf kg:Works , <http://example.org/Furnace> .
kg:Colour a owl:Class ; rdfs:subClassOf kg:Concept . kg:Concept a owl:Class .
kg:Warm a owl:Class ; rdfs:subClassOf kg:Colour .
kg:Red a kg:Colour , kg:Warm . kg:Blue a kg:Colour .
kg:heat a owl:DatatypeProperty , kg:SingleValuedProperty ;
    schema:domainIncludes kg:Works ; schema:rangeIncludes xsd:decimal .
kg:note a owl:DatatypeProperty ; schema:domainIncludes rdfs:Resource , kg:Works ; schema:rangeIncludes rdf:langString .
kg:colour a owl:ObjectProperty ; schema:domainIncludes kg:Kiln , kg:Thing ; schema:rangeIncludes kg:Colour .
kg:beside a owl:ObjectProperty ; kg:derivedByRule "beside" ; schema:rangeIncludes kg:Thing .
unit:MU a kg:Unit ; kg:cardKey "mu" ; kg:comparisonUnit unit:HA ;
    kg:factorNumerator 1.0 ; kg:factorDenominator 15.0 .
"""


@pytest.fixture
def vocabulary(tmp_path: Path) -> Vocabulary:
    (tmp_path / "works.ttl").write_text(HEAD + TURTLE, encoding="utf-8")
    return load_vocabulary(tmp_path)


def test_a_property_is_read_with_its_domain_and_range(vocabulary: Vocabulary) -> None:
    assert vocabulary.properties["heat"] == Property(
        "heat", frozenset({"Works"}), frozenset({"xsd:decimal"}), single_valued=True, by_rule=False
    )
    assert vocabulary.properties["colour"].domain == {"Kiln", "Thing"}
    assert vocabulary.properties["beside"].by_rule


def test_resource_means_anything(vocabulary: Vocabulary) -> None:
    assert vocabulary.properties["note"].domain == frozenset()
    assert vocabulary.is_a("Colour", vocabulary.properties["note"].domain)


def test_a_property_of_values_knows_its_datatype(vocabulary: Vocabulary) -> None:
    datatypes = {name: prop.datatype for name, prop in vocabulary.properties.items()}
    assert datatypes == {
        "heat": PREFIXES["xsd"] + "decimal", "note": PREFIXES["rdf"] + "langString", "colour": None, "beside": None,
    }  # fmt: skip


def test_classes_know_all_above_them(vocabulary: Vocabulary) -> None:
    assert vocabulary.superclasses["Kiln"] == {"Works", "Thing"}
    assert vocabulary.superclasses["Thing"] == frozenset()


def test_a_circle_of_classes_ends(tmp_path: Path) -> None:
    text = "kg:A a owl:Class ; rdfs:subClassOf kg:B . kg:B a owl:Class ; rdfs:subClassOf kg:A ."
    (tmp_path / "x.ttl").write_text(HEAD + text)
    assert load_vocabulary(tmp_path).superclasses["A"] == {"A", "B"}


def test_is_a_looks_upwards_only(vocabulary: Vocabulary) -> None:
    assert vocabulary.is_a("Kiln", frozenset({"Thing"}))
    assert vocabulary.is_a("Kiln", frozenset({"Kiln"}))
    assert not vocabulary.is_a("Thing", frozenset({"Kiln"}))
    assert vocabulary.is_a("Anything", frozenset())


def test_an_individual_has_its_narrowest_class(vocabulary: Vocabulary) -> None:
    assert vocabulary.individuals == {"Blue": "Colour", "Red": "Warm"}


def test_enumerated_classes_are_those_with_members_and_those_above(vocabulary: Vocabulary) -> None:
    assert vocabulary.enumerated == {"Colour", "Warm"}


def test_keys_are_those_of_the_class_of_those_above_and_of_anything(vocabulary: Vocabulary) -> None:
    assert set(vocabulary.keys_of("Kiln")) == {"heat", "note", "colour", "beside"}
    assert set(vocabulary.keys_of("Thing")) == {"note", "colour", "beside"}
    assert set(vocabulary.keys_of("Colour")) == {"note", "beside"}


def test_a_unit_is_an_exact_ratio(vocabulary: Vocabulary) -> None:
    unit = vocabulary.units["mu"]
    assert (unit.iri, unit.comparison, unit.factor) == (
        PREFIXES["unit"] + "MU",
        PREFIXES["unit"] + "HA",
        Fraction(1, 15),
    )


def test_broken_turtle_is_named_by_file_and_line(tmp_path: Path) -> None:
    (tmp_path / "works.ttl").write_text(HEAD + "\nkg:Thing a owl:Class\nkg:Other a owl:Class .")
    with pytest.raises(InputError, match=r"works\.ttl:\d+: broken Turtle"):
        load_vocabulary(tmp_path)


def test_turtle_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be read"):
        list(parse_turtle(tmp_path / "away.ttl"))


@pytest.mark.parametrize("name", ["away", "empty"])
def test_a_folder_without_modules_is_an_error(tmp_path: Path, name: str) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(InputError, match="no ontology modules"):
        load_vocabulary(tmp_path / name)


def test_modules_are_the_turtle_files_at_the_top() -> None:
    assert {path.parent for path in module_files(ONTOLOGY)} == {ONTOLOGY}
    assert "claims" in {path.stem for path in module_files(ONTOLOGY)}


def test_every_key_of_the_real_ontology_leads_somewhere() -> None:
    known = real()
    for name, prop in known.properties.items():
        assert prop.domain <= known.superclasses.keys(), name
        assert prop.datatype or prop.range <= known.superclasses.keys(), name


def test_no_name_of_the_real_ontology_means_two_things() -> None:
    known = real()
    groups = [known.properties.keys(), known.superclasses.keys(), known.individuals.keys(), known.units.keys()]
    assert len(set().union(*groups)) == sum(map(len, groups))


def test_units_compare_in_a_unit_that_compares_in_itself() -> None:
    units = {unit.iri: unit for unit in real().units.values()}
    assert all(units[unit.comparison].factor == 1 for unit in units.values() if unit.comparison in units)
    assert {unit.comparison for unit in units.values()} <= units.keys()
    assert all(iri.startswith(("http://qudt.org/vocab/unit/", PREFIXES["kgu"])) for iri in units)
    assert not any(iri.startswith(KG) for iri in units)
