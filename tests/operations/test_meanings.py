"""An empty answer says what was looked for, what a name was taken for, and what else bears it."""

from __future__ import annotations

import pytest

from kg.graph import Graph
from kg.operations.run import compute

EMPTY = [
    ("impact", {"entity": "phosphate"}, ("'phosphate' was taken for phosphate (topic/phosphate", "kg:PhosphateMining")),
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
    outcome = compute(wide_graph, "impact", {"entity": "phosphate", "language": "zh"})
    assert "topic/phosphate" in " ".join(outcome.notes)
