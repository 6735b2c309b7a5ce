"""The matches of a search by name: a list, and a table for who wants one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

from kg.names.index import Match
from kg.rdf.namespaces import shorten
from kg.tables.table import Table
from kg.tables.tabular import TabularList

__all__ = ["Matches"]

_COLUMNS = ("entity", "kind", "name", "why", "score", "certain")


class Matches(TabularList[Match]):
    """Matches, the best first, with short ids; in a notebook they show as a table.

    >>> iri = "https://w3id.org/zerocarbon/id/company/catl"
    >>> found = Matches([Match(iri, "Company", "CATL", "en", "name", "exact name", 100.0)])
    >>> found[0].entity, found.to_table().records()[0]["score"]
    ('company/catl', Decimal('100.0'))
    """

    def __init__(self, found: Iterable[Match] = ()) -> None:
        super().__init__(replace(match, entity=shorten(match.entity)) for match in found)

    def to_table(self) -> Table:
        """Give a table with a row for each match."""
        rows = (
            (match.entity, match.kind, match.label, match.reason, Decimal(str(match.score)), match.certain)
            for match in self
        )
        return Table(_COLUMNS, tuple(rows))
