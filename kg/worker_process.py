"""The process that `kg.worker` starts: runs one query under limits and writes what it gives.

Standard input holds the request as JSON; standard output gets one line of facts and then
the results in SPARQL JSON. Run as `python -m kg.worker_process MEMORY_MB MAX_ROWS`.
"""

from __future__ import annotations

import itertools
import json
import resource
import sys
from typing import Any

import pyoxigraph as ox

from kg.errors import QueryError
from kg.store import ask, read_term

__all__ = ["main"]


def main() -> None:
    """Run the request on standard input."""
    memory, max_rows = int(sys.argv[1]) * 2**20, int(sys.argv[2])
    request = json.loads(sys.stdin.buffer.read())
    store = ox.Store.read_only(request["store"])
    # All files of the store are open by now; no socket can be opened after this.
    resource.setrlimit(resource.RLIMIT_NOFILE, (0, 0))
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        facts, results = run(store, request, max_rows)
    except QueryError as error:
        facts, results = {"error": str(error), "limit": False}, b""
    except MemoryError:
        facts, results = {"error": "the query needs too much memory; ask for less", "limit": True}, b""
    sys.stdout.buffer.write(json.dumps(facts).encode() + b"\n" + results)


def run(store: ox.Store, request: dict[str, Any], max_rows: int) -> tuple[dict[str, Any], bytes]:
    """Run the query and serialise what it gives, or say that there is too much of it."""
    found = ask(store, request["text"], {name: read_term(text) for name, text in request["bindings"].items()})
    if isinstance(found, ox.QueryBoolean):
        return {}, b'{"head":{},"boolean":' + (b"true" if found else b"false") + b"}"
    rows = list(itertools.islice(found, max_rows + 1))
    if len(rows) > max_rows:
        return {"error": f"the query gives over {max_rows:,} rows; add a LIMIT", "limit": True}, b""
    if isinstance(found, ox.QueryTriples):
        names = ["subject", "predicate", "object"]
        cells = [(row.subject, row.predicate, row.object) for row in rows]
    else:
        names = [variable.value for variable in found.variables]
        cells = [tuple(row) for row in rows]
    bindings = [{n: _json(value) for n, value in zip(names, row, strict=True) if value is not None} for row in cells]
    return {}, json.dumps({"head": {"vars": names}, "results": {"bindings": bindings}}, ensure_ascii=False).encode(
        "utf-8"
    )


def _json(term: Any) -> dict[str, str]:
    """Write a term as SPARQL 1.1 Query Results JSON has it."""
    if isinstance(term, ox.NamedNode):
        return {"type": "uri", "value": term.value}
    if isinstance(term, ox.BlankNode):
        return {"type": "bnode", "value": term.value}
    if term.language:
        return {"type": "literal", "value": term.value, "xml:lang": term.language}
    return {"type": "literal", "value": term.value, "datatype": term.datatype.value}


if __name__ == "__main__":
    main()
