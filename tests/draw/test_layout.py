"""Where things go: nothing covers anything, the same input gives the same places, loops are cut where they close."""

from __future__ import annotations

import itertools
import math

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.draw.canvas import svg
from kg.draw.canvas.text import clean, fit, isolate, line, width_of, wrap
from kg.draw.labels import Wish, place_labels
from kg.draw.map.projection import albers, clip, fit_frame, surroundings
from kg.draw.relations.columns import PAPER, SCREEN, arrange
from kg.draw.relations.neighbourhood import select_around, select_connected
from kg.draw.scope import units
from kg.draw.supply.chain import Chain, Link, Stand
from kg.draw.supply.lanes import BOX as LANE_BOX
from kg.draw.supply.lanes import place
from kg.draw.supply.ribbons import measure, set_ports
from kg.networks import Edge, NetworkNode
from kg.networks.stage_order import StageOrder, order_stages

NAMES = st.sampled_from("abcdefghij")
PAIRS = st.lists(st.tuples(NAMES, NAMES), max_size=30)
ANY_TEXT = st.text(max_size=60)


def test_drawn_text_has_no_marks_of_isolation() -> None:
    """Converters show them as boxes; what is drawn is isolated by unicode-bidi."""
    drawn = svg.text((0, 0), f"Not placed: {isolate('CATL')}, {isolate('אב')}", 10)
    assert drawn.text == "Not placed: CATL, אב"
    assert drawn.get("unicode-bidi") == "isolate"


def test_what_is_read_out_has_marks_of_isolation_only_around_what_they_are_for() -> None:
    """A title or description can be isolated by marks alone; a name without letters from right to left needs none."""
    named = svg.title(svg.rect((0, 0), (1, 1)), f"{isolate('CATL')} → {isolate('宁德时代')}")
    assert named[0].text == "CATL → 宁德时代"
    assert isolate("אב 1") == "\u2068אב 1\u2069"


def stage_order(pairs: list[tuple[str, str]]) -> StageOrder:
    nodes = {name: NetworkNode(name, kind="Stage") for pair in pairs for name in pair}
    edges = [Edge(f"{number}", "process", "feeds", *pair) for number, pair in enumerate(pairs)]
    return order_stages(edges, nodes)


@given(PAIRS)
def test_stages_go_down_but_for_the_returns(pairs: list[tuple[str, str]]) -> None:
    order = stage_order(pairs)
    for source, target in pairs:
        if source != target and (source, target) not in order.returns:
            assert order.levels[source] < order.levels[target]
    kept = nx.DiGraph([pair for pair in pairs if pair not in order.returns and pair[0] != pair[1]])
    assert nx.is_directed_acyclic_graph(kept)
    if nx.is_directed_acyclic_graph(nx.DiGraph([pair for pair in pairs if pair[0] != pair[1]])):
        assert not order.returns
    assert stage_order(pairs[::-1]) == order


def test_a_loop_is_cut_behind_the_stage_that_closes_it() -> None:
    order = stage_order([("mine", "cathode"), ("cathode", "cell"), ("anode", "cell"), ("cell", "recycling"),
                         ("recycling", "cathode"), ("recycling", "anode")])  # fmt: skip
    assert order.returns == {("recycling", "cathode"), ("recycling", "anode")}
    assert order.levels == {"mine": 0, "cathode": 1, "anode": 1, "cell": 2, "recycling": 3}
    assert order.above({"cell"}) == {"mine", "cathode", "anode"}
    assert order.below({"cell"}) == {"recycling"}


