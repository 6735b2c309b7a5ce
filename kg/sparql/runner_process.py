"""The process that `kg.sparql.runner` starts: runs one query in a sandbox and writes what it gives.

Standard input holds the request as JSON; standard output gets one line of facts and then the
results, a table in SPARQL JSON or a graph in N-Triples. Run as `python -m kg.sparql.runner_process
MEMORY_MB MAX_ROWS CPU_SECONDS`.
"""

from __future__ import annotations

import json
import resource
import sys
from typing import Any

import pyoxigraph as ox

from kg.errors import KgError, QueryLimit
from kg.rdf.store import open_read_only, read_term
from kg.sparql import sandbox
from kg.sparql.evaluate import Query, QueryResult, evaluate
from kg.sparql.guard import reject_network

__all__ = ["main"]


def main() -> None:
    """Run the request on standard input."""
    memory, max_rows, seconds = int(sys.argv[1]) * 2**20, int(sys.argv[2]), int(sys.argv[3])
    request = json.loads(sys.stdin.buffer.read())
    results = b""
    try:
        written = answer(request, max_rows, memory, seconds)
        facts = {"graph": isinstance(written.format, ox.RdfFormat), "notes": written.notes}
        results = written.body
    except KgError as error:
        facts = _error_facts(error)
    except MemoryError:
        facts = _error_facts(QueryLimit("the query needs too much memory; ask for less"))
    sys.stdout.buffer.write(json.dumps(facts).encode() + b"\n" + results)


def _error_facts(error: KgError) -> dict[str, Any]:
    return {"error": str(error), "kind": type(error).__name__}


def answer(request: dict[str, Any], max_rows: int, memory: int, seconds: int) -> QueryResult:
    """Open the store, give up every right that a query could abuse, and run it."""
    store = open_read_only(request["store"])
    # All files of the store are open by now; no socket can be opened after this.
    sandbox.limit_memory(memory)
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    sandbox.drop_network()
    sandbox.drop_files()
    reject_network(request["text"])
    bindings = {name: read_term(text) for name, text in request["bindings"].items()}
    return evaluate(store, Query(request["text"], bindings, max_rows=max_rows))


if __name__ == "__main__":
    main()
