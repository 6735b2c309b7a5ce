"""The verbs that give a table, under the names that the lookup interface gives them; as plain values or as CSV."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from kg.analysis.base import Analysis
from kg.graph import Graph
from kg.operations.pages import changes, search
from kg.operations.plain import table_of
from kg.questions.answer import Answer
from kg.tables.table import Table

__all__ = ["TABLE_VERBS"]

Plain = dict[str, Any]


def csv(graph: Graph, verb: str, arguments: Plain) -> str:
    """Write the table of another verb as CSV, with all digits."""
    return TABLES[verb](graph, **arguments).to_csv()


def table(graph: Graph, verb: str, arguments: Plain) -> Plain:
    """Give the table of another verb."""
    found = TABLES[verb](graph, **arguments)
    told = table_of(found)
    if isinstance(found, Answer):
        notes = list(found.notes) if isinstance(found, Analysis) else []
        told |= {"title": found.title, "stated": found.stated, "absent": found.absent, "notes": notes}
    return told


def _find(graph: Graph, language: str, **asked: Any) -> Table:
    matches = search(graph, language, **asked)
    columns = ("entity", "kind", "name", "label", "reason", "score", "certain")
    return Table(columns, tuple(tuple(_exact(match[column]) for column in columns) for match in matches))


def _exact(value: Any) -> Any:
    return Decimal(str(value)) if isinstance(value, float) else value


def _ask(graph: Graph, question: str, language: str, parameters: dict[str, str]) -> Table:
    return graph.ask(question, language=language, **parameters)


def _changes(graph: Graph) -> Table:
    rows = changes(graph)["claims"]
    columns = [name for name in (rows[0] if rows else {"change": ""}) if name != "claims"]
    cells = tuple(tuple(row[name] for name in columns) for row in rows)
    return Table(tuple(columns), cells, claims=tuple(tuple(row["claims"]) for row in rows))


TABLES: Mapping[str, Callable[..., Table]] = MappingProxyType(
    {
        "find": _find,
        "neighbours": Graph.neighbours,
        "claims": Graph.claims,
        "ask": _ask,
        "conflicts": Graph.conflicts,
        "changes": _changes,
        "network": Graph.ties,
        "partners": Graph.partners,
        "depends": Graph.depends,
        "path": Graph.path,
        "impact": Graph.impact,
        "chokepoints": Graph.chokepoints,
        "concentration": Graph.concentration,
        "circularity": Graph.circularity,
        "communities": Graph.communities,
        "gaps": Graph.gaps,
    }
)
"""The verbs that give a table, by the names that the interface gives them."""

TABLE_VERBS: tuple[Callable[..., Any], ...] = (csv, table)
