"""The named questions: the answers a careful reader gives, with the claims behind them, and nothing else.

The tests of part A hold the answers from the two first articles, one test an item. A row that
states a fact names a claim of the document that states it; what no source gives is None, never False.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
from rdflib.plugins.sparql import prepareQuery

from kg.errors import InputError, NotFound, UsageError
from kg.graph import Graph
from kg.names.normalize import normalize
from kg.provenance.lineage_parser import parse_lineage
from kg.questions.answer import Answer
from kg.questions.loader import read_questions
from kg.questions.question import SHAPES, Parameter, bind, bind_defaults
from kg.rdf.namespaces import BASE, PREFIXES, expand, kind_of, shorten
from kg.rdf.nodes import is_known
from kg.rdf.store import facts, select
from kg.rdf.vocab import ENTITIES, RDF_TYPE, RDFS_LABEL, SKOS_ALT_LABEL, kg
from kg.tables.table import Reference

QUESTIONS = Path(__file__).parents[2] / "ontology" / "questions"
FILES = sorted(QUESTIONS.glob("*.rq"))
GUIAN = "guian-2023-06-17"
YANZHOU = "shandong-times-60gwh"


def cells(answer: Answer, *columns: str) -> list[tuple[Any, ...]]:
    """Give the named columns of an answer."""
    at = [answer.columns.index(column) for column in columns]
    return [tuple(row[number] for number in at) for row in answer.rows]


def names(answer: Answer, column: str) -> list[str]:
    """Give the names that people read in a column."""
    found = [row[answer.columns.index(column)] for row in answer.rows]
    return [cell.name for cell in found if isinstance(cell, Reference)]


def claims_by(answer: Answer, document: str) -> list[set[str]]:
    """Give, for each row, what of it the document states: its claims' own names."""
    assert answer.claims is not None
    start = f"claim/{document}/"
    return [{claim.removeprefix(start) for claim in row if claim.startswith(start)} for row in answer.claims]


# ---------------------------------------------------------------------------
# Part A: the two articles
# ---------------------------------------------------------------------------


def test_a1_the_operator_is_stated_and_the_owner_is_not(graph: Graph) -> None:
    answer = graph.ask("base-operator", base="base/yanzhou")
    assert cells(answer, "operator", "owner", "base_of") == [("company/shandong-times", None, "company/catl")]
    assert names(answer, "operator") == ["Shandong Times New Energy Technology Co., Ltd."]
    assert claims_by(answer, YANZHOU) == [{"operator", "base-of-catl"}]
    assert "not stated" in answer.to_text()


def test_a1_nothing_makes_the_operator_a_subsidiary(graph: Graph) -> None:
    company = "company/shandong-times"
    for relation in ("ownedBy", "unitOf", "parentBody", "shareholding"):
        assert [why.kind for why in graph.why(company, relation)] == ["unknown"]
    unowned = graph.ask("owner-not-stated")
    assert (company, None, "base/yanzhou", None) in unowned.rows


def test_a2_phase_one_in_the_words_and_units_of_its_source(graph: Graph) -> None:
    answer = graph.ask("figures-in-document", site="base/yanzhou/phase-one", document=f"document/{YANZHOU}")
    assert cells(answer, "figure", "printed", "value", "unit", "bound") == [
        ("kg:capacity", "total scale of 60 GWh", 60, "unit:GigaW-HR", "kg:Exactly"),
        ("kg:landArea", "over 800 acres", 800, "unit:AC", "kg:MoreThan"),
        ("kg:floorArea", "520,000 square meters", 520000, "unit:M2", "kg:Exactly"),
    ]
    assert answer.claims == tuple((f"claim/{YANZHOU}/phase-one-{fact}",) for fact in ("capacity", "land", "floor"))
    assert cells(answer, "start", "end") == [(526, 547), (549, 583), (591, 635)]


def test_a2_no_year_is_added_to_the_capacity(graph: Graph) -> None:
    per_year = {(row[0], row[1]): row[5] for row in graph.ask("capacity-units").rows}
    assert per_year["base/yanzhou/phase-one", "kg:capacity"] is None
    assert per_year["base/guian/phase-one", "kg:plannedCapacity"] is True


def capacities(graph: Graph, day: str) -> dict[str, tuple[Any, ...]]:
    answer = graph.ask("base-capacity", company="company/catl", day=day)
    wanted = ("planned", "planned_unit", "capacity", "capacity_unit", "status", "running", "in_production")
    return {str(row[1]): cell for row, cell in zip(answer.rows, cells(answer, *wanted), strict=True)}


def test_a3_guian_is_planned_and_nothing_runs_on_the_day_of_its_article(graph: Graph) -> None:
    found = capacities(graph, "2023-06-17")
    year = "kgu:GigaW-HR-PER-YR"
    assert found["base/guian"] == (60, year, None, None, "kg:Construction", False, None)
    assert found["base/guian/phase-one"] == (30, year, None, None, "kg:Construction", False, None)


