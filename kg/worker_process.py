"""The process that `kg.worker` starts: runs one query under limits and writes what it gives.

Standard input holds the request as JSON; standard output gets one line of facts and then
the results in SPARQL JSON. Run as `python -m kg.worker_process MEMORY_MB MAX_ROWS CPU_SECONDS`.
"""

from __future__ import annotations

import itertools
import json
import resource
import sys
from typing import Any

import pyoxigraph as ox

from kg.errors import QueryError, QueryLimit, ReleaseError
from kg.refusal import refuse_network
from kg.store import ask, open_read_only, read_term

__all__ = ["main"]

MAX_OUTPUT = 50_000_000


def main() -> None:
    """Run the request on standard input."""
    memory, max_rows, seconds = int(sys.argv[1]) * 2**20, int(sys.argv[2]), int(sys.argv[3])
    request = json.loads(sys.stdin.buffer.read())
    results = b""
    try:
        facts, results = answer(request, max_rows, {"AS": memory, "CPU": seconds, "CORE": 0, "NOFILE": 0})
    except QueryLimit as error:
        facts = {"error": str(error), "kind": "limit"}
    except QueryError as error:
        facts = {"error": str(error), "kind": "query"}
    except ReleaseError as error:
        facts = {"error": str(error), "kind": "release"}
    except MemoryError:
        facts = {"error": "the query needs too much memory; ask for less", "kind": "limit"}
    sys.stdout.buffer.write(json.dumps(facts).encode() + b"\n" + results)


def answer(request: dict[str, Any], max_rows: int, limits: dict[str, int]) -> tuple[dict[str, Any], bytes]:
    """Open the store, give up every right that a query could abuse, and run it."""
    store = open_read_only(request["store"])
    # All files of the store are open by now; no socket can be opened after this.
    for name, limit in limits.items():
        resource.setrlimit(getattr(resource, f"RLIMIT_{name}"), (limit, limit))
    refuse_network(request["text"])
    try:
        return run(store, request, max_rows)
    except (OSError, RuntimeError, ValueError) as error:
        raise QueryError(f"the query failed while it ran ({error})") from error


def run(store: ox.Store, request: dict[str, Any], max_rows: int) -> tuple[dict[str, Any], bytes]:
    """Run the query and serialise what it gives, or say that there is too much of it."""
    found = ask(store, request["text"], {name: read_term(text) for name, text in request["bindings"].items()})
    if isinstance(found, ox.QueryBoolean):
        return {}, b'{"head":{},"boolean":' + (b"true" if found else b"false") + b"}"
    rows = list(itertools.islice(found, max_rows + 1))
    if len(rows) > max_rows:
        raise QueryLimit(f"the query gives over {max_rows:,} rows; add a LIMIT")
    if isinstance(found, ox.QueryTriples):
        names = ["subject", "predicate", "object"]
        cells = [(row.subject, row.predicate, row.object) for row in rows]
    else:
        names = [variable.value for variable in found.variables]
        cells = [tuple(row) for row in rows]
    bindings = [{n: _json(value) for n, value in zip(names, row, strict=True) if value is not None} for row in cells]
    results = json.dumps({"head": {"vars": names}, "results": {"bindings": bindings}}, ensure_ascii=False).encode()
    if len(results) > MAX_OUTPUT:
        raise QueryLimit(f"the query gives over {MAX_OUTPUT // 1_000_000} MB; ask for less")
    return {}, results


def _json(term: Any) -> dict[str, str]:
    """Write a term as SPARQL 1.1 Query Results JSON has it."""
    if isinstance(term, ox.NamedNode):
        return {"type": "uri", "value": term.value}
    if isinstance(term, ox.BlankNode):
        return {"type": "bnode", "value": term.value}
    if isinstance(term, ox.Triple):
        raise QueryError("a row holds a triple as a value; ask for its subject, predicate and object")
    if term.language:
        return {"type": "literal", "value": term.value, "xml:lang": term.language}
    return {"type": "literal", "value": term.value, "datatype": term.datatype.value}


if __name__ == "__main__":
    main()
