"""Ids and prefixed names: short for people, whole for RDF, and back without loss."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kg.rdf.namespaces import BASE, KG, PREFIXES, expand, is_slug_path, kind_of, shorten

slugs = st.from_regex(r"[a-z]{2,8}(/[a-z0-9]{1,8}(-[a-z0-9]{1,5})?){1,2}", fullmatch=True)
iris = st.builds(
    lambda space, rest: space + rest,
    st.sampled_from([BASE, *PREFIXES.values(), "http://example.org/", "urn:x:"]),
    st.text("abzAZ09-_:#/.~安", max_size=12),
)


@pytest.mark.parametrize("name", ["company/anhe", "base/luming/phase-one", "claim/report-2030-02/land", "party-x/a1"])
def test_these_are_ids(name: str) -> None:
    assert is_slug_path(name)


@pytest.mark.parametrize(
    "name",
    ["", "anhe", "company/", "/anhe", "Company/anhe", "company/Anhe", "company/anhe ", "company/anhe\n", "a//b",
     "company/-anhe", "company/anhe-", "company/an--he", "company/安河", "company/an_he", "company1/anhe", "a/b#c"],
)  # fmt: skip
def test_these_are_no_ids(name: str) -> None:
    assert not is_slug_path(name)


def test_the_first_part_of_an_id_is_its_kind() -> None:
    assert kind_of("base/luming/phase-one") == "base"


def test_an_iri_stays_as_it_is() -> None:
    for iri in ("http://example.org/x", "https://example.org/x", "urn:x:y"):
        assert expand(iri) == iri


def test_an_unknown_prefix_is_part_of_an_id() -> None:
    assert expand("nobody:x") == BASE + "nobody:x"


@given(slugs)
def test_an_id_comes_back_from_its_iri(short: str) -> None:
    assert is_slug_path(short)
    assert shorten(expand(short)) == short


@given(iris)
@example(KG)
@example(BASE + "kg:Phase")
@example(KG + "#Phase")
def test_the_short_form_of_any_iri_expands_to_it(iri: str) -> None:
    assert expand(shorten(iri)) == iri


def test_terms_are_written_with_their_prefix() -> None:
    assert shorten(KG + "Phase") == "kg:Phase"
    assert shorten(PREFIXES["xsd"] + "date") == "xsd:date"


def test_no_namespace_hides_another() -> None:
    for prefix, namespace in PREFIXES.items():
        assert shorten(namespace + "name") == f"{prefix}:name"
