"""What there is in a release, as plain values: its kinds of things, its questions, what it covers and what changed.

Operations and pages list it alike. It stands apart from `kg.operations.pages`, which loads much that no answer needs.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from kg.errors import NotListed
from kg.graph import Graph
from kg.languages import LANGUAGES
from kg.localization import translate
from kg.names.index import Match
from kg.operations.operation import nearest
from kg.questions.question import Question
from kg.rdf import NamedNode
from kg.rdf.labels import label
from kg.rdf.namespaces import KG, expand, shorten
from kg.rdf.store import select
from kg.rdf.vocab import kg
from kg.tables.table import Table

__all__ = [
    "changes_table",
    "coverage_report",
    "kinds",
    "questions_of",
    "read_coverage",
    "search_entry",
    "section_title",
]

_KINDS = "SELECT ?kind (COUNT(?entity) AS ?number) WHERE { GRAPH graph:entities { ?entity a ?kind } } GROUP BY ?kind"

Plain = dict[str, Any]


def kinds(graph: Graph, language: str) -> list[Plain]:
    """Give the classes that have entities, with how many, the most first."""
    _, rows = select(graph.release.store, _KINDS)
    found = [(int(row["number"].value), row["kind"]) for row in rows if row["kind"].value.startswith(KG)]
    found.sort(key=lambda entry: (-entry[0], entry[1].value))
    return [
        {"id": kind.value.removeprefix(KG), "name": label(graph.release.store, kind, language), "number": number}
        for number, kind in found
    ]


def search_entry(graph: Graph, match: Match, language: str) -> Plain:
    """Give a match with the name and the kind of the entity in a language."""
    store = graph.release.store
    name = label(store, NamedNode(expand(match.entity)), language)
    kind = label(store, kg(match.kind), language)
    return asdict(match) | {"entity": shorten(match.entity), "name": name, "kind_name": kind}


def questions_of(questions: list[Question]) -> list[Plain]:
    """Give named questions as plain values, without what only the server needs of them."""
    return [{name: value for name, value in question.to_dict().items() if name != "lineage"} for question in questions]


def coverage_report(graph: Graph) -> list[Plain]:
    """Give the coverage that was measured when the release was built."""
    return [
        {"title": title, "columns": list(rows[0]) if rows else [], "rows": rows, "claimed": False}
        for title, rows in read_coverage(graph).items()
    ]


def read_coverage(graph: Graph) -> dict[str, list[Plain]]:
    """Give the rows of each section of the coverage by its title, as they were written when the release was built."""
    report: dict[str, list[Plain]] = json.loads((graph.release.path / "coverage.json").read_text(encoding="utf-8"))
    return report


def section_title(graph: Graph, text: str) -> str:
    """Give the title of the section that a text names in a language; NotListed, with all of them, for another text."""
    titles = list(read_coverage(graph))
    wanted = text.strip().casefold()
    for title in titles:
        if wanted in {translate(title, language).casefold() for language in LANGUAGES}:
            return title
    close = nearest(text, titles)
    meant = f"did you mean {close!r}? " if close else ""
    raise NotListed(f"there is no section {text!r}; {meant}the sections are {', '.join(titles)}")


def changes_table(graph: Graph) -> Table:
    """Give what changed since the release before, as it was found when this one was built."""
    report: Plain = json.loads((graph.release.path / "changes.json").read_text(encoding="utf-8"))
    rows = report["claims"]
    columns = [name for name in (rows[0] if rows else {"change": ""}) if name != "claims"]
    cells = tuple(tuple(row[name] for name in columns) for row in rows)
    return Table(tuple(columns), cells, claims=tuple(tuple(row["claims"]) for row in rows))
