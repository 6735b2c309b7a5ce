"""The memory that shapes run on answers every pattern as rdflib's own does."""

from __future__ import annotations

from itertools import product

from hypothesis import given
from hypothesis import strategies as st
from rdflib import Graph, URIRef

from kg.checks.plain_store import PlainGraph, PlainStore

NODES = [URIRef(f"urn:{name}") for name in "abcd"]
TRIPLES = st.lists(st.tuples(*[st.sampled_from(NODES)] * 3))


@given(TRIPLES)
def test_every_pattern_is_answered_as_by_the_memory_of_rdflib(triples: list[tuple[URIRef, URIRef, URIRef]]) -> None:
    plain, usual = Graph(PlainStore()), Graph()
    for triple in triples:
        plain.add(triple)
        usual.add(triple)
    assert len(plain) == len(usual)
    for subject, predicate, value in product([None, *NODES], repeat=3):
        found = list(plain.triples((subject, predicate, value)))
        assert len(found) == len(set(found))
        assert set(found) == set(usual.triples((subject, predicate, value)))


@given(TRIPLES, TRIPLES)
def test_values_are_those_of_any_graph_also_after_more_is_added(
    first: list[tuple[URIRef, URIRef, URIRef]], later: list[tuple[URIRef, URIRef, URIRef]]
) -> None:
    plain, usual = PlainGraph(), Graph()
    for triples in (first, later):
        for triple in triples:
            plain.add(triple)
            usual.add(triple)
        for one, other in product([None, *NODES], repeat=2):
            assert set(plain.objects(one, other)) == set(usual.objects(one, other))
            assert set(plain.subjects(one, other)) == set(usual.subjects(one, other))
