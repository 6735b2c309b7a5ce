"""Goods, agreements and deliveries that are one by what they are: found as pairs, silent once they are judged."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.cards.files import Cards
from kg.checks.twins import check_twins, good_words
from tests.support.small import card, vocabulary

HEAD = "id: document/report\nclaims:\n"


def world(folder: Path, entities: str, claims: list[str], judged: str = "") -> Cards:
    """Make cards of entities, of what claims say of them, and of a judgement."""
    says = "".join(f"  - {{id: claim/report/{number}, says: {{{one}}}}}\n" for number, one in enumerate(claims))
    return Cards(
        [card(folder, HEAD + says)],
        [card(folder, "entities:\n" + entities, "entities")],
        [card(folder, "judgements:\n" + judged, "judgements")] if judged else [],
    )


def messages(cards: Cards) -> list[str]:
    return [finding.message for finding in check_twins(cards, vocabulary())]


LINKS = "".join(f"  - {{id: supply/{name}, type: SupplyLink, name: {{en: {name}}}}}\n" for name in ("one", "two"))
FOIL = [
    f"id: supply/{name}, {said}"
    for name in ("one", "two")
    for said in ("supplier: company/a", "customer: company/b", "product: CopperFoil")
]
SAME = "'supply/two' has supplier, customer and product of 'supply/one'"


@pytest.mark.parametrize(
    ("more", "found"),
    [
        ([], [SAME]),
        (["id: supply/one, volume: {value: 3, unit: t}", "id: supply/two, volume: {value: 4, unit: t}"], []),
        (["id: supply/one, volume: {value: 3, unit: t}", "id: supply/two, volume: {value: 3, unit: t}"], [SAME]),
        (["id: supply/one, volume: {value: 3, unit: t}", "id: supply/two, period: {edtf: 2025}"], [SAME]),
        (["id: supply/one, period: {edtf: 2024}", "id: supply/two, period: {edtf: 2025}"], []),
    ],
)
def test_deliveries_are_told_apart_by_what_both_state(tmp_path: Path, more: list[str], found: list[str]) -> None:
    assert messages(world(tmp_path, LINKS, FOIL + more)) == found


def test_a_judgement_silences_the_pair(tmp_path: Path) -> None:
    judged = "  - {id: judgement/links, leftEntity: supply/two, rightEntity: supply/one, verdict: DifferentEntity}\n"
    assert messages(world(tmp_path, LINKS, FOIL, judged)) == []


TALKS = "".join(f"  - {{id: agreement/{name}, type: Agreement, name: {{en: {name}}}}}\n" for name in ("one", "two"))


@pytest.mark.parametrize(
    ("day", "third", "found"),
    [
        ("2024-03-01", "company/b", 1),
        ("2024-03-02", "company/b", 0),
        ("2024-03-01", "company/c", 0),
    ],
)
def test_agreements_of_one_day_and_the_same_parties_are_a_pair(
    tmp_path: Path, day: str, third: str, found: int
) -> None:
    told = ["id: agreement/one, signedOn: {edtf: 2024-03-01}", f"id: agreement/two, signedOn: {{edtf: {day}}}"]
    parties = (("one", "company/a"), ("one", "company/b"), ("two", "company/a"), ("two", third))
    told += [f"id: agreement/{name}, party: {{partyOrganisation: {party}}}" for name, party in parties]
    assert len(messages(world(tmp_path, TALKS, told))) == found


def test_agreements_of_one_month_are_no_pair(tmp_path: Path) -> None:
    told = [f"id: agreement/{name}, signedOn: {{edtf: 2024-03}}" for name in ("one", "two")]
    told += [f"id: agreement/{n}, party: {{partyOrganisation: company/{c}}}" for n in ("one", "two") for c in "ab"]
    assert messages(world(tmp_path, TALKS, told)) == []


@pytest.mark.parametrize(
    ("name", "twin"),
    [
        ("copper foils", "kg:CopperFoil"),
        ("foil of copper", "kg:CopperFoil"),
        ("nickel sulfate", "kg:NickelSulphate"),
        ("coated copper foil", None),
        ("nickel", None),
    ],
)
def test_a_good_is_known_by_its_words(tmp_path: Path, name: str, twin: str | None) -> None:
    cards = world(tmp_path, f"  - {{id: product/x, type: Product, name: {{en: {name}}}}}\n", [])
    assert messages(cards) == ([f"'product/x' is called by the same words as '{twin}'"] if twin else [])


def test_words_are_normalised() -> None:
    assert good_words("Sulphate of Nickel, battery-grade") == good_words("battery grade nickel sulfates")
