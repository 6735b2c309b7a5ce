"""Verbs on what clients send in bulk: rows to match, as JSON or as a table. They run where nobody waits for them.

Each row stands for itself: one that is wrong has an error of its own, and only where all are is the batch one.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from kg.errors import InputError, KgError, UsageError
from kg.graph import Graph
from kg.matching.csv_rows import Columns, match_sheet, read_property_columns
from kg.matching.matcher import Condition, Wanted
from kg.tables.source_table import read_table

__all__ = ["BATCHES", "MAX_CONDITIONS", "MAX_LIMIT", "MAX_NAME", "MAX_ROWS", "match_request", "match_table"]

MAX_ROWS = 1000
MAX_NAME = 500
MAX_CONDITIONS = 20
MAX_LIMIT = 50
"""What a request to match rows may have: rows, characters of a name, traits of a row, candidates of each."""

_DEFAULT_LIMIT = 3

Plain = dict[str, Any]


def match_table(graph: Graph, body: bytes, column: str, kind: str | None, property_columns: Sequence[str]) -> Any:
    """Match a file, CSV or a workbook, and give the table; `property_columns` name properties with them."""
    columns = Columns(column, kind, read_property_columns(property_columns))
    return match_sheet(read_table(body), columns, graph.match).to_dict()


def match_table_csv(graph: Graph, body: bytes, column: str, kind: str | None, property_columns: Sequence[str]) -> bytes:
    """Match a file and write it as CSV."""
    columns = Columns(column, kind, read_property_columns(property_columns))
    return match_sheet(read_table(body), columns, graph.match).to_csv().encode("utf-8")


def match_request(graph: Graph, rows: object) -> list[Plain]:
    """Match rows that came as JSON: an object of `rows`, each of a name, a kind and traits, and a `limit`."""
    request = _object("the body", rows, ("rows", "limit"))
    wanted, limit = request.get("rows"), request.get("limit", _DEFAULT_LIMIT)
    if not isinstance(wanted, list) or not 1 <= len(wanted) <= MAX_ROWS:
        raise UsageError(f"rows: it must be a list of 1 to {MAX_ROWS:,} rows")
    # JSON does not tell 3 from 3.0.
    if isinstance(limit, bool) or not isinstance(limit, int | float) or limit not in range(1, MAX_LIMIT + 1):
        raise UsageError(f"limit: it must be a whole number from 1 to {MAX_LIMIT}")
    answers: list[Plain] = []
    errors: list[KgError] = []
    for at, row in enumerate(wanted):
        try:
            read = _row(f"rows.{at}", row, int(limit))
            answers.append({"name": read.name, "candidates": [asdict(one) for one in graph.match(read)]})
        except (UsageError, InputError) as error:
            errors.append(error)
            answers.append({"name": _name_of(row), "candidates": [], "error": str(error)})
    if len(errors) == len(wanted):
        raise errors[0]
    return answers


def _row(place: str, row: object, limit: int) -> Wanted:
    given = _object(place, row, ("name", "kind", "traits"))
    name, kind = given.get("name"), given.get("kind")
    if not isinstance(name, str):
        raise UsageError(f"{place}.name: it must be a text")
    if len(name) > MAX_NAME:
        raise UsageError(f"{place}.name: it has {len(name):,} characters; the limit is {MAX_NAME}")
    if not isinstance(kind, str | None):
        raise UsageError(f"{place}.kind: it must be a text")
    by_property = given.get("traits")
    named = _object(f"{place}.traits", {} if by_property is None else by_property, None)
    if len(named) > MAX_CONDITIONS:
        raise UsageError(f"{place}.traits: it has {len(named):,} traits; the limit is {MAX_CONDITIONS}")
    if wrong := next((key for key, value in named.items() if not isinstance(value, str)), None):
        raise UsageError(f"{place}.traits.{wrong[:100]}: it must be a text")
    conditions = tuple(Condition(property_name, (text,)) for property_name, text in named.items())
    return Wanted(name, (kind,) if kind else (), conditions, strict="any", limit=limit)


def _object(place: str, given: object, known: Sequence[str] | None) -> Mapping[str, Any]:
    if not isinstance(given, Mapping):
        raise UsageError(f"{place}: it must be an object")
    for key in given if known is not None else ():
        if key not in (known or ()):
            wanted = f"; {place}.{known[0]} must be given" if known and known[0] not in given else ""
            raise UsageError(f"{place}.{key[:100]}: there is no such field, take {', '.join(known or ())}{wanted}")
    return given


def _name_of(row: object) -> str:
    name = row.get("name") if isinstance(row, Mapping) else None
    return name[:MAX_NAME] if isinstance(name, str) else ""


BATCHES: tuple[Callable[..., Any], ...] = (match_table, match_table_csv, match_request)
"""The verbs; the first argument of each after the graph is what the client sent."""
