"""What a document prints is found with its unit, bound and mode, and each place proves it."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from kg.cards.texts import slice_digest
from kg.figures import read_figures
from kg.ontology.vocabulary import load_vocabulary
from kg.reading.extractor import read_document
from kg.reading.printed_facts import PrintedFact, find_facts
from kg.reading.source_text import SourceText
from tests.support.gold_figures import by_kg, is_found, wanted

VOCABULARY = load_vocabulary(Path(__file__).parents[2] / "ontology")

ENGLISH = """New works | 2025-09-11 | https://example.org/2025/works-80gwh

A contract was signed on September 8. The builder intends to install a yearly capacity of around 80 GWh on 955,000
square meters. The output is put at more than 40 billion yuan. The plant made 112,000 vehicles in 2021 and
678,000 in 2023, and more than 800,000 are expected for 2024. It signed 42 projects. Nine of them are foreign.
Two thirds of the staff are new.
"""
CHINESE = """电池基地开工
发布时间：2024年3月5日

一期项目于3月4日开工，规划年产能30GWh，总投资约70亿元，占地800余亩。力争2025年底前投产，预计提供就业岗位3000个。
"""


def facts_of(text: str, language: str, published: str) -> list[PrintedFact]:
    return find_facts(SourceText("text", text, published=published, language=language), VOCABULARY)


def figures(facts: list[PrintedFact]) -> list[tuple[str, str, str, str]]:
    return [(fact.value, fact.unit, fact.bound, fact.mode) for fact in facts if fact.kind == "figure"]


def test_the_figures_of_an_english_text() -> None:
    assert figures(facts_of(ENGLISH, "en", "2025-09-11")) == [
        ("80", "GWh-per-year", "About", "Planned"),
        ("955000", "m2", "Exactly", "Planned"),
        ("40000000000", "CNY", "MoreThan", "Stated"),
        ("112000", "vehicles", "Exactly", "Stated"),
        ("678000", "vehicles", "Exactly", "Stated"),
        ("800000", "vehicles", "MoreThan", "Expected"),
        ("42", "count", "Exactly", "Stated"),
        ("9", "count", "Exactly", "Stated"),
        ("66.7", "percent", "Exactly", "Stated"),
    ]


def test_the_figures_of_a_chinese_text() -> None:
    assert figures(facts_of(CHINESE, "zh", "2024-03-05")) == [
        ("30", "GWh-per-year", "Exactly", "Planned"),
        ("7000000000", "CNY", "About", "Planned"),
        ("800", "mu", "MoreThan", "Planned"),
        ("3000", "people", "Exactly", "Expected"),
    ]


def test_a_date_without_a_year_is_near_the_day_of_publication() -> None:
    dates = [fact.value for fact in facts_of(CHINESE, "zh", "2024-03-05") if fact.kind == "date"]
    assert dates == ["2024-03-05", "2024-03-04", "by end 2025"]
    [late] = [fact.value for fact in facts_of("Signed on December 30.", "en", "2025-01-04")]
    assert late == "2024-12-30"


@pytest.mark.parametrize(("text", "language"), [(ENGLISH, "en"), (CHINESE, "zh")])
def test_each_place_holds_its_words_and_these_give_the_value(text: str, language: str) -> None:
    for fact in facts_of(text, language, "2024-03-05"):
        assert text[fact.start : fact.end] == fact.printed
        assert fact.to_dict()["digest"] == slice_digest(fact.printed)
        if fact.kind == "figure":
            values = [figure.value for figure in read_figures(fact.printed, VOCABULARY.unit_words, language).figures]
            assert Decimal(fact.value) in values


@pytest.mark.parametrize(
    "text",
    [
        "See https://example.org/30gwh/40000 for more.",
        "One of its areas is there.",
        "The 2024 Conference began.",
        "CO2 and LFP4 are names.",
    ],
)
def test_what_is_no_figure_is_none(text: str) -> None:
    assert figures(facts_of(text, "en", "2024-03-05")) == []


def test_a_word_of_another_language_tells_no_mode() -> None:
    [fact] = facts_of("The plant took 30 hectares.", "en", "")
    assert (fact.value, fact.mode, fact.mode_words) == ("30", "Stated", "")


def test_what_cannot_be_read_whole_is_told() -> None:
    facts = facts_of("It has 3 x 40 MW.", "en", "")
    assert [(fact.value, bool(fact.doubt)) for fact in facts if fact.doubt] == [("", True)] * len(facts)


SHARED = Path(__file__).parents[3] / "shared" / "reading"


@pytest.mark.skipif(not SHARED.is_dir(), reason="the development articles are not here")
def test_the_figures_of_the_development_articles_are_read() -> None:
    rows = found = 0
    for path in sorted(SHARED.glob("*.gold.csv")):
        values = by_kg(read_document(path.with_name(path.name.replace(".gold.csv", ".txt"))), VOCABULARY)
        asked = wanted(path)
        rows += len(asked)
        found += sum(is_found(*row, values) for row in asked)
    assert rows
    assert found >= 0.95 * rows
