"""The entities that a row of somebody's table may mean: a list, and a table for who wants one."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from kg.matching.verdict import Feature
from kg.tables.table import Reference, Table
from kg.tables.tabular import TabularList

__all__ = ["Candidate", "Candidates"]

_COLUMNS = ("entity", "kinds", "score", "match", "reason", "description")


@dataclass(frozen=True)
class Candidate:
    """An entity that may be meant. `score` runs from 0 to 100; `match` means that it can be taken unseen."""

    entity: str
    kinds: tuple[str, ...]
    name: str
    description: str
    score: float
    match: bool
    reason: str
    features: tuple[Feature, ...]


class Candidates(TabularList[Candidate]):
    """Candidates, the best first; in a notebook they show as a table.

    >>> one = Candidate("company/catl", ("Company",), "CATL", "", 100.0, True, "exact", ())
    >>> Candidates([one]).to_table().records()[0]["match"]
    True
    """

    def to_table(self) -> Table:
        """Give a table with a row for each candidate."""
        rows = (
            (
                Reference(one.entity, one.name), "; ".join(one.kinds), Decimal(str(one.score)), one.match, one.reason,
                one.description or None,
            )
            for one in self
        )  # fmt: skip
        return Table(_COLUMNS, tuple(rows), referring=frozenset({"entity"}))