def test_a3_yanzhou_has_one_phase_in_production_and_two_without_a_figure(graph: Graph) -> None:
    found = capacities(graph, "2025-05-31")
    assert found["base/yanzhou/phase-one"] == (None, None, 60, "unit:GigaW-HR", "kg:Operating", True, 60)
    for phase in ("two", "three"):
        assert found[f"base/yanzhou/phase-{phase}"] == (None,) * 7
    assert found["base/yanzhou"] == (None,) * 7


def test_a3_rests_on_the_articles(graph: Graph) -> None:
    answer = graph.ask("base-capacity", day="2025-05-31")
    of_guian, of_yanzhou = (
        [claims for row, claims in zip(answer.rows, claims_by(answer, document), strict=True) if row[0] == base]
        for base, document in (("base/guian", GUIAN), ("base/yanzhou", YANZHOU))
    )
    assert of_guian[0] == {"base-of-catl", "base-capacity", "photographed-status"}
    assert of_guian[1] == {"base-of-catl", "phase-one-capacity", "phase-one-status"}
    assert all("base-of-catl" in claims for claims in of_yanzhou)
    assert any("phase-one-capacity" in claims for claims in of_yanzhou)


def test_a5_start_of_work_and_the_milestone(graph: Graph) -> None:
    answer = graph.ask("milestones", base="base/guian")
    topping_out = ("event/guian-module-plant-topping-out", "kg:ToppingOut")
    assert cells(answer, "started", "started_printed", "milestone", "kind", "site", "happened", "reported") == [
        ("2022-02", "February 2022", *topping_out, "base/guian/phase-one", None, "2023-06-17"),
        ("2022-02", "February 2022", *topping_out, "plant/guian-module", None, "2023-06-17"),
    ]
    assert names(answer, "milestone")[0] == "Topping-out of the module plant at Gui'an"
    assert claims_by(answer, GUIAN) == [
        {"base-start", "reports-topping-out", "topping-out-phase"},
        {"base-start", "reports-topping-out", "topping-out-plant", "module-plant-of-base"},
    ]


def test_a6_who_met_and_which_posts_they_hold(graph: Graph) -> None:
    answer = graph.ask("meeting-posts", topic="topic/zero-carbon-ecosystem")
    assert cells(answer, "person", "role", "organisation", "document") == [
        ("person/lin-wu", "kg:PartySecretary", "committee/shandong", f"document/{YANZHOU}"),
        ("person/zeng-yuqun", "kg:Chairman", "company/catl", f"document/{YANZHOU}"),
    ]
    assert names(answer, "person") == ["Lin Wu", "Zeng Yuqun"]
    assert claims_by(answer, YANZHOU) == [
        {"talk-topic", "talk-lin-wu", "party-secretary"},
        {"talk-topic", "talk-zeng-yuqun", "chairman"},
    ]


def test_a7_what_was_signed_with_whom_in_an_open_list(graph: Graph) -> None:
    answer = graph.ask("agreements-in-area", area="place/shandong")
    told = cells(answer, "agreement", "about", "public_body", "list_open")
    # Of the other agreements the article says only that the list is open.
    in_article = {
        row: ours for row, ours in zip(told, claims_by(answer, YANZHOU), strict=True) if ours != {"series-is-open"}
    }
    city = ("agreement/jining-zero-carbon-city", "topic/zero-carbon-city", "government/jining", True)
    department = "government/shandong-transport-department"
    swapping = ("agreement/shandong-battery-swapping", "topic/battery-swapping-models", department, True)
    parts = ("signed", "event", "party", "topic")
    assert in_article == {
        city: {"series-is-open", *(f"zero-carbon-city-{part}" for part in parts)},
        swapping: {"series-is-open", *(f"swapping-{part}" for part in parts)},
    }


def test_a7_other_documents_name_two_more_of_the_series(graph: Graph) -> None:
    answer = graph.ask("agreements-in-area", area="place/shandong")
    told = cells(answer, "agreement", "public_body")
    ours = claims_by(answer, YANZHOU)
    assert {row for row, claims in zip(told, ours, strict=True) if claims == {"series-is-open"}} == {
        ("agreement/jining-supporting-park", "government/jining"),
        ("agreement/grand-canal-route", None),
    }


def test_a9_the_chain_in_order_is_an_aim_and_one_step_is_the_bases(graph: Graph) -> None:
    answer = graph.ask("chain-steps", chain="chain/guian-green")
    assert names(answer, "stage") == [
        "phosphate mining",
        "phosphorus and fluorine chemicals",
        "battery manufacturing",
        "downstream application",
        "battery recycling",
    ]
    assert cells(answer, "position", "mode", "site") == [
        (position, "kg:AimedAt", "base/guian" if position == 3 else None) for position in range(1, 6)
    ]
    assert cells(answer, "site_status")[2] == ("kg:Construction",)


