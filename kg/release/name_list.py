"""Which names a release can be searched by: those of its entities, and of the ontology's concepts."""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as ox

from kg.names.normalize import Name
from kg.rdf import store as stores
from kg.rdf.namespaces import KG
from kg.rdf.vocab import ENTITIES, ONTOLOGY, RDF_TYPE, RDFS_LABEL, SKOS_ALT_LABEL, SKOS_NOTATION

__all__ = ["iterate_names"]


def iterate_names(store: stores.Store) -> Iterator[Name]:
    """Give every name of the entities and of the ontology's concepts."""
    fields = {
        RDFS_LABEL: "name",
        SKOS_ALT_LABEL: "alias",
        SKOS_NOTATION: "identifier",
    }
    kinds: dict[ox.NamedNode, str] = {}
    for graph in (ENTITIES, ONTOLOGY):
        for fact in stores.facts(store, None, RDF_TYPE, None, graph):
            if fact.object.value.startswith(KG):
                kinds.setdefault(fact.subject, fact.object.value.removeprefix(KG))
    for graph in (ENTITIES, ONTOLOGY):
        for predicate, field in fields.items():
            for fact in stores.facts(store, None, predicate, None, graph):
                if fact.subject in kinds:
                    language, text = stores.text_of(fact.object)
                    yield Name(fact.subject.value, kinds[fact.subject], text, language.partition("-")[0], field)
