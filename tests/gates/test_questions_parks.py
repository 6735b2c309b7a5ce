"""The named questions on zero-carbon parks, what is demanded of them, what was stopped and what runs.

What is asserted are rows that must be there; a source added later may add rows, but must not take these away.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from kg.cards.files import read_cards
from kg.cards.yaml_reader import Text
from kg.graph import Graph
from kg.questions.answer import Answer
from kg.rdf.namespaces import shorten

DATA = Path(__file__).parents[2] / "data"
NATIONAL = "list/national-zero-carbon-parks-first-batch"
GUANGDONG = "list/guangdong-zero-carbon-parks-first"
DATA_SET = "document/atlas-park-catalog-2026"


def cells(answer: Answer, *columns: str) -> set[tuple[Any, ...]]:
    """Give the named columns of an answer."""
    at = [answer.columns.index(column) for column in columns]
    return {tuple(row[number] for number in at) for row in answer.rows}


def test_the_table_of_parks_holds_all_52(wide_graph: Graph) -> None:
    answer = wide_graph.ask("zero-carbon-parks")
    parks = [row[answer.columns.index("park")] for row in answer.rows]
    assert len(parks) == len(set(parks))
    # A page may put a part of a park on the list under a name of its own; the list itself has 52.
    listed = {row for row in cells(answer, "park", "province", "place", "scope", "construction_period") if row[3]}
    assert len(listed) == 52
    assert [row for row in listed if None in row] == []
    assert None not in {cell for row in cells(answer, "kind", "industries", "industries_zh") for cell in row}
    assert {standing for (standing,) in cells(answer, "standing")} == {"kg:Candidate"}
    assert cells(answer, "park", "province", "scope", "construction_period") >= {
        ("park/shanxi-datong-edz", "place/shanxi", "kg:ParkWithinPark", "2025/2028"),
        ("park/suyin-industrial-park", "place/ningxia", "kg:WholePark", "2025/2027"),
        ("park/mengsu-edz", "place/inner-mongolia", "kg:ParkWithinPark", "2025/2028"),
    }
    assert len([park for park, scope in cells(answer, "park", "scope") if scope == "kg:WholePark"]) == 6
    # What nobody tells stays empty: it is not nought.
    assert None in {cell for (cell,) in cells(answer, "green_power_figures")}
    assert 0 not in {cell for (cell,) in cells(answer, "tenants")}


def test_a_provincial_list_stands_beside_the_national_one(wide_graph: Graph) -> None:
    answer = wide_graph.ask("zero-carbon-parks", list=GUANGDONG)
    assert len(answer.rows) == 15
    assert ("park/heyuan-hitech-zone", "kg:WholePark", "2026/2028") in cells(
        answer, "park", "scope", "construction_period"
    )


def listed_parks() -> list[tuple[str, dict[str, str]]]:
    """Read the parks that the data set puts on the national list, with their names."""
    cards = read_cards(DATA)
    entities = {entity[Text("id")]: entity for card in cards.entities for entity in card.tree[Text("entities")]}
    [card] = [card for card in cards.documents if card.tree[Text("id")] == DATA_SET]
    on_list = [
        claim[Text("says")][Text("id")]
        for card_claim in [card.tree[Text("claims")]]
        for claim in card_claim
        if claim[Text("says")].get(Text("designation"), {}).get(Text("onList")) == NATIONAL
    ]
    return [(park, entities[park][Text("name")]) for park in on_list]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_all_52_answer_by_name(wide_graph: Graph, language: str) -> None:
    parks = listed_parks()
    assert len(parks) == 52
    missed = {}
    for park, names in parks:
        name = str(names[Text(language)])
        found = [shorten(match.entity) for match in wide_graph.find(name, limit=1)]
        if found != [park]:
            missed[name] = (park, found)
    assert missed == {}


def test_battery_works_are_found_in_the_parks_with_their_makers(wide_graph: Graph) -> None:
    answer = wide_graph.ask("parks-with-battery-works")
    assert cells(answer, "park", "works", "maker") >= {
        ("park/tongxiang", "base/calb-xiamen", "company/calb"),
        ("park/jinchang-edz", "plant/jinche-jinchang", "company/gansu-jinche"),
        ("park/yichun-edz", "base/yichun", "company/catl"),
    }
    assert ("plant/jinche-jinchang", 8) in cells(answer, "works", "planned_gwh")


def test_tenants_are_organisations_and_works(wide_graph: Graph) -> None:
    answer = wide_graph.ask("park-tenants")
    assert cells(answer, "park", "tenant", "tie") >= {
        ("park/qingyang-computing-park", "company/chindata", "kg:hosts"),
        ("park/gulei-port-edz", "plant/gulei-refinery-phase-two", "kg:locatedIn"),
    }


def test_what_parks_tell_stands_beside_what_is_demanded(wide_graph: Graph) -> None:
    answer = wide_graph.ask("parks-against-criteria")
    siping = "park/siping-new-industrial-edz"
    assert cells(answer, "park", "measure", "figure", "mode", "demanded") >= {
        (siping, "kg:GreenPowerShare", 90, "kg:AimedAt", 90),
        ("park/mengsu-edz", "kg:GreenPowerShare", 70, None, 90),
    }
    # Two limits by the size of the park: both stand, each with for whom it holds.
    limits = {
        row[1] for row in cells(answer, "park", "demanded", "measure") if row[::2] == (siping, "kg:EmissionIntensity")
    }
    assert {float(limit) for limit in limits} == {0.2, 0.3}


def test_thresholds_say_for_whom_they_hold(wide_graph: Graph) -> None:
    answer = wide_graph.ask("thresholds")
    assert cells(answer, "measure", "bound", "unit") >= {
        ("kg:EmissionIntensity", "kg:AtMost", "kgu:TONNE_CARBON_DIOXIDE-PER-TCE"),
        ("kg:GreenPowerShare", "kg:AtLeast", "unit:PERCENT"),
    }
    assert None not in {cell for (cell,) in cells(answer, "for_whom")}
    near = wide_graph.ask("thresholds", policy="policy/near-zero-park-indicators-2024")
    assert len(near.rows) >= 10


def test_six_parks_are_due_by_2027(wide_graph: Graph) -> None:
    answer = wide_graph.ask("parks-due", day="2027-12-31")
    assert {park for (park,) in cells(answer, "park")} == {
        "park/cangdong-edz", "park/baotou-rare-earth-zone", "park/shenyang-sino-german-park", "park/kenli-edz",
        "park/suyin-industrial-park", "park/zhongwei-industrial-park",
    }  # fmt: skip


def test_parks_that_one_data_set_alone_names_are_told(wide_graph: Graph) -> None:
    answer = wide_graph.ask("parks-single-source")
    alone = cells(answer, "park", "document", "grade")
    assert ("park/lhasa-edz", DATA_SET, "kg:Aggregator") in alone
    assert "park/shanxi-datong-edz" not in {park for park, *_ in alone}
    assert sum(document == DATA_SET for _, document, _ in alone) >= 25


def test_agreements_reach_the_parks_through_works_and_who_runs_them(wide_graph: Graph) -> None:
    answer = wide_graph.ask("park-agreements")
    assert cells(answer, "park", "through", "agreement") >= {
        ("park/gulei-port-edz", "plant/gulei-refinery-phase-two", "agreement/gulei2-investment-2022"),
        ("park/suyin-industrial-park", None, "agreement/suyin-signing-2026"),
    }


def test_direct_power_names_the_plant_where_one_is_told(wide_graph: Graph) -> None:
    answer = wide_graph.ask("direct-green-power")
    assert ("park/qingyang-computing-park", "plant/qingyang-green-aggregation") in cells(answer, "user", "plant")
    assert "park/yibin-lingang-east-park" in {user for (user,) in cells(answer, "user")}


def test_what_was_stopped_names_who_acted(wide_graph: Graph) -> None:
    answer = wide_graph.ask("sites-stopped", day="2025-01-01")
    assert ("plant/gotion-michigan", "kg:Cancelled", "company/gotion") in cells(answer, "site", "status", "by")
    assert ("plant/northvolt-six", "kg:Cancelled", True) in cells(answer, "site", "status", "is_current")


def test_what_a_year_announced_is_held_against_what_runs(wide_graph: Graph) -> None:
    answer = wide_graph.ask("announced-and-running", first="2022-01-01", last="2022-12-31")
    found = {row[0]: row[1:] for row in cells(answer, "province", "works", "running", "not_told")}
    assert sum(works for works, *_ in found.values()) >= 10
    assert all(running + silent <= works for works, running, silent in found.values())
    assert any(running < works for works, running, _ in found.values())
