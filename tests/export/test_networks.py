"""Networks as GraphML and GEXF: networkx reads them back equal, whatever stands in their names."""

from __future__ import annotations

import io
import subprocess
import sys
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any, BinaryIO

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import OutputError, UsageError
from kg.export.metadata import Origin
from kg.export.networks import edges_sheet, flatten, nodes_sheet, write_gexf, write_graphml
from kg.graph import Graph

ORIGIN = Origin("0123456789abcdef", None, 2, 3, "2025-05-17")
Write = Callable[[nx.MultiDiGraph, Origin, BinaryIO], tuple[str, ...]]
Read = Callable[[BinaryIO], nx.MultiDiGraph]


def read_graphml(stream: BinaryIO) -> nx.MultiDiGraph:
    return nx.read_graphml(stream, force_multigraph=True)


def read_gexf(stream: BinaryIO) -> nx.MultiDiGraph:
    # Without parallel edges networkx gives a graph that has no keys; the ids of the edges are an attribute.
    read = nx.read_gexf(stream)
    graph = nx.MultiDiGraph()
    graph.add_nodes_from(read.nodes(data=True))
    graph.add_edges_from((source, target, data["id"], data) for source, target, data in read.edges(data=True))
    return graph


each_form = pytest.mark.parametrize(
    ("write", "read"), [(write_graphml, read_graphml), (write_gexf, read_gexf)], ids=["graphml", "gexf"]
)


def again(graph: nx.MultiDiGraph, write: Write, read: Read) -> tuple[nx.MultiDiGraph, tuple[str, ...]]:
    """Write a network and read it back; what the forms themselves add is taken off."""
    stream = io.BytesIO()
    notes = write(graph, ORIGIN, stream)
    stream.seek(0)
    found = read(stream)
    for _, data in found.nodes(data=True):
        data.pop("label")
    for *_, data in found.edges(data=True):
        data.pop("id", None)
        data.pop("label", None)
    return found, notes


def content(graph: nx.MultiDiGraph) -> tuple[Any, Any]:
    return dict(graph.nodes(data=True)), {
        (source, target, key): data for source, target, key, data in graph.edges(keys=True, data=True)
    }


TEXT = st.text(max_size=8) | st.sampled_from(
    ["</data>", "]]>", "\"&<>'", "\x00", "a\x0bb", "\r\n", "\r", "\t x \n", "\ufffe", "宁德时代", "\u202eright", " "]
)
NUMBER = st.integers(-(2**40), 2**40) | st.floats(allow_nan=False) | st.decimals(-1000, 1000, places=2)
VALUE = st.none() | st.booleans() | NUMBER | TEXT | st.lists(TEXT, max_size=3) | st.lists(TEXT, max_size=3).map(tuple)


@st.composite
def networks(draw: st.DrawFn) -> nx.MultiDiGraph:
    graph = nx.MultiDiGraph(name="all")
    names = draw(st.lists(st.from_regex(r"[a-z]{1,4}/[a-z]{1,4}", fullmatch=True), unique=True, max_size=5))
    of_nodes = ("label_en", "label_zh", "kind", "region", "stages", "status")
    for name in names:
        graph.add_node(name, **draw(st.dictionaries(st.sampled_from(of_nodes), VALUE)))
    of_edges = ("relation", "network", "mode", "value", "unit", "quantity", "claims", "since")
    for number in range(draw(st.integers(0, 6)) if names else 0):
        ends = draw(st.tuples(st.sampled_from(names), st.sampled_from(names)))
        graph.add_edge(*ends, key=f"tie-{number}", **draw(st.dictionaries(st.sampled_from(of_edges), VALUE)))
    return graph


@each_form
@settings(max_examples=60)
@given(graph=networks())
def test_any_network_comes_back_as_it_was_laid_flat(write: Write, read: Read, graph: nx.MultiDiGraph) -> None:
    found, notes = again(graph, write, read)
    flat, lost = flatten(graph)
    assert content(found) == content(flat)
    assert bool(notes) == bool(lost)


