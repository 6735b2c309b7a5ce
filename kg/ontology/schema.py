"""The ontology as a release carries it: its classes and properties, with their words in English and Chinese.

What a service tells of itself (types and properties to choose from, columns to add, a description for agents) is
read from here. What building a release needs of the ontology is in `kg.ontology.vocabulary`, which reads the source
files.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from kg.rdf.namespaces import KG, shorten
from kg.rdf.store import Fact, Store, facts, text_of
from kg.rdf.vocab import (
    ONTOLOGY,
    OWL_CLASS,
    OWL_DATATYPE_PROPERTY,
    OWL_OBJECT_PROPERTY,
    RDF_TYPE,
    RDFS_LABEL,
    RDFS_SUB_CLASS_OF,
    SCHEMA_DOMAIN_INCLUDES,
    SCHEMA_RANGE_INCLUDES,
    SKOS_DEFINITION,
    SKOS_SCOPE_NOTE,
)

__all__ = ["ClassTerm", "PropertyTerm", "Schema", "read_schema"]

_TYPE = RDF_TYPE.value
_LABEL = RDFS_LABEL.value
_DEFINITION = SKOS_DEFINITION.value
_NOTE = SKOS_SCOPE_NOTE.value
_PROPERTY_KINDS = frozenset({OWL_OBJECT_PROPERTY.value, OWL_DATATYPE_PROPERTY.value})
_LISTS = {
    RDFS_SUB_CLASS_OF.value: "broader",
    SCHEMA_DOMAIN_INCLUDES.value: "domain",
    SCHEMA_RANGE_INCLUDES.value: "range",
}


@dataclass(frozen=True)
class ClassTerm:
    """A class: its local name, labels, definitions and notes by language, and the classes right above it."""

    name: str
    labels: Mapping[str, str]
    definitions: Mapping[str, str]
    notes: Mapping[str, str]
    broader: tuple[str, ...]


@dataclass(frozen=True)
class PropertyTerm:
    """A property: its words, the classes that have it (none: any), and what its values are.

    `by_rule` is set where a rule makes its statements.
    """

    name: str
    labels: Mapping[str, str]
    definitions: Mapping[str, str]
    notes: Mapping[str, str]
    domain: tuple[str, ...]
    range: tuple[str, ...]
    single_valued: bool
    by_rule: bool


@dataclass(frozen=True)
class Schema:
    """All classes and properties of a release, by local name, in order of their names."""

    classes: Mapping[str, ClassTerm]
    properties: Mapping[str, PropertyTerm]

    def is_a(self, kind: str, above: str) -> bool:
        """Tell whether a class is another, or lies below it."""
        return kind == above or above in self._above.get(kind, ())

    def kinds_within(self, kind: str, among: Iterable[str]) -> list[str]:
        """Give those of the classes `among` that are `kind` or lie below it, sorted."""
        return sorted(name for name in among if self.is_a(name, kind))

    def properties_of(self, kind: str) -> list[PropertyTerm]:
        """Give the properties that a thing of this class may have by their domains."""
        return [
            term
            for term in self.properties.values()
            if not term.domain or any(self.is_a(kind, name) or self.is_a(name, kind) for name in term.domain)
        ]

    @cached_property
    def _above(self) -> dict[str, frozenset[str]]:
        return {name: frozenset(self._all_above(name)) for name in self.classes}

    def _all_above(self, name: str) -> set[str]:
        found: set[str] = set()
        waiting = [name]
        while waiting:
            broader = self.classes[waiting.pop()].broader
            new = [one for one in broader if one in self.classes and one not in found]
            found.update(new)
            waiting.extend(new)
        return found


def read_schema(store: Store) -> Schema:
    """Read the classes and properties of the `kg:` namespace from a release's graph of the ontology."""
    held: dict[str, list[Fact]] = {}
    for fact in facts(store, graph=ONTOLOGY):
        if fact.subject.value.startswith(KG):
            held.setdefault(fact.subject.value.removeprefix(KG), []).append(fact)
    kinds = {name: _values(about, _TYPE) for name, about in held.items()}
    classes = {name: _class(name, held[name]) for name in sorted(held) if OWL_CLASS.value in kinds[name]}
    properties = {
        name: _property(name, held[name], kinds[name]) for name in sorted(held) if _PROPERTY_KINDS & kinds[name]
    }
    return Schema(classes, properties)


def _values(about: Iterable[Fact], predicate: str) -> set[str]:
    return {fact.object.value for fact in about if fact.predicate.value == predicate}


def _words(about: Iterable[Fact], predicate: str) -> dict[str, str]:
    texts = sorted(text_of(fact.object) for fact in about if fact.predicate.value == predicate)
    words: dict[str, str] = {}
    for language, text in texts:
        words.setdefault(language, text)
    return words


def _class(name: str, about: list[Fact]) -> ClassTerm:
    broader = _names(about, "broader")
    return ClassTerm(name, _words(about, _LABEL), _words(about, _DEFINITION), _words(about, _NOTE), broader)


def _property(name: str, about: list[Fact], kinds: set[str]) -> PropertyTerm:
    return PropertyTerm(
        name=name,
        labels=_words(about, _LABEL),
        definitions=_words(about, _DEFINITION),
        notes=_words(about, _NOTE),
        domain=_names(about, "domain"),
        range=_names(about, "range"),
        single_valued=KG + "SingleValuedProperty" in kinds,
        by_rule=bool(_values(about, KG + "derivedByRule")),
    )


def _names(about: list[Fact], part: str) -> tuple[str, ...]:
    """Name what a term lists: classes by local name, `xsd:` and the like with their prefix; rdfs:Resource is any."""
    found = {shorten(fact.object.value) for fact in about if _LISTS.get(fact.predicate.value) == part}
    return () if "rdfs:Resource" in found else tuple(sorted(name.removeprefix("kg:") for name in found))
