"""Where sources disagree: rival values of one property, side by side, with who says each and which one stands."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import groupby

from kg.claims.ledger import LedgerEntry, read_ledger
from kg.rdf import NamedNode
from kg.rdf.namespaces import expand
from kg.rdf.store import Node, Store, facts
from kg.rdf.vocab import LEDGER, kg
from kg.tables.table import Cell, Table

__all__ = ["find_conflicts"]

_RANK, _DEPRECATED = kg("rank"), kg("Deprecated")
_OUTRANKED = kg("outrankedBy")
_INDICATOR = kg("indicator")
_COLUMNS = (
    "subject", "property", "value", "standing", "document", "published", "grade", "strength", "mode", "sort",
)  # fmt: skip
# What an indicator measures and for when, which tells whether two of them can disagree.
_MEASURED = re.compile(r"ontology#(?:measured|period) (\[.*?\]|\"[^\"]*\"(?:@[\w-]+)?)")


def find_conflicts(store: Store, subject: str | None = None) -> Table:
    """Give every claim on a property for which the sources give more than one value, the accepted value first.

    Rivals of one fact come first, with `sort` saying so; then figures of one measure that nobody ranked, such as those
    of two years. Corroborating claims are listed with the value they support. `subject` keeps to one entity, by its id.
    """
    about = set(_about(store, NamedNode(expand(subject)))) if subject else _contested(store)
    entries = [entry for entry in read_ledger(store, about) if subject in (None, entry.subject)]
    # Rivals of one fact come first; figures that nobody ranked may be of two years, or of a part and the whole.
    groups = sorted(_disagreements(entries), key=lambda group: not _has_rivals(group))
    rows = [(entry, _sort(group)) for group in groups for entry in sorted(group, key=_order)]
    cells: tuple[tuple[Cell, ...], ...] = tuple(
        (
            entry.subject,
            entry.property,
            entry.words,
            _in_words(entry),
            entry.document,
            entry.published or None,
            entry.grade,
            entry.strength or "our own note",
            entry.mode,
            sort,
        )
        for entry, sort in rows
    )
    return Table(_COLUMNS, cells, claims=tuple((entry.claim,) for entry, _ in rows), absent="undated")


def _has_rivals(group: Iterable[LedgerEntry]) -> bool:
    """Tell whether one of the values gave way to another."""
    return any(not entry.stands() for entry in group)


def _sort(group: Iterable[LedgerEntry]) -> str:
    return "rivals" if _has_rivals(group) else "figures side by side"


def _contested(store: Store) -> set[str]:
    """Give the claims among which all conflicts are: on what some claim lost, and on what is measured.

    To read all claims would take ten times as long.
    """
    lost = [fact.subject for fact in facts(store, None, _OUTRANKED, None, LEDGER)]
    lost += [fact.subject for fact in facts(store, None, _RANK, _DEPRECATED, LEDGER)]
    pairs = {(fact.subject, fact.predicate) for claim in lost for fact in facts(store, graph=claim)}
    found = {name for subject, predicate in pairs for name in _about(store, subject, predicate)}
    return found | set(_about(store, None, _INDICATOR))


def _about(store: Store, subject: Node | None, predicate: NamedNode | None = None) -> Iterator[str]:
    """Give the claims that say something of a subject; other graphs are given too."""
    for fact in facts(store, subject, predicate):
        if isinstance(fact.graph, NamedNode):
            yield fact.graph.value


def _disagreements(entries: Iterable[LedgerEntry]) -> Iterator[list[LedgerEntry]]:
    for _, group in groupby(entries, key=lambda entry: (entry.subject, entry.property)):
        claims = list(group)
        if claims[0].property == "indicator":
            yield from _indicator_disagreements(claims)
        elif any(not entry.stands() for entry in claims) and len({entry.key for entry in claims}) > 1:
            yield claims


def _indicator_disagreements(claims: list[LedgerEntry]) -> Iterator[list[LedgerEntry]]:
    """Give indicators that measure one thing for one time and differ."""
    by_measure: dict[tuple[str, ...], list[LedgerEntry]] = {}
    for entry in claims:
        by_measure.setdefault(tuple(sorted(_MEASURED.findall(entry.key))), []).append(entry)
    for measure, group in sorted(by_measure.items()):
        if measure and len({entry.key for entry in group}) > 1:
            yield group


def _order(entry: LedgerEntry) -> tuple[bool, str, bool, str]:
    """Sort the accepted value first, then by value; a claim that stands for a value before those that support it."""
    return not entry.stands(), entry.key, entry.standing == "corroborates", entry.claim


def _in_words(entry: LedgerEntry) -> str:
    """Say how a claim stands: accepted, corroborates, deprecated, outranked by some rule, or undecided."""
    if entry.standing == "Tie":
        return "undecided"
    if entry.stands() or entry.standing == "deprecated":
        return entry.standing
    return "outranked " + re.sub("(?<=[a-z])(?=[A-Z])", " ", entry.standing).lower()
