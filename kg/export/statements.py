"""What the documents say, as sheets: every claim with its standing, every statement of the accepted view."""

from __future__ import annotations

from collections.abc import Iterator

from kg.claims.ledger import LedgerEntry, read_ledger
from kg.claims.ranking import read_claims
from kg.export.entities import Thing
from kg.export.flatten import NOTHING, FlatValue, is_value_node, lay_flat, unit_keys
from kg.export.tables import ExportTable, Row, columns
from kg.provenance.provenance import Provenance
from kg.rdf import NamedNode
from kg.rdf.namespaces import BASE, KG, RULE, expand, shorten
from kg.rdf.store import Fact, Node, Store, facts, graphs_with, value_of
from kg.rdf.vocab import ENTITIES, LEDGER, VIEW, kg

__all__ = ["claims_sheet", "read_figures", "statements_sheet"]

_EVIDENCE, _START, _END, _NOTE = (kg(name) for name in ("evidence", "start", "end", "note"))
_PRINTED, _READ_ON = kg("printed"), kg("readOn")

_FIGURE_COLUMNS = (
    "verbatim: text: The figure or date as printed.",
    "number: number: The figure, in its unit.",
    "unit: text: The unit of the figure.",
    "bound: text: How the figure bounds the amount: Exactly, MoreThan, About, …; BoundNotStated where it was not read.",
    "compared_number: number: The figure in the unit in which figures of its kind are compared.",
    "compared_unit: text: That unit.",
    "date: text: The date or period (EDTF), as exact as it was said.",
    "earliest: text: The first day it can mean; a bound, by 2030, has none.",
    "latest: text: The last day it can mean.",
)

_CLAIM_COLUMNS = columns(
    (
        "claim!: text: The claim.",
        "document! -> documents: text: The document that makes it.",
        "subject! -> entities: text: What it is about.",
        "subject_name!: text: The name of that.",
        "property!: text: What it says of it; a property of the ontology.",
        "object -> entities: text: What it names as the value, where that has an id.",
        "value: text: The value in words.",
        *_FIGURE_COLUMNS,
        "mode!: text: How it is said: Stated, Planned, Expected, AimedAt or ExploredOnly.",
        "rank!: text: Preferred, Normal or Deprecated, as an editor ranks it.",
        "grade!: text: The grade of its document.",
        "published: text: When the document appeared (EDTF).",
        "accepted!: boolean: Whether the accepted view rests on it.",
        "standing!: text: accepted, corroborates, deprecated, or the rule by which another claim outranks it.",
        "other -> claims: text: The claim that it corroborates or that outranks it.",
        "strength: text: How well its place is known: Position, Printed, Page or Compiled; none for our own notes.",
        "printed: list: The words kept of the document that carry it, as printed.",
        "read_on: text: The day on which the document was read for it.",
        "start: integer: Where it stands in the text: the first character, in code points.",
        "end: integer: The character after the last one.",
        "note: text: What an editor notes on it.",
    )
)


def read_figures(store: Store) -> dict[str, FlatValue]:
    """Read the figures of all claims, by the short id of the claim."""
    units = unit_keys(store)
    return {shorten(claim.name): lay_flat(claim.stated, units) for claim in read_claims(store)}


def claims_sheet(store: Store, things: dict[str, Thing], figures: dict[str, FlatValue]) -> ExportTable:
    """Give every claim, accepted or not, one a row."""
    rows = (_claim(store, things, figures[entry.claim], entry) for entry in read_ledger(store))
    about = "Every claim of every document, with its place, its value and its standing among rivals."
    return ExportTable("claims", about, _CLAIM_COLUMNS, tuple(sorted(rows, key=lambda row: str(row[0]))))


