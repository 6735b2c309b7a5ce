"""Rows of someone's table: who is meant, why, and when that can be taken unseen. The traps are real names."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import NotFound
from kg.matching.candidates import Candidate
from kg.matching.matcher import Condition, Matcher, Wanted
from kg.matching.properties import EntityProperties
from kg.ontology.schema import read_schema
from tests.support.worlds import make_world

WORLD = """
<place/china> a kg:AdministrativeArea ; rdfs:label "China"@en , "中国"@zh ; kg:areaLevel kg:Country ;
  skos:notation "CN" .
<place/fujian> a kg:AdministrativeArea ; rdfs:label "Fujian"@en , "福建省"@zh ; kg:areaLevel kg:Province ;
  kg:locatedIn <place/china> ; kg:adminCode "350000" .
<place/ningde> a kg:AdministrativeArea ; rdfs:label "Ningde"@en , "宁德市"@zh ; kg:locatedIn <place/fujian> .
<place/shanghai> a kg:AdministrativeArea ; rdfs:label "Shanghai"@en , "上海市"@zh ; kg:areaLevel kg:Province ;
  kg:locatedIn <place/china> .
<place/kanagawa> a kg:AdministrativeArea ; rdfs:label "Kanagawa"@en ; kg:areaLevel kg:Province .
<company/catl> a kg:Company ; rdfs:label "CATL"@en , "宁德时代"@zh ; skos:notation "300750" ;
  skos:altLabel "Contemporary Amperex Technology Co., Limited"@en , "宁德时代新能源科技股份有限公司"@zh ;
  kg:locatedIn <place/ningde> ; dcterms:replaces <company/amperex> .
<company/envision> a kg:Company ; rdfs:label "Envision Group"@en , "远景科技集团"@zh ; kg:locatedIn <place/shanghai> .
<company/envision-energy> a kg:Company ; rdfs:label "Envision Energy"@en , "远景能源"@zh ;
  kg:locatedIn <place/shanghai> .
<company/aesc> a kg:Company ; rdfs:label "Envision AESC"@en , "远景动力"@zh ; kg:locatedIn <place/kanagawa> .
<company/times-one> a kg:Company ; rdfs:label "Times New Energy"@en ; kg:locatedIn <place/ningde> .
<company/times-two> a kg:JointVenture ; rdfs:label "Times New Energy"@en ; kg:locatedIn <place/shanghai> .
<place/anhui> a kg:AdministrativeArea ; rdfs:label "Anhui"@en ; kg:areaLevel kg:Province .
<company/gotion> a kg:Company ; rdfs:label "Gotion High-tech"@en ; kg:locatedIn <place/anhui> .
<company/gotion-holding> a kg:Company ; rdfs:label "Gotion Holding Group"@en ; kg:locatedIn <place/anhui> .
<base/ningde> a kg:Base ; rdfs:label "Ningde"@en ; kg:operator <company/catl> ; kg:locatedIn <place/ningde> ;
  kg:currentStatus kg:Operating .
<base/ningde/phase-one> a kg:Phase ; rdfs:label "Ningde Phase I"@en ; kg:phaseOf <base/ningde> ;
  kg:plannedCapacity <claim/a/b#plannedCapacity> ; kg:startedOn <claim/a/c#startedOn> .