def test_a9_each_step_rests_on_its_words(graph: Graph) -> None:
    claims = claims_by(graph.ask("chain-steps"), GUIAN)
    steps = ["phosphate-mining", "chemicals", "manufacturing", "applications", "recycling"]
    for step, found in zip(steps, claims, strict=True):
        assert found >= {f"step-{step}", "chain-is-an-aim"}
    assert claims[2] >= {"base-stage", "base-of-catl-guizhou"}


def test_a10_all_four_later_steps_depend_on_mining(graph: Graph) -> None:
    answer = graph.ask("chain-dependents", stage="PhosphateMining", chain="chain/guian-green")
    assert cells(answer, "position", "later_stage", "mode") == [
        (2, "kg:PhosphorusAndFluorineChemicals", "kg:AimedAt"),
        (3, "kg:BatteryManufacturing", "kg:AimedAt"),
        (4, "kg:DownstreamApplication", "kg:AimedAt"),
        (5, "kg:BatteryRecycling", "kg:AimedAt"),
    ]
    between = ["step-chemicals", "step-manufacturing", "step-applications", "step-recycling"]
    for count, found in enumerate(claims_by(answer, GUIAN), start=1):
        assert found == {"chain-is-an-aim", "step-phosphate-mining", *between[:count]}


def test_a10_nothing_depends_on_the_last_step(graph: Graph) -> None:
    assert cells(graph.ask("chain-dependents", stage="BatteryRecycling"), "later_stage") == [(None,)]


def test_a12_the_park_its_developers_and_its_backers(graph: Graph) -> None:
    answer = graph.ask("park-of-base", base="base/guian")
    assert cells(answer, "park", "role", "organisation", "stage") == [
        ("park/zhangjiang-guian", "kg:codevelopedBy", "company/guian-development-group", "kg:ConsensusReached"),
        ("park/zhangjiang-guian", "kg:codevelopedBy", "company/zhangjiang-group", "kg:ConsensusReached"),
        ("park/zhangjiang-guian", "kg:backedBy", "government/guian-new-district", "kg:ConsensusReached"),
        ("park/zhangjiang-guian", "kg:backedBy", "government/pudong-new-district", "kg:ConsensusReached"),
    ]
    assert set(names(answer, "park")) == {"Shanghai Zhangjiang (Gui'an) Hi-tech Park"}
    deal = {"introduced-by", "park-to-be-developed", "consensus"}
    sides = ["developer-guian", "developer-zhangjiang", "backed-by-guian", "backed-by-pudong"]
    assert claims_by(answer, GUIAN) == [deal | {side} for side in sides]


def test_a12_who_backs_is_no_partner(graph: Graph) -> None:
    assert cells(graph.ask("partners", organisation="company/zhangjiang-group"), "partner", "through", "stage") == [
        ("company/guian-development-group", "collaboration/zhangjiang-guian", "kg:ConsensusReached")
    ]
    assert cells(graph.ask("partners", organisation="government/pudong-new-district"), "partner") == [(None,)]


def test_a14_contracts_projects_and_industries_of_a_day(graph: Graph) -> None:
    answer = graph.ask("contracts-on-day", day="2023-06-01")
    found: dict[str, list[Any]] = {}
    for what, value in cells(answer, "what", "value"):
        found.setdefault(what, []).append(value)
    assert found["kg:contractCount"] == [46]
    assert found["kg:namesProject"] == ["project/guizhou-tianneng-recycling-park", "project/huaxi-beverage-base"]
    assert len(found["kg:coversIndustry"]) == 12
    assert set(cells(answer, "event", "list_open")) == {("event/guizhou-delta-conference", True)}


def test_a14_names_the_projects_and_the_twelve_industries(graph: Graph) -> None:
    answer = graph.ask("contracts-on-day", day="2023-06-01")
    assert set(names(answer, "value")) == {
        "Guizhou Tianneng Recycling Material Industrial Park",
        "Huaxi District Specialty Beverage Production Base",
        "new energy vehicle and battery materials",
        "big data electronic information",
        "aerospace and equipment",
        "cultural tourism",
        "Maotai-flavor baijiu",
        "basic materials",
        "modern chemical industry",
        "modern energy",
        "modern commerce",
        "modern finance",
        "modern logistics",
        "eco-food",
    }
    claims = claims_by(answer, GUIAN)
    assert all(found > {"conference-date", "list-is-open"} and len(found) == 3 for found in claims)
    assert "contracts" in claims[0]


def test_a16_benefits_are_expected_and_two_of_them_yearly(graph: Graph) -> None:
    answer = graph.ask("expected-benefits", site="base/guian/phase-one")
    assert cells(answer, "benefit", "printed", "value", "bound", "per_year", "mode") == [
        ("kg:expectedAnnualOutput", "RMB15 billion annual output value", 15 * 10**9, "kg:Exactly", True, "kg:Expected"),
        ("kg:expectedAnnualTax", "RMB 1 billion annual tax contribution", 10**9, "kg:Exactly", True, "kg:Expected"),
        ("kg:expectedJobs", "over 3,000 job opportunities", 3000, "kg:MoreThan", None, "kg:Expected"),
    ]
    assert set(cells(answer, "status")) == {("kg:Construction",)}
    benefits = ["phase-one-output", "phase-one-tax", "phase-one-jobs"]
    assert claims_by(answer, GUIAN) == [{name, "phase-one-status"} for name in benefits]


