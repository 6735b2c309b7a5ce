"""How a SPARQL request is put into a frame for a worker, and what the worker makes of it.

The server's side never looks into the text; all that may take time or end the process, even
telling whether a text is too deep, happens in the worker.
"""

from __future__ import annotations

from dataclasses import dataclass

from kg.formats import GRAPHS, RESULTS
from kg.rdf.io import graph_format, result_format
from kg.rdf.store import Store
from kg.server.workers.protocol import Frame
from kg.sparql.evaluate import Query, evaluate
from kg.sparql.guard import check_query, reject_network

__all__ = ["GRAPH_FORMATS", "RESULT_FORMATS", "QueryRequest", "answer_query"]

RESULT_FORMATS = {name: result_format(one.media_type) for name, one in RESULTS.items()}
GRAPH_FORMATS = {name: graph_format(one.media_type) for name, one in GRAPHS.items()}


@dataclass(frozen=True)
class QueryRequest:
    """A query as it came by the SPARQL Protocol: its text, its dataset, and the formats that were asked for.

    `results` and `graph` are the short names of `kg.server.http.negotiation`, or None when none of them would be taken.
    """

    text: str
    default_graphs: tuple[str, ...] | None = None
    named_graphs: tuple[str, ...] | None = None
    results: str | None = "json"
    graph: str | None = "turtle"

    def to_frame(self) -> Frame:
        """Write the request for a worker."""
        head = {
            "default": self.default_graphs, "named": self.named_graphs, "results": self.results, "graph": self.graph
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
    return Frame({"type": written.format.media_type, "notes": list(written.notes)}, written.body)
