"""Figures and words as people read them: large numbers by the words of the language, units by their signs."""

from __future__ import annotations

import ast
import csv
from decimal import Decimal
from pathlib import Path

import pytest

from kg.analysis.methods import _ANALYSES
from kg.graph import Graph
from kg.languages import LANGUAGES
from kg.localization import group_digits, is_foreign, name_column, round_figure, translate, write_quantity
from kg.rdf import NamedNode
from kg.rdf.labels import unit_sign, wording
from kg.rdf.namespaces import expand
from kg.rdf.store import Store, facts
from kg.rdf.vocab import VIEW, kg
from tests.support.small import vocabulary

ROOT = Path(__file__).parents[1]
WORDS = ROOT / "kg" / "words.csv"


@pytest.mark.parametrize(
    ("number", "unit", "english", "chinese"),
    [
        ("10000000000", ("yuan", "元"), "10 billion yuan", "100亿元"),
        ("35000", ("t", "吨"), "35,000 t", "3.5万吨"),
        ("376800000", ("Canadian dollars", "加元"), "376.8 million Canadian dollars", "3.768亿加元"),
        ("2000000000000", ("South Korean won", "韩元"), "2 trillion South Korean won", "2万亿韩元"),
        ("41796000", ("t", "吨"), "41.796 million t", "4179.6万吨"),
        ("41796123", ("t", "吨"), "41,796,123 t", "41,796,123吨"),
        ("-2500000", ("yuan", "元"), "-2.5 million yuan", "-250万元"),
        ("60", ("GWh/yr", "GWh/年"), "60 GWh/yr", "60 GWh/年"),
        ("65.5", ("%", "%"), "65.5%", "65.5%"),
        ("4", ("", "个"), "4", "4个"),
        ("2026", ("", ""), "2026", "2026"),
    ],
)
def test_a_quantity_reads_as_its_language_has_it(
    number: str, unit: tuple[str, str], english: str, chinese: str
) -> None:
    assert write_quantity(Decimal(number), unit[0]) == english
    assert write_quantity(Decimal(number), unit[1], "zh") == chinese


def test_writing_a_number_in_words_leaves_no_digit_out() -> None:
    for number in (1_234_567, 123_456_789, 10_000_001, 99_999_999):
        for language in LANGUAGES:
            assert write_quantity(number, "", language) == f"{number:,}"


def test_what_is_no_number_is_written_as_it_is() -> None:
    assert group_digits(Decimal("NaN")) == "NaN"
    assert write_quantity(Decimal("Infinity"), "t") == "Infinity t"


def test_a_converted_figure_has_the_digits_that_matter() -> None:
    assert [str(round_figure(Decimal(text))) for text in ("323.748513792", "0.00012345678", "133.0")] == [
        "323.7", "0.0001235", "133",
    ]  # fmt: skip


def test_words_that_a_reader_cannot_read_are_known() -> None:
    assert [is_foreign(text, "en") for text in ("800余亩", "60 GWh", "около 5 т", "1천만", "€1.5 Mrd.")] == [
        True, False, True, True, False,
    ]  # fmt: skip
    assert [is_foreign(text, "zh") for text in ("800余亩", "60 GWh", "over 800 acres", "175 Wh/kg")] == [
        False, False, True, False,
    ]  # fmt: skip


def _value_node(name: str = "value", **said: str) -> tuple[Store, NamedNode]:
    """Give a store with the ontology and one value node, of a property by its name."""
    from kg.ontology.source import module_files, parse_turtle
    from kg.rdf import Literal, Quad

    store = Store()
    for path in module_files(ROOT / "ontology"):
        store.bulk_extend(Quad(one.subject, one.predicate, one.object, VIEW) for one in parse_turtle(path))
    node = NamedNode(expand("claim/a/b") + f"#{name}")
    for key, text in said.items():
        value = NamedNode(expand(text)) if ":" in text else Literal(text)
        store.add(Quad(node, kg(key), value, VIEW))
    return store, node


LAND = {
    "value": "800", "unit": "kgu:MU_CN", "bound": "kg:MoreThan",
    "comparisonValue": "53.3333333333", "comparisonUnit": "unit:HA",
}  # fmt: skip


