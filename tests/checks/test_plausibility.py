"""What cannot be is found: days to come, and figures a thousand times all others."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from kg.checks.plausibility import check_plausibility
from tests.support.small import codes, edited, vocabulary

LAND = "landArea: {verbatim: over 800 acres, value: 800, unit: acre, bound: MoreThan}"
TODAY = datetime.date(2031, 1, 1)


def found(folder: Path, *edits: tuple[str, str], today: datetime.date = TODAY) -> set[str]:
    return set(codes(check_plausibility(edited(folder, *edits), vocabulary(), today)))


def claims(*values: str) -> str:
    """Write further claims of land, each of a base of its own."""
    return LAND + "".join(
        f"""

  - id: claim/report/land-{number}
    evidence: Page
    says:
      id: base/other-{number}
      landArea: {{value: {value}, unit: ha}}"""
        for number, value in enumerate(values)
    )


def test_the_small_world_can_be(tmp_path: Path) -> None:
    assert found(tmp_path) == set()


def test_a_document_of_tomorrow_is_found(tmp_path: Path) -> None:
    assert found(tmp_path, today=datetime.date(2021, 12, 31)) == {"day-to-come"}
    assert found(tmp_path, ("published: 2022-02", "published: 2962-02")) == {"day-to-come"}


@pytest.mark.parametrize(("most", "is_far"), [("999000", False), ("1000000", True), ("900000000", True)])
def test_a_figure_a_thousand_times_all_others_is_found(tmp_path: Path, most: str, is_far: bool) -> None:
    others = ("100", "200", "500", "1000")
    assert found(tmp_path, (LAND, claims(*others, most))) == ({"figure-far-off"} if is_far else set())


def test_few_figures_say_nothing_of_how_large_one_can_be(tmp_path: Path) -> None:
    assert found(tmp_path, (LAND, claims("1", "900000000"))) == set()


@pytest.mark.parametrize(("other", "is_far"), [("320", False), ("330000", True)])
def test_two_claims_of_a_thing_a_thousand_times_apart_are_found(tmp_path: Path, other: str, is_far: bool) -> None:
    again = claims(other).replace("base/other-0", "base/luming")
    assert found(tmp_path, (LAND, again)) == ({"figure-far-off"} if is_far else set())
