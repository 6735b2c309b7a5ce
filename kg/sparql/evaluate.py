"""Run a SPARQL text on an open store and write what it gives, whole or not at all.

Shared by the process behind `kg query` and by the workers of the server; it is called inside
a sandbox (`kg.sparql.sandbox`), after `kg.sparql.guard` let the text through. The engine's own serialisers
write; here only the bars of rows and bytes are held.
"""

from __future__ import annotations

import csv
import io
import itertools
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import NoReturn

import pyoxigraph as ox

from kg.errors import NotAcceptable, QueryError, ResultTooLarge
from kg.rdf.store import Node, Store, ask
from kg.sparql.slips import describe_slips
from kg.sparql.syntax import explain_syntax
from kg.sparql.terms import describe_unknown

__all__ = ["MAX_OUTPUT", "MAX_ROWS", "Query", "QueryResult", "evaluate"]

MAX_ROWS = 100_000
MAX_OUTPUT = 50_000_000


@dataclass(frozen=True)
class Query:
    """A text, values for its projected variables, its dataset, and the form of what it gives.

    Graphs are IRIs; with `default_graphs` or `named_graphs` given, the dataset is made of these alone, whatever
    the text says. A form that is None is none that the caller takes.
    """

    text: str
    bindings: Mapping[str, Node] = field(default_factory=dict)
    default_graphs: tuple[str, ...] | None = None
    named_graphs: tuple[str, ...] | None = None
    results: ox.QueryResultsFormat | None = ox.QueryResultsFormat.JSON
    graph: ox.RdfFormat | None = ox.RdfFormat.N_TRIPLES
    max_rows: int = MAX_ROWS


@dataclass(frozen=True)
class QueryResult:
    """A result as bytes, the format they are in, and what is to be told beside it: words that the data do not know."""

    format: ox.QueryResultsFormat | ox.RdfFormat
    body: bytes
    notes: tuple[str, ...] = ()


def evaluate(store: Store, question: Query) -> QueryResult:
    """Run a query of any form; raises QueryError for a text that cannot be run, ResultTooLarge for too much."""
    try:
        found = ask(store, question.text, question.bindings, question.default_graphs, question.named_graphs)
    except QueryError as error:
        if isinstance(error.__cause__, SyntaxError):
            fault = explain_syntax(question.text, error.__cause__.msg)
            raise QueryError(f"the query is not SPARQL 1.1: {fault}") from error
        raise
    try:
        written = (
            _write_graph(found, question) if isinstance(found, ox.QueryTriples) else _write_results(found, question)
        )
        slips = describe_slips(store, question.text, question.bindings)
        return replace(written, notes=(*describe_unknown(store, question.text), *slips))
    except (OSError, RuntimeError, ValueError) as error:
        raise QueryError(f"the query failed while it ran ({error})") from error


class _Sink(io.BytesIO):
    """Takes what a serialiser writes, up to the bar."""

    def write(self, data: bytes) -> int:  # type: ignore[override] # the serialisers write bytes only
        """Take some bytes."""
        if self.tell() + len(data) > MAX_OUTPUT:
            raise ResultTooLarge(f"the query gives over {MAX_OUTPUT // 1_000_000} MB; ask for less")
        return super().write(data)


def _write_graph(found: ox.QueryTriples, question: Query) -> QueryResult:
    if question.graph is None:
        raise NotAcceptable("the query gives a graph, but no format for graphs was asked for; ask for text/turtle")
    sink = _Sink()
    taken = itertools.islice(found, question.max_rows)
    ox.serialize(taken, sink, format=question.graph, prefixes=None)
    if next(found, None) is not None:
        _refuse_rows(question)
    return QueryResult(question.graph, sink.getvalue())


def _write_results(found: ox.QuerySolutions | ox.QueryBoolean, question: Query) -> QueryResult:
    if question.results is None:
        raise NotAcceptable("the query gives a table, but no format for tables was asked for; ask for text/csv")
    sink = _Sink()
    found.serialize(sink, format=question.results)
    body = sink.getvalue()
    if isinstance(found, ox.QuerySolutions) and _rows(body, question.results, question.max_rows) > question.max_rows:
        _refuse_rows(question)
    return QueryResult(question.results, body)


def _refuse_rows(question: Query) -> NoReturn:
    raise ResultTooLarge(f"the query gives over {question.max_rows:,} rows; add a LIMIT")


def _rows(body: bytes, form: ox.QueryResultsFormat, bar: int) -> int:
    """Count the rows of a table that was written; exact where there may be more than `bar`."""
    if form == ox.QueryResultsFormat.XML:
        return body.count(b"<result>")
    if form == ox.QueryResultsFormat.TSV:
        return body.count(b"\n") - 1
    if form == ox.QueryResultsFormat.CSV:
        if body.count(b"\n") - 1 <= bar:
            return 0
        return sum(1 for _ in csv.reader(io.StringIO(body.decode("utf-8"), newline=""))) - 1
    return _json_rows(body, bar)


def _json_rows(body: bytes, bar: int) -> int:
    """Count the solutions of a table in JSON, where there may be more than `bar`.

    A solution but the first opens behind a comma, and the name of a variable follows. A quote inside a string is
    escaped, so where the same signs end a string, what ends a string follows.
    """
    behind_comma = body.count(b",{")
    if behind_comma + 1 <= bar:
        return 0
    if body.count(b',{"') != behind_comma:
        # Rows without a value, or such signs inside a string, are told apart by reading the whole.
        return len(json.loads(body)["results"]["bindings"])
    return behind_comma + 1 - body.count(b',{"}') - body.count(b',{",')