def test_laying_flat_joins_lists_drops_what_is_absent_and_makes_numbers_floats() -> None:
    graph = nx.MultiDiGraph()
    graph.add_node("b", stages=("kg:A", "kg:B"), region=None, status="", value=Decimal("1.5"), count=3, sure=True)
    graph.add_node("a")
    flat, lost = flatten(graph)
    assert list(flat) == ["a", "b"]
    assert flat.nodes["b"] == {"stages": "kg:A; kg:B", "value": 1.5, "count": 3.0, "sure": True}
    assert lost == 0


def test_an_attribute_is_of_one_type_throughout() -> None:
    graph = nx.MultiDiGraph()
    graph.add_edge("a", "b", "1", value=3)
    graph.add_edge("a", "b", "2", value="about three")
    assert [data["value"] for *_, data in flatten(graph)[0].edges(data=True)] == ["3.0", "about three"]


def test_characters_that_xml_cannot_hold_are_marked_and_counted() -> None:
    graph = nx.MultiDiGraph()
    graph.add_node("a", label_en="bell\x07 and null\x00")
    for write, read in ((write_graphml, read_graphml), (write_gexf, read_gexf)):
        found, notes = again(graph, write, read)
        assert found.nodes["a"]["label_en"] == "bell\ufffd and null\ufffd"
        assert notes == ("2 control characters, which XML cannot hold, are written as U+FFFD",)


def test_ids_that_would_become_one_are_refused() -> None:
    graph = nx.MultiDiGraph()
    graph.add_nodes_from(["a\x00", "a\x01"])
    with pytest.raises(OutputError, match="two nodes would both be called"):
        write_graphml(graph, ORIGIN, io.BytesIO())


def test_the_smallest_networks_come_back() -> None:
    alone = nx.MultiDiGraph()
    alone.add_node("a")
    for graph in (nx.MultiDiGraph(), alone):
        for write, read in ((write_graphml, read_graphml), (write_gexf, read_gexf)):
            assert content(again(graph, write, read)[0]) == content(graph)


@each_form
def test_the_networks_of_a_release_come_back(graph: Graph, write: Write, read: Read) -> None:
    whole = graph.network()
    found, _ = again(whole, write, read)
    assert content(found) == content(flatten(whole)[0])
    assert set(found) == set(whole)
    assert found.number_of_edges() == whole.number_of_edges() > 50


@pytest.mark.parametrize("form", ["graphml", "gexf"])
def test_a_network_names_its_release_and_licence_and_is_the_same_bytes(
    graph: Graph, release_folder: Path, form: str
) -> None:
    stream = io.BytesIO()
    graph.export(form, stream)
    assert graph.release.id.encode() in stream.getvalue()
    assert b"CC-BY-4.0" in stream.getvalue()
    code = f"import kg, sys; kg.open(sys.argv[1]).export({form!r}, sys.stdout.buffer)"
    run = subprocess.run([sys.executable, "-c", code, release_folder], capture_output=True, check=True)
    assert run.stdout == stream.getvalue()


def test_filters_narrow_the_network(graph: Graph) -> None:
    stream = io.BytesIO()
    graph.export("graphml", stream, network="supply", mode="Stated")
    stream.seek(0)
    assert set(read_graphml(stream)) == set(graph.network("supply", mode="Stated"))


def test_filters_on_what_is_no_network_are_refused(graph: Graph) -> None:
    with pytest.raises(UsageError, match="filters narrow a network, and turtle holds more"):
        graph.export("turtle", io.BytesIO(), stage="CellManufacturing")
    with pytest.raises(UsageError, match="and csv holds more"):
        graph.export("csv", io.BytesIO(), tables=["claims"], network="supply")
    with pytest.raises(UsageError, match="no filter is called 'colour'"):
        graph.export("graphml", io.BytesIO(), colour="red")


def test_nodes_and_edges_are_tables_of_the_same_network(graph: Graph) -> None:
    whole = graph.network()
    nodes, edges = nodes_sheet(whole), edges_sheet(whole)
    assert set(nodes.values("id")) == set(whole)
    assert {(*row[1:2], row[3], row[0]) for row in edges.rows} == set(whole.edges(keys=True))
    assert set(edges.values("subject")) <= set(nodes.values("id"))
    claims = [cell for cell in edges.values("claims") if isinstance(cell, list)]
    assert len(claims) == len(edges.rows)
    assert any(claims)
