"""Answers reconciliation and extension queries: candidates and columns in the JSON of either version."""

from __future__ import annotations

from typing import Any

from kg.errors import NotFound, NotListed, UsageError
from kg.graph import Graph
from kg.matching.candidates import Candidate
from kg.matching.extension import ExtensionColumn, words_for
from kg.matching.matcher import Wanted
from kg.reconciliation.queries import ExtensionQuery, read_batch, read_extension, read_queries

__all__ = ["extend", "extend_rows", "match", "reconcile", "type_of"]


def reconcile(graph: Graph, queries: object) -> dict[str, Any]:
    """Answer a batch of version 0.2, each query by itself."""
    batch = read_queries(queries)
    found = _answers(graph, list(batch.values()))
    return {key: _result("result", answer) for key, answer in zip(batch, found, strict=True)}


def match(graph: Graph, batch: object) -> dict[str, Any]:
    """Answer a batch of version 1.0-draft, each query by itself."""
    return {"results": [_result("candidates", answer) for answer in _answers(graph, read_batch(batch))]}


def _result(name: str, answer: list[dict[str, Any]] | UsageError) -> dict[str, Any]:
    """Write an answer; neither version has a place for an error of one query, so that it stands beside the result."""
    return {name: [], "error": str(answer)} if isinstance(answer, UsageError) else {name: answer}


def _answers(graph: Graph, batch: list[Wanted | UsageError]) -> list[list[dict[str, Any]] | UsageError]:
    """Answer each query; where none can be, the batch has the error of the first."""
    found = [one if isinstance(one, UsageError) else _candidates(graph, one) for one in batch]
    wrong = [one for one in found if isinstance(one, UsageError)]
    if wrong and len(wrong) == len(found):
        raise wrong[0]
    return found


def _candidates(graph: Graph, wanted: Wanted) -> list[dict[str, Any]] | UsageError:
    try:
        return [_candidate(graph, one) for one in graph.match(wanted)]
    except NotFound as error:
        return NotListed(str(error))


def _candidate(graph: Graph, one: Candidate) -> dict[str, Any]:
    return {
        "id": one.entity,
        "name": one.name,
        "description": one.description,
        "score": one.score,
        "match": one.match,
        "type": [type_of(graph, kind) for kind in one.kinds],
        "features": [{"id": each.id, "name": each.name, "value": each.value} for each in one.features],
    }


def type_of(graph: Graph, kind: str, language: str = "en") -> dict[str, str]:
    """Write a class as the API writes a type."""
    return {"id": kind, "name": graph.schema.classes[kind].labels.get(language, kind)}


def extend(graph: Graph, query: object) -> dict[str, Any]:
    """Answer an extension query of version 0.2: rows by id."""
    extension = read_extension(query)
    return {"meta": _meta(graph, extension), "rows": graph.extend(extension.ids, extension.columns)}


def extend_rows(graph: Graph, query: object) -> dict[str, Any]:
    """Answer an extension query of version 1.0-draft: rows in order."""
    extension = read_extension(query)
    meta = _meta(graph, extension)
    rows = [
        {"id": entity, "properties": [{"id": name, "values": values} for name, values in cells.items()]}
        for entity, cells in graph.extend(extension.ids, extension.columns).items()
    ]
    return {"meta": meta, "rows": rows}


def _meta(graph: Graph, extension: ExtensionQuery) -> list[dict[str, Any]]:
    return [_heading(graph, column) for column in extension.columns]


def _heading(graph: Graph, column: ExtensionColumn) -> dict[str, Any]:
    words = words_for(graph.properties, column, column.language)
    if words is None:
        raise NotListed(f"there is no property {column.id[:100]!r}; ask the service to suggest some")
    heading, term = words
    meta: dict[str, Any] = {"id": column.id, "name": heading}
    classes = [name for name in sorted(term.range) if name in graph.schema.classes and name != "Quantity"]
    if not column.facet and len(classes) == 1:
        meta["type"] = type_of(graph, classes[0], column.language)
    if column.facet == "source":
        meta["type"] = type_of(graph, "Document", column.language)
    return meta