@given(
    st.dictionaries(NAMES, st.sampled_from(["one", "two", "three"])), PAIRS, st.sampled_from([PAPER, SCREEN]), st.data()
)
def test_boxes_of_relations_do_not_touch(
    lanes: dict[str, str], pairs: list[tuple[str, str]], form: object, data: st.DataObject
) -> None:
    focus = data.draw(st.none() | st.sampled_from(sorted(lanes))) if lanes else None
    given_lanes = [
        (lane, [thing for thing in sorted(lanes) if lanes[thing] == lane]) for lane in ("one", "two", "three")
    ]
    layout = arrange(given_lanes, pairs, focus, form)  # type: ignore[arg-type]
    assert set(layout.middles) == set(lanes)
    sizes = {thing: layout.size(thing) for thing in lanes}
    for one, other in itertools.combinations(sorted(lanes), 2):
        (x0, y0), (x1, y1) = layout.middles[one], layout.middles[other]
        across, down = (sizes[one][at] / 2 + sizes[other][at] / 2 for at in (0, 1))
        assert abs(x0 - x1) >= across or abs(y0 - y1) >= down
    for x, y in layout.middles.values():
        assert 0 < x < layout.width
        assert 0 < y < layout.height
    assert arrange(given_lanes, pairs, focus, form).middles == layout.middles  # type: ignore[arg-type]


@given(PAIRS, st.dictionaries(NAMES, st.integers(0, 4)))
@settings(max_examples=60)
def test_boxes_of_a_chain_do_not_touch_and_links_have_ports(
    pairs: list[tuple[str, str]], levels: dict[str, int]
) -> None:
    stands = {name: Stand(f"stage {level}", name) for name, level in levels.items()}
    links = tuple(Link(stands[a], stands[b], ()) for a, b in pairs if a in stands and b in stands)
    order = StageOrder({}, {}, frozenset())
    chain = Chain({stand: levels[stand.thing] for stand in stands.values()}, links, {}, frozenset(), order)
    widths = measure(links)
    placed = place(chain, dict.fromkeys(chain.levels, 24.0), widths.of)
    for column in placed.columns:
        spans = sorted((box.y, box.y + box.height) for lane in column for box in lane.boxes)
        assert all(one[1] <= other[0] for one, other in itertools.pairwise(spans))
        assert all(top >= 0 and bottom <= placed.height + 0.01 for top, bottom in spans)
    ports = set_ports(placed, links, widths)
    for number, link in enumerate(links):
        for stand, leaves in ((link.source, True), (link.target, False)):
            box = placed.boxes[stand]
            assert box.y <= ports[number, leaves] <= box.y + box.height
    assert placed.width == 0 or placed.width >= LANE_BOX


@given(st.lists(st.tuples(st.floats(0, 300), st.floats(0, 300), ANY_TEXT.map(clean)), max_size=25))
def test_names_on_a_map_do_not_cover_each_other(spots: list[tuple[float, float, str]]) -> None:
    wishes = [Wish(str(number), words, (x, y), 5.0, 10.0) for number, (x, y, words) in enumerate(spots)]
    areas = []
    for label in place_labels(wishes, [], (300.0, 300.0)):
        width = width_of(label.words, label.size)
        left = label.at[0] - {"start": 0.0, "middle": width / 2, "end": width}[label.anchor]
        areas.append((left, label.at[1] - 8.0, left + width, label.at[1] + 2.2))
        assert left >= 0
        assert left + width <= 300
    for one, other in itertools.combinations(areas, 2):
        apart = one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] + 1e-6 or other[3] <= one[1] + 1e-6
        assert apart


@given(ANY_TEXT, st.floats(20, 200))
def test_text_fits_and_is_harmless(text: str, width: float) -> None:
    words = clean(text)
    assert width_of(fit(words, width, 10), 10) <= width
    assert all(width_of(row, 10) <= width for row in wrap(words, width, 10, 3))
    assert len(wrap(words, width, 10, 3)) <= 3
    assert not any(sign in words for sign in "\n\r\x00\u202e\u2028\u200f")
    assert line(isolate(text)) == isolate(text)


@given(st.lists(st.tuples(st.floats(-179, 179), st.floats(-80, 80)), min_size=1, max_size=12))
def test_every_place_lies_on_the_sheet(places: list[tuple[float, float]]) -> None:
    frame = fit_frame(surroundings(places), 900, 700)
    for place_ in places:
        x, y = frame.place(*place_)
        assert -1 <= x <= frame.width + 1
        assert -1 <= y <= frame.height + 1


