"""What an entity is directly tied to: a count for each relation first, then the neighbours of one.

A tie through a value node of its own, such as a side of an agreement or a shareholding, counts as one step, and
takes the name of its outer half. Expanding everything at once would show hundreds of things around a large
company, so the counts come first. Longer ways are the business of the networks.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeGuard

from kg.entities.stakes import stake_of
from kg.ontology.schema import name_term
from kg.provenance.provenance import Provenance
from kg.rdf import NamedNode
from kg.rdf.labels import kind_of_node, label
from kg.rdf.namespaces import BASE, KG, shorten
from kg.rdf.store import Fact, Node, Store, Triple, facts
from kg.rdf.vocab import VIEW, kg
from kg.tables.table import Cell, Reference, Table, Word

__all__ = ["Step", "count_neighbours", "list_neighbours", "steps_of"]

_CLAIM = BASE + "claim/"
# Inner halves that say how a value is measured, not what it is tied to.
_MEASURES = frozenset(KG + name for name in ("unit", "comparisonUnit", "bound"))


@dataclass(frozen=True)
class Step:
    """One step from an entity: along `relation`, or against it when `incoming`, to `neighbour`.

    `triples` are the one or two statements that make the step.
    """

    relation: str
    incoming: bool
    neighbour: NamedNode
    triples: tuple[Triple, ...]


def steps_of(store: Store, node: NamedNode) -> list[Step]:
    """Give every tie of an entity in the accepted view, in order of relation and neighbour."""
    found = [step for step in (*_outgoing(store, node), *_incoming(store, node)) if step.neighbour != node]
    return sorted(found, key=lambda step: (step.relation, step.incoming, step.neighbour.value, str(step.triples)))


def _outgoing(store: Store, node: NamedNode) -> Iterator[Step]:
    for fact in _ours(facts(store, node, graph=VIEW)):
        if _is_thing(fact.object):
            yield Step(_name(fact), False, fact.object, (fact.triple,))
        for inner in _ours(facts(store, fact.object, graph=VIEW)) if _is_value(fact.object) else ():
            if _is_thing(inner.object) and inner.predicate.value not in _MEASURES:
                yield Step(_name(fact), False, inner.object, (fact.triple, inner.triple))


def _incoming(store: Store, node: NamedNode) -> Iterator[Step]:
    for fact in _ours(facts(store, value=node, graph=VIEW)):
        if _is_thing(fact.subject):
            yield Step(_name(fact), True, fact.subject, (fact.triple,))
        for outer in _ours(facts(store, value=fact.subject, graph=VIEW)) if _is_value(fact.subject) else ():
            yield Step(_name(outer), True, outer.subject, (outer.triple, fact.triple))


def _ours(found: Iterator[Fact]) -> Iterator[Fact]:
    """Keep the statements in our own words: types, labels and outside vocabularies tie nothing together."""
    return (fact for fact in found if fact.predicate.value.startswith(KG))


def _is_value(node: Node) -> TypeGuard[NamedNode]:
    return isinstance(node, NamedNode) and node.value.startswith(_CLAIM)


def _is_thing(node: Node) -> TypeGuard[NamedNode]:
    """Tell whether a node is an entity or a concept of the ontology."""
    return isinstance(node, NamedNode) and node.value.startswith((BASE, KG)) and not _is_value(node)


def _name(fact: Fact) -> str:
    return fact.predicate.value.removeprefix(KG)


def count_neighbours(store: Store, node: NamedNode, language: str = "en") -> Table:
    """Count the neighbours of an entity for each relation and direction, the most first."""
    groups: dict[tuple[str, str], int] = {}
    for (relation, _), steps in _by_neighbour(steps_of(store, node)).items():
        group = relation, _direction(steps)
        groups[group] = groups.get(group, 0) + 1
    ordered = sorted(groups.items(), key=lambda group: (-group[1], group[0]))
    rows: list[tuple[Cell, ...]] = [
        (_relation(store, relation, language), Word.localize(direction, language), number)
        for (relation, direction), number in ordered
    ]
    return Table(("relation", "direction", "neighbours"), tuple(rows), language=language)


def list_neighbours(provenance: Provenance, node: NamedNode, relation: str, language: str = "en") -> Table:
    """List the neighbours of an entity by one relation, in both directions, with the claims behind each tie."""
    store = provenance.store
    found = [
        (_direction(steps), neighbour, steps)
        for (name, neighbour), steps in _by_neighbour(steps_of(store, node)).items()
        if name == relation
    ]
    found.sort(key=lambda entry: (entry[0], entry[1].value))
    rows: list[tuple[Cell, ...]] = [
        (
            _relation(store, relation, language),
            Word.localize(direction, language),
            Reference(shorten(neighbour.value), label(store, neighbour, language)),
            name_term(store, kind, language) if (kind := kind_of_node(store, neighbour)) else None,
        )
        for direction, neighbour, _ in found
    ]
    claims = tuple(_claims(provenance, steps) for _, _, steps in found)
    stakes = [_stakes(store, steps, language) for _, _, steps in found]
    columns: tuple[str, ...] = ("relation", "direction", "neighbour", "kind")
    if any(stakes):
        columns, rows = (*columns, "share"), [(*row, one) for row, one in zip(rows, stakes, strict=True)]
    return Table(columns, tuple(rows), claims=claims, language=language)


def _stakes(store: Store, steps: list[Step], language: str) -> str | None:
    """Say how much is held, where a relation is one of ownership."""
    stakes = {stake_of(store, step.triples[0], language) for step in steps if len(step.triples) == 1}
    return "; ".join(sorted(filter(None, stakes))) or None


def _by_neighbour(steps: list[Step]) -> dict[tuple[str, NamedNode], list[Step]]:
    found: dict[tuple[str, NamedNode], list[Step]] = {}
    for step in steps:
        found.setdefault((step.relation, step.neighbour), []).append(step)
    return found


def _direction(steps: list[Step]) -> str:
    """Say which way some ties run; a symmetric relation is stored both ways and is one tie."""
    ways = {step.incoming for step in steps}
    return "both" if len(ways) > 1 else "in" if True in ways else "out"


def _claims(provenance: Provenance, steps: list[Step]) -> tuple[str, ...]:
    triples = {triple for step in steps for triple in step.triples}
    return tuple(sorted({shorten(claim) for triple in triples for claim in provenance.claims_of(triple)}))


def _relation(store: Store, relation: str, language: str) -> Reference:
    return Reference(relation, label(store, kg(relation), language))
