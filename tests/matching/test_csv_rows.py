"""Matching the rows of a file, and what is said of a file that cannot be read."""

from __future__ import annotations

import contextlib
import csv
import io
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import InputError, NotFound
from kg.graph import Graph
from kg.matching.csv_rows import Columns, match_sheet
from kg.matching.matcher import Candidate, Wanted
from kg.tables.csv_file import MAX_BYTES, MAX_ROWS, read_csv
from kg.tables.table import Table


def match(wanted: Wanted) -> list[Candidate]:
    """Know one name and nothing else, and tell as the reason what else was asked."""
    asked = "; ".join(f"{one.trait}={one.values[0]}" for one in wanted.conditions)
    known = Candidate("company/catl", ("Company",), "CATL", "", 100.0, match=True, reason=asked, features=())
    return [known] if wanted.name == "宁德时代" and wanted.kinds in ((), ("Company",)) else []


def matched(text: str, columns: Columns) -> Table:
    return match_sheet(read_csv(text.encode()), columns, match)


def test_what_is_found_stands_behind_the_columns_of_the_file() -> None:
    table = matched("town,name\nNingde,宁德时代\n,Nobody\n", Columns("name"))
    assert table.columns == ("town", "name", "kg_id", "kg_name", "kg_kind", "kg_score", "kg_reason", "kg_match")
    assert table.rows[0][2:] == ("company/catl", "CATL", "Company", Decimal("100.0"), "", True)
    assert table.rows[1] == ("", "Nobody", None, None, None, None, None, False)


def test_other_columns_tell_traits_where_they_tell_anything() -> None:
    table = matched("name,town,x\n宁德时代,Ningde,1\n宁德时代, ,2\n", Columns("name", traits={"place": "town"}))
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
    assert [row[2:] for row in table.rows] == [(None, None, None, None, None, False)] * 3


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "line 1: the file is empty"),
        (b"a,b\n1\n", "line 2: the row has 1 cells, the header 2"),
        (b'a\n"x\ny"\n1,2\n', "line 4: the row has 2 cells, the header 1"),
        (b'a\n"x" y\n', "line 2: this is no CSV"),
        (b'a\n1\n"never closed\n', "line 3: this is no CSV"),
        (b"a\n1\n\xff\n", "line 3: the file is not UTF-8"),
        (b"a,a\n1,2\n", "line 1: two columns are called 'a'"),
        (b"a\n" + b"x\n" * (MAX_ROWS + 1), f"line {MAX_ROWS + 2}: the limit is 10,000 rows"),
        (b"a\n" + b"x" * MAX_BYTES, "the limit is 5,000,000"),
        (b'a\n"' + b"x" * 140_000 + b'"\n', "line 2: this is no CSV"),
    ],
)
def test_what_is_wrong_with_a_file_is_told_with_its_line(data: bytes, message: str) -> None:
    with pytest.raises(InputError, match=message):
        read_csv(data)


def test_a_column_that_is_not_there_is_told_with_the_nearest() -> None:
    with pytest.raises(NotFound, match="'company'") as caught:
        read_csv(b"company,town\n").column("compny")
    assert caught.value.http_status == 404


def test_a_byte_order_mark_is_no_part_of_a_name() -> None:
    assert read_csv(b"\xef\xbb\xbfname\r\nx\r\n").columns == ("name",)


rows = st.lists(st.tuples(st.text(st.characters(codec="utf-8")), st.text(st.characters(codec="utf-8"))), max_size=5)


@given(rows)
def test_any_file_that_csv_writes_is_read(given_rows: list[tuple[str, str]]) -> None:
    stream = io.StringIO()
    csv.writer(stream, quoting=csv.QUOTE_ALL).writerows([("name", "other"), *given_rows])
    assert list(read_csv(stream.getvalue().encode()).rows) == given_rows


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    with contextlib.suppress(InputError):
        assert read_csv(data).columns


def test_the_graph_matches_files(graph: Graph) -> None:
    table = graph.match_csv(b"firm,town\nCATL,Ningde\n", Columns("firm", "Company"))
    assert table.rows[0][2] == "company/catl"
    assert table.rows[0][-1] is True
    with pytest.raises(NotFound, match="province"):
        graph.match_csv(b"firm,town\nCATL,Ningde\n", Columns("firm", traits={"provnce": "town"}))
