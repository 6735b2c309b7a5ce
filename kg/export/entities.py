"""The things of a release as sheets: entities, their names, and the documents that were read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from kg.export.tables import ExportTable, Row, columns
from kg.rdf import NamedNode
from kg.rdf.namespaces import KG, expand, kind_of, shorten
from kg.rdf.store import Store, facts, text_of
from kg.rdf.vocab import (
    ENTITIES,
    LEDGER,
    ONTOLOGY,
    RDF_TYPE,
    RDFS_LABEL,
    SKOS_ALT_LABEL,
    SKOS_EXACT_MATCH,
    SKOS_NOTATION,
    kg,
)

__all__ = ["Thing", "documents_sheet", "entities_sheet", "names_sheet", "read_things"]

_ENTITIES, _LEDGER, _ONTOLOGY = (NamedNode(name) for name in (ENTITIES.value, LEDGER.value, ONTOLOGY.value))
_LABEL = RDFS_LABEL.value
_ALIAS = SKOS_ALT_LABEL.value
_NOTATION = SKOS_NOTATION.value
_EXACT = SKOS_EXACT_MATCH.value
# What an ontology says of its own properties and units makes no things.
_NO_THINGS = frozenset({"SingleValuedProperty", "Unit"})
# The ledger's own entries.
_NO_KINDS = frozenset({"claim", "judgement"})


@dataclass
class Thing:
    """An entity, a concept of the ontology or a document: what it is and how it is called."""

    id: str
    category: str
    labels: list[tuple[str, str]] = field(default_factory=list)
    aliases: list[tuple[str, str]] = field(default_factory=list)
    notations: list[str] = field(default_factory=list)
    matches: list[str] = field(default_factory=list)

    def label(self, language: str) -> str | None:
        """Give its name in a language, the first of several in order."""
        return min((text for tag, text in self.labels if tag.partition("-")[0] == language), default=None)

    @property
    def name(self) -> str:
        """Its name in English, else in any language, else its id."""
        return self.label("en") or min((text for _, text in self.labels), default=self.id)


def read_things(store: Store) -> dict[str, Thing]:
    """Read everything that has an id and a kind, by its id, in order of the ids."""
    found: dict[str, Thing] = {}
    for graph in (_ENTITIES, _ONTOLOGY, _LEDGER):
        for fact in facts(store, None, RDF_TYPE, None, graph):
            category = fact.object.value.removeprefix(KG)
            identifier = shorten(fact.subject.value)
            if category not in _NO_THINGS and category != fact.object.value and kind_of(identifier) not in _NO_KINDS:
                thing = found.setdefault(identifier, Thing(identifier, category))
                # Of several kinds the first in order, for there is one column.
                thing.category = min(thing.category, category)
    for graph in (_ENTITIES, _ONTOLOGY, _LEDGER):
        _read_names(store, graph, found)
    return dict(sorted(found.items()))


def _read_names(store: Store, graph: NamedNode, things: dict[str, Thing]) -> None:
    for predicate in (_LABEL, KG + "title", _ALIAS, _NOTATION, _EXACT):
        for fact in sorted(facts(store, None, NamedNode(predicate), None, graph), key=str):
            thing = things.get(shorten(fact.subject.value))
            if thing is None:
                continue
            if predicate == _ALIAS:
                thing.aliases.append(text_of(fact.object))
            elif predicate == _NOTATION:
                thing.notations.append(fact.object.value)
            elif predicate == _EXACT:
                thing.matches.append(fact.object.value)
            elif not (thing.labels and graph == _LEDGER and thing.label(text_of(fact.object)[0])):
                thing.labels.append(text_of(fact.object))


_ENTITY_COLUMNS = columns(
    (
        "id!: text: The short id; the IRI without its base.",
        "category!: text: The class of the ontology, such as Company, Park or Stage.",
        "name!: text: The name to show: English where there is one.",
        "name_en: text: The English name.",
        "name_zh: text: The Chinese name.",
        "aliases: list: Other names.",
        "notations: list: Codes, such as those of administrative areas.",
        "exact_matches: list: IRIs of the same thing elsewhere.",
        "iri!: text: The full IRI.",
    )
)


def entities_sheet(things: dict[str, Thing]) -> ExportTable:
    """Give everything that has an id, one a row."""
    rows = tuple(
        (
            thing.id,
            thing.category,
            thing.name,
            thing.label("en"),
            thing.label("zh"),
            [text for _, text in thing.aliases],
            thing.notations,
            thing.matches,
            expand(thing.id),
        )
        for thing in things.values()
    )
    about = "Entities, concepts of the ontology and documents: everything that has an id."
    return ExportTable("entities", about, _ENTITY_COLUMNS, rows)


_NAME_COLUMNS = columns(
    (
        "entity! -> entities: text: The thing that bears the name.",
        "text!: text: The name.",
        "language: text: The language of the name.",
        "field!: text: name, alias or identifier.",
    )
)


def names_sheet(things: dict[str, Thing]) -> ExportTable:
    """Give every name, one a row."""
    rows = tuple(row for thing in things.values() for row in _names_of(thing))
    return ExportTable(
        "names", "Every name, alias and code of everything that has an id.", _NAME_COLUMNS, rows, keyed=False
    )


def _names_of(thing: Thing) -> Iterator[Row]:
    yield from ((thing.id, text, language or None, "name") for language, text in sorted(thing.labels))
    yield from ((thing.id, text, language or None, "alias") for language, text in sorted(thing.aliases))
    yield from ((thing.id, text, None, "identifier") for text in sorted(thing.notations))


_DOCUMENT_COLUMNS = columns(
    (
        "id! -> entities: text: The document.",
        "title!: text: Its title: English where there is one.",
        "publishers: list: Ids of those who published it.",
        "publisher_names: list: Their names.",
        "published: text: When it appeared (EDTF), as exact as the document shows.",
        "language: text: The language of its text.",
        "grade!: text: How far it stands from the facts: Primary, Press, Translation, Mirror, MachineSummary, …",
        "origin: text: Documents of one origin are copies of one report.",
        "url: text: Where it was read.",
        "claims!: integer: How many claims it makes.",
    )
)


def documents_sheet(store: Store, things: dict[str, Thing]) -> ExportTable:
    """Give every document that was read, one a row."""
    found: dict[str, dict[str, list[str]]] = {}
    for name in ("sourceGrade", "publisher", "published", "language", "origin", "url", "makesClaim"):
        for fact in facts(store, None, kg(name), None, _LEDGER):
            found.setdefault(shorten(fact.subject.value), {}).setdefault(name, []).append(fact.object.value)
    rows = tuple(_document(things, identifier, known) for identifier, known in sorted(found.items()))
    return ExportTable(
        "documents", "The documents that were read, and what kind of source each is.", _DOCUMENT_COLUMNS, rows
    )


def _document(things: dict[str, Thing], identifier: str, known: dict[str, list[str]]) -> Row:
    publishers = sorted(shorten(iri) for iri in known.get("publisher", []))
    one = {name: min(values) for name, values in known.items()}
    return (
        identifier,
        things[identifier].name,
        publishers,
        [things[publisher].name if publisher in things else publisher for publisher in publishers],
        one.get("published"),
        one.get("language"),
        one["sourceGrade"].removeprefix(KG),
        one.get("origin"),
        one.get("url"),
        len(known.get("makesClaim", [])),
    )
