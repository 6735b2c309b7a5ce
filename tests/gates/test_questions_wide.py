"""The questions of part B, from the wider research.

A row that states a fact names a claim of the document that states it. What is asserted are rows that
must be there; a source added later may add rows, but must not take these away.
"""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from kg.graph import Graph
from kg.questions.answer import Answer
from kg.questions.loader import read_questions

QUESTIONS = Path(__file__).parents[2] / "ontology" / "questions"
CATL = "company/catl"
YANZHOU = "base/yanzhou/phase-one"
NATIONAL_LIST = "list/national-zero-carbon-parks-first-batch"


def cells(answer: Answer, *columns: str) -> list[tuple[Any, ...]]:
    """Give the named columns of an answer."""
    at = [answer.columns.index(column) for column in columns]
    return [tuple(row[number] for number in at) for row in answer.rows]


def documents_behind(answer: Answer, **wanted: object) -> set[str]:
    """Give the documents of the claims behind the rows in which columns have these values."""
    assert answer.claims is not None
    at = {answer.columns.index(column): value for column, value in wanted.items()}
    return {
        claim.split("/")[1]
        for row, claims in zip(answer.rows, answer.claims, strict=True)
        if all(row[number] == value for number, value in at.items())
        for claim in claims
    }


# ---------------------------------------------------------------------------
# Part B: the wider research
# ---------------------------------------------------------------------------


def test_b21_chinese_reports_of_the_event_say_mu(wide_graph: Graph) -> None:
    answer = wide_graph.ask("rival-readings", subject=YANZHOU)
    land = {
        row[1:] for row in cells(answer, "relation", "document", "printed", "value", "unit") if row[0] == "kg:landArea"
    }
    assert land >= {
        ("document/shandong-times-60gwh", "over 800 acres", 800, "unit:AC"),
        ("document/bs178-jining-may", "800余亩", 800, "kgu:MU_CN"),
        ("document/mladies-jining-launch", "800余畝", 800, "kgu:MU_CN"),
    }
    accepted = {row[1] for row in cells(answer, "relation", "unit", "accepted") if row[0] == "kg:landArea" and row[2]}
    assert accepted == {"kgu:MU_CN"}
    assert documents_behind(answer, printed="800余亩") == {"bs178-jining-may"}
    slips = cells(wide_graph.ask("unit-slips"), "subject", "unit", "other_unit", "value")
    assert (YANZHOU, "unit:AC", "kgu:MU_CN", 800) in slips


def test_b22_chinese_reports_say_a_hundred_billion(wide_graph: Graph) -> None:
    answer = wide_graph.ask("rival-readings", subject="cluster/yanzhou-battery")
    assert set(cells(answer, "printed", "value", "document", "accepted")) >= {
        ("trillion-level", 10**12, "document/shandong-times-60gwh", False),
        ("千億級", 10**11, "document/mladies-jining-launch", True),
    }


def test_b24_the_day_of_production_is_that_of_a_local_paper(wide_graph: Graph) -> None:
    answer = wide_graph.ask("evidence", subject=YANZHOU, relation="productionStartedOn")
    assert ("5月10日", "document/shunwang-jining-may") in cells(answer, "printed", "document")
    assert documents_behind(answer, printed="5月10日") == {"shunwang-jining-may"}
    starts = {row[0]: row[1] for row in cells(wide_graph.ask("phase-dates"), "phase", "production_started")}
    assert starts[YANZHOU] == "2025-05-10"
    history = cells(wide_graph.ask("status-history", site=YANZHOU), "status", "as_of", "document")
    assert {
        ("kg:Operating", "2025-05-10", "document/shunwang-jining-may"),
        ("kg:Operating", "2025-05-17", "document/dazhong-daily-may"),
    } <= set(history)


@pytest.mark.parametrize("phase", ["two", "three"])
def test_b25_the_later_phases_open_at_dates_that_differ(wide_graph: Graph, phase: str) -> None:
    later = {"two": "2026", "three": "2027"}[phase]
    found = {
        (row[4].removeprefix("document/"), row[2])
        for row in (
            tuple(str(cell) for cell in row) for row in wide_graph.conflicts(f"base/yanzhou/phase-{phase}").rows
        )
        if row[1] == "expectedLaunch"
    }
    assert {
        ("shandong-times-60gwh", "in the next two years"),
        ("bs178-jining-may", "今明两年, 2025/2026"),
        ("dazhong-daily-may", "2025年年底前, 2025-05-17/2025-12-31"),
        ("batterynews-jining-2025", later),
    } <= found


