"""Analyses: each against networkx or brute force on random networks, and known answers from the wide data."""

from __future__ import annotations

from decimal import Decimal
from itertools import islice, pairwise

import networkx as nx
import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.analysis.base import Analysis, NetworkView, weakest
from kg.analysis.chokepoints import find_chokepoints
from kg.analysis.circularity import find_circle
from kg.analysis.communities import find_communities, find_members
from kg.analysis.concentration import find_concentration
from kg.analysis.depends import find_dependence
from kg.analysis.gaps import find_gaps, find_parks
from kg.analysis.impact import find_impact
from kg.analysis.partners import find_partners
from kg.analysis.paths import cost_of, find_paths
from kg.analysis.volumes import hhi, rate_of
from kg.errors import NotFound, UsageError
from kg.graph import Graph
from kg.networks import Edge, NetworkNode, Networks
from tests.support.random_edges import NAMES, PRODUCT, STAGE, multigraph, names, scene, supplies, supply
from tests.support.scales import GRADES, MODES, SCALES

MANY = settings(max_examples=100, deadline=None)


def column(analysis: Analysis, name: str, **where: object) -> list[object]:
    """Give the cells of a column, of the rows in which other columns have some values."""
    at = analysis.columns.index(name)
    wanted = {analysis.columns.index(key): value for key, value in where.items()}
    return [row[at] for row in analysis.rows if all(row[key] == value for key, value in wanted.items())]


# --- against networkx and brute force ---------------------------------------------------------------------------------


@MANY
@given(supplies(), names, st.booleans())
def test_dependence_is_the_closure_of_supply(edges: list[Edge], start: str, on: bool) -> None:
    graph = multigraph(edges) if on else multigraph(edges).reverse()
    lengths = dict(nx.single_source_shortest_path_length(graph, start))
    found = find_dependence(scene(edges), start, on=on)
    depths = dict(zip(column(found, "who", how="delivery"), column(found, "depth", how="delivery"), strict=True))
    assert depths == {name: length for name, length in lengths.items() if name != start}
    assert column(found, "how").count("nobody known") <= 1


@MANY
@given(supplies(), names, st.integers(1, 3))
def test_dependence_goes_no_deeper_than_asked(edges: list[Edge], start: str, depth: int) -> None:
    whole, cut = find_dependence(scene(edges), start), find_dependence(scene(edges), start, depth=depth)
    near = [row for row in whole.rows if row[0] <= depth]  # type: ignore[operator]
    assert list(cut.rows) == near


@MANY
@given(supplies(), names)
def test_the_sureness_of_a_dependence_is_that_of_its_weakest_hop(edges: list[Edge], start: str) -> None:
    by_claim = {claim: edge for edge in edges for claim in edge.claims}
    found = find_dependence(scene(edges), start)
    for row, claims in zip(found.rows, found.claims or (), strict=True):
        hops: dict[tuple[str, str], list[Edge]] = {}
        for claim in claims:
            hops.setdefault((by_claim[claim].source, by_claim[claim].target), []).append(by_claim[claim])
        if row[found.columns.index("who")] is not None:
            assert row[found.columns.index("mode")] == f"kg:{weakest(hops.values(), SCALES)[0]}"


@MANY
@given(supplies(), names, names, st.integers(1, 5))
def test_paths_are_the_cheapest_of_all_simple_ones(edges: list[Edge], one: str, other: str, count: int) -> None:
    cheapest: dict[frozenset[str], float] = {}
    for edge in edges:
        ends = frozenset((edge.source, edge.target))
        cheapest[ends] = min(cost_of(edge, GRADES), cheapest.get(ends, 99.0))
    simple = nx.Graph(tuple(ends) for ends in cheapest if len(ends) == 2)
    simple.add_nodes_from(NAMES)
    ways = nx.all_simple_paths(simple, one, other) if one != other else []
    costs = sorted(sum(cheapest[frozenset(hop)] for hop in pairwise(way)) for way in ways)
    found = find_paths(scene(edges), (one, other), count, ("supply",))
    sums: dict[object, Decimal] = {}
    for path, cost in zip(column(found, "path"), column(found, "cost"), strict=True):
        sums[path] = sums.get(path, Decimal(0)) + Decimal(str(cost))
    assert [float(total) for total in sums.values()] == list(islice(costs, count))
    assert all(found.claims or ())