def test_a16_the_phases_of_a_base_count_with_it(graph: Graph) -> None:
    assert graph.ask("expected-benefits", site="base/guian").rows == graph.ask("expected-benefits").rows


def land(graph: Graph, document: str) -> dict[tuple[Any, ...], set[str]]:
    """Give site, unit, rounded ratio, acceptance and flag for the sites of the two articles, with the claims."""
    answer = graph.ask("land-per-gwh")
    told = cells(answer, "site", "land_unit", "hectares_per_gwh", "accepted", "flag")
    found = zip(told, claims_by(answer, document), strict=True)
    return {
        (site, unit, f"{ratio:.2f}", accepted, flag): claims
        for (site, unit, ratio, accepted, flag), claims in found
        if site in ("base/guian", "base/guian/phase-one", "base/yanzhou/phase-one")
    }


BASE_LAND = ("base/guian", "unit:HA", "1.60", True, "none")
PHASE_LAND = ("base/guian/phase-one", "unit:HA", "1.97", True, "none")
MU = ("base/yanzhou/phase-one", "kgu:MU_CN", "0.89", True, "none")
ODD = "outlier: check the unit, the same number is printed in another unit"
ACRES = ("base/yanzhou/phase-one", "unit:AC", "5.40", False, ODD)


def test_a18_land_per_gwh_and_the_unit_that_looks_wrong(graph: Graph) -> None:
    assert set(land(graph, GUIAN)) == {BASE_LAND, PHASE_LAND, MU, ACRES}


def test_a18_rests_on_both_figures_of_each_ratio(graph: Graph) -> None:
    guian, yanzhou = land(graph, GUIAN), land(graph, YANZHOU)
    assert guian[BASE_LAND] == {"base-land", "base-capacity"}
    assert guian[PHASE_LAND] == {"phase-one-land", "phase-one-capacity"}
    assert yanzhou[ACRES] == {"phase-one-land", "phase-one-capacity"}
    assert yanzhou[MU] == {"phase-one-capacity"}
    assert guian[ACRES] == guian[MU] == set()


def test_a19_built_to_a_standard_and_certification_not_stated(graph: Graph) -> None:
    answer = graph.ask("standards", site="base/yanzhou")
    built = [row for row in answer.rows if row[1] == "kg:builtTo"]
    assert built == [
        ("standard/lighthouse", "kg:builtTo", None),
        ("standard/zero-carbon-factory", "kg:builtTo", None),
    ]
    assert cells(answer, "certified_to") == [(None,)] * len(answer)
    ours = dict(zip(cells(answer, "standard", "relation"), claims_by(answer, YANZHOU), strict=True))
    assert ours["standard/lighthouse", "kg:builtTo"] == {"built-to-lighthouse"}
    assert ours["standard/zero-carbon-factory", "kg:builtTo"] == {"built-to-zero-carbon"}


def test_a20_the_oddity_is_flagged_with_both_places(graph: Graph) -> None:
    answer = graph.ask("base-before-park", base="base/guian")
    odd = "work began before the park deal"
    assert set(cells(answer, "started", "started_in", "started_from", "started_to")) == {
        ("February 2022", f"document/{GUIAN}", 276, 327)
    }
    assert cells(answer, "deal", "dealt", "dealt_from", "dealt_to", "flag") == [
        ("event/zhangjiang-guian-initiative", "early April", 2067, 2081, odd),
        ("collaboration/zhangjiang-guian", "soon", 2184, 2268, None),
        ("agreement/zhangjiang-guian-strategic", "June 1", 2661, 2733, odd),
    ]
    assert all({"base-start", "introduced-by"} < found for found in claims_by(answer, GUIAN))


def test_a20_the_places_are_those_of_the_sentences(graph: Graph, documents: Path) -> None:
    text = (documents / f"{GUIAN}.txt").read_text(encoding="utf-8")
    answer = graph.ask("base-before-park", base="base/guian")
    for row in cells(answer, "started", "started_from", "started_to", "dealt", "dealt_from", "dealt_to"):
        assert row[0] in text[row[1] : row[2]]
        assert row[3] in text[row[4] : row[5]]
    assert text[276:327] == "Kicking off in Gui'an New District in February 2022"


def test_a20_why_gives_the_same_place(graph: Graph) -> None:
    (why,) = graph.why("base/guian", "startedOn")
    assert [(claim.document, claim.start, claim.end) for claim in why.claims] == [(f"document/{GUIAN}", 276, 327)]


# ---------------------------------------------------------------------------
# Other answers that are easily got wrong
# ---------------------------------------------------------------------------


