"""Lines of a relations picture lead around boxes and headings, end apart from each other, and point the right way."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.draw import DrawRequest, Scene, Words
from kg.draw.canvas.palette import NETWORK_TONES, TONES
from kg.draw.canvas.svg import Point
from kg.draw.messages import LANGUAGES
from kg.draw.relations.columns import HEADER, PAPER, SCREEN, Layout, arrange
from kg.draw.relations.picture import Relations, _side, details, draw_still, inscribe, read_relations
from kg.draw.relations.routes import Route, route_lines
from kg.graph import Graph
from kg.networks import Edge, NetworkNode, Networks

SVG = "{http://www.w3.org/2000/svg}"
NAMES = [f"x{number:02}" for number in range(40)]
LANES = ("one", "two", "three", "four")
Area = tuple[float, float, float, float]


def walk(route: Route) -> Iterator[Point]:
    """Give points of a path, close to each other."""
    steps = route.steps
    at = (float(steps[1]), float(steps[2]))
    rest = steps[3:]
    while rest:
        letter, count = rest[0], 6 if rest[0] == "C" else 2
        numbers = [float(step) for step in rest[1 : 1 + count]]
        rest = rest[1 + count :]
        ends = [at, *zip(numbers[::2], numbers[1::2], strict=True)]
        for share in (number / 24 for number in range(25)):
            yield curve(ends, share) if letter == "C" else curve([ends[0], ends[0], ends[1], ends[1]], share)
        at = ends[-1]


def curve(ends: list[Point], t: float) -> Point:
    weights = ((1 - t) ** 3, 3 * (1 - t) ** 2 * t, 3 * (1 - t) * t**2, t**3)
    x, y = (sum(weight * end[axis] for weight, end in zip(weights, ends, strict=True)) for axis in (0, 1))
    return x, y


def boxes(layout: Layout) -> dict[str, Area]:
    """Give the boxes, and the headings of the panels, a little smaller than they are."""
    found = {}
    for thing, (x, y) in layout.middles.items():
        width, height = layout.size(thing)
        found[thing] = (x - width / 2 + 0.5, y - height / 2 + 0.5, x + width / 2 - 0.5, y + height / 2 - 0.5)
    for panel in layout.panels:
        (x, y), width = panel.corner, panel.size[0]
        found[f"heading {panel.lane}"] = (x + 8, y + 3, x + width - 8, y + HEADER - 3)
    return found


@given(
    st.dictionaries(st.sampled_from(NAMES), st.sampled_from(LANES), min_size=2),
    st.lists(st.tuples(st.sampled_from(NAMES), st.sampled_from(NAMES)), max_size=60),
    st.sampled_from([PAPER, SCREEN]),
    st.frozensets(st.sampled_from(NAMES)),
    st.data(),
)
@settings(max_examples=60)
def test_no_line_runs_behind_a_box_or_through_a_heading(
    lanes: dict[str, str], pairs: list[tuple[str, str]], form: object, tall: frozenset[str], data: st.DataObject
) -> None:
    focus = data.draw(st.none() | st.sampled_from(sorted(lanes)))
    lines = [pair for pair in pairs if pair[0] in lanes and pair[1] in lanes and pair[0] != pair[1]]
    if focus is not None and data.draw(st.booleans()):
        lines = [(focus, other) for other in sorted(lanes) if other != focus]
    given_lanes = [(lane, [thing for thing in sorted(lanes) if lanes[thing] == lane]) for lane in LANES]
    layout = arrange(given_lanes, lines, focus, form, tall)  # type: ignore[arg-type]
    areas = boxes(layout)
    for line, route in zip(lines, route_lines(layout, lines), strict=True):
        for x, y in walk(route):
            met = [name for name, (x0, y0, x1, y1) in areas.items() if x0 < x < x1 and y0 < y < y1]
            assert not met, (line, met, (x, y))


def test_a_line_that_went_straight_would_run_behind_a_box() -> None:
    """The test above can fail: the straight way between two of these boxes leads through a third."""
    lanes = [("one", ["a"]), ("two", ["b"]), ("three", ["c"])]
    layout = arrange(lanes, [("a", "b"), ("b", "c"), ("a", "c")], None)
    areas = boxes(layout)
    straight = Route((layout.middles["a"], layout.middles["c"]))
    assert any(x0 < x < x1 and y0 < y < y1 for x, y in walk(straight) for x0, y0, x1, y1 in areas.values())


@given(st.integers(1, 80))
@settings(max_examples=25)
def test_lines_that_meet_at_a_box_end_apart(count: int) -> None:
    things = [f"x{number}" for number in range(count)]
    lines = [("a", thing) for thing in things] + [(thing, "a") for thing in things]
    layout = arrange([("companies", ["a", *things])], lines, "a")
    ends = [end for line, route in zip(lines, route_lines(layout, lines), strict=True)
            for end, thing in ((route.points[0], line[0]), (route.points[-1], line[1])) if thing == "a"]  # fmt: skip
    for one, other in itertools.combinations(ends, 2):
        assert one[0] != other[0] or abs(one[1] - other[1]) > 1.5


def scene_of(graph: Graph, edges: list[Edge], names: dict[str, str], language: str = "en") -> Scene:
    things = {end for edge in edges for end in (edge.source, edge.target)}
    nodes = {thing: NetworkNode(thing, label_en=names.get(thing, thing), kind="Company") for thing in things}
    nodes |= {stage: node for stage, node in graph.networks.nodes.items() if node.kind == "Stage"}
    process = [edge for edge in graph.networks.edges if edge.network == "process"]
    networks = Networks((*edges, *process), nodes, graph.networks.scales)
    return Scene(graph.release, graph._provenance, networks, edges, Words(language))


def read(scene: Scene, about: str = "company/middle") -> Relations:
    return read_relations(scene, DrawRequest(about))


@pytest.mark.parametrize("language", LANGUAGES)
def test_parent_and_daughter_are_told_apart_by_words_and_by_heads(graph: Graph, language: str) -> None:
    edges = [
        Edge("ownership-unit/1", "ownership", "hasUnit", "company/parent", "company/middle"),
        Edge("ownership-unit/2", "ownership", "hasUnit", "company/middle", "company/daughter"),
    ]
    scene = scene_of(graph, edges, {}, language)
    relations = read(scene)
    told = details(scene, relations)
    assert told["company/parent"] != told["company/daughter"]
    for bundle, route in zip(relations.bundles, relations.routes, strict=True):
        x, y = route.points[-1]
        middle = relations.layout.middles[bundle.target]
        width, height = relations.layout.size(bundle.target)
        assert abs(x - middle[0]) == width / 2
        assert abs(y - middle[1]) < height / 2
    heads = draw_still(scene, DrawRequest("company/middle"), relations).count("<polygon")
    assert heads == len(edges)


def test_no_line_is_seen_through_so_that_no_colour_is_blended(graph: Graph) -> None:
    picture = graph.draw("relations", "company/catl", depth=2)
    root = ElementTree.fromstring(picture.svg)  # noqa: S314 - written by ourselves
    lines = list(root.iter(f"{SVG}path"))
    assert lines
    assert not any("opacity" in name for line in lines for name in line.attrib)
    assert {line.get("stroke") for line in lines} <= {TONES[tone][0] for tone in NETWORK_TONES.values()}


def test_a_name_is_not_cut_where_there_is_room(graph: Graph) -> None:
    """Fifty-seven letters stand in two lines beside the empty half of a sheet."""
    long = "Contemporary Amperex Energy Service Technology Ltd. (CAES)"
    edge = Edge("supply-link/1", "supply", "suppliesTo", "company/long", "company/middle", quantity=("3 tonne",))
    scene = scene_of(graph, [edge], {"company/long": long})
    relations = read(scene)
    lines = [one.words for one in inscribe(scene, relations, "company/long", details(scene, relations)["company/long"])]
    assert " ".join(lines[:2]) == long
    assert lines[2]


def test_deliveries_tell_the_side_of_a_company_whose_stage_nobody_tells(graph: Graph) -> None:
    """A carmaker of which no source says what it makes still takes batteries: so it stands downstream."""
    middle = "company/middle"
    edges = [
        Edge("supply-link/a", "supply", "suppliesTo", middle, "company/customer"),
        Edge("supply-link/b", "supply", "suppliesTo", "company/supplier", middle),
        Edge("work-stage/c", "work", "performsStage", middle, "kg:CellManufacturing"),
        *(
            Edge(f"partnership-signed/{at}", "partnership", "partnerOf", middle, f"company/partner-{at}")
            for at in range(14)
        ),
    ]
    scene = scene_of(graph, edges, {})
    scene.nodes = {**scene.nodes, middle: NetworkNode(middle, kind="Company", stages=("kg:CellManufacturing",))}
    lanes = dict(read(scene).lanes)
    assert "company/customer" in lanes["down"]
    assert "company/supplier" in lanes["up"]
    assert len(lanes["elsewhere"]) == 14


def test_of_many_stages_those_in_the_middle_are_compared() -> None:
    """A maker of cells that mines as well has its suppliers of cathodes upstream still."""
    assert _side([3], [0, 4, 5, 6, 8]) == "up"
    assert _side([7], [0, 4, 5, 6, 8]) == "down"
    assert _side([5], [5]) == "level"
    assert _side([], [5]) == "elsewhere"
