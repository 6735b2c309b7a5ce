"""An entity as the accepted view has it: its names, and each statement with its claims."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pyoxigraph as ox

from kg.grounds import Grounds
from kg.labels import describe, show
from kg.store import Fact, Store, facts, text_of
from kg.table import Cell, Reference, Table
from kg.terms import PREFIXES, shorten

__all__ = ["Entity", "Statement", "read_entity"]

_LABEL = PREFIXES["rdfs"] + "label"
_ALIAS = PREFIXES["skos"] + "altLabel"
_TYPE = PREFIXES["rdf"] + "type"
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


def read_entity(store: Store, grounds: Grounds, node: ox.NamedNode) -> Entity:
    """Read an entity from the accepted view."""
    default = ox.DefaultGraph()
    out = sorted(facts(store, node, graph=default), key=str)
    names = dict(text_of(fact.object) for fact in out if fact.predicate.value == _LABEL)
    statements = [_statement(store, grounds, fact) for fact in out if fact.predicate.value not in _NAMES]
    incoming = sorted(facts(store, value=node, graph=default), key=str)
    statements += [_statement(store, grounds, fact, incoming=True) for fact in incoming]
    return Entity(
        id=shorten(node.value),
        kinds=tuple(shorten(fact.object.value).removeprefix("kg:") for fact in out if fact.predicate.value == _TYPE),
        names=dict(sorted(names.items())),
        aliases=tuple(fact.object.value for fact in out if fact.predicate.value == _ALIAS),
        statements=tuple(sorted(statements, key=lambda entry: (entry.incoming, entry.property, entry.value))),
    )


def _statement(store: Store, grounds: Grounds, fact: Fact, *, incoming: bool = False) -> Statement:
    claims = grounds.claims_of(fact.triple)
    value = fact.subject if incoming else fact.object
    return Statement(
        property=shorten(fact.predicate.value).removeprefix("kg:"),
        value=show(value),
        label=describe(store, value),
        incoming=incoming,
        claims=tuple(shorten(claim) for claim in claims),
    )
