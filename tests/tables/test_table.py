"""Tables: exact for programs, readable and harmless for people."""

from __future__ import annotations

import csv
import io
import json
import unicodedata
from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kg.errors import UsageError
from kg.tables.table import FORMATS, Cell, Reference, Table, write

GUIAN = Reference("base/guian", "CATL Guizhou 贵安基地")
TABLE = Table(
    ("base", "capacity", "certified", "words"),
    (
        (GUIAN, Decimal("30.50"), True, 'a, "b"'),
        ("elsewhere", None, None, None),
        (Reference("base/yanzhou", "Yanzhou"), 60, False, "line\nbreak"),
    ),
    claims=(("claim/a", "claim/b"), (), ("claim/c",)),
)
HOSTILE = '<img src=x onerror=alert(1)>|[x](javascript:1)\x1b[31m\u202eabc\r\n"`*'

cells = st.none() | st.booleans() | st.integers() | st.decimals(allow_nan=False, allow_infinity=False) | st.text()


def rows_of(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text, newline="")))


def cell_width(line: str) -> int:
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in line)


def test_records_are_what_programs_take() -> None:
    assert TABLE.records()[0] == {
        "base": "base/guian",
        "base_name": "CATL Guizhou 贵安基地",
        "capacity": Decimal("30.50"),
        "certified": True,
        "words": 'a, "b"',
        "claims": ["claim/a", "claim/b"],
    }
    assert TABLE.records()[1]["base_name"] is None


def test_csv() -> None:
    assert TABLE.to_csv() == (
        "base,base_name,capacity,certified,words,claims\n"
        'base/guian,CATL Guizhou 贵安基地,30.50,true,"a, ""b""",claim/a; claim/b\n'
        "elsewhere,,,,,\n"
        'base/yanzhou,Yanzhou,60,false,"line\nbreak",claim/c\n'
    )


def test_json_keeps_every_digit_and_absence() -> None:
    first, second, _ = json.loads(TABLE.to_json(), parse_float=Decimal)
    assert (first["capacity"], str(first["capacity"])) == (Decimal("30.50"), "30.50")
    assert first["claims"] == ["claim/a", "claim/b"]
    assert second["capacity"] is None


def test_ndjson_is_one_object_a_line() -> None:
    assert [json.loads(line)["claims"] for line in TABLE.to_ndjson().splitlines()] == [
        ["claim/a", "claim/b"],
        [],
        ["claim/c"],
    ]


def test_without_claims_there_is_no_such_column() -> None:
    assert Table(("a",), ((1,),)).to_csv() == "a\n1\n"


def test_csv_tells_absent_from_empty() -> None:
    assert Table(("a", "b"), ((None, ""),)).to_csv() == 'a,b\n,""\n'


def test_an_added_column_takes_no_name_that_is_taken() -> None:
    table = Table(("claims", "x", "x_name"), (("mine", GUIAN, "also mine"),), claims=(("claim/a",),))
    assert list(table.records()[0]) == ["claims", "x", "x_name_", "x_name", "claims_"]


def test_people_see_names_and_words_for_absence() -> None:
    text = TABLE.to_text(100)
    assert "CATL Guizhou 贵安基地" in text
    assert "base/guian" not in text
    assert text.count("not stated") == 3
    assert "yes" in text


def test_two_things_of_one_name_show_their_ids() -> None:
    table = Table(("party",), ((Reference("place/jining", "Jining"),), (Reference("government/jining", "Jining"),)))
    assert "Jining (place/jining)" in table.to_text()
    assert "Jining (government/jining)" in table.to_markdown()


def test_the_word_for_absence_is_the_tables_own() -> None:
    table = Table(("a",), ((None,),), absent="no source says")
    assert "no source says" in table.to_text()
    assert "no source says" in table.to_markdown()
    assert "no source says" in table._repr_html_()
    assert table.to_csv() == 'a\n""\n'


@pytest.mark.parametrize("width", [30, 60, 100])
def test_no_line_is_wider_than_the_terminal(width: int) -> None:
    table = Table(
        ("name", "text"), (("上海张江（贵安）高科技园", "a long text that wraps 宁德时代 " * 9), (None, "x" * 300))
    )
    assert max(cell_width(line) for line in table.to_text(width).splitlines()) <= width


def test_columns_stay_aligned_beside_chinese() -> None:
    head, _, first, second = Table(("n", "capacity"), (("宁德", 1), ("abcd", 22))).to_text().splitlines()
    assert {cell_width(line) for line in (head, first, second)} == {cell_width(head)}


