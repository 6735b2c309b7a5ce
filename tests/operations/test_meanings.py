"""An empty answer says what was looked for, what a name was taken for, and what else bears it."""

from __future__ import annotations

import pytest

from kg.analysis.ranges import ORGANISATION, STOPPED, SUPPLIED
from kg.errors import NotFound
from kg.graph import Graph
from kg.operations.run import compute
from kg.rdf.namespaces import shorten

EMPTY = [
    ("impact", {"entity": "电池"}, ("'电池' was taken for batteries (topic/batteries", "kg:BatteryManufacturing")),
    ("conflicts", {"entity": "Yanzhou"}, ("'Yanzhou' was taken for Yanzhou District (place/yanzhou", "base/yanzhou")),
    ("claims", {"of": "kg:PhosphateMining"}, ("looked for phosphate mining (kg:PhosphateMining",)),
    ("partners", {"entity": "place/jining"}, ("looked for Jining", "place/jining")),
    ("ask", {"question": "park-of-base", "parameters": {"base": "base/yanzhou"}}, ("base: looked for", "base/yanzhou")),
]


@pytest.mark.parametrize(("name", "asked", "said"), EMPTY, ids=[name for name, _, _ in EMPTY])
def test_an_empty_answer_says_what_was_looked_for(
    wide_graph: Graph, name: str, asked: dict[str, object], said: tuple[str, ...]
) -> None:
    outcome = compute(wide_graph, name, asked)
    told = " ".join(outcome.notes)
    assert all(words in told for words in said), told


def test_an_answer_with_rows_does_not_explain_an_id(wide_graph: Graph) -> None:
    assert not compute(wide_graph, "partners", {"entity": "company/catl"}).notes


def test_an_empty_answer_is_explained_in_chinese(wide_graph: Graph) -> None:
    outcome = compute(wide_graph, "impact", {"entity": "电池", "language": "zh"})
    assert "topic/batteries" in " ".join(outcome.notes)


# A verb, a name of things of several kinds, and the one that the verb can do something with.
SETTLED = [
    ("impact", "phosphate", "kg:PhosphateMining"),
    ("depends", "phosphate", "kg:PhosphateMining"),
    ("impact", "lithium", "product/lithium"),
    ("impact", "recycling", "kg:BatteryRecycling"),
    ("impact", "Guizhou", "place/guizhou"),
    ("impact", "贵州", "place/guizhou"),
    ("impact", "Jining", "place/jining"),
    ("partners", "Guizhou", "government/guizhou"),
    ("partners", "贵州", "government/guizhou"),
    ("partners", "Jining", "government/jining"),
    ("partners", "济宁", "government/jining"),
    ("partners", "贵安", "government/guian-new-district"),
    ("partners", "BYD", "company/byd"),
    ("impact", "磷酸铁锂", "kg:LFPCathode"),
    ("impact", "LFP", "kg:LFPCathode"),
    # Several stages are called so in part: none is taken.
    ("impact", "电池", "topic/batteries"),
]


@pytest.mark.parametrize(("verb", "name", "meant"), SETTLED)
def test_a_name_of_several_kinds_is_settled_by_the_kind_that_is_wanted(
    wide_graph: Graph, verb: str, name: str, meant: str
) -> None:
    wanted = {"impact": STOPPED, "depends": SUPPLIED, "partners": ORGANISATION}[verb]
    assert shorten(wide_graph.resolve(name, wanted, strict=False).value) == meant
    outcome = compute(wide_graph, verb, {"entity": name})
    assert compute(wide_graph, verb, {"entity": meant}).value.rows == outcome.value.rows
    if name == "phosphate":
        assert "'phosphate' was taken for phosphate mining (kg:PhosphateMining" in " ".join(outcome.notes)


def test_a_form_that_wants_one_kind_takes_nothing_else(wide_graph: Graph) -> None:
    with pytest.raises(NotFound, match="phosphate mining"):
        wide_graph.ask("stage-stop", stage="phosphate")
