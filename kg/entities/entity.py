"""An entity as the accepted view has it: its names, and each statement with its claims."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any, NamedTuple

from kg.entities.stakes import stake_of
from kg.provenance.provenance import Provenance
from kg.rdf import NamedNode
from kg.rdf.labels import compact, kinds_of_node, label
from kg.rdf.namespaces import shorten
from kg.rdf.store import Fact, Store, facts, text_of
from kg.rdf.vocab import RDF_TYPE, RDFS_LABEL, SKOS_ALT_LABEL, VIEW
from kg.tables.table import Cell, Reference, Table

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


@dataclass(frozen=True)
class Entity:
    """An entity's id, kinds, names by language, and what is said about it."""

    id: str
    kinds: tuple[str, ...]
    names: dict[str, str]
    aliases: tuple[str, ...]
    statements: tuple[Statement, ...]

    def to_dict(self) -> dict[str, Any]:
        """Give the entity as plain values."""
        statements = [{**entry.__dict__, "claims": list(entry.claims)} for entry in self.statements]
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
            value: Cell = Reference(entry.value, entry.label) if entry.label != entry.value else entry.value
            rows.append((arrow + entry.property, value))
        return Table(("property", "value"), tuple(rows), claims=tuple(entry.claims for entry in self.statements))


@dataclass(frozen=True)
class EntityPart:
    """Which statements about an entity are wanted: those by one property, and of these a stretch."""

    property: str | None = None
    start: int = 0
    stop: int | None = None


WHOLE = EntityPart()
"""All of them."""


def read_entity(store: Store, provenance: Provenance, node: NamedNode, part: EntityPart = WHOLE) -> Entity:
    """Read an entity from the accepted view; claims are looked for behind the statements of the part only."""
    out = sorted(facts(store, node, graph=VIEW), key=str)
    names = dict(text_of(fact.object) for fact in out if fact.predicate.value == _LABEL)
    wanted = [entry for entry in _entries(store, node) if part.property in (None, entry.property)]
    statements = [_statement(store, provenance, entry) for entry in wanted[part.start : part.stop]]
    return Entity(
        id=shorten(node.value),
        kinds=tuple(shorten(kind.value).removeprefix("kg:") for kind in kinds_of_node(store, node)),
        names=dict(sorted(names.items())),
        aliases=tuple(fact.object.value for fact in out if fact.predicate.value == _ALIAS),
        statements=tuple(statements),
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


def _statement(store: Store, provenance: Provenance, entry: _Entry) -> Statement:
    claims = provenance.claims_of(entry.fact.triple)
    words = label(store, entry.fact.subject if entry.incoming else entry.fact.object)
    stake = stake_of(store, entry.fact.triple)
    return Statement(
        property=entry.property,
        value=entry.value,
        label=f"{words} ({stake})" if stake else words,
        incoming=entry.incoming,
        claims=tuple(shorten(claim) for claim in claims),
    )