@given(st.lists(st.tuples(st.floats(-170, 170), st.floats(-80, 80)), min_size=3, max_size=12))
def test_what_is_cut_lies_within_the_bounds(ring: list[tuple[float, float]]) -> None:
    for x, y in clip(ring, (-50.0, -20.0, 60.0, 30.0)):
        assert -50.0001 <= x <= 60.0001
        assert -20.0001 <= y <= 30.0001


def test_albers_agrees_with_snyder() -> None:
    # Working Manual, p. 291: sphere, parallels 29.5 and 45.5, origin 23 N 96 W, point 35 N 75 W.
    project = albers((29.5, 45.5), -96.0)
    (x, y), (_, origin) = project(-75.0, 35.0), project(-96.0, 23.0)
    assert (round(x, 7), round(origin - y, 7)) == (0.2952720, 0.2416774)


def edges(pairs: list[tuple[str, str]]) -> list[Edge]:
    return [Edge(str(number), "supply", "suppliesTo", *pair) for number, pair in enumerate(pairs)]


@given(PAIRS, st.integers(1, 3), st.integers(1, 12))
def test_a_neighbourhood_is_what_can_be_reached(pairs: list[tuple[str, str]], depth: int, limit: int) -> None:
    chosen = select_around(edges(pairs), "a", depth, limit)
    graph = nx.Graph([("a", "a"), *pairs])
    near = {name for name, far in nx.single_source_shortest_path_length(graph, "a").items() if far <= depth}
    assert set(chosen.things) <= near
    assert len(chosen.things) <= max(1, limit)
    if chosen.left_out == 0:
        assert set(chosen.things) == near
    assert all({edge.source, edge.target} <= set(chosen.things) for edge in chosen.edges)


@given(PAIRS, st.integers(1, 12))
def test_the_best_connected_are_no_more_than_asked(pairs: list[tuple[str, str]], limit: int) -> None:
    chosen = select_connected(edges(pairs), limit)
    assert len(chosen.things) <= limit
    assert len(chosen.things) + chosen.left_out == len({name for pair in pairs for name in pair})


def test_units_are_held_by_half_at_any_remove() -> None:
    held = [
        Edge("1", "ownership", "hasUnit", "group", "unit"),
        Edge("2", "ownership", "holdsSharesIn", "unit", "most", value=60.0),
        Edge("3", "ownership", "holdsSharesIn", "group", "few", value=20.0),
        Edge("4", "ownership", "holdsSharesIn", "most", "untold"),
        Edge("5", "ownership", "hasUnit", "untold", "group"),
    ]
    assert set(units(held, "group")) == {"unit", "most", "untold"}


def test_widths_compare_only_what_can_be_compared() -> None:
    def link(value: float | None, unit: str | None, kind: str = "supply") -> Link:
        edge = Edge("x", "supply", "r", "a", "b", value=value, unit=unit)
        return Link(Stand("s", "a"), Stand("t", "b"), (edge,), kind)

    widths = measure((link(100.0, "t"), link(50.0, "t"), link(3.0, "GWh"), link(None, None), link(60.0, "%", "runs")))
    assert widths.of[0] == widths.of[2] == 2 * widths.of[1]
    assert widths.of[3] == widths.of[4] < 2
    assert set(widths.largest) == {"t", "GWh"}
    assert math.isclose(widths.scaled(50.0, "t"), widths.of[1])


@pytest.mark.parametrize("count", [0, 1, 3000])
def test_any_number_of_boxes_is_arranged(count: int) -> None:
    things = [f"x{number}" for number in range(count)]
    pairs = [(f"x{number}", f"x{number * 7 % max(count, 1)}") for number in range(2 * count)]
    assert len(arrange([("companies", things)], pairs, None).middles) == count
