"""Data frames: every column of one type, whatever the table is of."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import UsageError
from kg.graph import Graph
from kg.matching.matcher import Wanted
from kg.tables.cells import Amount, Cell, Date
from kg.tables.table import Reference, Table, Word
from kg.tables.tabular import Tabular

GUIAN = Reference("base/guian", "CATL Guizhou")
AREA = Amount(Decimal("53.3333333333"), "unit:HA")
DAY = "datetime64[s]"


def dtypes(frame: pd.DataFrame) -> dict[str, str]:
    return {str(name): str(dtype) for name, dtype in frame.dtypes.items()}


def frame_of(*cells: Cell, **more: Any) -> pd.DataFrame:
    return Table(("x",), tuple((cell,) for cell in cells), **more).df()


@pytest.mark.parametrize(
    ("cells", "dtype"),
    [
        ((1, None, 60), "Int64"),
        ((1, Decimal("30.5"), None), "float64"),
        ((2**70, 1), "float64"),
        ((True, None), "boolean"),
        (("a", None, Word("TONNE", "t")), "string"),
        ((1, True), "object"),
        ((1, "a"), "object"),
        ((None,), "object"),
        ((), "object"),
        (("2026", "0700"), "string"),
    ],
)
def test_a_column_has_the_one_type_that_its_cells_have(cells: tuple[Cell, ...], dtype: str) -> None:
    assert dtypes(frame_of(*cells)) == {"x": dtype}


def test_numbers_compute_and_what_is_not_stated_is_missing() -> None:
    frame = frame_of(60, None, Decimal("30.5"))
    assert frame["x"].sum() == 90.5
    assert frame["x"].isna().tolist() == [False, True, False]
    assert frame_of(60, None)["x"].sum() == 60


def test_dates_are_days_with_the_text_beside_them() -> None:
    frame = frame_of(Date("2023-06-17"), Date("2023-06"), "2024", Date("2026/2028"), Date("../2028"), None)
    assert dtypes(frame) == {"x": DAY, "x_edtf": "string"}
    told = ["2023-06-17", "2023-06", "2024", "2026/2028", "../2028"]
    assert frame["x_edtf"].tolist()[:5] == told
    firsts = [None if pd.isna(day) else day.date().isoformat() for day in frame["x"]]
    assert firsts[:4] == ["2023-06-17", "2023-06-01", "2024-01-01", "2026-01-01"]
    assert firsts[5] is None
    assert frame["x_edtf"].isna().tolist()[5]
    assert (frame["x"] > "2023-12-31").sum() == 2


def test_a_text_among_dates_makes_a_column_of_texts() -> None:
    assert dtypes(frame_of(Date("2023-06-17"), "soon")) == {"x": "string"}


def test_an_entity_is_its_id_with_its_name_beside_it() -> None:
    table = Table(("base",), ((GUIAN,), (None,)))
    assert dtypes(table.df()) == {"base": "string", "base_name": "string"}
    assert table.df()["base"].tolist()[0] == "base/guian"
    assert type(table.df()["base"].tolist()[0]) is str
    assert dtypes(table.df(names=False)) == {"base": "string"}


def test_values_of_several_kinds_have_number_unit_and_day_beside_them() -> None:
    cells = (Reference("claim/a#area", "800余亩", "", AREA), Word("2023-06", "June 2023", Date("2023-06")), "first")
    frame = frame_of(*cells)
    assert dtypes(frame) == {
        "x": "string", "x_name": "string", "x_number": "float64", "x_unit": "string", "x_day": DAY,
    }  # fmt: skip
    assert frame["x_number"].tolist()[0] == pytest.approx(53.3333333333)
    assert frame["x_unit"].tolist()[0] == "unit:HA"
    assert frame["x_day"][1] == pd.Timestamp("2023-06-01")
    assert frame["x_day"].isna().tolist() == [True, False, True]


def test_an_added_column_takes_no_name_that_is_taken() -> None:
    table = Table(("claims", "x", "x_name"), (("mine", GUIAN, "also mine"),), claims=(("claim/a",),))
    assert list(table.df()) == list(table.records()[0])
    assert table.df()["claims_"][0] == ["claim/a"]


def test_a_table_without_rows_has_its_columns() -> None:
    assert list(Table(("a", "b"), (), claims=()).df()) == ["a", "b", "claims"]
    assert len(Table((), ((), ())).df()) == 2


def test_without_pandas_the_way_out_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(UsageError, match=r"pip install 'zerocarbon-kg\[tables\]'"):
        Table(("a",), ()).df()


_CELLS = st.one_of(
    st.none(), st.booleans(), st.integers(), st.text(max_size=5), st.just(GUIAN), st.just(Date("2023-06")),
    st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**20), max_value=10**20),
)  # fmt: skip


@given(st.lists(st.tuples(_CELLS, _CELLS), max_size=5))
def test_any_table_is_a_frame_that_tells_what_is_missing(rows: list[tuple[Cell, Cell]]) -> None:
    frame = Table(("a", "b"), tuple(rows)).df()
    assert len(frame) == len(rows)
    for at, name in enumerate("ab"):
        assert frame[name].isna().tolist() == [row[at] is None for row in rows]


def everything(graph: Graph) -> Iterator[tuple[str, Tabular, set[str]]]:
    """Give all that a graph gives as a table, with the columns of days that it has."""
    yield "ask", graph.ask("milestones"), {"started", "reported"}
    yield "show", graph.show("base/guian/phase-one"), {"value_day"}
    yield "find", graph.find("CATL"), set()
    yield "match", graph.match(Wanted("CATL", ("Company",))), set()
    yield "why", graph.why("base/guian/phase-one", "plannedCapacity"), {"published"}
    yield "claims", graph.claims("base/guian/phase-one"), {"published", "value_day"}
    yield "conflicts", graph.conflicts(), {"published"}
    yield "edges", graph.edges("supply"), set()
    yield "neighbours", graph.neighbours("company/catl"), set()
    yield "partners", graph.partners("company/catl"), set()
    yield "changes", graph.compare(graph), set()
    for section in graph.coverage():
        yield section.title, section, set()


def test_all_that_a_graph_gives_is_a_typed_frame(graph: Graph) -> None:
    seen = set()
    for name, one, days in everything(graph):
        frame, table = one.df(), one.to_table()
        assert len(frame) == len(table), name
        assert {column for column in frame if str(frame[column].dtype) == DAY} >= days, name
        for column in frame:
            assert not frame[column].map(lambda cell: str(cell).startswith("http")).any() or column == "source", name
            seen.add(str(frame[column].dtype))
    assert seen >= {"string", "Int64", "float64", "boolean", DAY}


def test_the_facts_of_a_thing_have_their_numbers(graph: Graph) -> None:
    frame = graph.show("base/guian/phase-one").df()
    planned = frame[frame["property"] == "plannedCapacity"].iloc[0]
    assert planned["value_number"] == 30
    assert planned["value_unit"] == "kgu:GigaW-HR-PER-YR"


def test_a_part_of_a_list_is_a_table_too(graph: Graph) -> None:
    found = graph.find("CATL", limit=5)
    assert len(found[:2].df()) == 2
    assert found[:2].df()["entity"].tolist() == [one.entity for one in found][:2]
    assert len(found) == 5
