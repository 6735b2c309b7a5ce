"""Outcomes as tables: every list that an operation gives can be had as CSV, whatever it is for people.

What is a tree, such as the grounds of a statement or the sections of the coverage, is laid flat: a row for each claim,
and a row of a section with the title of its section before it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from kg.entities.entity import Entity
from kg.entities.matches import Matches
from kg.errors import UsageError
from kg.graph import Graph
from kg.localization import translate
from kg.ontology.schema import name_term
from kg.operations.listings import search_entry
from kg.operations.outcome import Outcome
from kg.provenance.explanations import Explanations
from kg.questions.question import Question
from kg.rdf.labels import label
from kg.rdf.nodes import find_node
from kg.tables.table import Cell, Table, Word

__all__ = [
    "TABLED",
    "found_table",
    "matches_table",
    "section_table",
    "sections_table",
    "to_table",
]

TABLED = frozenset({"table", "entity", "explanations", "sections", "questions", "entries"})
"""What an operation may give that can be had as a table."""


def to_table(graph: Graph, outcome: Outcome) -> Table:
    """Give an outcome that is a table or can be written as one; UsageError for what cannot."""
    value, gives = outcome.value, outcome.operation.gives
    if isinstance(value, Table):
        return value
    if isinstance(value, Matches):
        return matches_table(graph, value, outcome.language)
    if isinstance(value, Entity | Explanations):
        return value.to_table()
    if gives == "sections":
        return sections_table(value)
    if gives == "questions":
        return _questions_table(value)
    if gives == "entries":
        return _entries_table(value)
    raise UsageError(f"{outcome.operation.name} gives no table")


def sections_table(sections: Sequence[Mapping[str, Any]]) -> Table:
    """Put the sections of a report below each other; a column that a section does not have is empty in its rows."""
    columns = list(dict.fromkeys(name for one in sections for name in one["columns"]))
    rows = tuple((one["title"], *(row.get(name) for name in columns)) for one in sections for row in one["rows"])
    return Table(("section", *columns), rows)


def section_table(graph: Graph, section: Mapping[str, Any], language: str) -> Table:
    """Give one section of a report as a table, what it counts by named in a language."""
    columns = tuple(section["columns"])
    rows = tuple(tuple(_named(graph, row[name], language) for name in columns) for row in section["rows"])
    return Table(columns, rows, language=language)


def _named(graph: Graph, cell: Cell, language: str) -> Cell:
    """Give a text of a report as people read it: a thing or a term by its name, words of ours in the language."""
    if not isinstance(cell, str):
        return cell
    words = translate(cell, language)
    node = find_node(graph.release.store, cell) if words == cell else None
    return Word(cell, words if node is None else label(graph.release.store, node, language))


def _questions_table(questions: Iterable[Question]) -> Table:
    rows = tuple(
        (one.name, one.title["en"], one.title["zh"], "; ".join(one.shapes), "; ".join(p.name for p in one.parameters))
        for one in questions
    )
    return Table(("question", "title", "title_zh", "shapes", "parameters"), rows)


def _entries_table(entries: Sequence[Mapping[str, Any]]) -> Table:
    columns = tuple(entries[0]) if entries else ("id", "name")
    return Table(columns, tuple(tuple(entry[name] for name in columns) for entry in entries))


def found_table(graph: Graph, matches: Matches, language: str) -> Table:
    """Write matches as people choose from them: id, kind, the name that is alike, and why."""
    store = graph.release.store
    rows = tuple(
        (
            match.entity,
            name_term(store, match.kind, language),
            match.label,
            Word.localize(match.reason, language),
            Decimal(str(match.score)),
            match.certain,
        )
        for match in matches
    )
    return replace(matches.to_table(), rows=rows, language=language)


def matches_table(graph: Graph, matches: Matches, language: str) -> Table:
    """Write matches as a table, with the name and the kind of each in a language."""
    entries = [search_entry(graph, one, language) for one in matches]
    columns = ("entity", "kind", "name", "label", "reason", "score", "certain")
    rows = tuple(tuple(_exact(entry[column]) for column in columns) for entry in entries)
    return Table(columns, rows, language=language)


def _exact(value: Any) -> Any:
    return Decimal(str(value)) if isinstance(value, float) else value