def test_b25_the_whole_base_is_to_have_160_gwh(wide_graph: Graph) -> None:
    # No page prints it by the year.
    answer = wide_graph.ask("capacities-in-place", place="place/yanzhou", unit="GWh")
    assert ("base/yanzhou", "kg:plannedCapacity", 160) in cells(answer, "works", "relation", "value")
    assert {"pxbk-jining-2025", "reportify-jining-160"} <= documents_behind(answer, works="base/yanzhou", value=160)


def test_b26_the_start_of_guian_is_told_by_the_month_and_by_the_day(wide_graph: Graph) -> None:
    # A month and a day of it are no conflict; both are told.
    told = wide_graph.claims("base/guian/phase-one").records()
    found = {str(row["value"]): str(row["document"]) for row in told if row["property"] == "productionStartedOn"}
    assert found["2023-10-27"] == "document/shine-guian-2023"
    assert "2023-10" in found
    trial = [str(row["value"]) for row in told if row["property"] == "trialProductionStartedOn"]
    assert trial == ["2023-10"]
    history = cells(wide_graph.ask("status-history", site="base/guian"), "phase", "status", "as_of", "document")
    assert ("base/guian", "kg:Operating", "2023-10-27", "document/shine-guian-2023") in history
    assert ("base/guian/phase-one", "kg:Construction", "2023-06-17", "document/guian-2023-06-17") in history
    # One page dates a trial production, none says that it goes on: the phase is told to operate since the report.
    assert ("base/guian/phase-one", "kg:Operating", "2023-10-27", "document/shine-guian-2023") in history
    assert "kg:Commissioning" not in {row[1] for row in history}


def test_b28_what_else_was_signed_at_the_launch(wide_graph: Graph) -> None:
    answer = wide_graph.ask("signed-together", document="document/shandong-times-60gwh")
    left_out = {row[:3] for row in cells(answer, "agreement", "about", "party", "in_document") if row[3] is False}
    assert left_out == {
        ("agreement/jining-supporting-park", "park/jining-supporting", "company/shandong-times"),
        ("agreement/jining-supporting-park", "park/jining-supporting", "government/jining"),
        ("agreement/grand-canal-route", "project/grand-canal-demonstration-route", "company/catl-electric-ship"),
        ("agreement/grand-canal-route", "project/grand-canal-demonstration-route", "company/jining-port-and-shipping"),
    }
    assert documents_behind(answer, in_document=False) == {"mladies-jining-launch"}
    told = {row[0] for row in cells(answer, "agreement", "in_document") if row[1]}
    assert told == {"agreement/jining-zero-carbon-city", "agreement/shandong-battery-swapping"}


def test_b29_guangdong_was_signed_in_february_and_work_began_in_march(wide_graph: Graph) -> None:
    answer = wide_graph.ask("agreement-to-work", organisation=CATL)
    wanted = ("agreement", "body", "signed", "phase", "planned", "started", "months_to_start", "production", "status")
    phase = ("base/zhaoqing/phase-one", 25, "2021-03-28", 1, "2022-05-30", "kg:Operating")
    for agreement, body in (("guangdong-2021", "guangdong"), ("zhaoqing-2021", "zhaoqing")):
        row = (f"agreement/{agreement}", f"government/{body}", "2021-02-01", *phase)
        assert row in cells(answer, *wanted)
    assert {"gcc-guangdong-2021", "ofweek-zhaoqing-2022"} <= documents_behind(
        answer, agreement="agreement/guangdong-2021"
    )
    # The pages on Dongying date the start of the park and not that of the base or its first phase.
    assert "base/dongying" not in {row[0] for row in cells(answer, "site")}


def test_b29_no_work_is_told_before_the_signing(wide_graph: Graph) -> None:
    months = cells(wide_graph.ask("agreement-to-work"), "months_to_start", "months_to_production")
    assert all(number is None or number >= 0 for row in months for number in row)


