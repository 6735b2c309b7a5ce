"""One cell: exact for programs, harmless for people."""

from __future__ import annotations

import csv
import io
import json
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.tables.cells import Reference, Value, calm, csv_line, json_cell, markdown_cell, shown_cell


def test_a_reference_is_its_id() -> None:
    base = Reference("base/guian", "Gui'an")
    assert base == "base/guian"
    assert json_cell(base) == '"base/guian"'
    assert csv_line([base]) == "base/guian\n"
    assert shown_cell(base, set()) == "Gui'an"


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (Decimal("1E+3"), "1000"),
        (Decimal("1.50"), "1.50"),
        (Decimal("NaN"), '"NaN"'),
        (10**30, "1" + "0" * 30),
        (False, "false"),
        (None, "null"),
        ("贵安", '"贵安"'),
    ],
)
def test_json(value: Value, written: str) -> None:
    assert json_cell(value) == written


@given(st.lists(st.text(min_size=1), min_size=1))
def test_csv_is_read_back(texts: list[str]) -> None:
    assert next(csv.reader(io.StringIO(csv_line([*texts]), newline=""))) == texts


@given(st.text())
def test_what_is_shown_is_one_line(text: str) -> None:
    assert len(calm(text).splitlines()) <= 1
    assert "<" not in markdown_cell(text)


def test_json_survives_any_line_reader() -> None:
    assert json.loads(json_cell("a\u2028b")) == "a\u2028b"
