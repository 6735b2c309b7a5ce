"""The walks that analyses are made of, each against networkx or brute force on random graphs."""

from __future__ import annotations

from itertools import pairwise

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.analysis.algorithms.closure import Closure
from kg.analysis.algorithms.cuts import find_cuts
from kg.analysis.algorithms.dominators import find_dominators, find_origins
from kg.networks.csr import Arrays, make_arrays

Edges = list[tuple[int, int]]

# Cycles, loops, parallel edges, nodes without any edge, and no edge at all.
graphs = st.integers(1, 9).flatmap(
    lambda size: st.tuples(
        st.just(size), st.lists(st.tuples(st.integers(0, size - 1), st.integers(0, size - 1)), max_size=20)
    )
)
MANY = settings(max_examples=150, deadline=None)


def arrays_of(size: int, edges: Edges) -> Arrays:
    pairs = np.array(edges, dtype=np.int32).reshape(-1, 2)
    return make_arrays(size, pairs[:, 0], pairs[:, 1])


def digraph(size: int, edges: Edges) -> nx.MultiDiGraph:
    graph = nx.MultiDiGraph()
    graph.add_nodes_from(range(size))
    graph.add_edges_from((one, other, number) for number, (one, other) in enumerate(edges))
    return graph


@MANY
@given(graphs, st.lists(st.integers(0, 8), min_size=1, max_size=3))
def test_reach_is_that_of_networkx(drawn: tuple[int, Edges], chosen: list[int]) -> None:
    size, edges = drawn
    starts = sorted({start % size for start in chosen})
    graph = digraph(size, edges)
    for arrays, walked in (
        (arrays_of(size, edges), graph),
        (arrays_of(size, edges).reversed(), graph.reverse()),
    ):
        reach = Closure(arrays).reach(starts)
        lengths = nx.multi_source_dijkstra_path_length(walked, set(starts))
        assert dict(zip(reach.nodes.tolist(), reach.depths().tolist(), strict=True)) == lengths
        for node in lengths:
            way = reach.way(node)
            assert way[0] in starts
            assert len(way) == lengths[node] + 1
            assert all(walked.has_edge(*step) for step in pairwise(way))


def reached_from(graph: nx.MultiDiGraph, origins: list[int]) -> set[int]:
    there = [origin for origin in origins if origin in graph]
    return set(nx.multi_source_dijkstra_path_length(graph, set(there))) if there else set()


@MANY
@given(graphs)
def test_dominators_are_those_whose_loss_cuts_off(drawn: tuple[int, Edges]) -> None:
    size, edges = drawn
    graph, arrays = digraph(size, edges), arrays_of(size, edges)
    origins = find_origins(arrays)
    found = find_dominators(arrays, origins)
    whole = reached_from(graph, origins.tolist())
    assert whole == set(range(size))
    for node in range(size):
        rest = graph.copy()
        rest.remove_node(node)
        lost = whole - reached_from(rest, origins.tolist()) - {node}
        assert set(found.below(node).tolist()) == lost
        assert found.cut_off[node] == len(lost)


@MANY
@given(graphs)
def test_sole_ways_are_the_edges_whose_loss_cuts_off(drawn: tuple[int, Edges]) -> None:
    size, edges = drawn
    graph, arrays = digraph(size, edges), arrays_of(size, edges)
    origins = find_origins(arrays).tolist()
    sole = {int(arrays.edges[at]) for at in find_dominators(arrays, find_origins(arrays)).sole_ways}
    for number, (one, other) in enumerate(edges):
        rest = graph.copy()
        rest.remove_edge(one, other, number)
        assert (number in sole) == (reached_from(rest, origins) != set(range(size)))


@MANY
@given(graphs)
def test_immediate_dominators_are_those_of_networkx(drawn: tuple[int, Edges]) -> None:
    size, edges = drawn
    arrays = arrays_of(size, edges)
    origins = find_origins(arrays)
    rooted = nx.DiGraph(edges)
    rooted.add_edges_from((-1, origin) for origin in origins.tolist())
    expected = nx.immediate_dominators(rooted, -1)
    assert find_dominators(arrays, origins).above.tolist() == [expected[node] for node in range(size)]


def test_a_node_that_no_way_leads_to_is_dominated_by_none() -> None:
    arrays = arrays_of(3, [(1, 2)])
    found = find_dominators(arrays, np.array([0], dtype=np.int32))
    assert found.above.tolist() == [-1, -1, -1]
    assert found.sole_ways.tolist() == []


@MANY
@given(graphs)
def test_origins_are_the_nodes_of_parts_that_nothing_enters(drawn: tuple[int, Edges]) -> None:
    size, edges = drawn
    graph = digraph(size, edges)
    parts = [
        part
        for part in nx.strongly_connected_components(graph)
        if not any(one not in part for one, _ in graph.in_edges(part))
    ]
    assert set(find_origins(arrays_of(size, edges)).tolist()) == set().union(*parts)


@MANY
@given(graphs)
def test_cut_points_and_bridges_are_those_of_networkx(drawn: tuple[int, Edges]) -> None:
    size, edges = drawn
    points, bridges = find_cuts(arrays_of(size, edges))
    simple = nx.Graph()
    simple.add_nodes_from(range(size))
    simple.add_edges_from((one, other) for one, other in edges if one != other)
    assert points == sorted(nx.articulation_points(simple))
    undirected = nx.MultiGraph()
    undirected.add_nodes_from(range(size))
    undirected.add_edges_from((one, other) for one, other in edges)
    arrays = arrays_of(size, edges)
    ends = list(zip(arrays.sources().tolist(), arrays.targets.tolist(), strict=True))
    assert sorted(tuple(sorted(ends[at])) for at in bridges) == sorted(
        tuple(sorted(edge[:2])) for edge in nx.bridges(undirected)
    )


@pytest.mark.parametrize("size", [1, 4])
def test_a_graph_without_edges_has_nothing_to_cut(size: int) -> None:
    arrays = arrays_of(size, [])
    assert find_cuts(arrays) == ([], [])
    found = find_dominators(arrays, find_origins(arrays))
    assert not found.cut_off.any()
    assert Closure(arrays).reach([0]).nodes.tolist() == [0]
