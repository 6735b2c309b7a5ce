"""SPARQL texts from outside, each in a process of its own that can be killed.

The engine has no timeout, no memory limit and no switch for SERVICE and LOAD, and a short
query can end its process. So a foreign text runs in a child that may use only so much
memory, cannot open a connection, and is killed at the deadline.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterable, Mapping
from math import ceil
from pathlib import Path
from typing import Any, NamedTuple

import pyoxigraph as ox

from kg import errors
from kg.errors import KgError, QueryCrash, QueryError, QueryTimeout
from kg.rdf.store import Node, Rows
from kg.rdf.vocab import XSD_BOOLEAN
from kg.sparql.evaluate import MAX_ROWS
from kg.sparql.guard import check_query
from kg.sparql.sandbox import MEMORY

__all__ = ["Solved", "child_environment", "query_in_worker", "solve"]

MAX_MEMORY_MB = MEMORY // 2**20


class Solved(NamedTuple):
    """What a query gave: its columns and rows, and what is to be told beside them."""

    columns: list[str]
    rows: Rows
    notes: tuple[str, ...]


def query_in_worker(store: Path, text: str, bindings: Mapping[str, Node], timeout: float) -> tuple[list[str], Rows]:
    """Run a query as `solve` does, and give its columns and rows alone."""
    solved = solve(store, text, bindings, timeout)
    return solved.columns, solved.rows


def solve(store: Path, text: str, bindings: Mapping[str, Node], timeout: float) -> Solved:
    """Run a SELECT, ASK, CONSTRUCT or DESCRIBE; gives its columns and rows, and words that the store does not know.

    ASK gives one column `answer`, the graph forms give subject, predicate and object.
    Raises QueryError for a text that is refused, QueryLimit when a limit is reached.
    """
    check_query(text)
    request = json.dumps({"store": str(store), "text": text, "bindings": {k: str(v) for k, v in bindings.items()}})
    # Killed at the deadline, and ends by itself soon after when nobody is left to kill it.
    seconds = ceil(min(timeout, 86_400)) + 1
    command = [sys.executable, "-P", "-m", "kg.sparql.runner_process", str(MAX_MEMORY_MB), str(MAX_ROWS), str(seconds)]
    try:
        done = subprocess.run(  # noqa: S603 - our own module, nothing from outside on the command line
            command,
            input=request.encode("ascii"),
            env=child_environment(),
            capture_output=True,
            timeout=timeout,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise QueryTimeout(
            f"the query ran for {timeout:g} seconds and was stopped; ask for less, or give more time"
        ) from error
    if done.returncode != 0 or not done.stdout:
        raise QueryCrash(f"the query ended its process (over {MAX_MEMORY_MB} MB, or too deep); ask for less at once")
    return _read(done.stdout)


def child_environment() -> dict[str, str]:
    """Give the process our own package to import, wherever we were imported from."""
    paths = [str(Path(__file__).parents[2]), os.environ.get("PYTHONPATH", "")]
    return os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, paths))}


def _read(output: bytes) -> Solved:
    """Read what the process wrote: one line of facts, then a table in SPARQL JSON or a graph in N-Triples."""
    facts, _, results = output.partition(b"\n")
    about = json.loads(facts)
    if "error" in about:
        kind: type[KgError] = getattr(errors, about["kind"])
        raise kind(about["error"])
    notes = tuple(about["notes"])
    if about["graph"]:
        names = ["subject", "predicate", "object"]
        triples = (quad.triple for quad in ox.parse(results, format=ox.RdfFormat.N_TRIPLES))
        return Solved(names, [_row(names, (one.subject, one.predicate, one.object)) for one in triples], notes)
    found = ox.parse_query_results(results, format=ox.QueryResultsFormat.JSON)
    if isinstance(found, ox.QueryBoolean):
        value = "true" if found else "false"
        return Solved(["answer"], [{"answer": ox.Literal(value, datatype=XSD_BOOLEAN)}], notes)
    names = [variable.value for variable in found.variables]
    return Solved(names, [_row(names, row) for row in found], notes)


def _row(names: list[str], values: Iterable[Any]) -> dict[str, Node]:
    row = {name: value for name, value in zip(names, values, strict=True) if value is not None}
    if any(isinstance(value, ox.Triple) for value in row.values()):
        raise QueryError("a row holds a triple as a value; ask for its subject, predicate and object")
    return row
