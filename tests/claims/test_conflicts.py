"""What is a conflict: values that cannot both be right, and not one that is only told less exactly."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.cards.files import Cards
from kg.claims.assemble import assemble
from kg.claims.conflicts import find_conflicts
from kg.rdf.store import Store
from tests.support.small import ENTITIES, ONTOLOGY, card, vocabulary

DOCUMENT = """\
id: document/{name}
type: NewsArticle
title: {{en: A report}}
published: {published}
language: en
sourceGrade: {grade}
claims:
"""
CLAIM = """\
  - id: claim/{name}/{number}
    evidence: Page
    says: {{id: base/luming, {says}}}
"""
READINGS = {"early": "Press", "late": "Mirror"}

Told = Callable[..., Store]


@pytest.fixture
def told(tmp_path: Path) -> Told:
    """Assemble a store from what each page says of a base, a text of a card for each claim."""

    def assembled(**pages: list[str]) -> Store:
        documents = []
        for month, (name, says) in enumerate(pages.items(), 1):
            grade = READINGS.get(name, "Press")
            text = DOCUMENT.format(name=name, published=f"2025-{month:02}", grade=grade)
            text += "\n".join(CLAIM.format(name=name, number=number, says=one) for number, one in enumerate(says))
            documents.append(card(tmp_path, text, name))
        store = ox.Store()
        assemble(Cards(documents, [card(tmp_path, ENTITIES, "entities")], []), vocabulary(), ONTOLOGY, store)
        return store

    return assembled


def figure(value: object, unit: str, bound: str = "", measured: str = "land to let") -> str:
    told = f", bound: {bound}" if bound else ""
    return (
        f"indicator: {{measure: LandUse, measured: {{en: {measured}}}, "
        f"amount: {{value: {value}, unit: {unit}{told}}}, asOf: {{edtf: 2024}}}}"
    )


def area(value: object, bound: str = "", unit: str = "ha") -> str:
    return f"landArea: {{value: {value}, unit: {unit}{f', bound: {bound}' if bound else ''}}}"


SAME = {
    "how exactly a figure is told": (area(12), area(12, "About")),
    "the same in another unit": (area(12), area(180, unit="mu")),
    "a month and a day of it": ("startedOn: {edtf: 2024-06}", "startedOn: {edtf: 2024-06-07}"),
    "a year and a span of it": ("startedOn: {edtf: 2024}", "startedOn: {edtf: 2024-04-29/2024-08}"),
    "a bound and a day that it leaves": ("startedOn: {edtf: ../2024}", "startedOn: {edtf: 2023-06-07}"),
    "a first day and a later one": ("startedOn: {edtf: 2023/..}", "startedOn: {edtf: 2024-06}"),
    "two bounds": ("startedOn: {edtf: ../2023}", "startedOn: {edtf: ../2024}"),
    "an indicator that is only about": (figure(12, "ha"), figure(12, "ha", "About")),
    "two kinds of unit": (figure(12, "ha"), figure(3, "GW")),
}
OTHER = {
    "another figure": (area(12), area(13)),
    "another month": ("startedOn: {edtf: 2024-06}", "startedOn: {edtf: 2024-07-07}"),
    "another span": ("startedOn: {edtf: 2024-01/2024-06}", "startedOn: {edtf: 2024-07/2024-09}"),
    "a bound and a later day": ("startedOn: {edtf: ../2023}", "startedOn: {edtf: 2024-06}"),
    "a first day and an earlier one": ("startedOn: {edtf: 2024/..}", "startedOn: {edtf: 2023-06}"),
    "a bound ahead, and a day before it was told": ("expectedLaunch: {edtf: 2024}", "expectedLaunch: {edtf: ../2026}"),
    "a span with another beginning": ("startedOn: {edtf: 2023/2024}", "startedOn: {edtf: 2024-01/2024-12}"),
    "an indicator with another figure": (figure(12, "ha"), figure(13, "ha")),
    "an indicator in another unit of the kind": (figure(12, "ha"), figure(12, "mu")),
    "an indicator in another currency": (figure(12, "CNY"), figure(12, "USD")),
}


@pytest.mark.parametrize("readings", SAME.values(), ids=SAME.keys())
def test_what_is_told_less_exactly_is_no_conflict(told: Told, readings: tuple[str, str]) -> None:
    assert find_conflicts(told(early=[readings[0]], late=[readings[1]])).rows == ()


@pytest.mark.parametrize("readings", OTHER.values(), ids=OTHER.keys())
def test_what_cannot_both_be_right_is_a_conflict(told: Told, readings: tuple[str, str]) -> None:
    table = find_conflicts(told(early=[readings[0]], late=[readings[1]]))
    assert {row[4] for row in table.rows} == {"document/early", "document/late"}


def test_the_list_of_one_page_is_no_conflict(told: Told) -> None:
    lines = [figure(12, "ha"), figure(30, "ha")]
    assert find_conflicts(told(early=lines)).rows == ()
    assert len(find_conflicts(told(early=lines, late=lines[:1])).rows) == 3


def test_indicators_of_two_things_are_no_conflict(told: Told) -> None:
    store = told(early=[figure(12, "ha")], late=[figure(13, "ha", measured="land in use")])
    assert find_conflicts(store).rows == ()
