"""What a worker can be asked for, by name: the operations, and verbs that only pages, tools and linked data need.

A verb takes the graph and its arguments as keywords and gives what JSON can hold; a Decimal
is written with its plain digits. It runs in a worker, so it may take its time but must not
need the network, another program, or a change of anything.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from kg.errors import NotFound
from kg.graph import Graph
from kg.operations.agents import FOR_AGENTS
from kg.operations.batches import BATCHES
from kg.operations.page_answers import PAGE_ANSWERS
from kg.operations.pages import LOOKUPS
from kg.operations.rdf import RDF_VERBS
from kg.operations.run import compute, run_operation
from kg.operations.tables import to_table
from kg.tables.cells import json_cell

__all__ = ["VERBS", "Verb", "run_verb", "write_json"]

Verb = Callable[..., Any]


def operation(graph: Graph, name: str, arguments: Mapping[str, Any]) -> Any:
    """Run an operation by its name."""
    return run_operation(graph, name, arguments)


def operation_csv(graph: Graph, name: str, arguments: Mapping[str, Any]) -> Any:
    """Write the table of an operation as CSV, with all digits; beside it what the text cannot say."""
    outcome = compute(graph, name, arguments)
    text = to_table(graph, outcome).to_csv()
    return {"text": text, "total": outcome.total, "next_offset": outcome.next_offset, "notes": outcome.notes}


def operation_page(graph: Graph, name: str, arguments: Mapping[str, Any]) -> Any:
    """Draw a picture as an interactive page of one file."""
    return compute(graph, name, arguments).value.page


def resolve(graph: Graph, name: str) -> Any:
    """Give the IRI of an id or a name."""
    return graph.resolve(name).value


def facts(graph: Graph) -> Any:
    """Give what the release says of itself."""
    return graph.release.facts


_OWN: tuple[Verb, ...] = (operation, operation_csv, operation_page, resolve, facts)
VERBS: Mapping[str, Verb] = {
    verb.__name__: verb for verb in (*_OWN, *FOR_AGENTS, *LOOKUPS, *PAGE_ANSWERS, *RDF_VERBS, *BATCHES)
}
"""What a worker can be asked for: the operations, and what only pages, tools and linked data need."""


def run_verb(graph: Graph, verb: str, arguments: Mapping[str, Any], verbs: Mapping[str, Verb] = VERBS) -> bytes:
    """Run a verb and write what it gives as JSON; bytes are written already."""
    if verb not in verbs:
        raise NotFound("verb", verb)
    given = verbs[verb](graph, **arguments)
    return given if isinstance(given, bytes) else write_json(given).encode("utf-8")


def write_json(value: Any) -> str:
    """Write plain values as JSON; a Decimal keeps its digits.

    >>> from decimal import Decimal
    >>> write_json({"area": Decimal("1.50"), "claims": ("claim/a",), "stated": True})
    '{"area":1.50,"claims":["claim/a"],"stated":true}'
    """
    if isinstance(value, Mapping):
        return "{" + ",".join(f"{json.dumps(str(key))}:{write_json(entry)}" for key, entry in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ",".join(write_json(entry) for entry in value) + "]"
    return json_cell(value)