@MANY
@given(supplies(), names)
def test_a_stop_reaches_all_that_is_downstream(edges: list[Edge], start: str) -> None:
    lengths = nx.single_source_shortest_path_length(multigraph(edges), start)
    found = find_impact(scene(edges), start, 90)
    depths = dict(zip(column(found, "reached"), column(found, "depth"), strict=True))
    assert depths == {name: length for name, length in lengths.items() if name != start}


@MANY
@given(supplies(), names)
def test_the_share_lost_is_counted_by_links(edges: list[Edge], start: str) -> None:
    found = find_impact(scene(edges), start, 90)
    for name, share in zip(column(found, "reached", depth=1), column(found, "share_of_links", depth=1), strict=True):
        known = {(edge.source, edge.target) for edge in edges if edge.target == name}
        lost = {pair for pair in known if pair[0] == start}
        # Parallel edges here tell one delivery, having neither figure nor term.
        assert share == (Decimal(len(lost)) / len(known)).quantize(Decimal("0.001"), "ROUND_HALF_UP")


@MANY
@given(st.lists(st.tuples(names, names, st.sampled_from(["partnerOf", "shareholder", "party"])), max_size=12), names)
def test_partners_are_all_at_the_other_end(drawn: list[tuple[str, str, str]], start: str) -> None:
    edges = [
        Edge(f"t/{number}", "partnership", relation, one, other, claims=(f"claim/{number}",))
        for number, (one, other, relation) in enumerate(drawn)
    ]
    found = find_partners(scene(edges), start)
    ends = [{one, other} - {start} for one, other, _ in drawn if start in (one, other) and one != other]
    assert sorted(map(str, column(found, "partner"))) == sorted(name for pair in ends for name in pair)
    expected = {other for one, other, relation in drawn if one == start and relation == "partnerOf"}
    expected |= {one for one, other, relation in drawn if other == start and relation == "partnerOf"}
    assert set(column(found, "partner", standing="partner")) == expected - {start}


def origins(graph: nx.MultiDiGraph) -> set[str]:
    parts = nx.strongly_connected_components(graph)
    return {name for part in parts if all(one in part for one, _ in graph.in_edges(part)) for name in part}


def supplied(graph: nx.MultiDiGraph, starts: set[str]) -> set[str]:
    there = starts & set(graph)
    return set(nx.multi_source_dijkstra_path_length(graph, there)) if there else set()


@MANY
@given(supplies())
def test_a_chokepoint_cuts_off_what_no_other_way_leads_to(edges: list[Edge]) -> None:
    graph = multigraph([edge for edge in edges if edge.is_stated])
    graph.remove_nodes_from([name for name in NAMES if not graph.degree(name)])
    starts, found = origins(graph), find_chokepoints(scene(edges))
    points = set(nx.articulation_points(nx.Graph(graph.to_undirected())))
    expected = {}
    for name in graph:
        rest = graph.copy()
        rest.remove_node(name)
        lost = set(graph) - supplied(rest, starts) - {name}
        if lost or name in points:
            expected[name] = len(lost)
    cells = column(found, "chokepoint", kind="node"), column(found, "cuts_off", kind="node")
    assert dict(zip(*cells, strict=True)) == expected
    assert set(column(found, "chokepoint", kind="node", splits=True)) == points
    single = sorted(
        (one, other, len(set(graph) - supplied(nx.restricted_view(graph, [], [(one, other, key)]), starts)))
        for one, other, key in graph.edges(keys=True)
        if supplied(nx.restricted_view(graph, [], [(one, other, key)]), starts) != set(graph)
    )
    rows = [(row[0], row[2], row[3]) for row in found.rows if row[1] == "delivery"]
    assert sorted(rows, key=str) == sorted(single, key=str)


