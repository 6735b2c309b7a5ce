"""Tools for SPARQL of one's own, and queries to start from."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Annotated, Any

from mcp_types import CallToolResult
from pydantic import Field

from kg.errors import KgError
from kg.mcp.access import Access, tool_error
from kg.mcp.pagination import Page, Rows, page, result, window
from kg.mcp.tools.search import Offset
from kg.sparql.query_file import read_query_file

__all__ = ["Querying", "read_examples"]

_FOLDER = Path(__file__).parents[1] / "examples"
_PREFIXES = "Prefixes are set (kg:, rdfs:, skos:, xsd:, graph: …) and ids are relative IRIs: <company/catl>."


class Examples(Page):
    """Queries that run as they stand."""

    queries: list[dict[str, str]]


class Querying:
    """The tools for SPARQL."""

    def __init__(self, access: Access) -> None:
        self._access = access

    async def sparql(
        self,
        query: Annotated[str, Field(description="A SPARQL 1.1 query: SELECT, ASK, CONSTRUCT or DESCRIBE.")],
        limit: Annotated[int, Field(ge=1, le=1000, description="How many rows to give at most.")] = 100,
        offset: Offset = 0,
        timeout: Annotated[float, Field(gt=0, le=60, description="Seconds after which it is stopped.")] = 10.0,
    ) -> Annotated[CallToolResult, Rows]:
        """Run SPARQL over the accepted view, read-only; use it when no named question fits.

        The default graph is the accepted view; each claim is a named graph, `GRAPH graph:ledger` says who claims what.
        Prefixes are set, and ids stand as <company/catl>. Rows do not name their claims: for a figure that you mean to
        repeat, call `why`. When `truncated`, there are more rows than were given.
        """
        try:
            solved = await self._access.solve(query, timeout, slice(offset, offset + limit))
        except KgError as error:
            raise tool_error(error) from error
        shown, about = window(solved.rows, solved.total, offset)
        nothing = "" if solved.total else f"No solution. {_PREFIXES} See describe_schema for the terms."
        note = " ".join(filter(None, [*(f"{text}." for text in solved.notes), nothing]))
        return result(Rows(title="query", columns=list(solved.columns), rows=shown, note=note, **about))

    async def example_queries(self) -> Annotated[CallToolResult, Examples]:
        """Give SPARQL queries that run, to start from: values with units, dates, claims, paths, places, absence."""
        queries = [dict(one) for one in read_examples()]
        shown, about = page(queries, len(queries))
        return result(Examples(queries=shown, note=_PREFIXES, **about))


@cache
def read_examples() -> tuple[dict[str, Any], ...]:
    """Read the example queries: a title, the reason to look at it, and the text."""
    examples = []
    for path in sorted(_FOLDER.glob("*.rq")):
        header, text = read_query_file(path)
        query = "\n".join(line for line in text.strip().splitlines() if not line.startswith("#"))
        examples.append(
            {"name": path.stem, "title": header.one("title"), "reason": header.one("reason"), "query": query}
        )
    return tuple(examples)