<claim/a/b#plannedCapacity> kg:value 60 ; kg:verbatim "60 GWh" .
<claim/a/c#startedOn> kg:edtf "2022-09" .
"""


@pytest.fixture(scope="module")
def matcher(tmp_path_factory: pytest.TempPathFactory) -> Matcher:
    ontology = Path(__file__).parents[2] / "ontology"
    store, lookup = make_world(WORLD, ontology, tmp_path_factory.mktemp("names"))
    return Matcher(lookup, EntityProperties(store, read_schema(store)))


def match(matcher: Matcher, name: str = "", *kinds: str, **properties: str) -> list[Candidate]:
    conditions = tuple(
        Condition(property_name.replace("__", ":"), (value,)) for property_name, value in properties.items()
    )
    return matcher.match(Wanted(name, kinds, conditions))


def taken(found: list[Candidate]) -> str | None:
    """Give the entity that is a match; never more than the first."""
    assert not any(one.match for one in found[1:])
    return found[0].entity if found and found[0].match else None


@pytest.mark.parametrize(
    ("name", "properties", "entity"),
    [
        ("CATL", {}, "company/catl"),
        ("catl", {}, "company/catl"),
        ("宁德时代", {}, "company/catl"),
        ("Contemporary Amperex Technology Co. Limited", {}, "company/catl"),
        ("300750", {}, "company/catl"),
        ("company/catl", {}, "company/catl"),
        ("https://w3id.org/zerocarbon/id/company/catl", {}, "company/catl"),
        ("company/amperex", {}, "company/catl"),
        ("CATL", {"province": "福建"}, "company/catl"),
        ("CATL", {"country": "CN"}, "company/catl"),
        ("宁德时代新能源科技有限公司", {"province": "Fujian Province"}, "company/catl"),
        ("ningdeshidai", {"place": "Ningde City"}, "company/catl"),
        ("Envision Group Co., Ltd.", {"province": "Shanghai"}, "company/envision"),
        ("Envision AESC", {}, "company/aesc"),
        ("Times New Energy", {"province": "上海"}, "company/times-two"),
        ("Times New Energy", {"place": "place/ningde"}, "company/times-one"),
        ("", {"identifier": "300750"}, "company/catl"),
        ("", {"name__zh": "远景动力"}, "company/aesc"),
    ],
)
def test_what_can_be_taken_unseen(matcher: Matcher, name: str, properties: dict[str, str], entity: str) -> None:
    assert taken(match(matcher, name, "Company", **properties)) == entity


@pytest.mark.parametrize(
    ("name", "properties"),
    [
        # A likeness, however great.
        ("Envision", {}),
        ("Envision AES", {}),
        ("远景", {}),
        ("ndsd", {}),
        ("ningdeshidai", {}),
        ("CATL Group Company", {}),
        # The very name, and a property that contradicts.
        ("CATL", {"province": "Shanghai"}),
        ("Envision AESC", {"province": "Shanghai"}),
        # The property of another company with a name that begins alike.
        ("Envision", {"province": "Kanagawa"}),
        # A group is not the company that one thinks of first, and the province is that of its namesake too.
        ("Envision", {"province": "Shanghai"}),
        ("Gotion", {"province": "Anhui"}),
        ("Gotion High-tech", {"province": "Shanghai"}),
        # Two of one name, and nothing or not enough to tell them apart.
        ("Times New Energy", {}),
        ("Times New Energy", {"country": "China"}),
        # One property is no name.
        ("", {"province": "Kanagawa"}),
        # Nothing to read.
        ("???", {}),
        ("x" * 300, {}),
    ],
)
def test_what_never_can(matcher: Matcher, name: str, properties: dict[str, str]) -> None:
    assert taken(match(matcher, name, "Company", **properties)) is None


def test_the_one_whose_property_agrees_comes_first(matcher: Matcher) -> None:
    assert match(matcher, "Times New Energy", province="Shanghai")[0].entity == "company/times-two"
    assert match(matcher, "Times New Energy", province="Fujian")[0].entity == "company/times-one"


def test_a_kind_takes_in_the_kinds_below_it(matcher: Matcher) -> None:
    assert {one.entity for one in match(matcher, "Times New Energy", "Company")} >= {
        "company/times-one",
        "company/times-two",
    }
    assert taken(match(matcher, "Times New Energy", "JointVenture")) == "company/times-two"


def test_a_namesake_of_another_kind_is_shown_far_below_and_never_taken(matcher: Matcher) -> None:
    place, base = match(matcher, "Ningde", "Place")[0], match(matcher, "Ningde", "Park")
    assert (place.entity, place.match) == ("place/ningde", True)
    assert {one.entity for one in base} == {"place/ningde", "base/ningde"}
    assert all(one.score <= 50 and not one.match for one in base)


def test_strict_kinds_show_nothing_else(matcher: Matcher) -> None:
    def found(strict: str, *kinds: str) -> set[str]:
        return {one.entity for one in matcher.match(Wanted("Ningde", kinds, strict=strict))}  # type: ignore[arg-type]

    assert found("any", "Park") == set()
    assert {"place/ningde", "base/ningde"} <= found("any", "Base", "Place")
    assert found("all", "Base", "Place") == set()
    assert "base/ningde" in found("all", "Base", "Site")


def test_reasons_and_features_say_what_agrees(matcher: Matcher) -> None:
    found = match(matcher, "CATL", "Company", province="Shanghai", operator="CATL")[0]
    assert found.reason == "exact name; province contradicts; operator not stated"
    assert {one.id: one.value for one in found.features} == {"name": 100.0, "kind": True, "property:province": False}
    assert all(one.name for one in found.features)
    assert found.description == "company; in Ningde, Fujian, China; 宁德时代"


def test_not_stated_is_no_contradiction(matcher: Matcher) -> None:
    assert taken(match(matcher, "CATL", "Company", operator="Envision")) == "company/catl"


@pytest.mark.parametrize(
    ("property_name", "value"),
    [
        ("plannedCapacity", "60"),
        ("plannedCapacity", "60.0"),
        ("plannedCapacity", "60 GWh"),
        ("startedOn", "2022"),
        ("startedOn", "2022-09-30"),
        ("phaseOf", "base/ningde"),
        ("kg:phaseOf", "Ningde"),
        ("place", "中国"),
        ("kind", "Phase"),
    ],
)
def test_figures_dates_names_and_ids_agree(matcher: Matcher, property_name: str, value: str) -> None:
    found = matcher.match(Wanted("Ningde Phase I", (), (Condition(property_name, (value,)),)))[0]
    assert {one.id: one.value for one in found.features}[f"property:{property_name}"] is True


@pytest.mark.parametrize(
    ("property_name", "value"), [("plannedCapacity", "61"), ("startedOn", "2023"), ("place", "Shanghai")]
)
def test_others_do_not(matcher: Matcher, property_name: str, value: str) -> None:
    found = matcher.match(Wanted("Ningde Phase I", (), (Condition(property_name, (value,)),)))[0]
    assert {one.id: one.value for one in found.features}[f"property:{property_name}"] is False
    assert not found.match


def test_quantifiers_and_required_conditions(matcher: Matcher) -> None:
    def found(condition: Condition) -> list[str]:
        return [one.entity for one in matcher.match(Wanted("Times New Energy", ("Company",), (condition,)))[:2]]

    here, there = "place/ningde", "place/shanghai"
    assert found(Condition("place", (here, "place/fujian"), True, "all")) == ["company/times-one"]
    assert found(Condition("place", (here, there), True, "all")) == []
    assert set(found(Condition("place", (here, there), True, "any"))) == {"company/times-one", "company/times-two"}
    assert found(Condition("place", (here,), True, "none")) == ["company/times-two"]


def test_without_a_name_the_properties_find(matcher: Matcher) -> None:
    assert {one.entity for one in match(matcher, "", "Company", province="Shanghai")} == {
        "company/envision",
        "company/envision-energy",
        "company/times-two",
    }
    assert [one.entity for one in match(matcher, operator="CATL")] == ["base/ningde"]
    assert [one.entity for one in match(matcher, currentStatus="operating")] == ["base/ningde"]
    assert [one.entity for one in match(matcher, plannedCapacity="60")] == ["base/ningde/phase-one"]
    assert match(matcher) == []


def test_an_unknown_kind_or_property_is_named_with_its_like(matcher: Matcher) -> None:
    with pytest.raises(NotFound, match="no kind is called 'Compny'; did you mean 'Company'"):
        match(matcher, "CATL", "Compny")
    with pytest.raises(NotFound, match="no property is called 'operater'; did you mean 'operator'"):
        match(matcher, "CATL", operater="x")


def test_the_limit_holds(matcher: Matcher) -> None:
    assert len(matcher.match(Wanted("Envision", limit=1))) == 1
    assert len(matcher.match(Wanted("Envision", limit=-5))) == 1
    assert len(matcher.match(Wanted("a", limit=10**9))) <= 100
