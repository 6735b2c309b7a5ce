"""How a SPARQL request is put into a frame for a worker, and what the worker makes of it.

The server's side never looks into the text; all that may take time or end the process, even
telling whether a text is too deep, happens in the worker.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any

from kg.formats import GRAPHS, RESULTS
from kg.rdf.io import graph_format, parse, parse_results, result_format
from kg.rdf.plain_values import plain_rows, short_rows
from kg.rdf.store import Node, Store
from kg.server.workers.protocol import Frame
from kg.sparql.evaluate import Query, QueryResult, evaluate
from kg.sparql.guard import check_query, reject_network

__all__ = ["GRAPH_FORMATS", "RESULT_FORMATS", "QueryRequest", "answer_query"]

RESULT_FORMATS = {name: result_format(one.media_type) for name, one in RESULTS.items()}
GRAPH_FORMATS = {name: graph_format(one.media_type) for name, one in GRAPHS.items()}

_GRAPH_TYPES = {one.media_type for one in GRAPHS.values()}
_GRAPH_COLUMNS = ("subject", "predicate", "object")


@dataclass(frozen=True)
class QueryRequest:
    """A query as it came by the SPARQL Protocol: its text, its dataset, and the formats that were asked for.

    `results` and `graph` are the short names of `kg.server.http.negotiation`, or None when none of them would be taken.
    `wanted` is a stretch of rows (from, to) that are given as plain values in JSON, whatever the form of the query.
    """

    text: str
    default_graphs: tuple[str, ...] | None = None
    named_graphs: tuple[str, ...] | None = None
    results: str | None = "json"
    graph: str | None = "turtle"
    wanted: tuple[int, int] | None = None

    def to_frame(self) -> Frame:
        """Write the request for a worker."""
        head = {
            "default": self.default_graphs, "named": self.named_graphs, "results": self.results, "graph": self.graph,
            "wanted": self.wanted,
        }  # fmt: skip
        return Frame(head, self.text.encode("utf-8", "surrogatepass"))


def answer_query(store: Store, request: Frame) -> Frame:
    """Refuse or run the query of a frame, and write what it gives in the format that was asked for."""
    text = request.body.decode("utf-8", "surrogatepass")
    check_query(text)
    reject_network(text)
    head = request.head
    question = Query(
        text,
        default_graphs=head["default"],
        named_graphs=head["named"],
        results=RESULT_FORMATS.get(head["results"]),
        graph=GRAPH_FORMATS.get(head["graph"]),
    )
    written = evaluate(store, question)
    if head["wanted"] is not None:
        solutions = json.dumps(_read_wanted(written, *head["wanted"]))
        return Frame({"notes": list(written.notes)}, solutions.encode("ascii"))
    return Frame({"type": written.format.media_type, "notes": list(written.notes)}, written.body)


def _read_wanted(written: QueryResult, begin: int, end: int) -> dict[str, Any]:
    """Read some rows of what a query gave: its columns, the rows as plain values, and how many there are in all."""
    name = written.format.media_type
    rows: Iterator[Mapping[str, Node]]
    if name in _GRAPH_TYPES:
        columns: tuple[str, ...] = _GRAPH_COLUMNS
        rows = ({name: getattr(one, name) for name in _GRAPH_COLUMNS} for one in parse(written.body, name))
    else:
        columns, rows, truth = parse_results(written.body, name)
        if truth is not None:
            return {"columns": ["answer"], "rows": [{"answer": truth}], "total": 1}
    before = sum(1 for _ in islice(rows, begin))
    wanted = plain_rows(islice(rows, end - begin))
    return {"columns": columns, "rows": list(short_rows(wanted)), "total": before + len(wanted) + sum(1 for _ in rows)}
