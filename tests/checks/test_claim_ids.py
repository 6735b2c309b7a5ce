"""Claims whose ids name other things than the claims do."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.cards.files import CardFile, Cards
from kg.cards.yaml_reader import Text
from kg.checks.claim_ids import check_claim_ids
from kg.ontology.vocabulary import load_vocabulary

VOCABULARY = load_vocabulary(Path(__file__).parents[2] / "ontology")
IDS = {"base/north": "", "base/south/phase-one": "base/old-south", "company/amber": "", "company/beryl": ""}


def codes(name: str, subject: str, said: str, value: object, evidence: object = "Page") -> list[str]:
    """Check one claim, with a few things that it may be of."""
    says = {Text("id"): Text(subject), Text(said): value}
    claim = {Text("id"): Text(f"claim/page/{name}"), Text("evidence"): evidence, Text("says"): says}
    entities = [
        {Text("id"): Text(one), **({Text("replaces"): Text(other)} if other else {})} for one, other in IDS.items()
    ]
    cards = Cards(
        documents=[CardFile(Path("page.yaml"), "page.yaml", {Text("claims"): [claim]})],
        entities=[CardFile(Path("all.yaml"), "all.yaml", {Text("entities"): entities})],
    )
    return [finding.code for finding in check_claim_ids(cards, VOCABULARY)]


STATUS = {Text("statusValue"): Text("Built"), Text("basis"): Text("StatedBasis")}


@pytest.mark.parametrize(
    ("name", "subject", "said", "value"),
    [
        ("north-operator-amber", "base/north", "operator", Text("company/amber")),
        ("north-operator-amber-again", "base/north", "operator", Text("company/amber")),
        ("old-south-operator", "base/south/phase-one", "operator", Text("company/beryl")),
        ("north-status-built-2", "base/north", "status", STATUS),
        ("who-runs-it", "base/north", "operator", Text("company/amber")),
        ("north-capacity", "base/north", "plannedCapacity", {Text("value"): Text("3")}),
    ],
)
def test_an_id_that_names_what_its_claim_says_is_none(name: str, subject: str, said: str, value: object) -> None:
    assert not codes(name, subject, said, value)


@pytest.mark.parametrize(
    ("name", "subject", "said", "value"),
    [
        ("north-operator-amber", "base/south/phase-one", "operator", Text("company/amber")),
        ("north-operator-amber", "base/north", "operator", Text("company/beryl")),
        ("north-planned-operator-amber", "base/north", "plannedProduct", Text("PowerBattery")),
        ("north-planned-capacity", "base/north", "plannedInvestment", {Text("value"): Text("3")}),
        ("north-status-operating", "base/north", "status", STATUS),
        ("north-status-operating-again", "base/north", "status", STATUS),
    ],
)
def test_an_id_that_names_something_else_is_found(name: str, subject: str, said: str, value: object) -> None:
    assert codes(name, subject, said, value) == ["id-of-another-claim"]


def test_a_claim_at_a_position_is_held_to_its_text() -> None:
    position = {Text("start"): Text("1"), Text("end"): Text("9"), Text("digest"): Text("0a1b")}
    assert not codes("north-status-operating", "base/north", "status", STATUS, position)
