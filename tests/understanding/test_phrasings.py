"""How often words are understood: phrasings of analysts in two languages, written apart from the wordings.

`phrasings.csv` has what is typed, the question and the values that it means (none where nothing here covers it), and
the half it belongs to: `dev` may be looked at to better the wordings, `test` is not.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from kg.graph import Graph
from kg.understanding.reading import QuestionReading, Understanding

PHRASINGS = Path(__file__).with_name("phrasings.csv")
HAN = re.compile("[\u4e00-\u9fff]")
FIRST, AMONG_THREE = 0.9, 0.97


@cache
def phrasings() -> list[dict[str, str]]:
    with PHRASINGS.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def values_of(row: dict[str, str]) -> dict[str, str]:
    return dict(part.strip().split("=", 1) for part in row["values"].split(";") if "=" in part)


def is_meant(graph: Graph, reading: QuestionReading, row: dict[str, str]) -> bool:
    """Tell whether a reading is the question that a row means, with all its values; defaults count as values."""
    wanted = {one.name: one.default for one in graph.question(row["question"]).parameters} | values_of(row)
    found = {one.name: one.value.removeprefix("kg:") for one in reading.values}
    found |= {"only": reading.only.value} if reading.only else {}
    return reading.question == row["question"] and found == wanted


def rank(graph: Graph, found: Understanding, row: dict[str, str]) -> int | None:
    """Give the place of the right reading, from 0; None where it is not there."""
    if row["question"] in ("name", "sparql"):
        things = [one.entity for one in found.things][:1]
        return 0 if found.sort == row["question"] and things == [row["values"]] * bool(row["values"]) else None
    if found.sort != "question":
        return None
    return next((at for at, one in enumerate(found.readings) if is_meant(graph, one, row)), None)


def test_there_are_enough_of_them_of_every_question_and_in_both_languages(wide_graph: Graph) -> None:
    rows = phrasings()
    answerable = [row for row in rows if row["question"]]
    assert len(answerable) >= 200
    assert len(rows) - len(answerable) >= 40
    assert {one.name for one in wide_graph.questions()} <= {row["question"] for row in answerable}
    chinese = sum(HAN.search(row["words"]) is not None for row in rows)
    assert 0.35 < chinese / len(rows) < 0.65
    assert min(Counter(row["part"] for row in rows).values()) > len(rows) / 3
    assert len({row["words"] for row in rows}) == len(rows)


@pytest.mark.parametrize("part", ["dev", "test"])
def test_most_are_understood_first_and_nearly_all_among_the_first_three(wide_graph: Graph, part: str) -> None:
    rows = [row for row in phrasings() if row["question"] and row["part"] == part]
    ranks = [rank(wide_graph, wide_graph.understand(row["words"]), row) for row in rows]
    missed = [row["words"] for row, at in zip(rows, ranks, strict=True) if at != 0]
    assert sum(at == 0 for at in ranks) >= FIRST * len(rows), missed
    assert sum(at is not None and at < 3 for at in ranks) >= AMONG_THREE * len(rows), missed


def test_what_nothing_here_covers_is_told_as_such(wide_graph: Graph) -> None:
    rows = [row for row in phrasings() if not row["question"]]
    for row in rows:
        found = wide_graph.understand(row["words"])
        assert found.answer is None, row["words"]
        assert found.sort in ("question", "nothing"), row["words"]
        assert found.unknown or not found.readings or all(one.left_out for one in found.readings[:1]), row["words"]


def test_the_measure_sees_what_is_wrong(wide_graph: Graph) -> None:
    row = {"words": "", "question": "base-operator", "values": "base=base/guian", "part": "dev"}
    right, wrong = (wide_graph.understand(f"who runs the {name} base") for name in ("Gui'an", "Yanzhou"))
    assert rank(wide_graph, right, row) == 0
    assert rank(wide_graph, wrong, row) is None
    assert rank(wide_graph, wide_graph.understand("Gui'an base"), row) is None
