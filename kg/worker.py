"""SPARQL texts from outside, each in a process of its own that can be killed.

The engine has no timeout, no memory limit and no switch for SERVICE and LOAD, and a short
query can end its process. So a foreign text runs in a child that may use only so much
memory, cannot open a connection, and is killed at the deadline.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pyoxigraph as ox

from kg.errors import QueryError, QueryLimit
from kg.store import Node, Rows

__all__ = ["MAX_ROWS", "MAX_TEXT", "query_in_worker"]

# The bars of a public endpoint, measured against queries that end or stall the engine.
MAX_TEXT = 65_536
MAX_NESTING = 50
MAX_ROWS = 100_000
MAX_MEMORY_MB = 1024

_LITERAL_OR_COMMENT = re.compile(
    r'"""(?:\\.|[^\\])*?"""|\'\'\'(?:\\.|[^\\])*?\'\'\'|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'|<[^<>"{}|^`\\\s]*>|#[^\n]*',
    re.DOTALL,
)
_NETWORK = re.compile(r"\b(SERVICE|LOAD)\b", re.IGNORECASE)


def query_in_worker(store: Path, text: str, bindings: Mapping[str, Node], timeout: float) -> tuple[list[str], Rows]:
    """Run a SELECT, ASK, CONSTRUCT or DESCRIBE; gives its columns and rows.

    ASK gives one column `answer`, the graph forms give subject, predicate and object.
    Raises QueryError for a text that is refused, QueryLimit when a limit is reached.
    """
    refuse(text)
    request = json.dumps({"store": str(store), "text": text, "bindings": {k: str(v) for k, v in bindings.items()}})
    command = [sys.executable, "-m", "kg.worker_process", str(MAX_MEMORY_MB), str(MAX_ROWS)]
    try:
        done = subprocess.run(  # noqa: S603 - our own module, nothing from outside on the command line
            command, input=request.encode("utf-8"), capture_output=True, timeout=timeout, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise QueryLimit(
            f"the query ran for {timeout:g} seconds and was stopped; ask for less, or give more time"
        ) from error
    if done.returncode != 0 or not done.stdout:
        raise QueryLimit(f"the query ended its process (over {MAX_MEMORY_MB} MB, or too deep); ask for less at once")
    return _read(done.stdout)


def refuse(text: str) -> None:
    """Raise QueryError for a text that must not reach the engine, naming the limit it breaks."""
    try:
        size = len(text.encode("utf-8"))
    except UnicodeEncodeError as error:
        raise QueryError("the query is not valid Unicode; retype it") from error
    if size > MAX_TEXT:
        raise QueryError(f"the query has {size:,} bytes; the limit is {MAX_TEXT:,}")
    bare = _LITERAL_OR_COMMENT.sub(" ", text)
    deepest = depth = 0
    for character in bare:
        depth += (character in "{([") - (character in "})]")
        deepest = max(deepest, depth)
    if deepest > MAX_NESTING:
        raise QueryError(f"the query nests {deepest} deep; the limit is {MAX_NESTING}")
    found = _NETWORK.search(bare)
    if found:
        raise QueryError(f"{found[1].upper()} is refused: queries here cannot reach the network")


def _read(output: bytes) -> tuple[list[str], Rows]:
    """Read what the process wrote: one line of facts, then results in SPARQL JSON, if any."""
    facts, _, results = output.partition(b"\n")
    about = json.loads(facts)
    if "error" in about:
        kind = QueryLimit if about["limit"] else QueryError
        raise kind(about["error"])
    found = ox.parse_query_results(results, format=ox.QueryResultsFormat.JSON)
    if isinstance(found, ox.QueryBoolean):
        value = "true" if found else "false"
        return ["answer"], [
            {"answer": ox.Literal(value, datatype=ox.NamedNode("http://www.w3.org/2001/XMLSchema#boolean"))}
        ]
    names = [variable.value for variable in found.variables]
    return names, [{name: value for name, value in zip(names, row, strict=True) if value is not None} for row in found]
