"""Suggests entities, types and properties as somebody types, and the columns that suit a type."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any, TypeVar

from kg.graph import Graph
from kg.matching.extension import FACETS, ExtensionColumn, words_for
from kg.matching.matcher import words_about
from kg.matching.properties import EXTRA
from kg.names.index import MAX_TEXT
from kg.names.normalize import normalize
from kg.ontology.model import Class, Property, Term
from kg.rdf import NamedNode
from kg.rdf.labels import label
from kg.rdf.namespaces import KG, expand, shorten
from kg.rdf.nodes import find_node
from kg.rdf.store import facts
from kg.rdf.vocab import RDF_TYPE, VIEW, kg
from kg.reconciliation.answers import type_of

__all__ = ["columns_of", "propose_columns", "suggest_entities", "suggest_properties", "suggest_types"]

_Term = TypeVar("_Term", Class, Property)
_AT_ONCE = 20
_MAX_CURSOR = 500
_MOST_COLUMNS = 200
# What goes with a column without being asked for: when it was said and by whom, and of figures the unit.
_BESIDE = ("published", "source")


def suggest_entities(graph: Graph, prefix: str, cursor: int = 0, kind: str | None = None) -> dict[str, Any]:
    """Suggest entities for a name, a part of one, or an id."""
    named: list[NamedNode] = []
    if (node := find_node(graph.release.store, prefix) if len(prefix) <= MAX_TEXT else None) is not None:
        named.append(node)
    if normalize(prefix) and len(prefix) <= MAX_TEXT:
        known = graph.schema.class_named(kind) if kind else None
        matches = graph.find(prefix, kind=known, limit=min(max(cursor, 0), _MAX_CURSOR) + _AT_ONCE)
        named += [NamedNode(expand(match.entity)) for match in matches]
    page = list(dict.fromkeys(named))[max(cursor, 0) :][:_AT_ONCE]
    return {"result": [_entity(graph, node) for node in page]}


def _entity(graph: Graph, node: NamedNode) -> dict[str, Any]:
    return {
        "id": shorten(node.value),
        "name": label(graph.release.store, node),
        "description": words_about(graph.properties, node),
        "notable": [type_of(graph, name) for name in graph.properties.kinds(node)],
    }


def suggest_types(graph: Graph, prefix: str, cursor: int = 0) -> dict[str, Any]:
    """Suggest classes that have entities, or classes above such."""
    used = {name for name in graph.schema.classes if graph.schema.kinds_within(name, graph.kinds())}
    terms = _ranked(prefix, [graph.schema.classes[name] for name in sorted(used)])
    return {"result": [_type(graph, term) for term in terms[max(cursor, 0) :][:_AT_ONCE]]}


def _type(graph: Graph, term: Class) -> dict[str, Any]:
    broader = [type_of(graph, name) for name in term.above if name in graph.schema.classes]
    return type_of(graph, term.name) | {"description": term.definitions.get("en", ""), "broader": broader}


def suggest_properties(graph: Graph, prefix: str, cursor: int = 0) -> dict[str, Any]:
    """Suggest properties; after a colon, the facets of the one before it."""
    property_name, colon, rest = prefix.rpartition(":")
    term = graph.properties.term(property_name) if colon and property_name else None
    if term is not None and prefix not in EXTRA:
        found = [_column(graph, f"{term.name}:{facet}") for facet in FACETS if facet.startswith(rest)]
    else:
        terms = _ranked(prefix, [*EXTRA.values(), *graph.schema.properties.values()])
        found = [_column(graph, one.name) for one in terms]
    return {"result": found[max(cursor, 0) :][:_AT_ONCE]}


def _column(graph: Graph, name: str) -> dict[str, Any]:
    words = words_for(graph.properties, ExtensionColumn.read(name, {}))
    assert words is not None  # noqa: S101 - only names of traits come here
    heading, term = words
    return {"id": name, "name": heading, "description": term.definitions.get("en", "")}


def propose_columns(graph: Graph, kind: str | None = None, limit: int | None = None) -> dict[str, Any]:
    """Propose the columns that entities of a type have, the commonest first, each with its date and source."""
    known = graph.schema.class_named(kind) if kind else None
    counted = _used(graph, known) if known or not kind else Counter[str]()
    names = ["name:en", "name:zh", "province", "country"]
    for property_name, _ in sorted(counted.items(), key=lambda pair: (-pair[1], pair[0])):
        figures = ("unit", "printed") if "Quantity" in graph.schema.properties[property_name].range else ()
        names += [property_name, *(f"{property_name}:{facet}" for facet in (*figures, *_BESIDE))]
    most = _MOST_COLUMNS if limit is None else min(max(limit, 0), _MOST_COLUMNS)
    proposal: dict[str, Any] = {"properties": [_column(graph, name) for name in names[:most]]}
    return proposal | ({"type": kind} if kind else {}) | ({"limit": limit} if limit is not None else {})


def _used(graph: Graph, kind: str | None) -> Counter[str]:
    """Count how many entities of a class have each property."""
    kinds = graph.schema.kinds_within(kind, graph.kinds()) if kind else graph.kinds()
    store, counted = graph.release.store, Counter[str]()
    for entity in {one.subject for name in kinds for one in facts(store, None, RDF_TYPE, kg(name), VIEW)}:
        predicates = {fact.predicate.value for fact in facts(store, entity, graph=VIEW)}
        counted.update(short for iri in predicates if (short := iri.removeprefix(KG)) in graph.schema.properties)
    return counted


def columns_of(graph: Graph, node: NamedNode) -> list[str]:
    """Name the properties that tell most about an entity: of those it has, figures and states before ties."""
    predicates = {fact.predicate.value.removeprefix(KG) for fact in facts(graph.release.store, node, graph=VIEW)}
    known = [graph.schema.properties[name] for name in sorted(predicates) if name in graph.schema.properties]
    return [term.name for term in sorted(known, key=lambda term: (not term.single_valued, term.by_rule))]


def _ranked(prefix: str, terms: Iterable[_Term]) -> list[_Term]:
    """Order terms by how they begin with or hold a text: id, labels, then definitions. An empty text takes all."""
    key = normalize(prefix.removeprefix("kg:").removeprefix(KG))
    ranked = [(rank, term.name, term) for term in terms if (rank := _rank(key, term)) is not None]
    return [term for _, _, term in sorted(ranked, key=lambda entry: entry[:2])]


def _rank(key: str, term: Term) -> int | None:
    words = [normalize(term.name), *(normalize(label) for label in term.labels.values())]
    if key in words:
        return 0
    if any(word.startswith(key) for word in words):
        return 1
    if any(key in word for word in words):
        return 2
    return 3 if any(key in normalize(text) for text in term.definitions.values()) else None