@MANY
@given(supplies())
def test_concentration_is_the_sum_of_squared_shares(edges: list[Edge]) -> None:
    # Parallel edges here tell one delivery, having neither figure nor term.
    told = {(edge.source, edge.target) for edge in edges if edge.is_stated}
    [row] = find_concentration(scene(edges), "product").rows
    counts = [sum(one == name for one, _ in told) for name in {one for one, _ in told}]
    squares = sum((count / len(told)) ** 2 for count in counts) if told else None
    assert row[1:3] == (len(counts), len(told))
    assert (row[3] is None) == (squares is None)
    assert squares is None or abs(float(str(row[3])) - squares) < 0.001


@MANY
@given(supplies())
def test_communities_part_all_that_is_tied_and_count_every_tie(edges: list[Edge]) -> None:
    found = find_communities(scene(edges))
    between = [edge for edge in edges if edge.source != edge.target]
    inside, outside = (sum(map(int, map(str, column(found, name)))) for name in ("ties_inside", "ties_outside"))
    assert inside + outside // 2 == len(between)
    tied = {name for edge in between for name in (edge.source, edge.target)}
    assert sum(map(int, map(str, column(found, "members")))) == len(tied)
    groups = {frozenset(map(str, column(find_members(scene(edges), name), "member"))) for name in tied}
    assert sorted(map(len, groups)) == sorted(map(int, map(str, column(found, "members"))))
    assert find_communities(scene(edges[::-1])).rows == found.rows


@MANY
@given(st.lists(st.tuples(names, names), max_size=12), names, names, st.integers(1, 4))
def test_circles_are_the_shortest_ways_by_kinds_of_work(
    drawn: list[tuple[str, str]], start: str, end: str, count: int
) -> None:
    feeds = [Edge(f"p/{i}", "process", "feeds", *ends) for i, ends in enumerate(drawn)]
    graph = nx.DiGraph(drawn)
    graph.add_nodes_from(NAMES)
    lengths = sorted(len(way) - 1 for way in nx.all_simple_paths(graph, start, end)) if start != end else []
    ways = column(find_circle(scene(feeds), start, end, count), "way")
    assert [ways.count(number) for number in sorted(set(map(int, map(str, ways))))] == lengths[:count]


@MANY
@given(st.lists(st.tuples(names, st.sampled_from("PQ")), max_size=8), st.lists(st.tuples(names, names), max_size=8))
def test_a_gap_is_a_stage_that_nobody_within_does(work: list[tuple[str, str]], lies: list[tuple[str, str]]) -> None:
    edges = [Edge(f"w/{i}", "work", "performsStage", who, f"kg:{stage}") for i, (who, stage) in enumerate(work)]
    edges += [Edge(f"l/{i}", "location", "locatedIn", *ends) for i, ends in enumerate(lies)]
    edges.append(Edge("p/0", "process", "feeds", "kg:P", "kg:Q"))
    nodes = {name: NetworkNode(name, kind="Park") for name in NAMES}
    nodes |= {name: NetworkNode(name, kind="Stage") for name in ("kg:P", "kg:Q")}
    around = scene([])
    around = type(around)(Networks(tuple(edges), nodes, SCALES), around.store)
    graph = nx.DiGraph(lies)
    graph.add_nodes_from(NAMES)
    done = {name: {f"kg:{stage}" for who, stage in work if who in nx.ancestors(graph, name) | {name}} for name in NAMES}
    for name in NAMES:
        found = find_gaps(around, name, "kg:Q")
        assert set(column(found, "stage", how="nobody known")) == {"kg:P", "kg:Q"} - done[name]
    assert set(column(find_parks(around, "kg:Q"), "park")) == {name for name in NAMES if len(done[name]) == 2}


@pytest.mark.parametrize(
    ("facts", "rate"),
    [
        ({"value": 10.0, "unit": "unit:TONNE-PER-YR"}, (10.0, "TONNE")),
        ({"value": 10.0, "unit": "kgu:TONNE-PER-MONTH"}, (120.0, "TONNE")),
        ({"value": 60.0, "unit": "unit:TONNE", "since": "2026", "until": "2028"}, (20.0, "TONNE")),
        ({"value": 60.0, "unit": "unit:TONNE", "since": "2026"}, (60.0, "TONNE")),
        ({"value": 60.0, "unit": "unit:TONNE"}, None),
        ({"value": 60.0, "unit": "unit:TONNE", "until": "2028"}, None),
        ({}, None),
    ],
)
def test_a_rate_needs_a_figure_and_a_term(facts: dict[str, object], rate: tuple[float, str] | None) -> None:
    assert rate_of(supply(1, ("a", "b"), **facts)) == rate  # type: ignore[arg-type]


