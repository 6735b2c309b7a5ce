"""Modes that neither the property of a claim nor its words tell."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from kg.cards.files import CardFile, Cards
from kg.cards.yaml_reader import Reader
from kg.checks.modes import check_modes
from kg.ontology.vocabulary import load_vocabulary

VOCABULARY = load_vocabulary(Path(__file__).parents[2] / "ontology")
CARD = """
claims:
  - id: claim/page/capacity
    mode: {mode}
    evidence: {evidence}
    {note}
    says: {{id: plant/example, {says}}}
"""
PRINTED = "{{printed: {}, readOn: 2024-07-02}}"
PLANNED = "plannedCapacity: {value: 20, unit: GWh-per-year}"


def found(folder: Path, mode: str, evidence: str, says: str = PLANNED, note: str = "") -> bool:
    path = folder / "page.yaml"
    path.write_text(CARD.format(mode=mode, evidence=evidence, says=says, note=note), encoding="utf-8")
    tree: Any = Reader(path, "page.yaml").read()
    codes = [finding.code for finding in check_modes(Cards(documents=[CardFile(path, "page.yaml", tree)]), VOCABULARY)]
    assert codes in ([], ["mode-not-told"])
    return bool(codes)


@pytest.mark.parametrize(
    ("mode", "words"),
    [
        ("Planned", "20 GWh a year"), ("AimedAt", "aims at 20 GWh a year"), ("AimedAt", "力争年产20吉瓦时"),
        ("Expected", "is expected to reach 20 GWh"), ("Expected", "预计年产20吉瓦时"),
        ("ExploredOnly", "considers 20 GWh a year"),
    ],
)  # fmt: skip
def test_a_mode_is_told_by_the_property_or_by_words(tmp_path: Path, mode: str, words: str) -> None:
    assert not found(tmp_path, mode, PRINTED.format(words))


@pytest.mark.parametrize("mode", ["AimedAt", "Expected", "ExploredOnly"])
@pytest.mark.parametrize("evidence", [PRINTED.format("20 GWh a year"), PRINTED.format("targetless 20 GWh"), "Page"])
def test_a_mode_that_nothing_tells_is_found_unless_a_note_tells_it(tmp_path: Path, mode: str, evidence: str) -> None:
    assert found(tmp_path, mode, evidence)
    assert not found(tmp_path, mode, evidence, note="note: {en: Told as such on reading the page.}")


def test_a_fact_takes_words_to_be_a_plan_and_a_position_has_its_text(tmp_path: Path) -> None:
    place = "locatedIn: place/example"
    assert found(tmp_path, "Planned", PRINTED.format("in Example"), place)
    assert not found(tmp_path, "Planned", PRINTED.format("to be built in Example"), place)
    assert not found(tmp_path, "Planned", "{start: 1, end: 2, digest: 0a1b2c3d4e5f}", place)


def test_each_property_with_an_own_mode_has_one_of_the_scheme() -> None:
    modes = {name for name, kind in VOCABULARY.individuals.items() if kind == "Mode"}
    own = {prop.own_mode for prop in VOCABULARY.properties.values()} - {None}
    assert own <= modes
    assert {"Planned", "Expected", "Stated"} <= own
    assert all(VOCABULARY.mode_words[mode] for mode in modes - {"Stated"})
