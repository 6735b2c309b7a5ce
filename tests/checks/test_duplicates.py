"""Likely duplicates: who bears the same name, and what a judgement or another kind settles."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.checks.duplicates import check_duplicates
from tests.support.small import JUDGEMENTS, vocabulary, world

HEAD = "entities:\n  - {id: company/anhe, type: Company, name: {en: Anhe Batteries, zh: 安河电池}}\n"


def found(folder: Path, second: str, judgements: str = JUDGEMENTS) -> list[str]:
    cards = world(folder, entities=f"{HEAD}  - {second}\n", judgements=judgements)
    return [finding.code for finding in check_duplicates(cards, vocabulary())]


@pytest.mark.parametrize(
    "name",
    ["{en: anhe batteries}", "{en: 'Anhe Batteries Co., Ltd.'}", "{zh: 安河电池股份有限公司}", "{en: Anhe Dianchi}"],
)
def test_one_name_in_other_clothes_is_found(tmp_path: Path, name: str) -> None:
    assert found(tmp_path, f"{{id: company/second, type: Company, name: {name}}}") == ["likely-duplicate"]


@pytest.mark.parametrize(
    "second",
    [
        "{id: company/second, type: Company, name: {en: Anhe Battery Recycling}}",
        "{id: place/anhe, type: Place, name: {en: Anhe Batteries}}",
        "{id: person/anhe, type: Person, name: {zh: 安河电池}}",
    ],
)
def test_another_name_or_another_kind_of_thing_is_not(tmp_path: Path, second: str) -> None:
    assert found(tmp_path, second) == []


@pytest.mark.parametrize("verdict", ["SameEntity", "DifferentEntity", "UnsureEntity"])
def test_any_judgement_settles_it(tmp_path: Path, verdict: str) -> None:
    judgement = (
        "judgements:\n  - {id: judgement/one, leftEntity: company/second, rightEntity: company/anhe,"
        f" verdict: {verdict}, reason: {{en: We looked.}}}}\n"
    )
    second = "{id: company/second, type: Company, name: {en: Anhe Batteries}}"
    assert found(tmp_path, second, judgement) == []
