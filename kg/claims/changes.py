"""What changed between two releases: claims added, withdrawn, restated or ranked anew, with who says each."""

from __future__ import annotations

from collections.abc import Iterator

from kg.claims.ledger import LedgerEntry
from kg.tables.table import Cell, Table

__all__ = ["compare"]

_COLUMNS = ("change", "subject", "property", "before", "after", "document", "published", "grade")


def compare(before: list[LedgerEntry], after: list[LedgerEntry]) -> Table:
    """Give a row for every claim that differs between two ledgers, in order of subject, property and claim."""
    old, new = ({entry.claim: entry for entry in entries} for entries in (before, after))
    rows = sorted(_changes(old, new), key=lambda row: (row[1].subject, row[1].property, row[1].claim, row[0]))
    cells: tuple[tuple[Cell, ...], ...] = tuple(
        (change, of.subject, of.property, was, now, of.document, of.published or None, of.grade)
        for change, of, was, now in rows
    )
    return Table(_COLUMNS, cells, claims=tuple((of.claim,) for _, of, _, _ in rows), absent="–")


def _changes(
    old: dict[str, LedgerEntry], new: dict[str, LedgerEntry]
) -> Iterator[tuple[str, LedgerEntry, str | None, str | None]]:
    """Give change, claim, and what it was and is; a claim may be both restated and ranked anew."""
    for claim in old.keys() | new.keys():
        was, now = old.get(claim), new.get(claim)
        if was is None and now is not None:
            yield "added", now, None, now.words
        if was is not None and now is None:
            yield "withdrawn", was, was.words, None
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