def test_b31_certificates_name_who_certified(wide_graph: Graph) -> None:
    answer = wide_graph.ask("certificates", organisation=CATL)
    found = set(cells(answer, "holder", "standard", "certified_by", "certified_on"))
    assert {
        ("base/yibin", "standard/pas-2060", "company/sgs", "2022-03"),
        ("base/zhaoqing", "standard/pas-2060", "company/sgs", "2023-08-11"),
    } <= found
    # The page says that Gui'an was rated a zero-carbon factory; of a certificate it does not tell.
    assert "base/guian" not in {row[0] for row in found}
    # Built to a standard is not certified to it.
    assert "base/yanzhou" not in {row[0] for row in found}
    assert documents_behind(answer, holder="base/yibin", standard="standard/pas-2060") >= {"asianet-yibin-2022"}


def test_b32_partner_parks_on_the_national_list_are_candidates(wide_graph: Graph) -> None:
    answer = wide_graph.ask("parks-on-list", organisation=CATL, list=NATIONAL_LIST)
    standing = {row[0]: row[1:] for row in cells(answer, "park", "standing", "province")}
    assert standing["park/yibin-lingang-east-park"] == ("kg:Candidate", "place/sichuan")
    assert standing["park/dongying-zero-carbon"] == (None, "place/shandong")
    assert {row[0] for row in standing.values()} == {"kg:Candidate", None}
    assert "scol-yibin-east-52" in documents_behind(answer, park="park/yibin-lingang-east-park")


def test_b38_byd_is_in_guian_with_ten_gwh(wide_graph: Graph) -> None:
    answer = wide_graph.ask("capacities-in-place", place="place/guian-new-district")
    installed = {
        row[:3]
        for row in cells(answer, "works", "value", "share_of_largest", "relation")
        if row[3] == "kg:installedCapacity"
    }
    assert {(row[0], row[1]) for row in installed} == {("base/guian/phase-one", 30), ("plant/byd-guian", 10)}
    assert ("plant/tafel-guian", "kg:plannedCapacity", 12) in cells(answer, "works", "relation", "value")
    assert "company/byd" in {row[0] for row in cells(answer, "whose", "works") if row[1] == "plant/byd-guian"}
    assert "prn-guian-2023-11" in documents_behind(answer, works="plant/byd-guian")


def test_b41_suppliers_of_lfp_cathode_with_the_share_of_each(wide_graph: Graph) -> None:
    answer = wide_graph.ask("supply-of-product", customer=CATL, product="LFPCathode")
    found = cells(answer, "supplier", "volume", "unit", "bound", "until")
    assert ("company/ronbay", 3050000, "unit:TONNE", "kg:Exactly", "2031-12-31") in found
    assert ("company/fulin-precision", 3000000, "unit:TONNE", "kg:AtLeast", "2028-12-31") in found
    assert ("company/wanrun", 1323100, "unit:TONNE", "kg:About", "2030-12-31") in found
    shares = {row[0]: float(row[1]) for row in cells(answer, "supplier", "share") if row[1] is not None}
    assert sum(shares.values()) == pytest.approx(1, abs=0.01)
    assert max(shares, key=lambda supplier: shares[supplier]) == "company/ronbay"
    # Without a volume there is no share, and a yearly volume has none among volumes of several years.
    assert {"company/shenghua", "company/hunan-yuneng"} & set(shares) == set()
    assert {"company/shenghua", "company/hunan-yuneng"} <= {row[0] for row in found}


def test_b42_parks_that_join_power_and_cells_lack_cathode(wide_graph: Graph) -> None:
    answer = wide_graph.ask("park-gaps")
    found = {row[0]: row[1:] for row in cells(answer, "park", "has_first", "has_second", "has_third", "status")}
    assert found["park/dongying-zero-carbon"] == (True, True, None, "kg:Construction")
    assert found["park/envision-ordos"][:2] == (True, True)
    assert found["park/brunp-yichang"][2] is True
    assert answer.absent == "not told of"
    assert {"ohbaobei-dongying-2025"} <= documents_behind(answer, park="park/dongying-zero-carbon")


def test_b43_a_stop_of_guizhou_phosphate_reaches_bases_through_an_agreement_only(wide_graph: Graph) -> None:
    answer = wide_graph.ask("organisation-stop", organisation="company/guizhou-phosphate-group", days="90")
    links = set(cells(answer, "source", "link_kind", "reaches", "grade"))
    assert ("company/guizhou-phosphate-group", "kg:JointVentureAgreement", CATL, "kg:Mirror") in links
    assert (
        "company/guizhou-times-mining",
        "kg:CaptiveUpstreamRelation",
        "company/catl-guizhou-materials",
        "kg:Press",
    ) in links
    assert "kg:SupplyLink" not in {row[1] for row in links}
    assert "base/guian" in {row[0] for row in cells(answer, "site")}
    assert cells(answer, "amount_lost") == [(None,)] * len(answer)
    assert documents_behind(answer, source="company/guizhou-times-mining") >= {"hellosep-phosphate-2022"}