def test_acres_and_mu_are_found_as_one_number_in_two_units(graph: Graph) -> None:
    found = set(cells(graph.ask("unit-slips"), "subject", "value", "printed", "other_unit"))
    assert ("base/yanzhou/phase-one", 800, "over 800 acres", "kgu:MU_CN") in found


def test_trillion_and_hundred_billion_stand_side_by_side(graph: Graph) -> None:
    answer = graph.ask("rival-readings", subject="cluster/yanzhou-battery")
    found = {row[0]: row[1:] for row in cells(answer, "printed", "value", "accepted")}
    assert found["trillion-level"] == (10**12, False)
    assert found["千億級"] == (10**11, True)


def test_a_conflict_is_one_of_sizes_not_of_words(graph: Graph) -> None:
    found = {row[:2] for row in graph.ask("conflicts").rows}
    assert ("base/yanzhou/phase-one", "kg:landArea") in found
    assert ("base/yanzhou/phase-one", "kg:capacity") not in found


def test_what_is_explored_makes_no_partner(graph: Graph) -> None:
    explored = set(cells(graph.ask("agreements-by-stage", stage="Explored"), "agreement", "side"))
    assert ("agreement/explored-swapping-network", "government/shandong") in explored
    partners = {row[0] for row in graph.ask("partners", organisation="company/catl").rows}
    assert partners >= {"government/jining", "government/shandong-transport-department"}
    assert "government/shandong" not in partners


def test_recycling_feeds_back_into_itself(graph: Graph) -> None:
    found = {row[0]: row[1:] for row in graph.ask("stage-loop", stage="BatteryRecycling").rows}
    assert found["kg:BatteryManufacturing"] == (True, True)
    assert found["kg:BatteryRecycling"] == (None, True)
    assert "kg:PhosphateMining" not in found


def test_a_stop_of_mining_reaches_both_bases(graph: Graph) -> None:
    """By default those that run: of Gui'an no phase did on the day of the articles."""
    running = {row[1] for row in graph.ask("stage-stop", stage="PhosphateMining").rows}
    sites = {row[1] for row in graph.ask("stage-stop", stage="PhosphateMining", sites="all").rows}
    assert sites >= {None, "base/guian", "base/yanzhou"}
    assert running >= {None, "base/yanzhou"}
    assert "base/guian" not in running


def test_copies_of_one_origin_are_one_source(graph: Graph) -> None:
    found = {row[0]: row[3] for row in graph.ask("single-source", subject="base/yanzhou/phase-one").rows}
    assert found["kg:landArea"] == "document/catl-announcement"
    assert "kg:capacity" not in found


def test_the_report_comes_from_another_one(graph: Graph) -> None:
    found = {row[:3] for row in graph.ask("document-origin", document=f"document/{GUIAN}").rows}
    assert ("kg:quotedFrom", "document/huanqiu-guian-report", "media/huanqiu") in found
    assert ("kg:publisher", "media/pr-newswire", None) in found
    assert ("kg:photographer", "person/zhang-jian", None) in found


def test_a_document_says_all_its_claims(graph: Graph) -> None:
    counts = {row[0]: row[5] for row in graph.ask("sources").rows}
    for document, count in counts.items():
        answer = graph.ask("document-claims", document=str(document))
        assert len(answer) == count
        assert answer.claims is not None
        assert all(claims_by(answer, str(document).removeprefix("document/")))


def test_phases_are_subtracted_from_the_whole_not_added_to_it(graph: Graph) -> None:
    assert graph.ask("phase-sum", base="base/guian").rows == (("kgu:GigaW-HR-PER-YR", 60, 30, 30),)


def test_the_two_parks_of_nearly_one_name_are_told_apart(graph: Graph) -> None:
    verdicts = {row[0]: row[2] for row in graph.ask("same-or-different", entity="park/zhangjiang-guian").rows}
    assert verdicts["park/zhangjiang"] == "kg:DifferentEntity"


def test_people_connect_through_their_talk(graph: Graph) -> None:
    answer = graph.ask("connections", one="person/lin-wu", other="person/zeng-yuqun")
    assert "event/lin-wu-and-zeng-yuqun-talk" in {row[2] for row in answer.rows}


def test_a_printed_figure_is_found_letter_for_letter(graph: Graph) -> None:
    found = {str(row[2]) for row in graph.ask("printed", words="800").rows}
    assert found >= {"over 800 acres", "800余亩", "800余畝"}
    assert all("800" in words for words in found)


# ---------------------------------------------------------------------------
# Not stated is not no
# ---------------------------------------------------------------------------


def test_not_stated_is_not_no(graph: Graph) -> None:
    answer = graph.ask("base-capacity", day="2023-06-17")
    running = {str(site): cell for site, cell in cells(answer, "site", "running")}
    assert running["base/guian/phase-one"] is False
    assert running["base/yanzhou/phase-one"] is None
    shown = answer.to_markdown()
    assert "| no |" in shown
    assert "| not stated |" in shown


