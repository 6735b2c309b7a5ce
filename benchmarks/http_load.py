"""Point lookups through HTTP, beside the bare engine in process and a bare rdflib endpoint, in one run.

    python benchmarks/http_load.py [SECONDS] [RELEASES]

A lookup asks for the name of one thing, chosen anew each time; every answer is compared with
what the data say. Clients are processes with a connection each. The peer is an ASGI application
of a few lines over an rdflib Graph of the same accepted view.
"""

from __future__ import annotations

import multiprocessing
import socket
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import pyoxigraph as ox
from loading import HEAD, Client, in_process, load, lookups

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from tests.support.serving import serving

CLIENTS = (1, 4, 16)
Message = dict[str, Any]


def rdflib_endpoint(view: bytes, bound: socket.socket) -> None:
    """Serve an rdflib Graph: what most small endpoints do."""
    import rdflib
    import uvicorn

    graph = rdflib.Graph()
    graph.parse(data=view, format="nt")

    async def app(scope: Message, _: Any, send: Callable[[Message], Awaitable[None]]) -> None:
        text = parse_qs(scope["query_string"].decode())["query"][0]
        body = graph.query(text).serialize(format="json") or b""
        headers = [(b"content-type", b"application/sparql-results+json"), (b"content-length", b"%d" % len(body))]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": body})

    # With uvloop, which sends at once what is written: otherwise each answer waits 40 ms for the client.
    config = uvicorn.Config(app, log_level="error", access_log=False, lifespan="off", loop="uvloop", http="httptools")
    uvicorn.Server(config).run(sockets=[bound])


def bare_engine(store: ox.Store, text: str) -> bytes:
    """Answer a query with nothing around the engine."""
    found = store.query(text)
    assert isinstance(found, ox.QuerySolutions)
    return found.serialize(format=ox.QueryResultsFormat.JSON) or b""


def main() -> None:
    """Measure and print a table."""
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 5.0
    releases = Path(sys.argv[2]) if len(sys.argv) > 2 else Path("releases")
    store = ox.Store.read_only(str(releases / "current" / "store"))
    asked = lookups(store, 500)
    print(HEAD)
    print(in_process(asked, seconds, lambda text: bare_engine(store, text)).row("engine, in process"))
    with (
        tempfile.TemporaryDirectory() as folder,
        serving(releases, Path(folder), "--access-log", "none", "--client-seconds", "1000000") as server,
    ):
        for clients in CLIENTS:
            print(load(server.port, clients, seconds, asked).row("kg serve"), flush=True)
    view = ox.serialize(
        (quad.triple for quad in store.quads_for_pattern(None, None, None, ox.DefaultGraph())),
        format=ox.RdfFormat.N_TRIPLES,
    )
    bound = socket.create_server(("127.0.0.1", 0), backlog=256)
    peer = multiprocessing.get_context("fork").Process(target=rdflib_endpoint, args=(view, bound), daemon=True)
    peer.start()
    wait_for(bound.getsockname()[1])
    for clients in CLIENTS:
        print(load(bound.getsockname()[1], clients, seconds, asked).row("rdflib endpoint"), flush=True)
    peer.terminate()


def wait_for(port: int) -> None:
    """Wait until a server answers."""
    client = Client(port, "127.0.0.1")
    client.get(b"GET /?query=ASK%7B%7D HTTP/1.1\r\nHost: x\r\n\r\n")
    time.sleep(0.5)


if __name__ == "__main__":
    main()
