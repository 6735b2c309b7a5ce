"""Networks: edges found by queries, each with its claims; filtered, written, read again, and given to networkx."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path
from typing import get_origin, get_type_hints

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.claims.grades import read_scales
from kg.errors import InputError, NotFound, ReleaseError, UsageError
from kg.graph import Graph
from kg.networks import NETWORKS, Edge, EdgeKind, Filters, NetworkNode, Networks, read_networks
from kg.networks.csr import make_arrays, read_arrays, verify_arrays
from kg.networks.edges import find_edges
from kg.networks.loader import read_edge_kinds
from kg.networks.nodes import find_nodes, stages_of
from kg.networks.to_networkx import EdgeAttributes, NodeAttributes
from tests.support.small import ONTOLOGY, edited, grounds_of, vocabulary

KINDS = read_edge_kinds(ONTOLOGY / "networks")
each_kind = pytest.mark.parametrize("kind", KINDS, ids=[kind.name for kind in KINDS])

# A supplier, a customer, a planned delivery and a stated one; and a works that is to make batteries.
MORE = """\
  - id: claim/report/supplier
    evidence: Page
    says: {id: supply/anhe-luohe-cells, supplier: company/anhe}
  - id: claim/report/customer
    evidence: Page
    says: {id: supply/anhe-luohe-cells, customer: company/luohe}
  - id: claim/report/stage
    evidence: Page
    says: {id: supply/anhe-luohe-cells, stage: CellManufacturing}
  - id: claim/report/volume
    mode: Planned
    evidence: Page
    says: {id: supply/anhe-luohe-cells, volume: {value: 30, unit: GWh-per-year, bound: AtLeast}}
  - id: claim/report/period
    evidence: Page
    says: {id: supply/anhe-luohe-cells, period: {edtf: 2026/2028}}
  - id: claim/report/talks-supplier
    mode: ExploredOnly
    evidence: Page
    says: {id: supply/anhe-luohe-talks, supplier: company/anhe}
  - id: claim/report/talks-customer
    mode: ExploredOnly
    evidence: Page
    says: {id: supply/anhe-luohe-talks, customer: company/luohe}
  - id: claim/report/operated
    evidence: Page
    says: {id: base/luming, operator: company/anhe}
  - id: claim/report/located
    evidence: Page
    says: {id: base/luming, locatedIn: place/luming}
  - id: claim/report/to-make
    mode: Planned
    evidence: Page
    says: {id: base/luming, plannedProduct: LithiumIonCell}
"""
ENTITIES = """\
  - id: company/luohe
    type: Company
    name: {en: Luohe Motors, zh: 洛河汽车}
  - id: supply/anhe-luohe-cells
    type: SupplyLink
    name: {en: Cells of Anhe for Luohe}
  - id: supply/anhe-luohe-talks
    type: SupplyLink
    name: {en: Talks of Anhe and Luohe}
  - id: place/luming
