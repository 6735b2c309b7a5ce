"""Requests of other kinds than clients send: each is answered or refused in time, and the server answers on."""

from __future__ import annotations

import contextlib
import gzip
import json
import re
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import pytest

from tests.support.floods import connect, get, posted
from tests.support.good_clients import ask_for, check_unharmed
from tests.support.serving import Server, serving_unharmed

SECONDS = 20
HEAD = b"GET /health HTTP/1.1\r\nHost: x\r\n"
QUERY = b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/sparql-query\r\n"
CHUNKED = QUERY + b"Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n"
TEXT = b"ASK { ?s ?p ?o }"
RPC = {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": {"name": "find", "arguments": {"name": "CATL"}}}


def rpc(body: bytes) -> bytes:
    return posted("/mcp", body, "application/json").replace(
        b"Host: x\r\n", b"Host: 127.0.0.1\r\nAccept: application/json, text/event-stream\r\n"
    )


PART = b"--b\r\nContent-Disposition: form-data; name=a\r\n\r\n"
REQUESTS: dict[str, tuple[bytes, str]] = {
    "HTTP/1.0": (b"GET /health HTTP/1.0\r\n\r\n", "200"),
    "HTTP/0.9": (b"GET /health\r\n\r\n", "200|400"),
    "HTTP/2 by prior knowledge": (b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", "400"),
    "upgrade to h2c": (
        HEAD + b"Connection: Upgrade, HTTP2-Settings, close\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABk\r\n\r\n",
        "200|400",
    ),
    "upgrade to websocket": (
        HEAD + b"Connection: Upgrade, close\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
        b"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n", "200|400|426",
    ),
    "absolute form": (b"GET http://x/health HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", "200|400|404"),
    "absolute form of another": (b"GET http://evil/ HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", "200|40.|421"),
    "authority form": (b"CONNECT evil:443 HTTP/1.1\r\nHost: x\r\n\r\n", "400|404|405"),
    "asterisk form": (b"OPTIONS * HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", "204|400|404"),
    "chunks of one byte": (
        CHUNKED + b"".join(b"1\r\n%c\r\n" % one for one in TEXT + b" " * 20_000) + b"0\r\n\r\n", "200|413",
    ),
    "a chunk of negative size": (CHUNKED + b"-1\r\na\r\n0\r\n\r\n", "400"),
    "a chunk of a size beyond all": (CHUNKED + b"f" * 40 + b"\r\na\r\n", "400|413"),
    "two lengths": (QUERY + b"Content-Length: 16\r\nContent-Length: 5\r\n\r\n" + TEXT, "400"),
    "a length that is none": (QUERY + b"Content-Length: 1e3\r\n\r\n" + TEXT, "400"),
    "two hosts": (b"GET /health HTTP/1.1\r\nHost: x\r\nHost: y\r\nConnection: close\r\n\r\n", "200|400|421"),
    "one header 90 times": (HEAD + b"Accept: text/csv\r\n" * 90 + b"Connection: close\r\n\r\n", "200"),
    "cookies": (HEAD + b"Cookie: " + b"a=b; " * 6_000 + b"\r\nConnection: close\r\n\r\n", "200"),
    "cookies beyond the bound": (HEAD + b"Cookie: " + b"a=b; " * 7_000 + b"\r\n\r\n", "431"),
    "very many ranges": (
        get("/dumps/graph.nq", "Range: bytes=" + ",".join(f"{n}-{n + 1}" for n in range(0, 9000, 3))),
        "200|206|400|416",
    ),
    "many accepted formats with many parameters": (get("/sparql", "Accept: " + "a/b;q=0.1;c=d;e=f," * 1500), "."),
    "conditions of many tags": (get("/id/company/catl", "If-None-Match: " + '"a",' * 7000), "200|303"),
    "percent signs": (get("/%" + "25" * 20_000), "404"),
    "control bytes in the address": (b"GET /\x01\x7f HTTP/1.1\r\nHost: x\r\n\r\n", "400|404"),
    "nothing but line feeds": (b"\n" * 5_000 + HEAD + b"Connection: close\r\n\r\n", "200|400"),
    "a multipart body": (
        posted("/api/v1/match", PART * 50_000, "multipart/form-data; boundary=b"), "415",
    ),
    "a gzip body": (
        posted("/api/v1/match?column=name", gzip.compress(b"name\n" + b"a\n" * 10**6), "text/csv").replace(
            b"Connection: close", b"Content-Encoding: gzip\r\nConnection: close"
        ), "400|404|415",
    ),
    "deep JSON to match": (
        posted("/api/v1/match", b'{"rows":' + b"[" * 100_000 + b"]" * 100_000 + b"}", "application/json"), "400",
    ),
    "deep JSON to agents": (rpc(b'{"a":' * 40_000 + b"1" + b"}" * 40_000), "400"),
    "a deep argument to agents": (
        rpc(json.dumps(RPC).encode().replace(b'"CATL"', b"[" * 100_000 + b"]" * 100_000)), "200|400",
    ),
    "very many keys to agents": (
        rpc(json.dumps(RPC | {"params": {str(n): n for n in range(15_000)}}).encode()), "200|400",
    ),
    "one key 20,000 times to agents": (rpc(b"{" + b'"id":1,' * 20_000 + json.dumps(RPC).encode()[1:]), "200|400"),
    "a long number to agents": (
        rpc(json.dumps(RPC).encode().replace(b": 1,", b": " + b"9" * 100_000 + b",")), "200|400",
    ),
    "an unknown argument of 200,000 letters to agents": (
        rpc(json.dumps(RPC | {"params": {"name": "find", "arguments": {"n" * 200_000: 1}}}).encode()), "200|400",
    ),
    "a prompt of 100,000 letters to agents": (
        rpc(json.dumps(RPC | {"method": "prompts/get", "params": {"name": "x" * 100_000}}).encode()), "200|400",
    ),
    "a stream of agents that never ends": (
        b"GET /mcp HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: text/event-stream\r\n\r\n", "405",
    ),
    "a body that waits to be asked for": (
        QUERY + b"Expect: 100-continue\r\nContent-Length: 16\r\nConnection: close\r\n\r\n" + TEXT, "100|200",
    ),
    "a hello of TLS": (bytes.fromhex("1603010200010001fc0303") + b"a" * 400, "400"),
    "one cell of 1 MB": (posted("/api/v1/match?column=name", b"name\n" + b"a" * 10**6 + b"\n", "text/csv"), "200|4.."),
    "10,000 questions at once": (
        posted("/reconcile", urlencode({"queries": json.dumps(
            {f"q{n}": {"query": "a"} for n in range(10_000)})}).encode(), "application/x-www-form-urlencoded"), "4..",
    ),
    "a query of 60 KB in the address": (get("/sparql?query=" + "ASK%7B%7D" + "+" * 60_000), "200|400"),
    "a language of signs without an end": (get("/", "Accept-Language: " + "\u00e9-" * 3_000 + ";q=1e99"), "200|400"),
    "a weight that is no number": (get("/", "Accept: text/html;q=nan,*/*;q=-inf"), "200|406"),
    "a large batch to agents": (rpc(b"[" + b",".join([json.dumps(RPC).encode()] * 1_000) + b"]"), "200|400"),
}  # fmt: skip


@pytest.fixture(scope="module")
def server(release_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with serving_unharmed(release_folder, tmp_path_factory.mktemp("hostile")) as running:
        ask_for(running.port, 0.5)
        yield running


def status_of(server: Server, request: bytes) -> str:
    """Send a request, and give the status of the answer; what follows the answer is not read."""
    with contextlib.closing(connect(server.port)) as connection:
        connection.settimeout(SECONDS)
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):
            connection.sendall(request)
        begin = b""
        while len(begin) < 12 and (piece := connection.recv(65_536)):
            begin += piece
    found = re.match(rb"HTTP/1\.[01] (\d\d\d)", begin)
    return found[1].decode() if found else begin[:80].decode("latin-1")


@pytest.mark.parametrize("name", REQUESTS)
def test_a_hostile_request_is_answered_in_time_and_held_up_nobody(server: Server, name: str) -> None:
    request, wanted = REQUESTS[name]
    begun = time.monotonic()
    assert re.match(wanted, status_of(server, request))
    assert time.monotonic() - begun < SECONDS
    check_unharmed(ask_for(server.port, 0.3), server.process.pid, 1)


def test_very_many_requests_at_once_over_one_connection_are_answered_in_order(server: Server) -> None:
    number = 1_000
    with contextlib.closing(connect(server.port)) as connection:
        connection.settimeout(SECONDS)
        connection.sendall((HEAD + b"\r\n") * (number - 1) + HEAD + b"Connection: close\r\n\r\n")
        read = bytearray()
        while piece := connection.recv(65_536):
            read += piece
    assert read.count(b"HTTP/1.1 200 OK") == number


def test_a_body_of_a_byte_at_a_time_holds_up_nobody(server: Server) -> None:
    with contextlib.ExitStack() as held:
        slow = [held.enter_context(contextlib.closing(connect(server.port))) for _ in range(50)]
        for connection in slow:
            connection.sendall(QUERY + b"Content-Length: 16\r\n\r\n")
        for byte in TEXT[:8]:
            for connection in slow:
                connection.sendall(bytes([byte]))
        check_unharmed(ask_for(server.port, 0.5), server.process.pid, 1)
