"""An entity as the accepted view has it: its names, and each statement with its claims."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from kg.entities.stakes import stake_of
from kg.ontology.node_cells import value_of_node
from kg.ontology.schema import name_term
from kg.provenance.provenance import Provenance
from kg.rdf import NamedNode
from kg.rdf.labels import compact, kinds_of_node, label, wording
from kg.rdf.namespaces import shorten
from kg.rdf.store import Fact, Store, facts, text_of
from kg.rdf.vocab import RDF_TYPE, RDFS_LABEL, SKOS_ALT_LABEL, VIEW
from kg.tables.table import Amount, Cell, Date, Reference, Table, Word
from kg.tables.tabular import Tabular

__all__ = ["WHOLE", "Entity", "EntityPart", "Statement", "count_statements", "read_entity"]

_LABEL = RDFS_LABEL.value
_ALIAS = SKOS_ALT_LABEL.value
_TYPE = RDF_TYPE.value
_NAMES = frozenset({_LABEL, _ALIAS, _TYPE})


@dataclass(frozen=True)
class Statement:
    """One statement about an entity; `incoming` when the entity is its object."""

    property: str
    value: str
    label: str
    incoming: bool
    claims: tuple[str, ...]
    property_label: str = field(default="", compare=False)
    shown: str = field(default="", compare=False)
    holds: Amount | Date | None = field(default=None, compare=False)

    def to_dict(self) -> dict[str, Any]:
        """Give the statement as plain values, under the name of its property that programs take."""
        return {
            "property": self.property,
            "value": self.value,
            "label": self.label,
            "incoming": self.incoming,
            "claims": list(self.claims),
        }


@dataclass(frozen=True)
class Entity(Tabular):
    """An entity's id, kinds, names by language, and what is said about it."""

    id: str
    kinds: tuple[str, ...]
    names: dict[str, str]
    aliases: tuple[str, ...]
    statements: tuple[Statement, ...]
    language: str = "en"

    def to_dict(self) -> dict[str, Any]:
        """Give the entity as plain values."""
        statements = [entry.to_dict() for entry in self.statements]
        return {
            "id": self.id,
            "kinds": list(self.kinds),
            "names": dict(self.names),
            "aliases": list(self.aliases),
            "statements": statements,
        }

    def to_table(self) -> Table:
        """Give the statements as a table; an arrow marks those that point here."""
        rows: list[tuple[Cell, ...]] = []
        for entry in self.statements:
            arrow = "← " if entry.incoming else ""
            value: Cell = entry.value
            if entry.label != entry.value:
                value = Reference(entry.value, entry.label, entry.shown, entry.holds)
            words = entry.property_label or entry.property
            rows.append((Word(arrow + entry.property, arrow + words), value))
        claims = tuple(entry.claims for entry in self.statements)
        return Table(("property", "value"), tuple(rows), claims=claims, language=self.language)


@dataclass(frozen=True)
class EntityPart:
    """Which statements about an entity are wanted: those by one property, and of these a stretch."""

    property: str | None = None
    start: int = 0
    stop: int | None = None


WHOLE = EntityPart()
"""All of them."""


def read_entity(provenance: Provenance, node: NamedNode, part: EntityPart = WHOLE, language: str = "en") -> Entity:
    """Read an entity from the accepted view; claims are looked for behind the statements of the part only."""
    store = provenance.store
    out = sorted(facts(store, node, graph=VIEW), key=str)
    names = dict(text_of(fact.object) for fact in out if fact.predicate.value == _LABEL)
    wanted = [entry for entry in _entries(store, node) if part.property in (None, entry.property)]
    statements = [_statement(provenance, entry, language) for entry in wanted[part.start : part.stop]]
    return Entity(
        id=shorten(node.value),
        kinds=tuple(shorten(kind.value).removeprefix("kg:") for kind in kinds_of_node(store, node)),
        names=dict(sorted(names.items())),
        aliases=tuple(fact.object.value for fact in out if fact.predicate.value == _ALIAS),
        statements=tuple(statements),
        language=language,
    )


def count_statements(store: Store, node: NamedNode) -> dict[str, int]:
    """Count the statements about an entity by their properties, those that point to it too."""
    return dict(Counter(entry.property for entry in _entries(store, node)))


class _Entry(NamedTuple):
    """A statement before anything is looked up for it, in the order in which statements are shown."""

    incoming: bool
    property: str
    value: str
    fact: Fact


def _entries(store: Store, node: NamedNode) -> list[_Entry]:
    out = (fact for fact in facts(store, node, graph=VIEW) if fact.predicate.value not in _NAMES)
    found = [(False, fact, fact.object) for fact in out]
    found += [(True, fact, fact.subject) for fact in facts(store, value=node, graph=VIEW)]
    entries = (_Entry(incoming, _word(fact.predicate), compact(value), fact) for incoming, fact, value in found)
    return sorted(entries, key=lambda entry: (entry[:3], str(entry.fact)))


def _word(predicate: NamedNode) -> str:
    return shorten(predicate.value).removeprefix("kg:")


def _statement(provenance: Provenance, entry: _Entry, language: str) -> Statement:
    store = provenance.store
    claims = provenance.claims_of(entry.fact.triple)
    node = entry.fact.subject if entry.incoming else entry.fact.object
    stake = stake_of(store, entry.fact.triple, language)
    share = f" ({stake})" if stake else ""
    return Statement(
        property=entry.property,
        value=entry.value,
        label=label(store, node, language) + share,
        shown=wording(store, node, language) + share,
        incoming=entry.incoming,
        claims=tuple(shorten(claim) for claim in claims),
        property_label=name_term(store, entry.property, language).name,
        holds=value_of_node(store, node),
    )
