"""Modes and source grades have one order, that of the ontology, and the weak ones stand behind all others."""

from __future__ import annotations

import pytest

from kg.claims.grades import Scale, Scales
from kg.errors import UsageError
from tests.support.scales import GRADES, SCALES


def test_the_ontology_orders_modes_and_grades() -> None:
    assert SCALES.modes.names == ["Stated", "Planned", "Expected", "AimedAt", "ExploredOnly"]
    assert [GRADES.place(name) for name in ("Primary", "Press", "Translation", "Editorial")] == [1, 2, 3, 5]
    assert {GRADES.place(name) for name in ("Aggregator", "Mirror", "MachineSummary")} == {4}
    assert GRADES.weak == {"Translation", "Aggregator", "Mirror", "MachineSummary"}
    assert (SCALES.modes.best, GRADES.best) == ("Stated", "Primary")


def test_what_is_weak_is_less_sure_than_our_own_notes() -> None:
    assert GRADES.least_sure(["Press", "Translation", "Editorial"]) == "Translation"
    assert GRADES.least_sure(["Press", "Editorial"]) == "Editorial"
    assert GRADES.surest(["Mirror", "Editorial"]) == "Editorial"
    assert GRADES.surest([]) is GRADES.least_sure([]) is None


def test_of_grades_that_share_a_place_the_name_decides() -> None:
    assert GRADES.least_sure(["Mirror", "Aggregator"]) == GRADES.least_sure(["Aggregator", "Mirror"]) == "Mirror"
    assert GRADES.surest(["Mirror", "Aggregator"]) == "Aggregator"


def test_weakness_counts_places_behind_what_is_not_weak() -> None:
    assert {name: GRADES.weakness(name) for name in GRADES.names if GRADES.weakness(name)} == {
        "Translation": 1, "Aggregator": 2, "MachineSummary": 2, "Mirror": 2
    }  # fmt: skip
    assert Scale({"Only": 3}, frozenset({"Only"})).weakness("Only") == 3


def test_a_concept_without_an_order_stands_last() -> None:
    assert GRADES.place("Rumour") == 6
    assert Scale({}).place("Rumour") == 1
    with pytest.raises(UsageError, match="grade: 'Rumour' is not known; write one of Primary, Press, Translation"):
        GRADES.check("grade", "Rumour")


def test_scales_come_back_from_a_release() -> None:
    assert Scales.from_dict(SCALES.to_dict()) == SCALES
