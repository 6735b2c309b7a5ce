"""The memory that shapes run on answers every pattern as rdflib's own does."""

from __future__ import annotations

from itertools import product

from hypothesis import given
from hypothesis import strategies as st
from rdflib import Graph, URIRef

from kg.checks.plain_store import PlainStore

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