@pytest.mark.parametrize(
    ("question", "parameters"),
    [
        ("supply-links", {"organisation": "media/reportify"}),
        ("supplier-stop", {"organisation": "media/reportify"}),
        ("partners", {"organisation": "media/reportify"}),
        ("base-operator", {"base": "plant/guian-module"}),
        ("expected-benefits", {"site": "plant/guian-module"}),
        ("standards", {"site": "plant/guian-module"}),
        ("park-of-base", {"base": "plant/guian-module"}),
        ("base-before-park", {"base": "plant/guian-module"}),
        ("agreements-in-area", {"area": "place/bohai-rim"}),
        ("figures-in-document", {"site": "base/guian", "document": f"document/{YANZHOU}"}),
    ],
)
def test_what_no_source_gives_is_one_row_of_not_stated(graph: Graph, question: str, parameters: dict[str, str]) -> None:
    answer = graph.ask(question, **parameters)
    assert len(answer) == 1
    assert not answer.stated
    assert answer.absent == "not stated"
    assert answer.claims == ((),)


def test_a_day_without_an_event_has_no_answer(graph: Graph) -> None:
    assert not graph.ask("contracts-on-day", day="2023-06-02").stated


# ---------------------------------------------------------------------------
# Every question
# ---------------------------------------------------------------------------


def test_there_are_many_questions_and_every_shape_is_covered() -> None:
    questions = read_questions(QUESTIONS)
    assert len(questions) >= 24
    assert {shape for question in questions for shape in question.shapes} == set(SHAPES)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_question_runs_with_its_defaults(path: Path, wide_graph: Graph) -> None:
    answer = wide_graph.ask(path.stem)
    assert len(answer) > 0
    assert answer.rows == wide_graph.ask(path.stem).rows
    assert wide_graph.ask(path.stem, language="zh").title == wide_graph.question(path.stem).title["zh"]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_question_is_well_formed(path: Path, graph: Graph) -> None:
    question = graph.question(path.stem)
    projected = {str(name) for name in prepareQuery(question.text, initNs=PREFIXES, base=BASE).algebra["PV"]}
    assert set(question.columns) <= projected
    assert {parameter.name for parameter in question.parameters} <= projected
    assert len(set(question.columns)) == len(question.columns)
    assert question.title["en"].endswith(("?", "."))
    assert re.search("[\u4e00-\u9fff].*[？。]", question.title["zh"])
    assert all(parameter.default and parameter.help for parameter in question.parameters)
    # These are names of `ask` itself.
    assert not {"question", "language", "self"} & {parameter.name for parameter in question.parameters}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_question_is_not_about_one_case(path: Path, graph: Graph) -> None:
    body = "\n".join(line for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("#"))
    assert not re.search(r"<\S+>|\[|_:|PREFIX", body)
    named = facts(graph.release.store, graph=ENTITIES)
    kinds = {kind_of(shorten(fact.subject.value)) for fact in named} | {"document"}
    assert not re.search(rf"\b({'|'.join(sorted(kinds))})/", body)
    assert re.search(r"^WHERE \{$", body, re.MULTILINE)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_defaults_are_ids_that_exist(path: Path, wide_graph: Graph) -> None:
    question = wide_graph.question(path.stem)
    for parameter in question.parameters:
        if parameter.kind == "entity":
            assert wide_graph.resolve(parameter.default).value == expand(parameter.default)
    assert set(bind_defaults(question)) == {parameter.name for parameter in question.parameters}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_claim_of_a_row_is_a_claim(path: Path, wide_graph: Graph) -> None:
    answer = wide_graph.ask(path.stem)
    assert answer.claims is not None
    assert len(answer.claims) == len(answer)
    known = {shorten(claim) for claim in wide_graph._provenance.claims}
    assert {claim for row in answer.claims for claim in row} <= known


# ---------------------------------------------------------------------------
# What rows rest on
# ---------------------------------------------------------------------------


def tiny_store() -> ox.Store:
    """Make a store in which three stages feed each other in a circle."""
    turtle = f"@prefix kg: <{PREFIXES['kg']}> . kg:a kg:feeds kg:b . kg:b kg:feeds kg:c . kg:c kg:feeds kg:a ."
    store = ox.Store()
    store.load(turtle.encode(), format=ox.RdfFormat.TURTLE)
    return store


def test_a_loop_rests_on_all_its_triples() -> None:
    lineage = parse_lineage("SELECT ?stage WHERE { ?stage kg:feeds+ ?stage }")
    node = ox.NamedNode(PREFIXES["kg"] + "a")
    assert len(list(lineage.triples(tiny_store(), {"stage": node}))) == 3


def test_a_path_without_a_step_rests_on_nothing() -> None:
    lineage = parse_lineage("SELECT ?stage WHERE { ?stage kg:feeds* ?stage }")
    node = ox.NamedNode(PREFIXES["kg"] + "a")
    assert list(lineage.triples(tiny_store(), {"stage": node})) == []


