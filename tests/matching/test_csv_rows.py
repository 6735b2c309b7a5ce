"""Matching the rows of a file, and what is said of a file that cannot be read."""

from __future__ import annotations

import time
from decimal import Decimal

import pytest

from kg.errors import InputError, NotFound
from kg.graph import Graph
from kg.matching.candidates import Candidate
from kg.matching.csv_rows import Columns, match_sheet
from kg.matching.matcher import Wanted
from kg.tables.source_table import Bounds, read_table
from kg.tables.table import Table


def match(wanted: Wanted) -> list[Candidate]:
    """Know one name and nothing else, and tell as the reason what else was asked."""
    asked = "; ".join(f"{one.property_name}={one.values[0]}" for one in wanted.conditions)
    known = Candidate("company/catl", ("Company",), "CATL", "", 100.0, match=True, reason=asked, features=())
    return [known] if wanted.name == "宁德时代" and wanted.kinds in ((), ("Company",)) else []


def matched(text: str, columns: Columns, bounds: Bounds | None = None) -> Table:
    return match_sheet(read_table(text.encode(), bounds or Bounds()), columns, match)


def test_what_is_found_stands_behind_the_columns_of_the_file() -> None:
    table = matched("town,name\nNingde,宁德时代\n,Nobody\n", Columns("name"))
    assert table.columns == ("town", "name", "kg_id", "kg_name", "kg_kind", "kg_score", "kg_reason", "kg_match")
    assert table.rows[0][2:] == ("company/catl", "CATL", "Company", Decimal("100.0"), "", True)
    assert table.rows[1] == ("", "Nobody", None, None, None, None, None, False)


def test_other_columns_tell_traits_where_they_tell_anything() -> None:
    table = matched("name,town,x\n宁德时代,Ningde,1\n宁德时代, ,2\n", Columns("name", properties={"place": "town"}))
    assert [row[-2] for row in table.rows] == ["place=Ningde", ""]


def test_a_kind_is_asked_for() -> None:
    assert [matched("name\n宁德时代\n", Columns("name", kind)).rows[0][1] for kind in ("Company", "Place")] == [
        "company/catl",
        None,
    ]


def test_a_column_of_the_file_keeps_its_name() -> None:
    assert matched("name,kg_id\nx,mine\n", Columns("name")).columns[:3] == ("name", "kg_id", "kg_id_")


def test_a_row_without_a_name_has_no_match(graph: Graph) -> None:
    table = graph.match_csv(b'name,x\n" ",1\n\xe2\x80\x8b,2\n' + b"x" * 500 + b",3\n", Columns("name"))
    nothing = (None, None, None, None)
    reasons = [None, None, "the name has over 200 characters"]
    assert [row[2:] for row in table.rows] == [(*nothing, reason, False) for reason in reasons]


def test_names_that_come_very_often_are_counted_in_a_moment() -> None:
    begun = time.process_time()
    table = matched("a," * 20_000 + "name\n" + "," * 20_000 + "宁德时代\n", Columns("name"), Bounds(columns=30_000))
    assert table.columns[19_999] == "a_20000"
    assert time.process_time() - begun < 5


def test_heads_that_are_empty_or_doubled_pass_through() -> None:
    table = matched("name,town,,note,note\n宁德时代,Ningde,1,a,b\n", Columns("name"))
    assert table.to_csv().splitlines()[0].startswith("name,town,,note,note,kg_id,")
    assert list(table.records()[0])[:5] == ["name", "town", "column_3", "note", "note_2"]
    assert [*table.records()[0].values()][:6] == ["宁德时代", "Ningde", "1", "a", "b", "company/catl"]


def test_a_doubled_column_cannot_be_the_one_that_is_asked_for() -> None:
    with pytest.raises(InputError, match="two columns are called 'name'"):
        matched("name,name\nx,y\n", Columns("name"))


def test_long_tables_tell_how_far_they_are() -> None:
    told: list[tuple[int, int]] = []
    sheet = read_table(b"name\n" + b"x\n" * 2500)
    match_sheet(sheet, Columns("name"), match, lambda done, rows: told.append((done, rows)))
    assert told == [(1000, 2500), (2000, 2500)]


def test_the_graph_matches_files(graph: Graph) -> None:
    table = graph.match_csv(b"firm,town\nCATL,Ningde\n", Columns("firm", "Company"))
    assert table.rows[0][2] == "company/catl"
    assert table.rows[0][-1] is True
    assert len(graph.match_csv(b"firm\n" + b"CATL\n" * 10_001, Columns("firm", "Company"))) == 10_001
    with pytest.raises(NotFound, match="province"):
        graph.match_csv(b"firm,town\nCATL,Ningde\n", Columns("firm", properties={"provnce": "town"}))
