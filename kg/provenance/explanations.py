"""The grounds of statements laid flat: a row for each claim behind a statement, and for each rule its premises."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kg.provenance.provenance import ClaimRecord, Explanation
from kg.tables.table import Cell, Date, Table
from kg.tables.tabular import TabularList

__all__ = ["Explanations"]

_COLUMNS = (
    "subject", "property", "value", "depth", "kind", "rule", "claim", "standing", "document", "title", "publisher",
    "published", "grade", "mode", "place", "printed", "source",
)  # fmt: skip


class Explanations(TabularList[Explanation]):
    """The grounds of one or more statements; in a notebook they show as a table."""

    def to_table(self) -> Table:
        """Give a row for each claim behind a statement, and for each rule, with what it rests on below it."""
        rows = [row for one in self for row in _rows(one, 0)]
        return Table(_COLUMNS, tuple(tuple(row.get(name) for name in _COLUMNS) for row in rows))


def _rows(one: Explanation, depth: int) -> Iterator[Mapping[str, Cell]]:
    subject, name, value = one.triple
    stated: dict[str, Cell] = {"subject": subject, "property": name, "value": value, "depth": depth, "kind": one.kind}
    if one.rule is not None:
        yield {**stated, "rule": one.rule.name}
    yield from ({**stated, **_record(claim)} for claim in one.claims)
    if one.rule is None and not one.claims:
        yield stated
    for premise in one.premises:
        yield from _rows(premise, depth + 1)


def _record(claim: ClaimRecord) -> dict[str, Cell]:
    kept = ("document", "title", "publisher", "grade", "mode", "place", "source")
    standing = (
        "accepted" if claim.accepted else f"outranked by {claim.outranked_by}" if claim.outranked_by else "outranked"
    )
    return {
        **{name: getattr(claim, name) for name in kept},
        "published": Date(claim.published) if claim.published else claim.published,
        "claim": claim.id,
        "standing": standing,
        "printed": "; ".join(claim.printed) or None,
    }