def test_a_parameter_of_a_filter_alone_can_be_bound() -> None:
    lineage = parse_lineage("SELECT ?stage ?next ?not WHERE { ?stage kg:feeds ?next FILTER(?next != ?not) }")
    rows = lineage.rows(tiny_store(), {"not": ox.NamedNode(PREFIXES["kg"] + "b")})
    assert sorted(row["next"].value[-1] for row in rows) == ["a", "c"]


# ---------------------------------------------------------------------------
# Hostile parameters
# ---------------------------------------------------------------------------

HAND_MADE = [
    '" ) } UNION { ?subject ?relation ?printed } #',
    '")) } UNION { GRAPH ?g { ?subject kg:verbatim ?printed } FILTER(CONTAINS(?printed, "',
    "' OR 1=1 --",
    "base/yanzhou> ?p ?o . <base/guian",
    "?base",
    "UNDEF",
    "base/yanzhou\nbase/guian",
    "base/yanzhou } #",
    "base/yanzhou#operator",
    "base/../base/guian",
    "2023-06-01' || true || '",
    "2023-06-01\n",
    "２０２３-06-01",
    "2023-06-01T00:00:00",
    "2.5) || (true",
    "1e400",
    "NaN",
    "INF",
    "9" * 500,
    "0." + "3" * 500,
    "-0",
    "Signed } UNION { ?agreement ?p ?o",
    "kg:Signed",
    "kg:kg:Signed",
    "Ｓｉｇｎｅｄ",
    'en" || true || "',
    "\ud800",
    "\udfff\ud800",
    "\0",
    "\0" * 300,
    "\\u0022",
    "\\",
    "",
    " ",
    "x" * 100_000,
    "\u202e\ufeff\u0301",
]
# fmt: off
FRAGMENTS = [
    '"', "'", '"""', "'''", "{", "}", "(", ")", "#", "\\", "\n", "\r", "\t", "\0", "\ud800", "\udfff", "<", ">", "?x",
    "$x", ".", ";", ",", "|", "/", "^", "*", "+", "@en", "^^xsd:date", " UNION ", " SELECT * WHERE ", "FILTER(true)",
    " OPTIONAL ", "BIND(1 AS ?x)", " VALUES ", "GRAPH ?g ", "SERVICE <http://localhost/>", "DROP ALL", "INSERT DATA",
    "ASK", "LOAD <file:///>", "--", "/*", "kg:", "base/yanzhou", "company/catl", f"document/{GUIAN}", "CATL", "2023",
    "-06-01", "2.5", "Signed", "Planned", "landArea", "en", "800", "60", "e9", "\u202e", "\ufeff", "é", "亩", "😀", " ",
]
# fmt: on


def hostile() -> Iterator[str]:
    """Give 5,000 texts: some made by hand, the rest strung together, the same each time."""
    dice = random.Random(20230617)  # noqa: S311
    yield from HAND_MADE
    for _ in range(5000 - len(HAND_MADE)):
        yield "".join(dice.choices(FRAGMENTS, k=dice.randint(1, 6)))


def refused(graph: Graph, question: str, **parameters: str) -> bool:
    """Ask, and tell whether it was refused; any failure that does not blame the request fails the test."""
    try:
        graph.ask(question, **parameters)
    except (UsageError, InputError):
        return True
    return False


def bearers_of_names(graph: Graph, kind: str) -> dict[str, set[str]]:
    """Give the things of a kind by their names and aliases, written as all names are compared: width does not count."""
    bearers: dict[str, set[str]] = {}
    for fact in facts(graph.release.store, None, RDF_TYPE, kg(kind)):
        for predicate in (RDFS_LABEL, SKOS_ALT_LABEL):
            for name in facts(graph.release.store, fact.subject, predicate):
                bearers.setdefault(normalize(name.object.value), set()).add(fact.subject.value)
    return bearers


def test_hostile_text_finds_what_contains_it_and_nothing_else(graph: Graph) -> None:
    everything = {row[:3]: row for row in graph.ask("printed", words="").rows}
    assert len(everything) > 30
    for text in hostile():
        if any("\ud800" <= char <= "\udfff" for char in text):
            assert refused(graph, "printed", words=text)
            continue
        found = {row[:3] for row in graph.ask("printed", words=text).rows}
        assert found == {key for key in everything if text in str(key[2])}


