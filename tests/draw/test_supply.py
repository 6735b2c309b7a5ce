"""The supply chain: the caveat first, what is told of a site apart from its company, one scale, hues by level."""

from __future__ import annotations

import itertools
from xml.etree import ElementTree

import pytest

from kg.draw import DrawRequest, Scene, Words
from kg.draw.supply.chain import Chain, Link, Stand, _taking_stage, read_chain
from kg.draw.supply.flow import Flow
from kg.graph import Graph
from kg.networks import Edge, NetworkNode
from kg.networks.stage_order import StageOrder, order_stages

SVG = "{http://www.w3.org/2000/svg}"
STAGES = [f"kg:S{number}" for number in range(9)]


def texts(svg: str) -> list[str]:
    root = ElementTree.fromstring(svg)  # noqa: S314 - written by ourselves
    return [element.text or "" for element in root.iter(f"{SVG}text")]


def scene_of(graph: Graph, language: str = "en") -> Scene:
    return Scene(graph.release, graph._provenance, graph.networks, graph.networks.edges, Words(language))


@pytest.mark.parametrize(("language", "caveat"), [("en", "no source says"), ("zh", "来源未说明涉及其哪一厂址")])
def test_that_deliveries_are_of_who_runs_a_site_stands_first(wide_graph: Graph, language: str, caveat: str) -> None:
    shown = texts(wide_graph.draw("supply", "base/yanzhou", language=language).svg)
    at = next(number for number, words in enumerate(shown) if caveat in words)
    assert at <= 2
    assert shown[0].strip()


def test_what_is_told_of_a_site_is_drawn_apart_from_what_is_told_of_its_company(wide_graph: Graph) -> None:
    scene = scene_of(wide_graph)
    chain = read_chain(scene, DrawRequest("base/yanzhou"))
    flow = Flow(scene, chain)
    supply = [link for link in chain.links if link.kind == "supply"]
    assert supply
    assert all(chain.is_borrowed(link) for link in supply)
    own = Link(Stand("", "company/x"), Stand("", "base/yanzhou"), supply[0].edges)
    assert not chain.is_borrowed(own)
    faint, strong = (float(flow._paint(0, link)["stroke_opacity"]) for link in (supply[0], own))
    assert faint < strong
    company = read_chain(scene, DrawRequest("company/catl"))
    assert not any(company.is_borrowed(link) for link in company.links)


def test_a_legend_has_one_scale_for_all_units(wide_graph: Graph) -> None:
    shown = texts(wide_graph.draw("supply", "company/catl").svg)
    assert len([words for words in shown if "the widest lines of each unit" in words]) == 1
    assert not any(words.startswith("width") for words in shown)


def chain_of(levels: dict[str, int]) -> Chain:
    order = StageOrder(levels, {}, frozenset())
    stands = {Stand(stage, f"company/{stage[3:]}"): level for stage, level in levels.items()}
    return Chain(stands, (), {}, frozenset(), order)


@pytest.mark.parametrize("count", [1, 5, 6, 7, 9])
def test_a_hue_is_never_used_again_for_a_stage_far_off(graph: Graph, count: int) -> None:
    levels = {stage: number for number, stage in enumerate(STAGES[:count])}
    hues = Flow(scene_of(graph), chain_of(levels)).hues
    for one, other in itertools.combinations(levels, 2):
        if hues[one] == hues[other]:
            assert abs(levels[one] - levels[other]) <= 1
    assert len(set(hues.values())) == min(count, 6)


def test_stages_of_one_level_share_a_hue(graph: Graph) -> None:
    hues = Flow(scene_of(graph), chain_of({"kg:CathodeMaking": 3, "kg:AnodeMaking": 3, "kg:CellManufacturing": 4})).hues
    assert hues["kg:CathodeMaking"] == hues["kg:AnodeMaking"] != hues["kg:CellManufacturing"]


def test_of_companies_without_a_stage_it_is_told_whether_they_give_or_take(wide_graph: Graph) -> None:
    shown = texts(wide_graph.draw("supply", "company/catl").svg)
    assert "Customers, stage not stated" in shown
    assert "Suppliers, stage not stated" in shown


def test_a_customer_takes_goods_where_they_can_be_taken_or_nowhere_that_is_told(graph: Graph) -> None:
    """BAIC, which collects batteries as well, took power batteries "at battery collection": that is farther down."""
    node = NetworkNode("company/carmaker", kind="Company", stages=("kg:BatteryCollection",))
    scene = scene_of(graph)
    scene.nodes = {**scene.nodes, node.id: node}
    order = order_stages(scene.everything, scene.nodes)
    edge = Edge("x", "supply", "suppliesTo", "company/catl", node.id, product="kg:LithiumIonBattery")
    assert "kg:BatteryCollection" in order.levels
    assert _taking_stage(scene, edge, "kg:BatteryManufacturing", order) == ""
    maker = NetworkNode("company/maker", kind="Company", stages=("kg:CellManufacturing", "kg:EquipmentMaking"))
    scene.nodes[maker.id] = maker
    cathode = Edge("y", "supply", "suppliesTo", "company/x", maker.id, product="kg:LFPCathode")
    assert _taking_stage(scene, cathode, "kg:CathodeMaking", order) == "kg:CellManufacturing"
    untold = Edge("z", "supply", "suppliesTo", "company/x", maker.id, product="product/vinylene-carbonate")
    assert _taking_stage(scene, untold, "", order) == ""
