"""Minted ids: each once, well written, and no two a slip of the finger apart."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kg.cards.files import Cards
from kg.cards.findings import Finding
from kg.checks.ids import mint_ids, one_edit_apart
from tests.support.small import edited, world


def one_edit(left: str, right: str) -> bool:
    """Tell by brute force whether one substituted, missing or added character tells two names apart."""
    if len(left) == len(right):
        return sum(a != b for a, b in zip(left, right, strict=True)) == 1
    short, long = sorted((left, right), key=len)
    return any(long[:at] + long[at + 1 :] == short for at in range(len(long)))


def families(names: set[str], pairs: list[tuple[str, str]]) -> set[frozenset[str]]:
    """Join names that pairs tie together, near or far."""
    of = {name: frozenset({name}) for name in names}
    for left, right in pairs:
        joined = of[left] | of[right]
        of |= dict.fromkeys(joined, joined)
    return set(of.values())


names = st.lists(st.text("ab-1", max_size=5), max_size=12)


@given(names)
@example(["a1", "a2", "a3"])
@example(["aab", "ab", "b"])
def test_slips_are_found_as_brute_force_finds_them(listed: list[str]) -> None:
    found = list(one_edit_apart(listed))
    slips = [pair for pair in combinations(sorted(set(listed)), 2) if one_edit(*pair)]
    assert all(one_edit(left, right) for left, right in found)
    assert families(set(listed), found) == families(set(listed), slips)


@given(names)
def test_no_pair_is_told_twice(listed: list[str]) -> None:
    pairs = [frozenset(pair) for pair in one_edit_apart(listed)]
    assert len(pairs) == len(set(pairs))


def test_ten_thousand_ids_take_no_time() -> None:
    assert list(one_edit_apart([f"company/{number:x}-of-{number * 7919}" for number in range(10_000)])) is not None


def test_every_id_is_minted_with_its_class_and_place(tmp_path: Path) -> None:
    ids = mint_ids(world(tmp_path))
    assert ids.findings == []
    assert ids.kinds["company/anhe"] == "Company"
    assert ids.kinds["document/report"] == "NewsArticle"
    assert ids.kinds["claim/report/land"] == "Claim"
    assert ids.kinds["judgement/body-and-place"] == "Judgement"
    file, place = ids.places["company/anhe"]
    assert (file, place.line) == ("data/entities.yaml", 2)


def found(cards: Cards) -> list[Finding]:
    """Give everything about the ids of cards."""
    ids = mint_ids(cards)
    ids.report_similar()
    return ids.findings


@pytest.mark.parametrize(
    ("old", "new", "code", "words"),
    [
        ("- id: company/anhe", "- id: company/Anhe", "bad-id", "not written as an id"),
        ("- id: company/anhe", "- id: anhe", "bad-id", "not written as an id"),
        ("id: document/report", "id: document/other", "bad-id", "the file is called 'report'"),
        ("id: claim/report/land", "id: claim/other/land", "bad-id", "not named after its document"),
        ("- id: base/luming", "- id: company/anhe", "duplicate-id", "is minted at data/entities.yaml:2 too"),
        ("id: claim/report/land", "id: claim/report/operator", "duplicate-id", "is minted at data/report.yaml"),
        (
            "- id: base/luming",
            "- id: company/anhe-x\n    type: Base\n  - id: company/anhey-x",
            "similar-id",
            "one character",
        ),
        ("id: claim/report/land", "id: claim/report/operators", "similar-id", "by one character"),
        ("- id: base/luming", "- id: company/anhee", "similar-id", "'company/anhe'"),
    ],
)
def test_a_bad_id_is_a_finding(tmp_path: Path, old: str, new: str, code: str, words: str) -> None:
    (finding,) = found(edited(tmp_path, (old, new)))
    assert finding.code == code
    assert words in str(finding)


def test_ids_of_different_kinds_may_be_alike(tmp_path: Path) -> None:
    assert found(edited(tmp_path, ("- id: place/luming", "- id: plate/luming"))) == []


def test_claims_of_different_documents_may_be_alike(tmp_path: Path) -> None:
    cards = world(tmp_path)
    other = world(tmp_path / "..", document="id: document/report\nclaims: [{id: claim/reports/land}]")
    cards.documents += other.documents
    assert "similar-id" not in {finding.code for finding in found(cards)}


@pytest.mark.parametrize(
    "text", ["entities: x", "entities: [x, [y], {}]", "entities: [{id: [a], type: {b: c}}]", "x: y"]
)
def test_cards_of_any_shape_are_gone_through(tmp_path: Path, text: str) -> None:
    assert "company/anhe" not in mint_ids(world(tmp_path, entities=text)).kinds