def test_shares_of_volume_need_two_suppliers_in_one_unit() -> None:
    yearly = {"unit": "unit:TONNE-PER-YR"}
    one = supply(1, ("a", "c"), value=365.25, **yearly)
    other = supply(2, ("b", "c"), value=1095.75, **yearly)
    untold, planned = supply(3, ("d", "c")), supply(4, ("e", "c"), "Planned", value=9.0, **yearly)
    found = find_impact(scene([one, other, untold, planned]), "a", 90)
    assert column(found, "share_of_volume") == [Decimal("0.250")]
    assert column(found, "share_of_links") == [Decimal("0.250")]
    assert column(found, "amount_lost") == [Decimal(90)]
    assert column(found, "alternatives") == ["B, D, E"]
    assert column(find_impact(scene([one, untold]), "a", 90), "share_of_volume") == [None]


def test_of_a_broad_product_the_known_supply_takes_in_the_narrower_ones() -> None:
    broad, narrow = supply(1, ("a", "c"), product="kg:Goods"), supply(2, ("b", "c"))
    around = scene([broad, narrow])
    nodes = dict(around.networks.nodes) | {PRODUCT: NetworkNode(PRODUCT, kind="Product", broader=("kg:Goods",))}
    around = type(around)(Networks(around.networks.edges, nodes, SCALES), around.store)
    assert column(find_impact(around, "a", 9), "share_of_links") == [Decimal("0.500")]
    assert column(find_impact(around, "b", 9), "share_of_links") == [Decimal("1.000")]


def test_the_walk_does_not_stop_at_a_product_that_no_stage_names() -> None:
    around = scene([supply(1, ("a", "b"), product="product/fine")])
    fine = NetworkNode("product/fine", kind="Product", broader=("product/good",))
    nodes = dict(around.networks.nodes) | {
        "product/fine": fine,
        "product/good": NetworkNode("product/good", kind="Product", broader=(PRODUCT,)),
    }
    around = type(around)(Networks(around.networks.edges, nodes, SCALES), around.store)
    assert "a" in column(find_dependence(around, "product/fine"), "who")
    assert set(column(find_impact(around, PRODUCT, 9), "reached")) == {"b"}


def test_of_parallel_ties_the_surest_counts_and_of_hops_the_weakest() -> None:
    sure, weak = supply(1, ("a", "b"), grade="Press"), supply(2, ("a", "b"), "Planned", grade="Mirror")
    assert weakest([(sure, weak)], SCALES) == ("Stated", "Press")
    assert weakest([(sure,), (weak,)], SCALES) == ("Planned", "Mirror")
    assert weakest([], SCALES) == (MODES[0], None)


def test_herfindahl_is_one_for_one_and_small_for_many() -> None:
    assert hhi([4]) == Decimal("1.000")
    assert hhi([1] * 10) == Decimal("0.100")
    assert hhi([]) is None


def test_stages_and_products_are_asked_for_all_who_deliver_them() -> None:
    edges = [supply(1, ("a", "b")), supply(2, ("c", "d"))]
    for asked in (STAGE, PRODUCT):
        assert set(column(find_dependence(scene(edges), asked, depth=1), "who")) == {"a", "c"}
        assert set(column(find_impact(scene(edges), asked, 9), "reached")) == {"b", "d"}


# --- known answers ----------------------------------------------------------------------------------------------------


def test_partners_are_those_of_the_named_question(wide_graph: Graph) -> None:
    found = wide_graph.partners("company/catl")
    ours = {(row[0], row[2]) for row in found.rows if row[1] == "partner"}
    assert ours == {(row[0], row[1]) for row in wide_graph.ask("partners").rows}
    assert {"company/bmw", "government/guizhou", "company/ronbay"} <= {
        row[0] for row in found.rows if row[1] == "partner"
    }
    assert "government/shandong" in column(found, "partner", standing="explored only")
    assert all(found.claims or ())