def test_b43_days_cut_a_yearly_volume(wide_graph: Graph) -> None:
    answer = wide_graph.ask("organisation-stop", organisation="company/hunan-yuneng", days="73")
    lost = {row[:2]: row[2] for row in cells(answer, "link", "reaches", "amount_lost") if row[2] is not None}
    assert lost["supply/hunan-yuneng-catl-lfp-cathode", CATL] == 100000


def test_b44_rivals_share_suppliers(wide_graph: Graph) -> None:
    cathode = set(
        cells(wide_graph.ask("rivals-shared-suppliers", product="LFPCathode"), "supplier", "one", "other", "both_make")
    )
    # What pages say of Guizhou Yuneng and the two makers is a partnership: no delivery is told.
    assert ("company/lopal", CATL, "company/eve-malaysia", "kg:LithiumIonCell") in cathode
    # LG Energy Solution takes it from Changzhou Liyuan, the unit of Lopal that signed.
    assert ("company/guizhou-anda", "company/calb", CATL, "kg:LithiumIonBattery") in cathode
    assert all(row[1] < row[2] for row in cathode)
    shared = set(cells(wide_graph.ask("shared-suppliers", organisation=CATL), "supplier", "other_customer"))
    assert {("company/lopal", "company/eve-malaysia"), ("company/guizhou-anda", "company/calb")} <= shared


# ---------------------------------------------------------------------------
# Stages and products of sites and deliveries
# ---------------------------------------------------------------------------


def test_a_works_is_in_the_stage_that_puts_out_its_product(wide_graph: Graph) -> None:
    found = set(cells(wide_graph.ask("stage-sites", stage="CathodeMaking"), "site", "relation"))
    assert {
        ("plant/lopal-indonesia", "kg:worksInStage"),
        ("plant/lges-batang-cathode", "kg:toWorkInStage"),
        ("base/gzphos-kaiyang", "kg:toWorkInStage"),
    } <= found
    recycling = set(cells(wide_graph.ask("stage-sites", stage="BatteryRecycling"), "site", "relation"))
    assert ("plant/umicore-hoboken", "kg:worksInStage") in recycling
    # Iron phosphate comes back from recycling too, but a works for it is no recycler.
    assert "plant/bangsheng-kaiyang" not in {site for site, _ in recycling}
    assert ("plant/baifu-xiantao", "kg:toWorkInStage") in recycling
    # Its building was stopped: it is not to work in the stage any more.
    assert "plant/rochester-hub" not in {site for site, _ in recycling}


def test_a_stop_of_mining_reaches_sites_by_what_they_make(wide_graph: Graph) -> None:
    answer = wide_graph.ask("stage-stop", stage="PhosphateMining")
    reached = set(cells(answer, "reached", "site"))
    assert ("kg:CathodeMaking", "plant/lopal-indonesia") in reached
    assert ("kg:BatteryManufacturing", "base/guian") in reached


def test_a_stop_of_a_stage_ends_at_recycling_names_a_site_once_and_says_how(wide_graph: Graph) -> None:
    answer = wide_graph.ask("stage-stop", stage="PhosphateMining")
    rows = cells(answer, "reached", "site", "mode", "through", "status")
    pairs = [row[:2] for row in rows if row[1] is not None]
    assert len(pairs) == len(set(pairs)), "a site stands once at each stage"
    assert all(row[3].startswith("phosphate mining → ") and row[2] for row in rows)
    # Anodes and foils take nothing that comes of phosphate but through recycling.
    assert not {"kg:AnodeMaking", "kg:FoilMaking", "kg:StructuralPartsMaking"} & {row[0] for row in rows}
    assert "kg:BatteryRecycling" in {row[0] for row in rows}
    assert {row[4] for row in rows if row[1]} <= {None, "kg:Operating", "kg:Commissioning"}
    assert any("sites that do not run are not named" in note for note in answer.notes)
    assert len(wide_graph.ask("stage-stop", stage="PhosphateMining", sites="all")) > len(answer)