def test_what_does_not_fit_beside_each_other_stands_below() -> None:
    columns = tuple(f"column {number}" for number in range(12))
    table = Table(columns, ((*("words that wrap",) * 11, None), (*("宁德时代",) * 11, 7)))
    assert table.to_text(200).splitlines()[2].count("words") == 11
    lines = table.to_text(60).splitlines()
    assert lines[:2] == ["───── 1", "column 0   words that wrap"]
    assert lines[12] == "───── 2"
    assert lines[-1] == "column 11  7"
    assert max(map(cell_width, lines)) <= 60


@pytest.mark.parametrize("width", [1, 2, 9])
def test_a_terminal_of_no_width_is_no_error(width: int) -> None:
    table = Table(("name", "a much longer name"), (("上海张江", 1), (None, "[x]")))
    assert "1" in table.to_text(width)


def test_numbers_stand_right() -> None:
    assert Table(("n",), ((1,), (100,))).to_text().splitlines()[2] == "  1"
    assert "---:" in Table(("n",), ((1,), (None,))).to_markdown()
    assert "---:" not in Table(("n",), ((True,),)).to_markdown()


def test_markdown() -> None:
    assert Table(("a", "b"), (("x|y", 1),)).to_markdown() == "| a | b |\n| :--- | ---: |\n| x\\|y | 1 |\n"


@pytest.mark.parametrize("table", [Table((HOSTILE,), ((HOSTILE,),)), Table(("a",), ((Reference("x", HOSTILE),),))])
def test_text_from_documents_does_not_act(table: Table) -> None:
    assert "<img" not in table._repr_html_()
    assert "<img" not in table.to_markdown()
    assert "\\[x\\]" in table.to_markdown()
    assert len(table.to_markdown().splitlines()) == 3
    for control in ("\x1b", "\u202e"):
        assert control not in table.to_text() + table.to_markdown() + table._repr_html_()


def test_markup_of_the_terminal_library_is_text() -> None:
    assert "[bold]x[/bold] :smile:" in Table(("a",), (("[bold]x[/bold] :smile:",),)).to_text()


def test_empty_tables() -> None:
    assert Table(("a", "b"), ()).to_csv() == "a,b\n"
    assert json.loads(Table(("a",), ()).to_json()) == []
    assert Table(("a",), ()).to_ndjson() == ""
    assert Table((), ()).to_text() == ""


def test_claims_as_a_column_for_people() -> None:
    shown = TABLE.with_claims()
    assert "claim/a; claim/b" in shown.to_text(200)
    assert "CATL Guizhou" in shown.to_text(200)


@pytest.mark.parametrize(
    ("columns", "rows", "claims"),
    [
        (("a", "a"), (), None),
        (("a",), ((1, 2),), None),
        (("a",), ((1,),), ()),
    ],
)
def test_what_does_not_fit_is_refused(
    columns: tuple[str, ...], rows: tuple[tuple[Cell, ...], ...], claims: tuple[tuple[str, ...], ...] | None
) -> None:
    with pytest.raises(ValueError, match=r"column|cells|claims"):
        Table(columns, rows, claims=claims)


@pytest.mark.parametrize("form", FORMATS)
def test_every_form_is_written_and_ends_its_line(form: str) -> None:
    stream = io.StringIO()
    write(TABLE, form, stream)
    assert stream.getvalue().endswith("\n")
    assert not stream.getvalue().endswith("\n\n")


def test_another_form_is_refused_with_those_there_are() -> None:
    with pytest.raises(UsageError, match="ndjson"):
        write(TABLE, "xlsx", io.StringIO())


@given(st.lists(st.tuples(cells, cells), max_size=5))
def test_data_comes_back_as_it_went_in(rows: list[tuple[Cell, Cell]]) -> None:
    table = Table(("a", "b"), tuple(rows))
    back = json.loads(table.to_json(), parse_float=Decimal)
    assert [(row["a"], row["b"]) for row in back] == rows
    assert [json.loads(line, parse_float=Decimal) for line in table.to_ndjson().split("\n")[:-1]] == back
    lines = rows_of(table.to_csv())[1:]
    for row, line in zip(rows, lines, strict=True):
        assert [cell for cell in row if isinstance(cell, str)] == [
            text for cell, text in zip(row, line, strict=True) if isinstance(cell, str)
        ]
        assert [text for cell, text in zip(row, line, strict=True) if cell is None] == [""] * row.count(None)


@given(st.lists(st.tuples(cells), max_size=5))
@example([(Decimal("123456789012345678901234567890.1234567"),), (10**40,)])
def test_any_cell_can_be_shown(rows: list[tuple[Cell]]) -> None:
    table = Table(("a",), tuple(rows))
    assert len(table.to_markdown().splitlines()) == 2 + len(rows)
    assert table._repr_html_().count("<tr>") == 1 + len(rows)
    assert table.to_text()