def test_the_guian_base_depends_on_what_catl_is_delivered(wide_graph: Graph) -> None:
    found = wide_graph.depends("base/guian")
    cathode = column(found, "who", needs="kg:LFPCathode", how="delivery")
    assert {"company/hunan-yuneng", "company/wanrun", "company/lopal"} <= set(cathode)
    assert None in column(found, "who", needs="kg:StructuralPart")
    assert "kg:PhosphateRock" in column(found, "needs", how="nobody known")
    assert set(column(found, "mode", how="step of a chain")) == {"kg:AimedAt"}
    assert column(found, "stage", how="step of a chain") == ["kg:PhosphorusAndFluorineChemicals", "kg:PhosphateMining"]
    rows = zip(column(found, "who"), found.claims or (), strict=True)
    assert all(claims for who, claims in rows if who is not None)


def test_a_way_goes_on_through_the_works_and_mines_of_a_group() -> None:
    # The ore goes into the rock, the rock into the acid, the acid into the cathode that the maker delivers.
    process = [
        Edge(f"process/{number}", "process", relation, *ends)
        for number, (relation, ends) in enumerate(
            [
                ("goesInto", ("kg:Ore", "kg:Mining")), ("outputProduct", ("kg:Mining", "kg:Rock")),
                ("goesInto", ("kg:Rock", "kg:Chemicals")), ("outputProduct", ("kg:Chemicals", "kg:Acid")),
                ("goesInto", ("kg:Acid", "kg:Firing")), ("outputProduct", ("kg:Firing", "kg:Cathode")),
                ("goesInto", ("kg:Cathode", "kg:Cells")), ("outputProduct", ("kg:Cells", "kg:Cell")),
            ]
        )
    ]  # fmt: skip
    edges = [
        Edge("supply/0", "supply", "suppliesTo", "maker", "base", stage="kg:Firing", product="kg:Cathode"),
        # Nobody is told to deliver acid; the rock of the maker's miner is known all the same, and so is the mine.
        Edge("supply/1", "supply", "suppliesTo", "miner", "maker", stage="kg:Mining", product="kg:Rock"),
        Edge("ownership/0", "ownership", "operates", "miner", "mine"),
        Edge("work/0", "work", "product", "mine", "kg:Rock"),
        Edge("ownership/1", "ownership", "hasUnit", "maker", "unit"),
        Edge("work/1", "work", "product", "unit", "kg:Acid"),
    ]
    kinds = {"maker": ("Company", "kg:Firing"), "miner": ("Company", "kg:Mining"), "mine": ("Mine", "kg:Mining")}
    kinds |= {"base": ("Base", "kg:Cells"), "unit": ("Company", "kg:Chemicals")}
    nodes = {name: NetworkNode(name, kind=kind, stages=(stage,)) for name, (kind, stage) in kinds.items()}
    nodes |= {edge.source: NetworkNode(edge.source, kind="Product") for edge in process if edge.relation == "goesInto"}
    for without, acid in (([], ("unit", "works of the group")), (edges[4:], (None, "nobody known"))):
        kept = [edge for edge in edges if edge not in without]
        found = find_dependence(NetworkView(Networks((*kept, *process), nodes, SCALES), ox.Store()), "base")
        ends = {str(row[1]): (row[3] and str(row[3]), row[4]) for row in found.rows}
        assert ends == {
            "kg:Cathode": ("maker", "delivery"), "kg:Acid": acid,
            "kg:Rock": ("miner", "delivery"), "kg:Ore": ("mine", "works of the group"),
        }  # fmt: skip


def test_a_site_whose_work_is_not_told_says_where_the_walk_ends() -> None:
    edges = (
        Edge("ownership/0", "ownership", "operates", "owner", "site"),
        Edge("supply/0", "supply", "suppliesTo", "maker", "owner", product="kg:Cathode"),
    )
    nodes = {"owner": NetworkNode("owner", kind="Company"), "site": NetworkNode("site", kind="Base")}
    found = find_dependence(NetworkView(Networks(edges, nodes, SCALES), ox.Store()), "site")
    assert column(found, "who") == ["maker"]
    assert any("not told" in note and "ends" in note for note in found.notes)


