"""Names as tables have them, against all data: what is matched, what comes first, and what never is."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from kg.graph import Graph
from kg.matching.candidates import Candidate
from kg.matching.matcher import Condition, Wanted

LISTS = Path(__file__).parents[2] / "benchmarks" / "matching"


def find(graph: Graph, name: str, kind: str | None = "Company", **traits: str) -> list[Candidate]:
    conditions = tuple(Condition(trait, (value,)) for trait, value in traits.items())
    return graph.match(Wanted(name, (kind,) if kind else (), conditions, strict="any", limit=3))


def taken(found: list[Candidate]) -> str | None:
    return found[0].entity if found and found[0].match else None


@pytest.mark.parametrize(
    ("name", "country", "entity"),
    [
        ("CATL", "PRC", "company/catl"),
        ("CATL", "Mainland China", "company/catl"),
        ("CATL", "中国", "company/catl"),
        ("Tesla", "USA", "company/tesla"),
        ("Tesla", "U.S.A.", "company/tesla"),
        ("LG Energy Solution", "Korea", "company/lges"),
        ("Shell", "UK", "company/shell"),
        ("BASF", "DEU", "company/basf"),
        ("ABB", "Atlantis", "company/abb"),
        ("ABB", "n/a", "company/abb"),
    ],
)
def test_words_and_codes_for_countries_agree_and_unknown_ones_say_nothing(
    wide_graph: Graph, name: str, country: str, entity: str
) -> None:
    assert taken(find(wide_graph, name, country=country)) == entity


@pytest.mark.parametrize(
    ("name", "country"), [("Tesla", "Germany"), ("Tesla", "德国"), ("CATL", "USA"), ("BASF", "FR")]
)
def test_a_country_that_contradicts_stops_a_match(wide_graph: Graph, name: str, country: str) -> None:
    found = find(wide_graph, name, country=country)
    assert taken(found) is None
    assert "country contradicts" in found[0].reason


@pytest.mark.parametrize(
    ("name", "entity"),
    [
        ("比亚迪股份有限公司", "company/byd"),
        ("BYD CO LTD", "company/byd"),
        ("中国石油化工股份有限公司", "company/sinopec"),
        ("江苏龙蟠科技集团股份有限公司", "company/lopal"),
        ("Hunan Yuneng New Energy Battery Material Co.,Ltd.", "company/hunan-yuneng"),
        ("Volkswagen Aktiengesellschaft", "company/volkswagen"),
        ("Northvolt AB", "company/northvolt"),
        ("FREYR Battery ASA", "company/freyr"),
        ("CATL Hungary Kft.", "company/catl-hungary"),
        ("Verkor SAS", "company/verkor"),
        ("Svolt Energy Technology GmbH & Co. KG", "company/svolt"),
        ("Umicore SA/NV", "company/umicore"),
        ("PT Vale Indonesia Tbk", "company/vale-indonesia"),
        ("旭化成株式会社", "company/asahi-kasei"),
        ("The Mosaic Co", "company/mosaic-company"),
    ],
)
def test_a_legal_form_more_or_less_is_the_same_company(wide_graph: Graph, name: str, entity: str) -> None:
    assert taken(find(wide_graph, name)) == entity


@pytest.mark.parametrize(
    "name",
    [
        # Three companies bear the word.
        "Gotion",
        # The listed daughter of a group, and a group of another name.
        "中国铝业",
        "中国铝业股份有限公司",
        "东风汽车股份有限公司",
        "JinkoSolar Holding Co. Ltd.",
        # Daughters abroad.
        "BASF Corporation",
        "Vattenfall GmbH",
        "Tesla GmbH",
        # Only the beginning of the name, with another's form.
        "Volvo AB",
        # Others of alike names.
        "万润科技",
        "Honda Aircraft",
        "General Mills Inc.",
        "Scania CV AB",
        "合肥国轩电池材料有限公司",
        # Words before they are names.
        "阳光",
        "三峡",
    ],
)
def test_another_company_is_not_matched(wide_graph: Graph, name: str) -> None:
    assert taken(find(wide_graph, name)) is None


@pytest.mark.parametrize(
    ("name", "entity"),
    [
        ("宁德时代(300750)", "company/catl"),
        ("宁德时代（股票代码：300750.SZ）", "company/catl"),
        ("CATL (宁德时代)", "company/catl"),
        ("CATL 宁德时代", "company/catl"),
        ("CATL / 宁德时代", "company/catl"),
        ("宁德时代 | CATL", "company/catl"),
        ("宁德时代｜CATL", "company/catl"),
        ("CATL、宁德时代", "company/catl"),
        ("CATL：宁德时代", "company/catl"),
        ("CATL_宁德时代", "company/catl"),
        ("CATL aka 宁德时代", "company/catl"),
        ("Tesla (TSLA)", "company/tesla"),
        ("BYD (1211)", "company/byd"),
        ("CONTEMPORARY AMPEREX TECHNOLOGY CO., LIMITED (CATL)", "company/catl"),
        ("Ultium Cells (GM, LG Energy Solution)", "company/ultium-cells"),
        ("BlueOval SK (Ford, SK Innovation)", "company/blueoval-sk"),
    ],
)
def test_parts_that_name_one_company_make_a_match(wide_graph: Graph, name: str, entity: str) -> None:
    assert taken(find(wide_graph, name)) == entity


@pytest.mark.parametrize(
    ("name", "first"),
    [
        ("BYD (Shenzhen)", "company/byd"),
        ("CATL (BYD)", "company/catl"),
        ("BYD (300750)", "company/byd"),
        ("Tesla (Germany)", "company/tesla"),
        ("BYD / CATL", "company/byd"),
        ("CATL、BYD", "company/byd"),
    ],
)
def test_a_note_that_names_another_thing_makes_none_and_stands_behind(wide_graph: Graph, name: str, first: str) -> None:
    found = find(wide_graph, name)
    assert taken(found) is None
    assert found[0].entity == first


@pytest.mark.parametrize("code", ["300750", "300750.SZ", "SZ300750", "SZSE:300750", "sz.300750", "XSHE 300750"])
def test_codes_of_exchanges_are_identifiers(wide_graph: Graph, code: str) -> None:
    assert taken(find(wide_graph, code)) == "company/catl"


@pytest.mark.parametrize(
    ("name", "entity"),
    [
        ("ATL", "company/amperex-technology"),
        ("COMAC", "company/comac"),
        ("AESC", "company/aesc"),
        ("寧德時代新能源科技股份有限公司", "company/catl"),
        ("國軒高科", "company/gotion"),
        ("川恒股份", "company/chanhen"),
        ("容百科技", "company/ronbay"),
        ("Toyota", "company/toyota"),
        ("Ford", "company/ford"),
        ("GM", "company/general-motors"),
        ("Jinko Solar", "company/jinko"),
        ("JinkoSolar", "company/jinko"),
    ],
)
def test_acronyms_traditional_characters_and_everyday_names(wide_graph: Graph, name: str, entity: str) -> None:
    assert taken(find(wide_graph, name)) == entity


@pytest.mark.parametrize("cell", ["Low Carbon", "Green Power", "Normal", "Recycling", "Operating", "GWh", "phosphate"])
def test_terms_ranks_units_and_topics_are_no_match_for_a_cell(wide_graph: Graph, cell: str) -> None:
    found = find(wide_graph, cell, None)
    assert taken(found) is None
    assert all("/" in one.entity and not one.entity.startswith("topic/") for one in found)


def test_a_topic_is_matched_where_topics_are_asked_for(wide_graph: Graph) -> None:
    assert taken(find(wide_graph, "phosphate", "Topic")) == "topic/phosphate"


@pytest.mark.parametrize(
    ("name", "traits"),
    [
        ("Ontario", {}),
        ("Rotterdam", {}),
        ("Augusta", {}),
        ("Ontario", {"province": "California", "country": "United States"}),
        ("Rotterdam", {"province": "New York", "country": "United States"}),
    ],
)
def test_a_bare_name_of_a_place_is_none(wide_graph: Graph, name: str, traits: dict[str, str]) -> None:
    assert taken(find(wide_graph, name, None, **traits)) is None


def test_a_place_is_matched_by_what_it_lies_in_or_by_its_full_name(wide_graph: Graph) -> None:
    assert taken(find(wide_graph, "Augusta", None, province="Georgia", country="USA")) == "place/augusta-ga"
    assert taken(find(wide_graph, "Rotterdam", None, country="The Netherlands")) == "place/rotterdam"
    assert taken(find(wide_graph, "宁德市", None)) == "place/ningde"
    assert taken(find(wide_graph, "Ningde", "Place")) == "place/ningde"


@pytest.mark.parametrize(("list_name", "recall"), [("official", 0.95), ("short", 0.85), ("foreign", 0.85)])
def test_lists_are_matched_without_a_false_one(wide_graph: Graph, list_name: str, recall: float) -> None:
    with (LISTS / f"{list_name}.csv").open(encoding="utf-8") as file:
        rows = [(row["name"], row["right"]) for row in csv.DictReader(file)]
    found = {name: taken(find(wide_graph, name)) for name, _ in rows}
    assert [(name, found[name]) for name, right in rows if found[name] not in (None, right)] == []
    meant = [(name, right) for name, right in rows if right]
    assert len(rows) >= 200
    assert sum(found[name] == right for name, right in meant) / len(meant) >= recall


@pytest.mark.parametrize("cell", ["CATL¹", "1. CATL", "12) CATL", "（3）宁德时代", "① 宁德时代", "CATL†", "2、CATL"])
def test_the_number_of_a_row_and_the_sign_of_a_footnote_are_no_part_of_a_name(wide_graph: Graph, cell: str) -> None:
    assert taken(find(wide_graph, cell, "Organisation")) == "company/catl"


@pytest.mark.parametrize("cell", ["Total", "Total:", "合计", "Subtotal"])
def test_the_last_row_of_a_table_is_no_company(wide_graph: Graph, cell: str) -> None:
    """A company was once called Total; so is the sum below a column."""
    assert taken(find(wide_graph, cell, "Organisation")) is None
    assert taken(find(wide_graph, "TotalEnergies", "Organisation")) == "company/totalenergies"