@pytest.mark.parametrize("organisation", ["company/guizhou-phosphate-group", "company/hunan-yuneng", "company/catl"])
def test_a_stop_of_an_organisation_and_its_impact_reach_the_same(wide_graph: Graph, organisation: str) -> None:
    """Two questions, one answer: what stops wholly reaches the same; what is held in part stands apart and says so."""
    stop = wide_graph.ask("organisation-stop", organisation=organisation, days="90")
    impact = wide_graph.ask("impact", entity=organisation, days="90")
    links = cells(stop, "source_is", "reaches", "site", "site_status")
    reached = {row[1] for row in cells(impact, "depth", "reached") if row[0] == 1}
    assert {row[1] for row in links if row[0] == "stops"} == reached
    assert {row[0] for row in links} <= {"stops"} | {row[0] for row in links if str(row[0]).startswith("held in part")}
    assert {row[3] for row in links if row[2]} <= {None, "kg:Operating", "kg:Commissioning"}
    assert any("impact" in note for note in stop.notes)


def test_the_largest_capacities_name_a_figure_of_a_works_once(wide_graph: Graph) -> None:
    rows = cells(wide_graph.ask("largest-capacities"), "value", "bound", "works")
    assert len(rows) == len(set(rows)) > 40
    yibin = next(row for row in cells(wide_graph.ask("largest-capacities"), "works", "whose", "holders") if row[2] > 1)
    assert yibin[1] is not None


def test_what_two_documents_share_stands_side_by_side(wide_graph: Graph) -> None:
    answer = wide_graph.ask("in-both")
    rows = cells(answer, "subject", "relation", "same")
    assert ("base/yanzhou", "kg:baseOf", True) in rows
    assert (YANZHOU, "kg:landArea", False) in rows, "800 acres and 800 mu"
    assert {"shandong-times-60gwh", "bs178-jining-may"} == documents_behind(answer, subject=YANZHOU)


def test_ratios_per_gwh_name_both_figures_and_their_scope(wide_graph: Graph) -> None:
    jobs = {row[0]: row[1:] for row in cells(wide_graph.ask("per-gwh"), "works", "figure", "gwh", "per_gwh")}
    assert jobs["base/cheliwan"] == (6000, 45, Decimal("133.33"))
    cost = wide_graph.ask("cost-per-gwh", currency="CNY")
    one = {row[0]: row[1:] for row in cells(cost, "works", "investment", "gwh", "cost_per_gwh", "comparable")}
    assert one["base/byd-shaoxing/phase-one"] == (7_000_000_000, 15, 466_666_667, True)
    assert {row[0] for row in cells(cost, "comparable")} <= {True, False}
    scopes = cells(cost, "scope", "capacity_scope", "comparable")
    assert all(row[2] is False for row in scopes if row[0] == "kg:FirstProject" and row[1] != "kg:FirstProject")


def test_the_green_share_of_a_base_tells_what_it_measures(wide_graph: Graph) -> None:
    rows = cells(wide_graph.ask("green-share"), "subject", "value", "unit", "measured")
    assert ("base/yibin", 80, "unit:PERCENT", "share of hydropower in energy need") in rows


def test_without_a_day_the_capacity_of_bases_is_that_of_the_newest(wide_graph: Graph) -> None:
    rows = cells(wide_graph.ask("base-capacity"), "site", "as_of", "status")
    newest = max(str(row[1]) for row in rows if row[0] == "base/guian/phase-one" and row[1])
    assert newest > "2023-06-17"
    on_day = cells(wide_graph.ask("base-capacity", day="2023-06-17"), "site", "as_of", "status")
    assert all(row[1] is None or str(row[1]) <= "2023-06-17" for row in on_day)