def test_each_base_of_catl_reaches_a_mine_or_says_where_nobody_is_known(wide_graph: Graph) -> None:
    held = {str(name) for name in column(wide_graph.edges("ownership"), "target", source="company/catl")}
    bases = sorted(name for name in held if name.startswith("base/") and name.count("/") == 1)
    assert len(bases) > 10
    for base in bases:
        found = wide_graph.depends(base)
        mines = [name for name in column(found, "who") if str(name).startswith("mine/")]
        gaps = column(found, "stage", how="nobody known")
        assert mines or gaps or any("work is done there is not told" in note for note in found.notes), base
        assert all(str(need).startswith("kg:Phosphate") for name in mines for need in column(found, "needs", who=name))


def test_a_stage_and_a_depth_narrow_a_dependence(wide_graph: Graph) -> None:
    found = wide_graph.depends("base/guian", stage="CathodeMaking", depth=1)
    assert set(column(found, "stage")) == {"kg:CathodeMaking"}
    assert set(column(found, "depth")) == {1}


def test_downstream_of_a_supplier_are_its_customers_and_theirs(wide_graph: Graph) -> None:
    found = wide_graph.depends("company/hunan-yuneng", on=True)
    assert "company/catl" in column(found, "who", depth=1)
    assert "company/bmw" in column(found, "who", depth=2)


def test_a_stop_of_hunan_yuneng_reaches_catl_and_its_bases(wide_graph: Graph) -> None:
    found = wide_graph.impact("company/hunan-yuneng", days=90)
    assert "kg:LFPCathode" in column(found, "product", reached="company/catl")
    assert "Wanrun" in str(column(found, "alternatives", reached="company/catl"))
    assert column(found, "how", reached="base/guian") == ["run by who is reached"]
    assert "stops with it" in column(found, "how", reached="company/guizhou-yuneng")
    assert all(found.claims or ())


def test_a_stop_of_guizhou_phosphate_reaches_catl_as_a_partner_only(wide_graph: Graph) -> None:
    found = wide_graph.impact("company/guizhou-phosphate-group")
    assert column(found, "how", reached="company/catl") == ["partner, no delivery told"]


def test_a_stop_of_a_park_takes_what_lies_in_it(wide_graph: Graph) -> None:
    found = wide_graph.impact("park/brunp-yichang")
    assert "stops with it" in column(found, "how")
    assert set(column(found, "how", reached="company/catl")) == {"delivery by its operator, not told from which works"}
    assert all(Decimal(str(share)) < 1 for share in column(found, "share_of_links", reached="company/catl"))


def test_a_stop_of_an_agreement_takes_the_ties_that_rest_on_it(wide_graph: Graph) -> None:
    ties = [edge for edge in wide_graph.networks.select("partnership") if edge.relation == "partnerOf"]
    collaboration = ties[0]
    agreement = next(edge for edge in ties if not str(edge.link).startswith("collaboration/"))
    # A collaboration is an organisation without being a legal person: the ties of its members rest on it all the same.
    assert str(collaboration.link) == "collaboration/zhangjiang-guian"
    for tie in (collaboration, agreement):
        found = wide_graph.impact(str(tie.link))
        assert "tie that rests on it" in column(found, "how", depth=1)
        reached = {str(end) for end in column(found, "reached", how="tie that rests on it")}
        assert reached >= {tie.source, tie.target}
    # A joint venture delivers itself; that its shareholders know each other is no tie that rests on it.
    venture = next(edge.link for edge in wide_graph.networks.select("partnership") if edge.relation == "shareholder")
    assert "tie that rests on it" not in column(wide_graph.impact(str(venture)), "how")


def test_of_equal_ties_a_path_shows_the_one_of_the_fewest_sides(wide_graph: Graph) -> None:
    """A pact of many firms, whose id comes first, says less of two of them than a contract of the two."""
    found = wide_graph.path("company/catl", "company/tesla", count=1)
    assert column(found, "through") == ["agreement/tesla-supply"]
    assert any("fewest sides" in note for note in found.notes)


