"""The graph as objects of other libraries."""

from __future__ import annotations

import pyoxigraph as ox
from rdflib import Dataset, URIRef
from rdflib.graph import DATASET_DEFAULT_GRAPH_ID

from kg.rdf.store import Store, facts

__all__ = ["to_rdflib"]


def to_rdflib(store: Store) -> Dataset:
    """Give a store's data as an rdflib Dataset: the accepted view as default graph, claims as named graphs."""
    triples: dict[str, list[ox.Triple]] = {}
    for fact in facts(store):
        name = fact.graph.value if isinstance(fact.graph, ox.NamedNode) else str(DATASET_DEFAULT_GRAPH_ID)
        triples.setdefault(name, []).append(ox.Triple(*fact.triple))
    dataset = Dataset()
    for name, group in triples.items():
        # Graph by graph: reading quads into a Dataset, rdflib warns of its own parts.
        text = ox.serialize(group, format=ox.RdfFormat.N_TRIPLES) or b""
        dataset.graph(URIRef(name)).parse(data=text.decode("utf-8"), format="nt")
    return dataset
