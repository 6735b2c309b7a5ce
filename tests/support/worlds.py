"""Small worlds for tests: a store and an index of names made from a few lines of Turtle."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox

from kg.names.index import NameIndex
from kg.names.indexer import build_index
from kg.names.normalize import Name
from kg.rdf.namespaces import BASE, KG, PREFIXES
from kg.rdf.store import facts, text_of
from kg.rdf.vocab import ONTOLOGY

__all__ = ["make_world"]

_HEAD = "".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in PREFIXES.items()) + f"@base <{BASE}> .\n"
_FIELDS = {
    PREFIXES["rdfs"] + "label": "name",
    PREFIXES["skos"] + "altLabel": "alias",
    PREFIXES["skos"] + "notation": "identifier",
}


def make_world(turtle: str, ontology: Path, folder: Path) -> tuple[ox.Store, NameIndex]:
    """Make a store with the facts as accepted view beside the ontology, and the index of their names."""
    store = ox.Store()
    for path in sorted(ontology.glob("*.ttl")):
        for graph in (ONTOLOGY, ox.DefaultGraph()):
            read = ox.parse(path.read_bytes(), ox.RdfFormat.TURTLE)
            store.bulk_extend(ox.Quad(quad.subject, quad.predicate, quad.object, graph) for quad in read)
    mine = list(ox.parse((_HEAD + turtle).encode(), ox.RdfFormat.TURTLE))
    store.bulk_extend(mine)
    build_index(_names(store), folder)
    return store, NameIndex(folder)


def _names(store: ox.Store) -> list[Name]:
    kinds = {
        fact.subject.value: fact.object.value.removeprefix(KG)
        for fact in facts(store, None, ox.NamedNode(PREFIXES["rdf"] + "type"), None, ox.DefaultGraph())
        if fact.subject.value.startswith(BASE)
    }
    return [
        Name(fact.subject.value, kinds[fact.subject.value], *text_of(fact.object)[::-1], field)
        for predicate, field in _FIELDS.items()
        for fact in facts(store, None, ox.NamedNode(predicate), None, ox.DefaultGraph())
        if fact.subject.value in kinds
    ]
