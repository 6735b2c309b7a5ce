"""What runs inside a worker process: opens a release, gives up what can be abused, answers one request at a time.

A worker for SPARQL has the store alone; a worker for lookups has the whole graph. Neither
has the network. Whatever happens to a worker, the server only sees its connection close.
"""

from __future__ import annotations

import contextlib
import json
import resource
import socket
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from kg import errors
from kg.errors import KgError, QueryLimit, ReleaseError, UsageError
from kg.graph import Graph
from kg.operations.registry import VERBS, run_verb
from kg.rdf.store import open_read_only
from kg.reconciliation import RECONCILIATION
from kg.release.release import load_release
from kg.release.seal import state_of, verify_all
from kg.server.workers.protocol import Frame, receive_frame, send_frame
from kg.server.workers.sparql_job import answer_query
from kg.server.workers.writable_store import TestStore
from kg.sparql import sandbox

__all__ = ["SERVICES", "raise_error", "read_sent", "work"]

# A worker that once took so much keeps it; the next query has its full share in a new one.
MUCH_MEMORY_KB = 512 * 1024
LOOKUP_MEMORY = 4 * sandbox.MEMORY

_SOME_ROWS = {"rows": [{"name": "a", "kind": "Company"}]}
_UNEXPECTED = (TypeError, ValueError, RuntimeError, OSError, RecursionError)

Service = Callable[[Frame], Frame]


def work(connection: socket.socket, service: str, folder: str, state: str = "") -> None:
    """Answer requests until the server closes the connection. The first frame says whether the worker is ready.

    `state` is that of the release when it was last found whole.
    """
    try:
        state = _verify(service, Path(folder), state)
        answer = SERVICES[service](Path(folder))
    except KgError as error:
        send_frame(connection, _error_facts(error))
        return
    except (*_UNEXPECTED, MemoryError, LookupError, AttributeError, ArithmeticError) as error:
        # A release of another make, or of nobody who knows us: whatever is in it, the server has to be told.
        reason = f"{folder}: the release cannot be opened ({type(error).__name__}: {str(error)[:200]}); build it again"
        send_frame(connection, _error_facts(ReleaseError(reason)))
        return
    send_frame(connection, Frame({"ready": True, "state": state}))
    while (request := receive_frame(connection)) is not None:
        begun = time.process_time()
        try:
            frame = answer(request)
        except KgError as error:
            frame = _error_facts(error)
        except MemoryError:
            frame = _error_facts(QueryLimit("the request needs too much memory; ask for less"))
        except _UNEXPECTED as error:
            frame = _error_facts(UsageError(f"the request cannot be answered as it is ({error})"))
        send_frame(connection, _accounted(frame, time.process_time() - begun))


def _verify(service: str, folder: Path, state: str) -> str:
    """Check a release that was written to since it was found whole, and give its state; the test mode has none."""
    if service == "test":
        return ""
    now = state_of(folder)
    # The check of a release looks at all of it by itself.
    if service != "release" and (not now or now != state):
        verify_all(folder)
    return now


def _accounted(frame: Frame, seconds: float) -> Frame:
    """Tell the server what the request took of a processor, and to replace this worker when it has grown large."""
    frame.head["seconds"] = round(seconds, 6)
    if resource.getrusage(resource.RUSAGE_SELF).ru_maxrss > MUCH_MEMORY_KB:
        frame.head["replace"] = True
    return frame


def _error_facts(error: KgError) -> Frame:
    arguments = [list(one) if isinstance(one, tuple) else one for one in error.args]
    return Frame({"error": type(error).__name__, "arguments": arguments})


def raise_error(head: dict[str, Any]) -> None:
    """Raise in the server what was raised in the worker."""
    if "error" in head:
        kind: type[KgError] = getattr(errors, head["error"])
        raise kind(*(tuple(one) if isinstance(one, list) else one for one in head["arguments"]))


def _sparql(folder: Path) -> Service:
    """Answer SPARQL queries on the store of a release."""
    store = open_read_only(folder / "store")
    # All files of the store are open by now; no socket can be opened after this.
    sandbox.drop_network()
    sandbox.limit_memory()
    sandbox.drop_files()
    return lambda request: answer_query(store, request)


# What a worker for lookups can be asked for.
_VERBS = {**VERBS, **{verb.__name__: verb for verb in RECONCILIATION}}


def _lookup(folder: Path) -> Service:
    """Run verbs on the graph of a release. The texts are our own, so files may be opened: modules are loaded late."""
    graph = Graph(load_release(folder))
    _warm(graph)
    # Read now: the release may be removed while it is still served, and nobody should be the first to wait for it.
    graph.questions()
    _ = graph.provenance.claims
    sandbox.drop_network()
    sandbox.limit_memory(LOOKUP_MEMORY)

    def answer(request: Frame) -> Frame:
        head = request.head
        sent = {head["sent_as"]: read_sent(request)} if head.get("sent_as") else {}
        return Frame({}, run_verb(graph, head["verb"], head["arguments"] | sent, _VERBS))

    return answer


def _warm(graph: Graph) -> None:
    """Read what every lookup needs, so that the first one takes no longer than the others."""
    calls: list[tuple[str, dict[str, Any]]] = [("home", {"language": "en"}), ("match_request", {"rows": _SOME_ROWS})]
    calls += [("operation", {"name": "find", "arguments": {"name": "a"}})]
    calls += [("operation", {"name": "understand", "arguments": {"text": "a"}})]
    for entity in VERBS["ids"](graph)[:1]:
        calls += [("locate", {"path": entity}), ("operation", {"name": "show", "arguments": {"entity": entity}})]
    graph.suggest("a")
    for verb, arguments in calls:
        # What one release cannot answer is told to who asks.
        with contextlib.suppress(KgError):
            run_verb(graph, verb, arguments)


def _release(folder: Path) -> Service:
    """Check a release before it is served, and tell its facts."""
    from kg.release.verification import check_for_serving

    sandbox.drop_network()
    sandbox.limit_memory(LOOKUP_MEMORY)
    facts = check_for_serving(folder)
    return lambda _: Frame({"facts": facts})


def read_sent(request: Frame) -> Any:
    """Read what a client sent: as it is, or as the JSON that it should be."""
    if not request.head.get("json"):
        return request.body
    try:
        return json.loads(request.body)
    except (ValueError, RecursionError) as error:
        raise UsageError(f"{request.head['json']} is not JSON ({str(error)[:100]}); mend it there") from error


def _test(_: Path) -> Service:
    """Answer SPARQL queries and changes on a store of its own, which ends with the worker."""
    store = TestStore()
    sandbox.drop_network()
    sandbox.limit_memory()
    sandbox.drop_files()
    return store.answer


SERVICES: dict[str, Callable[[Path], Service]] = {
    "release": _release,
    "sparql": _sparql,
    "lookup": _lookup,
    "batch": _lookup,
    "test": _test,
}
"""What a worker can be for."""
