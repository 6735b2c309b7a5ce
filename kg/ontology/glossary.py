"""The ontology as people read it: its modules, and in each the terms with label, definition and example.

Terms stand in the order of their names, those that one starts with first. What a programme needs of the ontology is
in `kg.ontology.schema`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from kg.rdf.namespaces import KG, PREFIXES, shorten
from kg.rdf.store import Fact, Store, facts, text_of
from kg.rdf.vocab import (
    DCTERMS_DESCRIPTION,
    DCTERMS_TITLE,
    ONTOLOGY,
    OWL_ANNOTATION_PROPERTY,
    OWL_CLASS,
    OWL_DATATYPE_PROPERTY,
    OWL_OBJECT_PROPERTY,
    RDF_TYPE,
    RDFS_IS_DEFINED_BY,
    RDFS_LABEL,
    RDFS_SUB_CLASS_OF,
    SCHEMA_DOMAIN_INCLUDES,
    SCHEMA_RANGE_INCLUDES,
    SKOS_BROADER,
    SKOS_CONCEPT_SCHEME,
    SKOS_IN_SCHEME,
)

__all__ = ["Module", "Term", "read_glossary"]

_TYPE, _LABEL = RDF_TYPE.value, RDFS_LABEL.value
_DEFINITION, _EXAMPLE, _NOTE = (PREFIXES["skos"] + name for name in ("definition", "example", "scopeNote"))
_TITLE, _DESCRIPTION = DCTERMS_TITLE.value, DCTERMS_DESCRIPTION.value
_MODULE = RDFS_IS_DEFINED_BY.value
_ABOVE = (RDFS_SUB_CLASS_OF.value, SKOS_BROADER.value, SKOS_IN_SCHEME.value)
_DOMAIN, _RANGE = SCHEMA_DOMAIN_INCLUDES.value, SCHEMA_RANGE_INCLUDES.value
_TIERS = {KG + "StartingPoint": 0, KG + "Expanded": 1, KG + "Qualified": 2}
_SORTS = {
    OWL_CLASS.value: "class",
    OWL_OBJECT_PROPERTY.value: "property",
    OWL_DATATYPE_PROPERTY.value: "property",
    OWL_ANNOTATION_PROPERTY.value: "property",
    SKOS_CONCEPT_SCHEME.value: "scheme",
}
_ORDER = ("class", "property", "scheme", "concept")
_ELSEWHERE = "elsewhere"


@dataclass(frozen=True)
class Term:
    """A class, a property, a scheme or a concept, by its local name. Words are by language, links are short ids."""

    name: str
    sort: str
    labels: dict[str, str]
    definitions: dict[str, str]
    examples: dict[str, str]
    notes: dict[str, str]
    above: tuple[str, ...]
    domain: tuple[str, ...]
    range: tuple[str, ...]
    kinds: tuple[str, ...]
    tier: int

    def to_dict(self) -> dict[str, Any]:
        """Give the term as plain values."""
        return dict(self.__dict__)


@dataclass(frozen=True)
class Module:
    """A module of the ontology with its terms; terms that name no module stand in one called "elsewhere"."""

    name: str
    titles: dict[str, str]
    descriptions: dict[str, str]
    terms: tuple[Term, ...]

    def to_dict(self) -> dict[str, Any]:
        """Give the module as plain values."""
        return {**self.__dict__, "terms": [term.to_dict() for term in self.terms]}


def read_glossary(store: Store) -> list[Module]:
    """Read every term of the `kg:` namespace from a release's graph of the ontology."""
    held: dict[str, list[Fact]] = {}
    for fact in facts(store, graph=ONTOLOGY):
        held.setdefault(fact.subject.value, []).append(fact)
    modules: dict[str, list[Term]] = {}
    for iri, about in held.items():
        if iri.startswith(KG):
            modules.setdefault(min(_values(about, _MODULE), default=_ELSEWHERE), []).append(_term(iri, about))
    return [_module(iri, held.get(iri, []), terms) for iri, terms in sorted(modules.items())]


def _module(iri: str, about: list[Fact], terms: list[Term]) -> Module:
    ordered = sorted(terms, key=lambda term: (_ORDER.index(term.sort), term.tier, term.name.casefold()))
    return Module(iri.rpartition("/")[2], _words(about, _TITLE), _words(about, _DESCRIPTION), tuple(ordered))


def _term(iri: str, about: list[Fact]) -> Term:
    kinds = _values(about, _TYPE)
    sort = min((_SORTS[kind] for kind in kinds if kind in _SORTS), key=_ORDER.index, default="concept")
    return Term(
        name=iri.removeprefix(KG),
        sort=sort,
        labels=_words(about, _LABEL),
        definitions=_words(about, _DEFINITION),
        examples=_words(about, _EXAMPLE),
        notes=_words(about, _NOTE),
        above=_links(about, *_ABOVE),
        domain=_links(about, _DOMAIN),
        range=_links(about, _RANGE),
        kinds=tuple(sorted(shorten(kind) for kind in kinds if kind.startswith(KG))),
        tier=min((_TIERS[tier] for tier in _values(about, KG + "tier") if tier in _TIERS), default=1),
    )


def _values(about: Iterable[Fact], predicate: str) -> set[str]:
    return {fact.object.value for fact in about if fact.predicate.value == predicate}


def _links(about: Iterable[Fact], *predicates: str) -> tuple[str, ...]:
    return tuple(sorted(shorten(fact.object.value) for fact in about if fact.predicate.value in predicates))


def _words(about: Iterable[Fact], predicate: str) -> dict[str, str]:
    return dict(sorted(text_of(fact.object) for fact in about if fact.predicate.value == predicate))
