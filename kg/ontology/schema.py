"""The ontology as a release carries it: its classes and properties, with their words in English and Chinese.

What a service tells of itself (types and properties to choose from, columns to add, a description for agents) is
read from here. What building a release needs of the ontology is in `kg.ontology.vocabulary`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kg.ontology.model import Class, Property
from kg.ontology.reader import Ontology
from kg.ontology.statements import Statements
from kg.rdf.labels import label
from kg.rdf.namespaces import KG
from kg.rdf.store import Store
from kg.rdf.vocab import ONTOLOGY, kg
from kg.tables.cells import Word

__all__ = ["Schema", "name_term", "read_annotation", "read_schema"]


@dataclass(frozen=True)
class Schema:
    """All classes and properties of a release, by local name, in order of their names."""

    classes: Mapping[str, Class]
    properties: Mapping[str, Property]
    superclasses: Mapping[str, frozenset[str]]

    def is_a(self, kind: str, above: str) -> bool:
        """Tell whether a class is another, or lies below it."""
        return kind == above or (above in self.classes and above in self.superclasses.get(kind, ()))

    def kinds_within(self, kind: str, among: Iterable[str]) -> list[str]:
        """Give those of the classes `among` that are `kind` or lie below it, sorted."""
        return sorted(name for name in among if self.is_a(name, kind))

    def class_named(self, text: str) -> str | None:
        """Give the class that a text names: by its id, or by its label in either language."""
        return self._named(text, self.classes)

    def property_named(self, text: str) -> str | None:
        """Give the property that a text names: by its id, or by its label in either language."""
        return self._named(text, self.properties)

    def _named(self, text: str, terms: Mapping[str, Class] | Mapping[str, Property]) -> str | None:
        name = text.strip().removeprefix("kg:").removeprefix(KG)
        if name in terms:
            return name
        folded = _folded(name)
        named = [one.name for one in terms.values() if folded in map(_folded, one.labels.values())]
        return named[0] if len(named) == 1 else None

    def properties_of(self, kind: str) -> list[Property]:
        """Give the properties that a thing of this class may have by their domains."""
        return [
            term
            for term in self.properties.values()
            if not term.domain or any(self.is_a(kind, name) or self.is_a(name, kind) for name in term.domain)
        ]


def _folded(words: str) -> str:
    """Write words as they are compared: whatever joins them, in whatever case."""
    return words.casefold().replace("_", " ").replace("-", " ")


def name_term(store: Store, name: str, language: str = "en") -> Word:
    """Give a term of the ontology as a cell: its local name for programs, its label for people."""
    return Word(name, label(store, kg(name), language))


def read_annotation(store: Store, name: str, *, inherited: bool = True) -> dict[str, str]:
    """Read an annotation of classes, such as `pictureGroup`: the value of each, or of the nearest above it."""
    ontology = Ontology(Statements(store, ONTOLOGY))
    return ontology.inherited(name) if inherited else ontology.annotated(name)


def read_schema(store: Store) -> Schema:
    """Read the classes and properties of the `kg:` namespace from a release's graph of the ontology."""
    ontology = Ontology(Statements(store, ONTOLOGY))
    return Schema(ontology.classes, ontology.properties, ontology.superclasses)