def _claim(store: Store, things: dict[str, Thing], value: FlatValue, entry: LedgerEntry) -> Row:
    node = NamedNode(expand(entry.claim))
    evidence = value_of(store, node, _EVIDENCE, LEDGER)
    start, end, read = (
        value_of(store, evidence, name, LEDGER) if evidence else None for name in (_START, _END, _READ_ON)
    )
    printed = facts(store, evidence, _PRINTED, None, LEDGER) if evidence else ()
    note = value_of(store, node, _NOTE, LEDGER)
    root = next(fact for fact in facts(store, NamedNode(expand(entry.subject)), graph=node))
    return (
        entry.claim,
        entry.document,
        entry.subject,
        things[entry.subject].name,
        entry.property,
        _thing_id(root.object, things),
        entry.words,
        *value.cells(),
        entry.mode,
        entry.rank,
        entry.grade,
        entry.published or None,
        entry.stands(),
        entry.standing,
        entry.other or None,
        entry.strength or None,
        sorted(fact.object.value for fact in printed),
        read.value if read else None,
        int(start.value) if start else None,
        int(end.value) if end else None,
        note.value if note else None,
    )


_STATEMENT_COLUMNS = columns(
    (
        "id!: integer: A number in this release, no name for later ones.",
        "subject! -> entities: text: What the statement is about.",
        "subject_name!: text: The name of that.",
        "property!: text: A property of the ontology.",
        "object -> entities: text: The value, where it has an id.",
        "value!: text: The value in words: a name, a figure as printed, a text.",
        *_FIGURE_COLUMNS,
        "modes: list: How its claims say it.",
        "ground!: text: What it rests on: claims, rule, editors or ontology.",
        "rule: text: The rule that infers it.",
        "claims -> claims: list: The claims behind it, through rules as well.",
    )
)


def statements_sheet(
    provenance: Provenance, things: dict[str, Thing], figures: dict[str, FlatValue], claims: ExportTable
) -> ExportTable:
    """Give every statement of the accepted view about things that have an id, one a row."""
    modes, words = (dict(zip(claims.values("claim"), claims.values(name), strict=True)) for name in ("mode", "value"))
    rows: list[Row] = []
    for fact in sorted(_statements(provenance.store, things), key=str):
        subject, value = shorten(fact.subject.value), shorten(fact.object.value)
        known = _thing_id(fact.object, things)
        saying = value.partition("#")[0] if is_value_node(fact.object) else ""
        behind = [shorten(claim) for claim in provenance.claims_of(fact.triple)]
        cells = (
            len(rows) + 1,
            subject,
            things[subject].name,
            shorten(fact.predicate.value).removeprefix("kg:"),
            known,
            things[known].name if known else words.get(saying) or value,
            *figures.get(saying, NOTHING).cells(),
            sorted({str(modes[claim]) for claim in behind}),
            *_ground(provenance.store, fact),
            behind,
        )
        rows.append(cells)
    about = "The accepted view: what the best claims, the editors and the rules say of each thing."
    return ExportTable("statements", about, _STATEMENT_COLUMNS, tuple(rows))


def _statements(store: Store, things: dict[str, Thing]) -> Iterator[Fact]:
    for fact in facts(store, graph=VIEW):
        if not fact.predicate.value.startswith(KG) or shorten(fact.subject.value) not in things:
            continue
        # Of its own concepts the ontology says much that is for those who edit it.
        if fact.subject.value.startswith(BASE) or shorten(fact.object.value) in things:
            yield fact


def _thing_id(node: Node, things: dict[str, Thing]) -> str | None:
    short = shorten(node.value) if isinstance(node, NamedNode) else ""
    return short if short in things else None


def _ground(store: Store, fact: Fact) -> tuple[str, str | None]:
    names = {graph.value for graph in graphs_with(store, fact.triple)}
    if any(name.startswith(BASE) for name in names):
        return "claims", None
    rules = sorted(name.removeprefix(RULE) for name in names if name.startswith(RULE))
    if rules:
        return "rule", rules[0]
    return ("editors" if ENTITIES.value in names else "ontology"), None