def test_paths_name_their_claims_and_their_weakest_hop(wide_graph: Graph) -> None:
    found = wide_graph.path("company/hunan-yuneng", "company/bmw", count=2)
    assert set(column(found, "path")) == {1, 2}
    assert column(found, "target", path=1)[-1] == "company/bmw"
    assert all(found.claims or ())
    assert not len(wide_graph.path("company/hunan-yuneng", "kg:CathodeMaking"))


def test_names_are_resolved_and_what_is_unknown_is_told(wide_graph: Graph) -> None:
    assert wide_graph.partners("宁德时代").title == "Partners of CATL"
    assert wide_graph.partners("company/catl", language="zh").rows[0][1] == "partner"
    with pytest.raises(NotFound):
        wide_graph.partners("company/nobody")
    with pytest.raises(NotFound, match="no network is called 'friends'"):
        wide_graph.path("company/catl", "company/bmw", networks=("friends",))
    with pytest.raises(UsageError):
        wide_graph.impact("company/catl", mode="Sure")


def test_an_analysis_is_a_table_with_notes(wide_graph: Graph) -> None:
    found = wide_graph.impact("company/hunan-yuneng")
    assert found.to_dict()["notes"] == list(found.notes)
    assert "amount_lost" in found.columns
    empty = wide_graph.impact("place/guiyang")
    assert not empty.notes or len(empty)
    assert "alternatives" not in wide_graph.impact("company/guizhou-phosphate-group").filled().columns


def test_catl_is_the_chokepoint_that_cuts_off_most(wide_graph: Graph) -> None:
    found = wide_graph.chokepoints()
    assert found.rows[0][0] == "company/catl"
    assert all(found.claims or ())


def test_concentration_tells_how_much_has_no_figure(wide_graph: Graph) -> None:
    found = wide_graph.concentration()
    [share] = column(found, "share_without_rate", of="kg:LFPCathode")
    assert Decimal(0) < Decimal(str(share)) < Decimal(1)
    assert column(found, "suppliers", of="kg:CarbonateSolvent") == [0]
    assert "kg:CathodeMaking" in column(wide_graph.concentration("stage"), "of")
    assert "place/guangdong" in column(wide_graph.concentration("region"), "of")
    with pytest.raises(UsageError, match="by: 'colour' is not known"):
        wide_graph.concentration("colour")


def test_recycling_leads_back_to_cathodes_at_yichang(wide_graph: Graph) -> None:
    found = wide_graph.circularity()
    assert "park/brunp-yichang" in column(found, "who", how="does both works")
    assert {"delivery", "does both works"} <= set(column(found, "how"))
    assert "kg:Planned" in column(found, "mode")


def test_the_community_of_catl_and_the_gaps_of_a_park(wide_graph: Graph) -> None:
    assert wide_graph.communities().rows[0][2] == "company/catl"
    members = wide_graph.communities("CATL")
    assert members.rows[0][0] == "company/catl"
    assert len(members) == wide_graph.communities().rows[0][1]
    found = wide_graph.gaps("park/brunp-yichang")
    assert "kg:BatteryRecycling" in column(found, "stage", how="told of")
    assert "kg:SeparatorMaking" in column(found, "stage", how="nobody known")
    assert "park/brunp-yichang" in column(wide_graph.gaps(), "park")


def test_an_organisation_lies_where_its_seat_is_not_where_it_has_settled(wide_graph: Graph) -> None:
    assert wide_graph.networks.nodes["company/catl"].region in (None, "place/fujian")
    assert "company/catl" not in wide_graph.networks.within("place/central-sulawesi")


@pytest.mark.parametrize(
    "question",
    ["depends", "dependents", "impact", "path", "chokepoints", "concentration", "circularity", "communities", "gaps"],
)
def test_a_named_question_is_answered_by_its_analysis(wide_graph: Graph, question: str) -> None:
    asked = wide_graph.question(question)
    assert asked.answered_by == question
    answer = wide_graph.ask(question)
    assert isinstance(answer, Analysis)
    assert len(answer)


def test_what_no_analysis_answers_is_told(wide_graph: Graph) -> None:
    with pytest.raises(UsageError, match="no analysis is called 'prophecy'"):
        wide_graph.analyse("prophecy", {}, "en")
