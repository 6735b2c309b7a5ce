"""Verbs of the graph as agents ask them: its schema in words with counts, and in Turtle."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from typing import Any

from kg.graph import Graph
from kg.names.normalize import normalize
from kg.ontology.model import Class, Property, Term
from kg.rdf import NamedNode
from kg.rdf.io import serialize
from kg.rdf.namespaces import KG, PREFIXES
from kg.rdf.store import facts
from kg.rdf.vocab import ONTOLOGY, RDF_TYPE, VIEW, kg

__all__ = ["FOR_AGENTS"]

_NOTE = (
    "Classes take in those below them (?x a/rdfs:subClassOf* kg:Site). A property that a rule makes is a short form: "
    "why gives its premises. A value of class Quantity is a node with kg:value, kg:unit, kg:bound, kg:verbatim, and "
    "kg:comparisonValue in kg:comparisonUnit; one of class Date a node with kg:edtf, kg:earliest, kg:latest, "
    "of which a bound has only one: by 2030 is ../2030 and has no kg:earliest."
)
_SHOWN = frozenset(
    PREFIXES[prefix] + name
    for prefix, name in (
        ("rdf", "type"),
        ("rdfs", "label"),
        ("rdfs", "subClassOf"),
        ("skos", "definition"),
        ("schema", "domainIncludes"),
        ("schema", "rangeIncludes"),
    )
)


def schema(graph: Graph, term: str | None = None, whole: bool = False) -> Any:
    """Describe the classes and properties: all of them, those of one term, or the classes that have entities."""
    classes, properties = graph.schema.classes, graph.schema.properties
    if whole:
        terms = [_class(graph, one) for one in classes.values()], [_property(one) for one in properties.values()]
    elif term is None:
        counts = {name: _count(graph, name) for name in graph.kinds() if name in classes}
        ordered = sorted(counts, key=lambda name: (-counts[name], name))
        terms = [_class(graph, classes[name]) | {"entities": counts[name]} for name in ordered], []
    else:
        terms = _about(graph, term.removeprefix("kg:").removeprefix(KG))
    return {"classes": terms[0], "properties": terms[1], "note": _NOTE}


def _about(graph: Graph, term: str) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Describe a class with its properties, a property, or all terms that a word is found in."""
    classes, properties = graph.schema.classes, graph.schema.properties
    if term in classes:
        below = [name for name in graph.schema.kinds_within(term, classes) if name != term]
        used = _used(graph, term)
        terms = [_property(one) | {"used": used[one.name]} for one in graph.schema.properties_of(term)]
        kind = _class(graph, classes[term]) | {"entities": _count(graph, term), "below": below}
        return [kind], sorted(terms, key=lambda one: (-one["used"], one["name"]))
    if term in properties:
        predicate = kg(term)
        used_of_one = sum(1 for _ in facts(graph.release.store, None, predicate, None, VIEW))
        return [], [_property(properties[term]) | {"used": used_of_one}]
    found_classes = [_class(graph, one) for one in classes.values() if _holds(one, term)]
    return found_classes, [_property(one) for one in properties.values() if _holds(one, term)]


def _holds(term: Term, word: str) -> bool:
    key = normalize(word)
    texts = (term.name, *term.labels.values(), *term.definitions.values(), *term.notes.values())
    return bool(key) and any(key in normalize(text) for text in texts)


def _class(graph: Graph, term: Class) -> dict[str, Any]:
    return _words(term) | {"above": [name for name in term.above if name in graph.schema.classes]}


def _property(term: Property) -> dict[str, Any]:
    plain = _words(term) | {"stands_on": sorted(term.domain), "points_to": sorted(term.range)}
    marks = {"single_valued": term.single_valued, "made_by_rule": term.by_rule}
    return plain | {name: True for name, marked in marks.items() if marked}


def _words(term: Term) -> dict[str, Any]:
    label, chinese = term.labels.get("en", term.name), term.labels.get("zh", "")
    words = {"name": f"kg:{term.name}", "label": label, "zh": chinese, "meaning": term.definitions.get("en", "")}
    return words | ({"note": term.notes["en"]} if "en" in term.notes else {})


def _entities(graph: Graph, kind: str) -> Iterable[NamedNode]:
    store, names = graph.release.store, graph.schema.kinds_within(kind, graph.schema.classes)
    found = (fact.subject for name in names for fact in facts(store, None, RDF_TYPE, kg(name), VIEW))
    # An instance of a narrow class is one of each wider class too.
    yield from dict.fromkeys(found)


def _count(graph: Graph, kind: str) -> int:
    return len(set(_entities(graph, kind)))


def _used(graph: Graph, kind: str) -> Counter[str]:
    counted: Counter[str] = Counter()
    for entity in set(_entities(graph, kind)):
        predicates = {fact.predicate.value for fact in facts(graph.release.store, entity, graph=VIEW)}
        counted.update(iri.removeprefix(KG) for iri in predicates)
    return counted


def schema_turtle(graph: Graph) -> str:
    """Write the classes and properties in Turtle: labels, definitions, what is above, domain and range."""
    terms = {*graph.schema.classes, *graph.schema.properties}
    shown = (
        fact
        for fact in facts(graph.release.store, graph=ONTOLOGY)
        if fact.subject.value.removeprefix(KG) in terms and fact.predicate.value in _SHOWN
    )
    triples = sorted((fact.triple for fact in shown), key=str)
    return serialize(triples, "ttl", PREFIXES).decode("utf-8")


FOR_AGENTS: tuple[Callable[..., Any], ...] = (schema, schema_turtle)
"""The verbs, to be added to those of the server."""
