"""What changed between two releases: claims added, withdrawn, restated or ranked anew, with who says each.

A claim that was withdrawn tells in place of a later value why it is gone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kg.claims.ledger import LedgerEntry
from kg.rdf.namespaces import shorten
from kg.rdf.store import Store, facts
from kg.rdf.vocab import LEDGER, kg
from kg.tables.table import Cell, Date, Table

__all__ = ["compare", "read_reasons"]

_COLUMNS = ("change", "subject", "property", "before", "after", "document", "published", "grade")


def read_reasons(store: Store) -> dict[str, str]:
    """Give why each id that a release lists as withdrawn is gone, by short id."""
    return {
        shorten(fact.subject.value): fact.object.value
        for fact in facts(store, None, kg("withdrawnBecause"), None, LEDGER)
    }


def compare(before: list[LedgerEntry], after: list[LedgerEntry], reasons: Mapping[str, str]) -> Table:
    """Give a row for every claim that differs between two ledgers, in order of subject, property and claim.

    `reasons` say of the later one why ids were withdrawn.
    """
    old, new = ({entry.claim: entry for entry in entries} for entries in (before, after))
    rows = sorted(_changes(old, new, reasons), key=lambda row: (row[1].subject, row[1].property, row[1].claim, row[0]))
    cells: tuple[tuple[Cell, ...], ...] = tuple(
        (change, of.subject, of.property, was, now, of.document, Date(of.published) if of.published else None, of.grade)
        for change, of, was, now in rows
    )
    return Table(_COLUMNS, cells, claims=tuple((of.claim,) for _, of, _, _ in rows), absent="–")


def _changes(
    old: dict[str, LedgerEntry], new: dict[str, LedgerEntry], reasons: Mapping[str, str]
) -> Iterator[tuple[str, LedgerEntry, str | None, str | None]]:
    """Give change, claim, and what it was and is; a claim may be both restated and ranked anew."""
    for claim in old.keys() | new.keys():
        was, now = old.get(claim), new.get(claim)
        if was is None and now is not None:
            yield "added", now, None, now.words
        if was is not None and now is None:
            yield "withdrawn", was, was.words, reasons.get(claim)
        if was is None or now is None:
            continue
        if (was.subject, was.property, was.key, was.words, was.mode) != (
            now.subject,
            now.property,
            now.key,
            now.words,
            now.mode,
        ):
            yield "restated", now, f"{was.words} [{was.mode}]", f"{now.words} [{now.mode}]"
        if (was.rank, was.standing) != (now.rank, now.standing):
            yield "ranked anew", now, f"{was.rank}, {was.standing}", f"{now.rank}, {now.standing}"