def test_hostile_concepts_numbers_and_days_are_refused_or_taken_at_their_word(graph: Graph) -> None:
    store, stages = graph.release.store, bearers_of_names(graph, "AgreementStage")
    for text in hostile():
        name = text.removeprefix("kg:")
        is_term = name.isascii() and name.isalnum() and is_known(store, ox.NamedNode(expand(f"kg:{name}")))
        known = is_term or len(stages.get(normalize(text), ())) == 1
        assert refused(graph, "agreements-by-stage", stage=text) is not known
        assert refused(graph, "land-per-gwh", factor=text) is not bool(re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", text))
        assert refused(graph, "contracts-on-day", day=text) is not bool(re.fullmatch(r"2023-06-01", text))


def test_hostile_entities_are_refused_or_are_the_ones_named(graph: Graph) -> None:
    answers: dict[str, object] = {}
    for text in hostile():
        try:
            node = graph.resolve(text)
        except (UsageError, InputError):
            continue
        certain = (
            [expand(match.entity) for match in graph.find(text) if match.certain] if text != shorten(node.value) else []
        )
        assert node.value in {expand(text), PREFIXES["kg"] + text.removeprefix("kg:"), *certain}
        answers.setdefault(node.value, graph.ask("base-operator", base=shorten(node.value)).rows)
        assert graph.ask("base-operator", base=text).rows == answers[node.value]


def test_hostile_texts_leave_the_data_as_they_were(graph: Graph) -> None:
    quads, sources = len(graph.release.store), graph.ask("sources").rows
    for text in HAND_MADE:
        for question in ("printed", "evidence", "rival-readings", "same-or-different"):
            name = "words" if question == "printed" else "note_language"
            refused(graph, question, **{name: text})
    assert (len(graph.release.store), graph.ask("sources").rows) == (quads, sources)


def test_a_language_nobody_writes_gives_the_readings_without_notes(graph: Graph) -> None:
    plain = [row[:-1] for row in graph.ask("rival-readings").rows]
    for text in HAND_MADE:
        if text.isascii():
            answer = graph.ask("rival-readings", note_language=text)
            assert [row[:-1] for row in answer.rows] == plain
            assert {row[-1] for row in answer.rows} == {None}


def test_a_parameter_the_question_does_not_have_is_refused(graph: Graph) -> None:
    with pytest.raises(UsageError, match="it has: base"):
        graph.ask("base-operator", site="base/guian")
    with pytest.raises(NotFound):
        graph.ask("agreements-by-stage", stage="Sined")


def test_a_row_about_one_document_rests_on_that_document(graph: Graph) -> None:
    answer = graph.ask("posts", organisation="company/catl")
    assert answer.claims is not None
    for document, claims in zip(cells(answer, "document"), answer.claims, strict=True):
        assert [claim.split("/")[1] for claim in claims] == [str(document[0]).removeprefix("document/")]


def test_numbers_are_bound_as_numbers() -> None:
    store = tiny_store()
    bound = bind(Parameter("n", "number", "", ""), "2.5")
    _, rows = select(store, "SELECT ?n (?n * 2 AS ?twice) WHERE { }", {"n": bound})
    assert rows[0]["twice"].value == "5"


def test_land_and_capacity_are_numbers_with_their_units_and_printed_words_beside_them(graph: Graph) -> None:
    rows = graph.ask("land-per-gwh").records()
    mu = next(row for row in rows if row["land_unit"] == "kgu:MU_CN")
    assert (mu["land"], mu["land_printed"], mu["capacity"], mu["capacity_unit"]) == (
        800,
        "800余亩",
        60,
        "unit:GigaW-HR",
    )
    assert all(isinstance(row[name], int | Decimal) for row in rows for name in ("land", "capacity"))


def test_a_works_in_a_place_counts_once_on_whatever_level_it_lies(graph: Graph) -> None:
    for place in ("place/guian-new-district", "place/guizhou", "place/china"):
        answer = graph.ask("capacities-in-place", place=place, unit="GWh-per-year")
        found = cells(answer, "works", "relation", "value")
        assert found
        assert len(found) == len(set(found))
    rows = graph.ask("capacities-in-place", place="place/guizhou", unit="GWh-per-year").records()
    phase = next(row for row in rows if row["works"] == "base/guian/phase-one")
    assert phase["site"] == "base/guian"
    assert int(str(phase["holders"])) >= 1


def test_values_that_have_their_equal_are_paired_with_that_alone(graph: Graph) -> None:
    answer = graph.ask("in-both", one="document/shandong-times-60gwh", other="document/bs178-jining-may")
    products = [row[2:] for row in cells(answer, "subject", "relation", "value_in_one", "value_in_other", "same")
                if row[1] == "kg:product"]  # fmt: skip
    assert products
    assert all(one == other and same for one, other, same in products)
    # Of a property with one value what differs is the point of the question.
    assert ("kg:landArea", False) in cells(answer, "relation", "same")


def test_rows_that_follow_from_the_solutions_are_those_of_the_text(wide_graph: Graph) -> None:
    """What a question shows is its text, and what answers it may be the query of its solutions."""
    store, both = wide_graph.release.store, 0
    for question in wide_graph.questions():
        bindings = bind_defaults(question)
        if not question.answered_by and question.lineage.projection:
            both += 1
            rows, _ = question.lineage.solve(store, question.text, bindings)
            assert rows == select(store, question.text, bindings)[1], question.name
    assert both > 80
