"""Answers of operations as pages show them: the plain values, with the words that people read beside ids and codes.

Programs ask for the same operations and get the plain values alone (`kg.operations.run`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from kg.entities.profile import name_record
from kg.errors import KgError
from kg.graph import Graph
from kg.operations.listings import questions_of
from kg.operations.pages import page_table
from kg.operations.run import compute, to_plain
from kg.operations.tables import section_table

__all__ = ["PAGE_ANSWERS", "answer_page", "claim_page", "coverage_page", "words_page"]

Plain = dict[str, Any]


def answer_page(graph: Graph, arguments: Mapping[str, Any]) -> Plain:
    """Answer a named question, or whatever else gives a table, with the words of its cells."""
    outcome = compute(graph, "ask", arguments)
    plain = to_plain(graph, outcome) | page_table(outcome.value)
    # A column in which no row says anything takes the room of one that does.
    return plain | {
        "columns": [name for name in plain["columns"] if any(row[name] is not None for row in plain["rows"])]
    }


def words_page(graph: Graph, text: str, language: str) -> Plain:
    """Say what a text asks, and answer it where that is sure: with the question, for its form to be filled in."""
    found = graph.understand(text, language=language)
    shown: Plain = {"understood": found.to_dict(), "answer": None, "question": None, "problem": None}
    reading = found.answer
    if reading is None:
        return shown
    only = reading.only.value if reading.only else None
    arguments = {"question": reading.question, "parameters": reading.parameters, "only": only, "language": language}
    question = questions_of([graph.question(reading.question)])[0]
    try:
        return shown | {"answer": answer_page(graph, arguments), "question": question}
    except KgError as error:
        # What a default means may be in no document of a small release.
        return shown | {"problem": str(error)}


def claim_page(graph: Graph, name: str, language: str) -> Plain:
    """Give one claim, and of the claims that it is set against what they say and who says it."""
    found: Plain = graph.claim(name, language=language).to_dict()
    others = {one for key in ("corroborates", "corroborated_by", "outranks", "rivals") for one in found[key]}
    others |= {found["record"]["outranked_by"]} - {None}
    record = name_record(graph.provenance, found["record"], language)
    found["value"] = getattr(found["value"], "name", found["value"])
    return found | {"record": record, "others": {one: _other(graph, one, language) for one in sorted(others)}}


def _other(graph: Graph, name: str, language: str) -> Plain:
    """Say of a claim what it says and by which document."""
    found = graph.claim(name, language=language).to_dict()
    record, value = found["record"], found["value"]
    return {
        "value": value["name"] if isinstance(value, dict) else getattr(value, "name", value),
        "document": record["title"] or record["document"],
        "published": record["published"],
        "reason": record["ranking_rule"],
    }


def coverage_page(graph: Graph, language: str) -> list[Plain]:
    """Give the sections of the coverage, what they count by named in a language."""
    sections: list[Plain] = compute(graph, "coverage", {"language": language}).value
    return [{"title": one["title"], **page_table(section_table(graph, one, language))} for one in sections]


PAGE_ANSWERS: tuple[Callable[..., Any], ...] = (answer_page, words_page, claim_page, coverage_page)
"""What only pages ask for."""