@pytest.mark.parametrize(
    ("said", "english", "chinese"),
    [
        ({**LAND, "verbatim": "800余亩"}, "800余亩 (more than 53.33 ha)", "800余亩（多于53.33公顷）"),
        (LAND, "more than 800 mu (more than 53.33 ha)", "多于800亩（多于53.33公顷）"),
        (
            {"value": "10000000000", "unit": "unit:CCY_CNY", "verbatim": "100亿元"},
            "100亿元 (10 billion yuan)",
            "100亿元",
        ),
        ({"value": "10000000000", "unit": "unit:CCY_CNY"}, "10 billion yuan", "100亿元"),
        (
            {"value": "60", "unit": "unit:GigaW-HR", "verbatim": "总规模60GWh"},
            "总规模60GWh (60 GWh)",
            "总规模60GWh",
        ),
        ({"value": "4", "unit": "unit:NUM"}, "4", "4个"),
        (
            {"value": "7", "unit": "unit:TONNE", "bound": "kg:BoundNotStated"},
            "7 t (bound not stated)",
            "7吨（界限未说明）",
        ),
    ],
)
def test_printed_words_have_the_readers_figure_beside_them(said: dict[str, str], english: str, chinese: str) -> None:
    store, node = _value_node(**said)
    assert (wording(store, node), wording(store, node, "zh")) == (english, chinese)


def test_every_unit_has_a_sign_in_both_languages() -> None:
    store, _ = _value_node()
    without = {
        key for key, unit in vocabulary().units.items()
        if len(list(facts(store, NamedNode(expand(unit.iri)), None, None, VIEW))) and not unit_sign(
            store, NamedNode(expand(unit.iri)), "zh"
        )
    }  # fmt: skip
    assert without == set()
    assert unit_sign(store, NamedNode(expand("unit:TONNE"))) == "t"


def test_every_word_of_ours_is_there_in_both_languages() -> None:
    with WORDS.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    texts = [row["text"] for row in rows]
    assert texts == sorted(set(texts))
    for row in rows:
        assert row["zh"], row
        # What is filled in stands in both.
        assert _gaps(row["text"]) == _gaps(row["zh"]), row


def _gaps(text: str) -> set[str]:
    return {part.partition("}")[0] for part in text.split("{")[1:]}


def test_every_column_of_a_question_has_its_head_in_both_languages(graph: Graph) -> None:
    columns = {name for question in graph.questions() for name in question.columns}
    columns |= {one.name for question in graph.questions() for one in question.parameters}
    assert {name for name in columns if not _is_named(name)} == set()


def test_every_column_and_sentence_of_an_analysis_is_there_in_chinese() -> None:
    from kg.analysis import __path__ as folders

    for path in Path(next(iter(folders))).glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
                name, value = node.targets[0].id, node.value
                if name.endswith("COLUMNS"):
                    assert [one for one in ast.literal_eval(value) if not _is_named(one)] == [], path
                if name.endswith("_NOTES"):
                    assert [one for one in ast.literal_eval(value) if translate(one, "zh") == one] == [], path
    assert _ANALYSES


def _is_named(column: str) -> bool:
    return name_column(column, "zh") != column


def test_every_parameter_of_a_question_is_explained_in_both_languages(graph: Graph) -> None:
    for question in graph.questions():
        for parameter in question.parameters:
            assert parameter.help, (question.name, parameter.name)
            assert parameter.help_zh, (question.name, parameter.name)


@pytest.mark.parametrize(
    ("name", "edtf", "english", "chinese"),
    [
        ("expectedLaunch", "../2030", "by 2030", "最迟2030年"),
        ("expectedLaunch", "2025/..", "2025 at the earliest", "最早2025年"),
        ("party.2.signedOn", "../2019-06", "by 2019-06", "最迟2019年6月"),
        ("indicator.period", "2028/..", "from 2028 on", "2028年起"),
        ("period", "../2034-08-14", "until 2034-08-14", "至2034年8月14日"),
        ("period", "2026/2028", "2026/2028", "2026/2028"),
    ],
)
def test_a_bound_reads_as_what_it_bounds(name: str, edtf: str, english: str, chinese: str) -> None:
    store, node = _value_node(name, edtf=edtf)
    assert (wording(store, node), wording(store, node, "zh")) == (english, chinese)
