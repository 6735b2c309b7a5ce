"""`kg check` as a whole: all at once, or one card in a moment."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from kg.checks.check import check
from kg.settings import Settings

GOOD = Path(__file__).parents[2] / "ontology" / "examples" / "good"
PAPER = "documents/hupan-ribao-2024-03-06.yaml"
PAGE = "documents/market-page-on-harbour.yaml"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Copy the good example, to break it."""
    data = tmp_path / "data"
    shutil.copytree(GOOD, data)
    return Settings(GOOD.parents[1], data, tmp_path, (data / "texts",))


def spoil(settings: Settings, card: str, old: str, new: str) -> Path:
    path = settings.data / card
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return path


def test_a_clean_card_alone_is_clean_and_the_rest_is_said_to_be_left(settings: Settings) -> None:
    report = check(settings, [settings.data / PAPER])
    assert report.findings == ()
    assert any("not done" in notice for notice in report.notices)


def test_a_finding_in_one_card_is_found_when_it_is_checked_alone(settings: Settings) -> None:
    path = spoil(settings, PAGE, "evidence: Page", "evidense: Page")
    alone, everything = check(settings, [path]), check(settings)
    assert alone.findings == everything.findings
    assert {finding.code for finding in alone.findings} == {"unknown-key", "missing-evidence"}


def test_findings_of_other_cards_are_not_shown(settings: Settings) -> None:
    spoil(settings, PAGE, "evidence: Page", "evidense: Page")
    assert check(settings, [settings.data / PAPER]).findings == ()
    assert check(settings, [settings.data / "entities"]).findings == ()


def test_an_id_of_a_card_that_was_not_read_is_known(settings: Settings) -> None:
    path = spoil(settings, PAGE, "evidence: Page", "evidence: Page\n    rivalOf: claim/hupan-ribao-2024-03-06/nobody")
    assert [finding.code for finding in check(settings, [path]).findings] == ["unknown-id"]
    spoil(settings, PAPER, "claims:\n", "claims:\n  - id: claim/hupan-ribao-2024-03-06/nobody\n")
    assert check(settings, [path]).findings == ()


def test_shapes_speak_of_one_card_too(settings: Settings) -> None:
    path = spoil(settings, PAPER, "value: 450, unit: mu, bound: MoreThan", "value: 450, unit: GWh, bound: MoreThan")
    assert "shape:AreaUnitShape" in {finding.code for finding in check(settings, [path]).findings}


def test_an_error_of_form_in_one_card_does_not_hide_what_is_wrong_in_another(settings: Settings) -> None:
    spoil(settings, PAGE, "evidence: Page", "evidense: Page")
    spoil(settings, PAPER, "value: 450, unit: mu, bound: MoreThan", "value: 450, unit: GWh, bound: MoreThan")
    report = check(settings)
    assert {"unknown-key", "shape:AreaUnitShape"} <= {finding.code for finding in report.findings}
    assert any("done without data/documents/market-page-on-harbour.yaml" in notice for notice in report.notices)


def test_an_error_in_an_entity_leaves_its_name_to_others(settings: Settings) -> None:
    path = settings.data / "entities" / "government.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("    governs: place/lakeside\n", "    govrns: place/lakeside\n", 1), encoding="utf-8")
    spoil(settings, PAPER, "value: 450, unit: mu, bound: MoreThan", "value: 450, unit: GWh, bound: MoreThan")
    assert {"unknown-key", "shape:AreaUnitShape"} <= {finding.code for finding in check(settings).findings}


def test_where_ids_are_doubled_nothing_can_be_assembled(settings: Settings) -> None:
    path = settings.data / "entities" / "company.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("id: company/specimen-bank", "id: company/example-cells", 1), encoding="utf-8")
    assert any("no card can be assembled" in notice for notice in check(settings).notices)


@pytest.mark.parametrize(
    ("words", "left_out"),
    [
        ("up to 20 GWh", "leave out what it is counted per"),
        ("up to 20", "leave out the unit"),
        ("up to 20 quibbles", "leave out a unit word that the reader does not know"),
    ],
)
def test_what_words_leave_to_their_surroundings_is_told_by_kind(settings: Settings, words: str, left_out: str) -> None:
    whole = check(settings)
    spoil(settings, PAGE, "printed: up to 20 GWh a year", f"printed: {words}")
    report = check(settings)
    assert report.findings == whole.findings
    (told,) = set(report.notices) - set(whole.notices)
    assert "the words kept for 1 claims" in told
    assert left_out in told
    assert PAGE in told
