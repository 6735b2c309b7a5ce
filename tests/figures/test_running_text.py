"""Figures and dates in running text stand where they are said to stand, in both languages."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.figures import UnitWords
from kg.figures.running_text import Alignment, find_dates, find_figures, sentences
from kg.ontology.vocabulary import load_vocabulary

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def words() -> UnitWords:
    return load_vocabulary(ROOT / "ontology").unit_words


CASES = [
    ("The works takes up roughly 800 mu.", "roughly 800 mu", "800", "mu", "About"),
    ("Spending is capped at 13 billion yuan in all.", "capped at 13 billion yuan", "13000000000", "CNY", "AtMost"),
    ("It hired at least 3,000 workers.", "at least 3,000 workers", "3000", "people", "AtLeast"),
    ("Sales came to US$1.2 billion.", "US$1.2 billion", "1200000000", "USD", "Exactly"),
    ("基地占地约８００亩。", "约８００亩", "800", "mu", "About"),
    ("总投资不低于70亿元，分两期。", "不低于70亿元", "7000000000", "CNY", "AtLeast"),
    ("年产10余万吨正极材料。", "10余万吨", "100000", "t", "MoreThan"),
    ("计划用工三千人。", "三千人", "3000", "people", "Exactly"),
    ("A 2½ km road leads there.", "2½ km", "2.5", "km", "Exactly"),
]


@pytest.mark.parametrize(("text", "printed", "value", "unit", "bound"), CASES)
def test_a_figure_stands_where_it_is_said_to(
    text: str, printed: str, value: str, unit: str, bound: str, words: UnitWords
) -> None:
    found = [one for one in find_figures(text, words) if unit in one.figure.units]
    assert [text[one.start : one.end] for one in found] == [printed]
    assert (found[0].figure.value, found[0].figure.bound) == (Decimal(value), bound)


def test_a_range_is_two_figures() -> None:
    found = list(find_figures("They want 5 to 6 million.", UnitWords.of([])))
    assert [(one.figure.bound, int(one.figure.value)) for one in found] == [
        ("AtLeast", 5_000_000),
        ("AtMost", 6_000_000),
    ]


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("Work is to end by June 2026. So they say.", "June 2026"),
        ("项目预计2025年底前投产。", "2025年底前"),
        ("于2024年3月5日开工", "2024年3月5日"),
    ],
)
def test_a_date_stands_where_it_is_said_to(text: str, printed: str) -> None:
    [found] = find_dates(text)
    assert text[found.start : found.end] == printed


def test_a_short_form_ends_no_sentence() -> None:
    text = "Contemporary Co., Ltd. (CATL) of the U.S. market said No. 5 is last. Then came more."
    assert [text[start:end] for start, end in sentences(text)] == [text[:68], text[69:]]


@given(st.text(alphabet="ab 1½㎡²１千억5조　萬é\n。. ", max_size=60))
def test_places_of_any_text_lie_in_it_and_in_order(text: str) -> None:
    phrase = Alignment(text)
    for start in range(len(phrase.normal)):
        begin, end = phrase.span(start, start + 1)
        assert 0 <= begin <= end <= len(text)
    last = 0
    for start, end in sentences(text):
        assert last <= start < end <= len(text)
        last = end


@given(st.text(max_size=200))
def test_no_text_is_too_strange(text: str) -> None:
    places = [(one.start, one.end) for one in find_figures(text, UnitWords.of([]))]
    places += [(one.start, one.end) for one in find_dates(text)]
    assert all(0 <= start <= end <= len(text) for start, end in places)
