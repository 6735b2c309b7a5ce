"""Which names a release can be searched by: those of its entities and of the ontology's concepts, and what follows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping

from kg.names.forms import code_forms, name_parts, phase_forms, short_place_names
from kg.names.normalize import Name, normalize
from kg.ontology.schema import read_annotation
from kg.rdf import NamedNode
from kg.rdf import store as stores
from kg.rdf.namespaces import KG
from kg.rdf.vocab import (
    ENTITIES,
    ONTOLOGY,
    RDF_TYPE,
    RDFS_LABEL,
    SKOS_ALT_LABEL,
    SKOS_NOTATION,
    VIEW,
)

__all__ = ["iterate_names"]

_FIELDS = {RDFS_LABEL: "name", SKOS_ALT_LABEL: "alias", SKOS_NOTATION: "identifier"}
# What the ontology says of the brackets at the end of names: whether they may be left out, whether they hold a name.
_BRACKETS = ("bracketsOptional", "bracketsHoldName")
_AREA, _PHASE = "AdministrativeArea", "Phase"


def iterate_names(store: stores.Store) -> Iterator[Name]:
    """Give every name of the entities and of the ontology's concepts, and its other forms that nobody else bears."""
    names = list(_written(store))
    yield from names
    bearers: dict[str, set[str]] = defaultdict(set)
    for name in names:
        bearers[normalize(name.text)].add(name.entity)
    kinds = [{kind for kind, value in read_annotation(store, name).items() if value == "true"} for name in _BRACKETS]
    proposed: dict[str, list[Name]] = defaultdict(list)
    for name in names:
        for text, field in _forms(name, *kinds):
            key = normalize(text)
            if key and bearers.get(key, set()) <= {name.entity}:
                proposed[key].append(Name(name.entity, name.kind, text, name.language, field))
    for forms in proposed.values():
        # What two things would be called alike is the name of neither.
        if len({form.entity for form in forms}) == 1:
            yield from forms


def _written(store: stores.Store) -> Iterator[Name]:
    kinds: dict[NamedNode, str] = {}
    for graph in (ENTITIES, ONTOLOGY):
        for fact in stores.facts(store, None, RDF_TYPE, None, graph):
            if fact.object.value.startswith(KG):
                kinds.setdefault(fact.subject, fact.object.value.removeprefix(KG))
    written = set()
    for graph in (ENTITIES, ONTOLOGY):
        for predicate, field in _FIELDS.items():
            for fact in stores.facts(store, None, predicate, None, graph):
                if fact.subject in kinds:
                    written.add((fact.subject, fact.object))
                    yield _name(fact, kinds, field)
    for fact in stores.facts(store, None, RDFS_LABEL, None, VIEW):
        # What a rule made of the parts of a thing is no name that anybody gave.
        if fact.subject in kinds and (fact.subject, fact.object) not in written:
            yield _name(fact, kinds, "alias")


def _name(fact: stores.Fact, kinds: Mapping[NamedNode, str], field: str) -> Name:
    language, text = stores.text_of(fact.object)
    return Name(fact.subject.value, kinds[fact.subject], text, language.partition("-")[0], field)


def _forms(name: Name, bracketed: Collection[str], twice: Collection[str]) -> Iterator[tuple[str, str]]:
    """Give other forms of a name, each with the field that it counts as."""
    if name.field == "identifier":
        yield from ((form, "identifier") for form in code_forms(name.text))
    elif name.kind == _PHASE:
        yield from ((form, "alias") for form in phase_forms(name.text))
    elif name.kind in bracketed:
        outside, inside = name_parts(name.text)
        yield from ((part, "alias") for part in (*outside, *(inside if name.kind in twice else ())))
        if name.kind == _AREA and name.language == "zh":
            yield from ((short, "alias") for short in short_place_names(name.text))