def test_nearly_every_plant_has_a_stage(wide_graph: Graph) -> None:
    text = """SELECT DISTINCT ?plant ?stage ?goods WHERE {
      ?plant rdf:type ?kind . FILTER(?kind IN (kg:Plant, kg:RecyclingPlant, kg:Base))
      OPTIONAL { ?plant kg:worksInStage|kg:toWorkInStage ?stage }
      OPTIONAL { ?plant kg:product|kg:plannedProduct ?goods }
    }"""
    rows = wide_graph.query(text).rows
    plants = {row[0] for row in rows}
    without = {row[0] for row in rows if row[1] is None}
    told = {row[0] for row in rows if row[2] is not None}
    staged = """SELECT DISTINCT ?plant WHERE {
      ?plant kg:product|kg:plannedProduct ?goods . ?goods kg:broaderProduct*/^kg:outputProduct ?stage .
      ?plant rdf:type ?kind . FILTER(?kind IN (kg:Plant, kg:Base))
    }"""
    # What is made with a stage of the chain puts its works there, each of them.
    chain = {row[0] for row in wide_graph.query(staged).rows}
    assert len(chain) > 200
    assert chain & without == set()
    # Goods from no stage of the chain, or told too widely to be of one, and no others.
    goods = {str(row[2]).rpartition("/")[2] for row in rows if row[0] in without & told}
    assert goods == {
        "battery-materials", "biofuel", "ethylene", "green-ammonia", "green-hydrogen", "green-steel", "hydrogen",
        "kg:CarbonateSolvent", "kg:HydrogenFluoride", "kg:LithiumOre", "monoammonium-phosphate", "oxalic-acid",
        "treated-wastewater", "vehicle-wire-harness",
    }  # fmt: skip
    # Of the others no page tells the goods, however they are called; nobody guesses their stage from a name.
    assert len(without - told) < 0.2 * len(plants)


def test_nearly_every_delivery_has_a_stage_and_a_product(wide_graph: Graph) -> None:
    text = """SELECT ?link ?stage ?product WHERE {
      ?link rdf:type kg:SupplyLink .
      OPTIONAL { ?link kg:stage ?stage }
      OPTIONAL { ?link kg:product ?product }
    }"""
    rows = wide_graph.query(text).rows
    # Customers of a storage business, and feeds, that a page names without the goods.
    goodless = {
        "supply/catl-fluence-storage-batteries",
        "supply/catl-nextera-storage-batteries",
        "supply/catl-powin-storage-batteries",
        "supply/catl-tesla-storage-batteries",
        "supply/sd-lomon-shenghua-lfp-feeds",
    }
    # Goods from no stage of the reference chain, and deliveries of which the page tells the goods alone.
    assert {str(row[0]) for row in rows if row[1] is None} == goodless | {
        "supply/aqua-metals-westwin-nickel-carbonate",
        "supply/hif-global-porsche-e-gasoline",
        "supply/kfm-holding-ningbo-brunp-cobalt-and-copper-offtake",
        "supply/lges-delta-electronics-lfp-storage-batteries",
        "supply/lges-terra-gen-lfp-storage-batteries",
        "supply/ocp-group-cobco-minerals",
        "supply/pilbara-yahua-spodumene",
        "supply/vestolit-solvay-orbia-pvdf-vinyl-chloride-monomer-and-chlorine",
        "supply/yongtai-catl-vinylene-carbonate",
    }
    services = {
        "supply/caes-longsheng-new-energy-taxi-battery-swapping",
        "supply/recurrent-aps-storage-capacity-of-papago",
    }
    assert {str(row[0]) for row in rows if row[2] is None} == goodless | services


def test_a_delivery_told_twice_is_one(wide_graph: Graph) -> None:
    answer = wide_graph.ask("supply-of-product", customer=CATL, product="CopperFoil")
    volumes = [row[1] for row in cells(answer, "supplier", "volume") if row[0] == "company/jiayuan"]
    assert volumes == [626000]
    merged = wide_graph.show("supply/jiayuan-catl-copper-foil-anode-current-collectors-fourth-entry")
    assert merged.id == "supply/jiayuan-catl-anode-current-collectors"


# ---------------------------------------------------------------------------
# Every question has an answer
# ---------------------------------------------------------------------------


def test_every_question_has_rows_with_its_defaults(wide_graph: Graph) -> None:
    assert len(wide_graph.questions()) >= 75
    assert [question.name for question in wide_graph.questions() if not wide_graph.ask(question.name).stated] == []


def test_every_part_b_question_file_is_in_the_release(wide_graph: Graph) -> None:
    names = {question.name for question in wide_graph.questions()}
    assert {question.name for question in read_questions(QUESTIONS)} <= names


def test_green_power_is_found_by_its_chinese_name(wide_graph: Graph) -> None:
    chinese = wide_graph.ask("indicators", words="绿电").rows
    assert chinese == wide_graph.ask("indicators", words="green power").rows
    assert len(chinese) > 100
