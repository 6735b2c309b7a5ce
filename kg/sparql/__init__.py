"""SPARQL from outside, run safely: a guard reads the text, a sandboxed process answers it in bounded time.

Queries of our own need none of this; they go to `kg.rdf.store`. Whoever takes a query from a user imports from here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.lazy import load_from

if TYPE_CHECKING:
    from kg.sparql.evaluate import Query, QueryResult
    from kg.sparql.guard import check_query, reject_network
    from kg.sparql.query_file import read_query_file
    from kg.sparql.runner import query_in_worker

__all__ = [
    "Query",
    "QueryResult",
    "check_query",
    "query_in_worker",
    "read_query_file",
    "reject_network",
]

__getattr__ = load_from(
    __name__,
    evaluate="Query QueryResult",
    guard="check_query reject_network",
    query_file="read_query_file",
    runner="query_in_worker",
)
