"""Which names a release can be searched by: those of its entities, and of the ontology's concepts."""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as ox

from kg.names.normalize import Name
from kg.rdf import store as stores
from kg.rdf.namespaces import ENTITIES, KG, ONTOLOGY_GRAPH, PREFIXES

__all__ = ["iterate_names"]


def iterate_names(store: stores.Store) -> Iterator[Name]:
    """Give every name of the entities and of the ontology's concepts."""
    fields = {
        PREFIXES["rdfs"] + "label": "name",
        PREFIXES["skos"] + "altLabel": "alias",
        PREFIXES["skos"] + "notation": "identifier",
    }
    kinds: dict[ox.NamedNode, str] = {}
    for graph in (ENTITIES, ONTOLOGY_GRAPH):
        for fact in stores.facts(store, None, ox.NamedNode(PREFIXES["rdf"] + "type"), None, ox.NamedNode(graph)):
            if fact.object.value.startswith(KG):
                kinds.setdefault(fact.subject, fact.object.value.removeprefix(KG))
    for graph in (ENTITIES, ONTOLOGY_GRAPH):
        for predicate, field in fields.items():
            for fact in stores.facts(store, None, ox.NamedNode(predicate), None, ox.NamedNode(graph)):
                if fact.subject in kinds:
                    language, text = stores.text_of(fact.object)
                    yield Name(fact.subject.value, kinds[fact.subject], text, language.partition("-")[0], field)
