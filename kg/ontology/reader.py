"""The one reader of the ontology, for its source files as for what a release carries.

What stands where and points to what is read of all terms at once; words only of those that are looked at, since most
answers need none.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import TypeVar

from kg.ontology.model import Class, Module, Property, Term
from kg.ontology.statements import Statements, local_name
from kg.rdf import NamedNode
from kg.rdf.namespaces import KG, shorten
from kg.rdf.vocab import (
    DCTERMS_DESCRIPTION,
    DCTERMS_TITLE,
    OWL_ANNOTATION_PROPERTY,
    OWL_CLASS,
    OWL_DATATYPE_PROPERTY,
    OWL_OBJECT_PROPERTY,
    RDF_TYPE,
    RDFS_IS_DEFINED_BY,
    RDFS_LABEL,
    RDFS_RESOURCE,
    RDFS_SUB_CLASS_OF,
    SCHEMA_DOMAIN_INCLUDES,
    SCHEMA_RANGE_INCLUDES,
    SKOS_BROADER,
    SKOS_CONCEPT_SCHEME,
    SKOS_DEFINITION,
    SKOS_EXAMPLE,
    SKOS_IN_SCHEME,
    SKOS_SCOPE_NOTE,
    kg,
)

__all__ = ["Ontology"]

_ANYTHING = shorten(RDFS_RESOURCE.value)
_TIERS = {KG + "StartingPoint": 0, KG + "Expanded": 1, KG + "Qualified": 2}
_ELSEWHERE = "elsewhere"

# Of several the first counts: what is a class too is a class.
_SORTS = {
    OWL_CLASS.value: "class",
    OWL_OBJECT_PROPERTY.value: "property",
    OWL_DATATYPE_PROPERTY.value: "property",
    OWL_ANNOTATION_PROPERTY.value: "property",
    SKOS_CONCEPT_SCHEME.value: "scheme",
}

_T = TypeVar("_T", bound=Term)
_Values = dict[str, set[str]]
"""Values of a predicate by who has them."""


class Ontology:
    """The terms of the `kg:` namespace by local name, in order of their names; modules by IRI."""

    def __init__(self, statements: Statements) -> None:
        self._statements = statements

    @cached_property
    def classes(self) -> Mapping[str, Class]:
        """Its classes."""
        return self._terms(Class, self._of_types(OWL_CLASS), self._values(RDFS_SUB_CLASS_OF))

    @cached_property
    def properties(self) -> Mapping[str, Property]:
        """Its properties, without those that annotate the ontology itself."""
        return self._terms(Property, self._of_types(OWL_OBJECT_PROPERTY, OWL_DATATYPE_PROPERTY), {})

    @cached_property
    def terms(self) -> Mapping[str, Term]:
        """All terms: besides these the schemes, the concepts and what annotates the ontology."""
        others = {iri for iri in self._types if iri.startswith(KG)} - {KG + name for name in self.classes}
        above = self._values(RDFS_SUB_CLASS_OF, SKOS_BROADER, SKOS_IN_SCHEME)
        concepts = self._terms(Term, others - {KG + name for name in self.properties}, above)
        return dict(sorted({**concepts, **self.properties, **self.classes}.items()))

    @cached_property
    def superclasses(self) -> dict[str, frozenset[str]]:
        """All that lies above each class."""
        return {name: frozenset(self._all_above(name)) for name in self.classes}

    @cached_property
    def modules(self) -> dict[str, Module]:
        """The modules that define its terms; a term that names none stands in one called "elsewhere"."""
        found = {self.module_of(name) for name in self.terms}
        return {iri: self._module(iri) for iri in sorted(found)}

    def annotated(self, name: str) -> dict[str, str]:
        """Give the value of an annotation of ours by the terms that have it."""
        return {local_name(iri): value for iri, value in self._statements.pairs(kg(name))}

    def inherited(self, name: str) -> dict[str, str]:
        """Give for each class the value of an annotation that it, or else the nearest class above it, has."""
        own = self.annotated(name)
        found = {kind: self._nearest(kind, own) for kind in self.classes}
        return {kind: value for kind, value in found.items() if value is not None}

    def _nearest(self, kind: str, own: Mapping[str, str]) -> str | None:
        level, seen = [kind], {kind}
        while level:
            for one in level:
                if one in own:
                    return own[one]
            above = {name for one in level if one in self.classes for name in self.classes[one].above}
            level = sorted(above - seen)
            seen |= above
        return None

    def module_of(self, name: str) -> str:
        """Give the IRI of the module that defines a term."""
        return min(self._modules.get(KG + name, ()), default=_ELSEWHERE)

    def _module(self, iri: str) -> Module:
        titles, descriptions = (self._words(iri, one) for one in (DCTERMS_TITLE, DCTERMS_DESCRIPTION))
        return Module(iri.rpartition("/")[2], titles, descriptions)

    @cached_property
    def _types(self) -> _Values:
        return self._statements.values(RDF_TYPE)

    @cached_property
    def _modules(self) -> _Values:
        return self._statements.values(RDFS_IS_DEFINED_BY)

    @cached_property
    def _tiers(self) -> _Values:
        return self._statements.values(kg("tier"))

    @cached_property
    def _domains(self) -> _Values:
        return self._statements.values(SCHEMA_DOMAIN_INCLUDES)

    @cached_property
    def _ranges(self) -> _Values:
        return self._statements.values(SCHEMA_RANGE_INCLUDES)

    @cached_property
    def _by_rule(self) -> _Values:
        return self._statements.values(kg("derivedByRule"))

    @cached_property
    def _own_modes(self) -> _Values:
        return self._statements.values(kg("ownMode"))

    def words_of(self, name: str, predicate: NamedNode) -> tuple[tuple[str, str], ...]:
        """Give the texts that a term has by a predicate, each behind its language, sorted."""
        return tuple(sorted(set(self._statements.texts(KG + name, predicate))))

    def _values(self, *predicates: NamedNode) -> _Values:
        return self._statements.values(*predicates)

    def _words(self, iri: str, predicate: NamedNode) -> Mapping[str, str]:
        return self._statements.words(iri, predicate)

    def _of_types(self, *types: NamedNode) -> list[str]:
        wanted = {node.value for node in types}
        return [iri for iri, kinds in self._types.items() if iri.startswith(KG) and kinds & wanted]

    def _terms(self, form: type[_T], iris: Iterable[str], above: _Values) -> dict[str, _T]:
        return {iri.removeprefix(KG): self._term(form, iri, above) for iri in sorted(iris)}

    def _term(self, form: type[_T], iri: str, above: _Values) -> _T:
        kinds = self._types[iri]
        return form(
            iri.removeprefix(KG),
            _unless_anything(self._domains.get(iri, ())),
            _unless_anything(self._ranges.get(iri, ())),
            KG + "SingleValuedProperty" in kinds,
            iri in self._by_rule,
            next(iter(map(local_name, self._own_modes.get(iri, ()))), None),
            above=tuple(sorted(map(local_name, above.get(iri, ())))),
            kinds=tuple(sorted(kind.removeprefix(KG) for kind in kinds if kind.startswith(KG))),
            sort=next((sort for kind, sort in _SORTS.items() if kind in kinds), "concept"),
            tier=min((_TIERS[tier] for tier in self._tiers.get(iri, ()) if tier in _TIERS), default=1),
            labels=self._words(iri, RDFS_LABEL),
            definitions=self._words(iri, SKOS_DEFINITION),
            notes=self._words(iri, SKOS_SCOPE_NOTE),
            examples=self._words(iri, SKOS_EXAMPLE),
        )

    def _all_above(self, name: str) -> set[str]:
        found: set[str] = set()
        waiting = [name]
        while waiting:
            known = self.classes.get(waiting.pop())
            new = {one for one in known.above if ":" not in one} - found if known else set()
            found |= new
            waiting.extend(new)
        return found


def _unless_anything(iris: Iterable[str]) -> frozenset[str]:
    names = frozenset(map(local_name, iris))
    return frozenset() if _ANYTHING in names else names
