"""Tables and matches as plain values, as the verbs give them."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from kg.names.index import Match
from kg.rdf.namespaces import shorten
from kg.tables.table import Table

__all__ = ["match_of", "table_of"]


def table_of(table: Table) -> dict[str, Any]:
    """Write a table: its columns, its rows as objects, and whether each row has its claims."""
    return {"columns": list(table.columns), "rows": table.records(), "claimed": table.claims is not None}


def match_of(match: Match) -> dict[str, Any]:
    """Write a match by its short id."""
    return asdict(match) | {"entity": shorten(match.entity)}