"""


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Networks:
    cards = edited(tmp_path_factory.mktemp("small"), ("  - id: place/luming\n", ENTITIES), more=MORE)
    provenance = grounds_of(cards)
    edges = find_edges(provenance.store, provenance, KINDS)
    return Networks(
        tuple(edges), {node.id: node for node in find_nodes(provenance.store, edges)}, read_scales(provenance.store)
    )


def only(edges: list[Edge], **wanted: object) -> Edge:
    """Give the one edge that has some attributes."""
    [edge] = [edge for edge in edges if all(getattr(edge, name) == value for name, value in wanted.items())]
    return edge


@each_kind
def test_each_kind_names_a_relation_of_the_ontology(kind: EdgeKind) -> None:
    assert kind.network in NETWORKS
    assert kind.title["en"]
    assert kind.title["zh"]
    assert kind.relation in {*vocabulary().properties, *vocabulary().individuals}


def test_every_network_has_a_kind_of_tie() -> None:
    assert {kind.network for kind in KINDS} == set(NETWORKS)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "# title-en: A\n# title-zh: 甲\n# network: friendship\n# relation: x\n# reason: y\n",
            "'friendship' is no network",
        ),
        ("# title-en: A\n# title-zh: 甲\n# network: supply\n# reason: y\n", "0 lines '# relation: …'"),
    ],
)
def test_a_kind_with_a_wrong_header_is_refused(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "x.rq").write_text(
        text + "SELECT ?source ?target WHERE { ?source kg:feeds ?target }\n", encoding="utf-8"
    )
    with pytest.raises(InputError, match=said):
        read_edge_kinds(tmp_path)


def test_a_tie_carries_what_its_link_says(small: Networks) -> None:
    edge = only(small.select("supply"), link="supply/anhe-luohe-cells")
    assert (edge.source, edge.target, edge.relation) == ("company/anhe", "company/luohe", "suppliesTo")
    assert (edge.stage, edge.since, edge.until) == ("kg:CellManufacturing", "2026", "2028")
    assert (edge.quantity, edge.value, edge.unit) == (
        ("at least 30 gigawatt hour per year",),
        30.0,
        "kgu:GigaW-HR-PER-YR",
    )
    assert (edge.grade, edge.known) == ("Press", "2022-02-28")
    assert edge.claims == (
        "claim/report/customer", "claim/report/period", "claim/report/stage", "claim/report/supplier",
        "claim/report/volume",
    )  # fmt: skip


def test_a_planned_figure_makes_no_plan_of_a_delivery_but_explored_ends_do(small: Networks) -> None:
    assert only(small.select("supply"), link="supply/anhe-luohe-cells").mode == "Stated"
    assert only(small.select("supply"), link="supply/anhe-luohe-talks").mode == "ExploredOnly"


def test_a_node_does_the_stages_of_its_products_and_its_operator_does_them_too(small: Networks) -> None:
    assert small.nodes["base/luming"].stages == ("kg:CellManufacturing",)
    assert small.nodes["company/anhe"].stages == ("kg:CellManufacturing",)
    assert small.nodes["company/luohe"].stages == ()
    assert small.nodes["company/luohe"].label_zh == "洛河汽车"


def test_of_a_broad_stage_and_its_narrower_one_the_narrower_is_kept() -> None:
    nodes = {
        "kg:Wide": NetworkNode("kg:Wide", kind="Stage"),
        "kg:Narrow": NetworkNode("kg:Narrow", kind="Stage", broader=("kg:Wide",)),
    }
    work = [Edge(name, "work", "performsStage", "base/a", name) for name in nodes]
    assert stages_of(work, nodes) == {"base/a": ("kg:Narrow",)}


def test_a_product_that_no_stage_names_tells_the_stage_of_the_one_above_it() -> None:
    nodes = {
        "kg:Making": NetworkNode("kg:Making", kind="Stage"),
        "kg:Goods": NetworkNode("kg:Goods", kind="Product"),
        "product/fine": NetworkNode("product/fine", kind="Product", broader=("kg:Goods",)),
        "product/finest": NetworkNode("product/finest", kind="Product", broader=("product/fine",)),
        "product/other": NetworkNode("product/other", kind="Product"),
    }
    edges = [
        Edge("out", "process", "outputProduct", "kg:Making", "kg:Goods"),
        Edge("one", "work", "product", "base/a", "product/finest"),
        Edge("two", "work", "product", "base/b", "product/other"),
    ]
    assert stages_of(edges, nodes) == {"base/a": ("kg:Making",)}


@pytest.mark.parametrize(
    ("filters", "links"),
    [
        (Filters(), 2),
        (Filters(mode="Stated"), 1),
        (Filters(mode="ExploredOnly"), 2),
        (Filters(stage="kg:BatteryManufacturing"), 2),
        (Filters(stage="kg:CellManufacturing"), 2),
        (Filters(stage="kg:CathodeMaking"), 0),
        (Filters(as_of="2022-02-27"), 0),
        (Filters(as_of="2022-02-28"), 2),
        (Filters(rank="preferred"), 2),
        (Filters(region="place/luming"), 0),
        (Filters(status="Signed"), 0),
    ],
)
def test_filters_keep_the_ties_that_are_asked_for(small: Networks, filters: Filters, links: int) -> None:
    assert len(small.select("supply", filters)) == links


def test_a_region_takes_in_what_lies_within(small: Networks) -> None:
    found = small.select("work", Filters(region="place/luming"))
    assert {edge.source for edge in found} == {"base/luming"}


@pytest.mark.parametrize("grade", ["MachineSummary", "Mirror", "Aggregator", "Translation"])
def test_preferred_leaves_out_what_weak_sources_alone_tell(small: Networks, grade: str) -> None:
    weak = Networks(tuple(replace(edge, grade=grade) for edge in small.edges), small.nodes, small.scales)
    assert not weak.select("supply", Filters(rank="preferred"))
    assert len(weak.select("process", Filters(rank="preferred"))) == len(small.select("process"))


def test_what_no_dated_document_tells_is_not_known_by_any_day(small: Networks) -> None:
    undated = Networks(tuple(replace(edge, known=None) for edge in small.edges), small.nodes, small.scales)
    assert not undated.select("supply", Filters(as_of="2999-01-01"))
    assert undated.select("process", Filters(as_of="1999-01-01"))


def test_what_is_no_filter_or_no_network_is_refused(graph: Graph, small: Networks) -> None:
    with pytest.raises(NotFound, match="no network is called 'friends'"):
        small.select("friends")
    with pytest.raises(UsageError, match="no filter is called 'colour'"):
        graph.network(colour="red")
    with pytest.raises(UsageError, match="mode: 'Sure' is not known"):
        graph.network(mode="Sure")
    with pytest.raises(UsageError, match="mode: 'Sure' is not known; write one of Stated, Planned, Expected"):
        small.select("supply", Filters(mode="Sure"))
    with pytest.raises(UsageError, match="as_of: '2025' is no day"):
        Filters(as_of="2025")


def test_the_two_articles_keep_what_is_agreed_apart_from_what_is_an_aim(graph: Graph) -> None:
    partnership = graph.network("partnership")
    edges = {(one, other): facts for one, other, facts in partnership.edges(data=True)}
    assert edges["company/guian-development-group", "company/zhangjiang-group"]["relation"] == "partnerOf"
    assert edges["company/catl", "government/shandong"]["mode"] == "ExploredOnly"
    steps = [facts for *_, facts in graph.network("process").edges(data=True) if facts["relation"] == "precedes"]
    assert {facts["mode"] for facts in steps} == {"AimedAt"}
    assert all(facts["claims"] for facts in steps)


def test_a_graph_is_a_fresh_copy_without_empty_attributes(graph: Graph) -> None:
    first = graph.network("all")
    first.clear()
    second = graph.network()
    assert second.number_of_edges() == len(graph.networks.edges)
    values = [value for *_, facts in [*second.edges(data=True)] for value in facts.values()]
    values += [value for _, facts in second.nodes(data=True) for value in facts.values()]
    assert None not in values
    assert {key for *_, key in second.edges(keys=True)} == {edge.id for edge in graph.networks.edges}


def test_filters_take_names(graph: Graph) -> None:
    assert graph.filters(stage="battery recycling", region=None).stage == "kg:BatteryRecycling"


def test_ids_of_ties_are_unique_and_ends_are_nodes(wide_graph: Graph) -> None:
    edges, nodes = wide_graph.networks.edges, wide_graph.networks.nodes
    assert len({edge.id for edge in edges}) == len(edges)
    assert all(edge.source in nodes and edge.target in nodes for edge in edges)
    assert [edge.id for edge in edges] == sorted(edge.id for edge in edges)


def test_the_wide_graph_has_partners_as_the_rule_finds_them(wide_graph: Graph) -> None:
    found = {
        frozenset(ends)
        for *ends, facts in wide_graph.network("partnership").edges(data=True)
        if facts["relation"] == "partnerOf"
    }
    told = wide_graph.query("SELECT ?a ?b WHERE { ?a kg:partnerOf ?b }").rows
    assert found == {frozenset(map(str, row)) for row in told}


def test_the_wide_graph_supplies_as_the_rule_finds(wide_graph: Graph) -> None:
    supply = wide_graph.network("supply", mode="Stated")
    found = {
        ends for *ends, facts in supply.edges(data=True) if facts["relation"] == "suppliesTo" for ends in [tuple(ends)]
    }
    told = wide_graph.query("SELECT ?a ?b WHERE { ?a kg:suppliesTo ?b }").rows
    assert {ends for ends in found if ends[0] != ends[1]} == {tuple(map(str, row)) for row in told}
    assert all(facts["claims"] for *_, facts in supply.edges(data=True))


def test_a_base_lies_in_its_province(wide_graph: Graph) -> None:
    assert wide_graph.networks.nodes["base/guian"].region == "place/guizhou"
    assert "base/guian" in wide_graph.networks.within("place/guizhou")


def test_the_arrays_of_a_release_hold_its_ties(release_folder: Path) -> None:
    networks = read_networks(release_folder)
    ids = list(networks.nodes)
    for name in NETWORKS:
        arrays = read_arrays(release_folder, name)
        found = {
            (ids[source], ids[target], networks.edges[edge].id)
            for source, target, edge in zip(arrays.sources(), arrays.targets, arrays.edges, strict=True)
        }
        assert found == {(edge.source, edge.target, edge.id) for edge in networks.select(name)}


def test_a_release_without_networks_or_with_other_arrays_is_told(release_folder: Path, tmp_path: Path) -> None:
    copy = tmp_path / "release"
    shutil.copytree(release_folder / "networks", copy / "networks")
    networks = read_networks(copy)
    np.save(copy / "networks/arrays/supply.ties.npy", np.array([7], dtype=np.int32))
    with pytest.raises(ReleaseError, match="the arrays of supply do not hold its ties"):
        verify_arrays(copy, networks)
    (copy / "networks/arrays/supply.ties.npy").write_bytes(b"no array")
    with pytest.raises(ReleaseError, match="the arrays of supply cannot be read"):
        verify_arrays(copy, networks)
    with pytest.raises(ReleaseError, match="the release has no networks"):
        read_networks(tmp_path)


def test_kinds_are_part_of_the_release_and_its_id(release_folder: Path) -> None:
    kinds = json.loads((release_folder / "networks/kinds.json").read_text(encoding="utf-8"))
    assert [kind["name"] for kind in kinds] == [kind.name for kind in KINDS]
    assert all("SELECT" in kind["text"] for kind in kinds)


edges = st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6)), max_size=25)


@given(edges)
def test_arrays_hold_every_edge_once_and_turn_round(pairs: list[tuple[int, int]]) -> None:
    sources = np.array([one for one, _ in pairs], dtype=np.int32)
    targets = np.array([other for _, other in pairs], dtype=np.int32)
    arrays = make_arrays(8, sources, targets)
    assert arrays.size == 8
    found = list(zip(arrays.sources().tolist(), arrays.targets.tolist(), arrays.edges.tolist(), strict=True))
    assert sorted(found) == sorted((*pair, number) for number, pair in enumerate(pairs))
    turned = arrays.reversed()
    back = zip(turned.targets.tolist(), turned.sources().tolist(), turned.edges.tolist(), strict=True)
    assert sorted(back) == sorted(found)


def test_every_attribute_of_a_networkx_graph_has_the_type_that_is_told(graph: Graph) -> None:
    network = graph.network()
    told = {
        EdgeAttributes: [facts for _, _, facts in network.edges(data=True)],
        NodeAttributes: [facts for _, facts in network.nodes(data=True)],
    }
    for attributes, found in told.items():
        types = get_type_hints(attributes)
        seen = {name: value for facts in found for name, value in facts.items()}
        assert seen.keys() <= types.keys()
        assert len(seen) >= 6
        for name, value in seen.items():
            assert isinstance(value, get_origin(types[name]) or types[name]), name
