"""The named questions on the chain from phosphate rock to recycling, on aid, and on what changed.

What is asserted are rows that must be there; a source added later may add rows, but must not take these away.
"""

from __future__ import annotations

from typing import Any

from kg.graph import Graph
from kg.questions.answer import Answer


def cells(answer: Answer, *columns: str) -> set[tuple[Any, ...]]:
    """Give the named columns of an answer."""
    at = [answer.columns.index(column) for column in columns]
    return {tuple(row[number] for number in at) for row in answer.rows}


def test_contracted_deliveries_say_until_when_and_on_whose_word(wide_graph: Graph) -> None:
    answer = wide_graph.ask("deliveries-contracted", product="LFPCathode")
    assert cells(answer, "supplier", "customer", "volume", "unit", "bound", "until") >= {
        ("company/changzhou-liyuan", "company/cornex", 1300000, "unit:TONNE", "kg:Exactly", "2030-12-31"),
        ("company/fulin-precision", "company/catl", 3000000, "unit:TONNE", "kg:AtLeast", "2028-12-31"),
        ("company/lopal", "company/sunwoda", 106800, "unit:TONNE", "kg:Exactly", "2030-12-31"),
    }
    # What is only explored is no contract, and what is planned says so.
    modes = {mode for (mode,) in cells(answer, "mode")}
    assert "kg:ExploredOnly" not in modes
    assert "kg:Planned" in modes


def test_phosphate_is_secured_by_mines_deliveries_and_shares(wide_graph: Graph) -> None:
    answer = wide_graph.ask("phosphate-secured", product="LFPCathode")
    assert cells(answer, "maker", "how", "mine_or_supplier", "mode") >= {
        ("company/hunan-yuneng", "mine", "mine/huangjiapo-mine", "kg:Planned"),
        ("company/sd-lomon", "mine", "mine/tianrui-mabian-mine", None),
    }
    assert cells(answer, "maker", "share", "bound", "expected") >= {
        ("company/hunan-yuneng", 30, "kg:MoreThan", "kg:Expected"),
        ("company/sd-lomon", 70, "kg:MoreThan", None),
    }


def test_capacity_that_was_stopped_counts_by_country_and_year(wide_graph: Graph) -> None:
    answer = wide_graph.ask("capacity-stopped")
    found = {row[:3]: row[3:] for row in cells(answer, *answer.columns)}
    # Kore in Buckeye (12 GWh) and Freyr in Coweta County (34 GWh).
    sites, with_figure, gwh = found["place/united-states", "2025", "kg:Cancelled"]
    assert sites >= 2
    assert with_figure >= 2
    assert gwh >= 46
    assert found["place/canada", "2025", "kg:Cancelled"][2] >= 60
    # A site without a figure is counted, and adds nothing.
    assert any(row[0] > row[1] for row in found.values())


def test_recyclers_are_told_with_what_comes_back(wide_graph: Graph) -> None:
    answer = wide_graph.ask("recyclers")
    assert cells(answer, "from", "recycler", "goods_in", "goods_out", "taker") >= {
        ("company/farasis", "company/gem", "kg:SpentBattery", "kg:TernaryPrecursor", "company/farasis"),
        ("company/hydrovolt", "company/fortum-battery-recycling", "kg:BlackMass", None, None),
    }
    explored = cells(answer, "from", "recycler", "mode")
    assert ("company/american-battery-factory", "company/aqua-metals", "kg:ExploredOnly") in explored


def test_swap_networks_tell_aims_from_what_was_reached(wide_graph: Graph) -> None:
    answer = wide_graph.ask("swap-networks")
    assert cells(answer, "subject", "stations", "mode", "as_of") >= {
        ("company/aulton", 286, None, "2020-12"),
        ("company/aulton", 10000, "kg:Planned", "2021-11"),
        ("agreement/sinopec-2025", 10000, "kg:AimedAt", None),
    }


def test_what_changed_about_a_company_stands_with_its_witness(wide_graph: Graph) -> None:
    answer = wide_graph.ask("company-since", company="company/northvolt", day="2025-01-01")
    assert cells(answer, "dated", "subject", "relation", "value", "document") >= {
        ("2025-03", "company/northvolt", "kg:status", "kg:Insolvent", "document/cp24-lyten-2025"),
        ("2025-09-02", "plant/northvolt-six", "kg:status", "kg:Cancelled", "document/intercity-northvolt-six-2025"),
    }
    assert all(str(day) >= "2025-01-01"[: len(str(day))] for (day,) in cells(answer, "dated"))
    later = wide_graph.ask("company-since", company="company/northvolt", day="2025-09-01")
    assert "2025-03" not in {day for (day,) in cells(later, "dated")}
    gotion = wide_graph.ask("company-since", company="company/gotion", day="2025-06-01")
    assert ("plant/gotion-michigan", "kg:Cancelled", "kg:Press") in cells(gotion, "subject", "value", "grade")


def test_aid_is_told_with_its_giver_and_how_far_it_came(wide_graph: Graph) -> None:
    answer = wide_graph.ask("aid-to-works")
    assert cells(answer, "what", "giver", "kind", "amount", "unit", "stage") >= {
        ("plant/verkor-dunkirk", "government/france", "kg:AidKindNotStated", 659000000, "unit:CCY_EUR", "kg:Approved"),
        ("plant/ascend-apex-one", "government/us-doe", "kg:Grant", 316000000, "unit:CCY_USD", "kg:Ended"),
        ("plant/acc-termoli", None, "kg:AidKindNotStated", 250000000, "unit:CCY_EUR", "kg:Ended"),
    }


def test_prices_hold_in_a_market_on_a_day(wide_graph: Graph) -> None:
    answer = wide_graph.ask("prices", country="place/china", product="IronPhosphate")
    assert cells(answer, "price", "unit", "market", "as_of") >= {
        (11100, "kgu:CCY_CNY-PER-TONNE", "delivered, tax included", "2025-12"),
        (11600, "kgu:CCY_CNY-PER-TONNE", "delivered, tax included", "2026-01"),
        (15000, "kgu:CCY_CNY-PER-TONNE", None, "2021-07"),
    }


def test_tolling_names_what_the_customer_brings(wide_graph: Graph) -> None:
    answer = wide_graph.ask("tolling")
    assert (
        "company/hubei-xingshun", "company/qinghai-fudi", "kg:LFPCathode", "kg:LithiumCarbonate", 80000,
    ) in cells(answer, "processor", "customer", "product", "brought", "volume")  # fmt: skip
