"""What claims say: all that is claimed about an entity, all that a document claims, and one claim in full.

Grounds start from a statement and ask who says so (`kg.provenance.provenance`); testimony starts from the claims,
so that those ranked below another are heard as well.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from kg.localization import translate
from kg.ontology.node_cells import value_of_node
from kg.ontology.schema import name_term
from kg.provenance.provenance import ClaimRecord, Provenance
from kg.rdf import NamedNode
from kg.rdf.labels import label, wording
from kg.rdf.namespaces import BASE, KG, expand, shorten
from kg.rdf.store import Fact, Node, Store, facts
from kg.rdf.vocab import LEDGER, kg
from kg.tables.table import Cell, Date, Reference, Table, Word

__all__ = ["ClaimDetail", "claims_about", "claims_in", "read_claim", "statement_of"]

_COLUMNS = (
    "subject", "property", "value", "standing", "printed", "document", "published", "grade", "strength", "mode",
    "start", "end",
)  # fmt: skip


@dataclass(frozen=True)
class ClaimDetail:
    """One claim in full: the statement that it makes, its record, and the claims it stands for, with or against.

    `parts` are the fields of its value, for a value that has any. Links are short ids of claims.
    """

    subject: Reference
    property: Reference
    value: Cell
    parts: tuple[tuple[Reference, Cell], ...]
    record: ClaimRecord
    url: str | None
    corroborates: tuple[str, ...]
    corroborated_by: tuple[str, ...]
    outranks: tuple[str, ...]
    rivals: tuple[str, ...]

    def to_dict(self) -> dict[str, Any]:
        """Give the claim as plain values; an entity is its id with its name beside it."""
        facts = {**self.__dict__, "record": self.record.to_dict(), "parts": None}
        plain = {name: list(value) if isinstance(value, tuple) else _plain(value) for name, value in facts.items()}
        plain["parts"] = [{"property": _plain(name), "value": _plain(value)} for name, value in self.parts]
        return plain


def _plain(value: Any) -> Any:
    return {"id": str(value), "name": value.name} if isinstance(value, Reference) else value


def claims_about(
    provenance: Provenance, node: NamedNode, predicate: NamedNode | None = None, language: str = "en"
) -> Table:
    """Give every claim whose subject is an entity, accepted or not; of one property, or of all."""
    graphs = (fact.graph for fact in facts(provenance.store, node, predicate))
    named = {graph.value for graph in graphs if isinstance(graph, NamedNode)}
    return _table(provenance, sorted(named & provenance.claims.keys()), language)


def claims_in(provenance: Provenance, document: NamedNode, language: str = "en") -> Table:
    """Give every claim that a document makes, in the order in which it makes them where positions are known."""
    made = facts(provenance.store, document, kg("makesClaim"), graph=LEDGER)
    return _table(provenance, sorted(fact.object.value for fact in made), language, by_place=True)


def _table(provenance: Provenance, claims: Iterable[str], language: str, *, by_place: bool = False) -> Table:
    records = [(provenance.record(claim), statement_of(provenance.store, claim)) for claim in claims]
    if by_place:
        records.sort(key=lambda entry: (entry[0].start is None, entry[0].start or 0, entry[0].id))
    else:
        records.sort(key=lambda entry: (entry[1].predicate.value, not entry[0].accepted, entry[0].id))
    rows = tuple(_row(provenance.store, record, statement, language) for record, statement in records)
    return Table(_COLUMNS, rows, claims=tuple((record.id,) for record, _ in records), language=language)


def _row(store: Store, record: ClaimRecord, statement: Fact, language: str) -> tuple[Cell, ...]:
    return (
        _cell(store, statement.subject, language),
        name_term(store, shorten(statement.predicate.value).removeprefix("kg:"), language),
        _cell(store, statement.object, language),
        _standing(store, record, language),
        "; ".join(record.printed) or None,
        Reference(record.document, record.title or record.document),
        Date(record.published) if record.published else None,
        name_term(store, record.grade, language),
        name_term(store, record.strength, language) if record.strength else None,
        name_term(store, record.mode, language),
        record.start,
        record.end,
    )


def _standing(store: Store, record: ClaimRecord, language: str) -> Word:
    if record.outranked_by and record.rank != "Deprecated":
        rules = [fact.object for fact in facts(store, NamedNode(expand(record.id)), kg("rankingRule"), graph=LEDGER)]
        words = translate("outranked {rule}", language, rule=label(store, rules[0], language))
        return Word(f"outranked {record.ranking_rule}", words)
    standing = "accepted" if record.accepted else "not accepted"
    standing = "deprecated" if record.rank == "Deprecated" else standing
    return Word.localize(standing, language)


def _cell(store: Store, node: Node, language: str = "en") -> Cell:
    """Give an entity as a reference, a value node in words, a literal as its text."""
    if isinstance(node, NamedNode) and not node.value.startswith(BASE + "claim/"):
        return Reference(shorten(node.value), label(store, node, language))
    return Word(label(store, node, language), wording(store, node, language), value_of_node(store, node))


def statement_of(store: Store, claim: str) -> Fact:
    """Give the statement that a claim makes: the one in its graph about something that is no part of the claim."""
    claimed = facts(store, graph=NamedNode(claim))
    return min((fact for fact in claimed if not fact.subject.value.startswith(f"{claim}#")), key=str)


def read_claim(provenance: Provenance, claim: NamedNode, language: str = "en") -> ClaimDetail:
    """Read one claim in full."""
    store = provenance.store
    statement, record = statement_of(store, claim.value), provenance.record(claim.value)
    inner = sorted(facts(store, statement.object, graph=claim), key=str)
    document = provenance.claims[claim.value]
    address = next((fact.object.value for fact in facts(store, document, kg("url"), graph=LEDGER)), None)
    return ClaimDetail(
        subject=_reference(store, statement.subject, language),
        property=_reference(store, statement.predicate, language),
        value=_cell(store, statement.object, language),
        parts=tuple(
            (_reference(store, fact.predicate, language), _cell(store, fact.object, language))
            for fact in inner
            if fact.predicate.value.startswith(KG)
        ),
        record=record,
        url=address,
        corroborates=_linked(store, claim, "corroborates"),
        corroborated_by=_linked(store, claim, "corroborates", against=True),
        outranks=_linked(store, claim, "outrankedBy", against=True),
        rivals=_linked(store, claim, "rivalOf"),
    )


def _reference(store: Store, node: NamedNode, language: str) -> Reference:
    return Reference(shorten(node.value), label(store, node, language))


def _linked(store: Store, claim: NamedNode, name: str, *, against: bool = False) -> tuple[str, ...]:
    """Give the claims that the ledger links with one, along a property or against it."""
    subject, target = (None, claim) if against else (claim, None)
    found = facts(store, subject, kg(name), target, LEDGER)
    return tuple(sorted(shorten((fact.subject if against else fact.object).value) for fact in found))
