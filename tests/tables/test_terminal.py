"""Tables as lines of text: no word is torn, no date broken, and a table becomes blocks only where it must."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from kg.tables.cells import Word
from kg.tables.table import Table
from kg.tables.terminal import lay_out

HEADS = ("site", "status", "hectares_per_gwh", "published", "grade")
ROWS = (
    ("FinDreams battery base, Shengzhou (Shaoxing): Phase I", "under construction", 3, "2025-03-15", "Manufacturing"),
    ("宁德时代新能源科技股份有限公司贵州基地", "operating", 12, "2025-03", "aggregator"),
)


def test_eighty_columns_tear_no_word_and_no_date() -> None:
    text = Table(HEADS, ROWS).to_text(80)
    assert all(cell_len(line) <= 80 for line in text.splitlines())
    words = {word for row in ROWS for cell in row if isinstance(cell, str) and cell.isascii() for word in cell.split()}
    for word in (*words, "hectares", "GWh", "published"):
        assert re.search(rf"(?<!\S){re.escape(word)}(?!\S)", text), word
    assert "─────" in text
    assert "───── 1" not in text


def test_a_long_id_breaks_behind_its_signs() -> None:
    text = Table(("claim", "value"), (("claim/shandong-times-60gwh/phase-one-land", "x " * 20),)).to_text(40)
    for line in text.splitlines()[2:]:
        assert re.match(r"(claim/|shandong-|times-|60gwh/|phase-|one-|land|\s)", line), line


def test_a_table_that_cannot_be_laid_out_becomes_blocks() -> None:
    table = Table(tuple(f"column{at}" for at in range(9)), (("unbreakable",) * 9,))
    assert lay_out(table.columns, [("unbreakable",) * 9], [False] * 9, 80) is None
    assert table.to_text(80).startswith("───── 1\n")
    assert not table.to_text(120).startswith("───── 1\n")


@pytest.mark.parametrize(("language", "head", "yes", "absent"), [("en", "site status", "yes", "not stated"),
                                                                  ("zh", "场地状态", "是", "未说明")])  # fmt: skip
def test_people_read_a_table_in_its_language_and_programs_do_not(
    language: str, head: str, yes: str, absent: str
) -> None:
    rows = ((True, None, Word("TONNE", "t")),)
    table = Table(("site_status", "amount", "unit"), rows, language=language)
    text = table.to_text()
    assert head in text
    assert yes in text
    assert absent in text
    assert " t" in text
    assert table.to_markdown().splitlines()[0].startswith(f"| {head} |")
    assert head in table._repr_html_()
    assert table.to_csv() == "site_status,amount,unit\ntrue,,TONNE\n"
    assert table.records() == [{"site_status": True, "amount": None, "unit": "TONNE"}]
    assert type(table.records()[0]["unit"]) is str
    assert table.part(slice(0, 1)).language == table.with_claims().language == language


@given(
    st.lists(st.lists(st.text("ab 宁德，-/2025", max_size=30), min_size=3, max_size=3), min_size=1, max_size=4),
    st.integers(20, 90),
)
def test_whatever_is_laid_out_keeps_its_signs_and_its_width(rows: list[list[str]], width: int) -> None:
    laid = lay_out(("one", "two", "three"), rows, [False] * 3, width)
    if laid is None:
        return
    assert all(cell_len(line) <= width for line in laid.splitlines())
    body = laid.split("─\n", 1)[1] if "─\n" in laid else ""
    assert sorted(body.replace("\n", "").replace(" ", "")) == sorted(
        "".join("".join(row) for row in rows).replace(" ", "")
    )
