"""What tries to stall or bloat the server before a request is parsed, or by what it holds: each sends for some seconds.

    python -m tests.support.floods NAME PORT SECONDS        runs one, for a process of its own beside good clients

None needs a budget of its client: they are connections that send too much, too slowly, or nothing at all.
"""

from __future__ import annotations

import contextlib
import random
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlencode

__all__ = ["FLOODS", "flood"]

HOST = b"Host: x\r\n"
PIECE = 100_000
SHUFFLES = 300


def connect(port: int, source: str = "127.0.0.77") -> socket.socket:
    connection = socket.create_connection(("127.0.0.1", port), timeout=5, source_address=(source, 0))
    connection.settimeout(5)
    return connection


def send_on(port: int, stop: float, pieces: Callable[[], Iterator[bytes]]) -> None:
    """Send pieces without end, over a new connection whenever the last one is closed."""
    while time.monotonic() < stop:
        with contextlib.suppress(OSError), contextlib.closing(connect(port)) as connection:
            for piece in pieces():
                connection.sendall(piece)
                if time.monotonic() > stop:
                    return


def hold_open(port: int, stop: float, number: int, *begins: bytes, sources: int = 1) -> None:
    """Open many connections, send the beginning of something over each, and hold them."""
    held = []
    for place in range(number):
        with contextlib.suppress(OSError):
            connection = connect(port, f"127.0.9.{1 + place % sources}")
            held.append(connection)
            connection.settimeout(0.5)
            connection.sendall(begins[place % len(begins)])
        if time.monotonic() > stop:
            break
    time.sleep(max(0.0, stop - time.monotonic()))
    for connection in held:
        connection.close()


def endless(begin: bytes, piece: bytes) -> Callable[[int, float], None]:
    def pieces() -> Iterator[bytes]:
        yield begin
        while True:
            yield piece

    return lambda port, stop: send_on(port, stop, pieces)


def repeated(request: bytes) -> Callable[[int, float], None]:
    """Send a whole request again and again, and read what comes back."""

    def send(port: int, stop: float) -> None:
        while time.monotonic() < stop:
            with contextlib.suppress(OSError), contextlib.closing(connect(port)) as connection:
                connection.sendall(request)
                while connection.recv(PIECE):
                    pass

    return send


def drip(port: int, stop: float) -> None:
    """Send heads a byte at a time."""
    connections = [connect(port) for _ in range(100)]
    for byte in b"GET /health HTTP/1.1\r\nX-Long: " + b"a" * 10_000:
        for connection in connections:
            with contextlib.suppress(OSError):
                connection.sendall(bytes([byte]))
        if time.monotonic() > stop:
            break
        time.sleep(0.2)


def never_read(port: int, stop: float) -> None:
    """Ask for a large file over and over, and read nothing of it."""
    held = [connect(port) for _ in range(50)]
    for connection in held:
        connection.sendall((b"GET /dumps/graph.nq HTTP/1.1\r\n" + HOST + b"\r\n") * 20)
    time.sleep(max(0.0, stop - time.monotonic()))


def never_read_large(port: int, stop: float, clients: int) -> None:
    """Ask for answers of many megabytes, each over a connection of its own, and read nothing of them."""
    body = urlencode({"query": "SELECT * { ?s ?p ?o } LIMIT 100000", "format": "json"}).encode()
    held = []
    for place in range(500):
        with contextlib.suppress(OSError):
            held.append(connect(port, f"127.0.10.{1 + place % clients}"))
            held[-1].sendall(posted("/sparql", body, "application/x-www-form-urlencoded"))
        time.sleep(0.1)
        if time.monotonic() > stop:
            break


def table(body: bytes, column: str, media: str = "text/csv") -> bytes:
    head = f"POST /api/v1/match?column={column} HTTP/1.1\r\nHost: x\r\nContent-Type: {media}\r\nConnection: close\r\n"
    return head.encode() + f"Content-Length: {len(body)}\r\n\r\n".encode() + body


def get(path: str, *headers: str) -> bytes:
    lines = (f"GET {path} HTTP/1.1", "Host: x", "Connection: close", *headers)
    return "\r\n".join(lines).encode() + b"\r\n\r\n"


def posted(path: str, body: bytes, media: str) -> bytes:
    head = f"POST {path} HTTP/1.1\r\nHost: x\r\nContent-Type: {media}\r\nConnection: close\r\n"
    return head.encode() + f"Content-Length: {len(body)}\r\n\r\n".encode() + body


def columns(number: int) -> bytes:
    return ",".join(map(str, range(number))).encode() + b"\n"


def shuffles() -> list[str]:
    chance = random.Random(7)  # noqa: S311 - which names are alike
    letters = list("ab" * 99)
    names = []
    for _ in range(SHUFFLES + 1):
        chance.shuffle(letters)
        names.append("".join(letters))
    return names


def reconcile_others(port: int, stop: float) -> None:
    """Ask a question of few bytes of answer in very many bytes, each time another one."""
    number = 0
    while time.monotonic() < stop:
        number += 1
        body = b'{"q0":{"query":"zz%d","limit":1,"ignored":"%s"}}' % (number, b"x" * 900_000)
        with contextlib.suppress(OSError), contextlib.closing(connect(port)) as connection:
            connection.sendall(posted("/reconcile", b"queries=" + body, "application/x-www-form-urlencoded"))
            while connection.recv(PIECE):
                pass


_BODY = b"POST /api/v1/match HTTP/1.1\r\nHost: x\r\nContent-Type: text/csv\r\nContent-Length: %d\r\n\r\n"
_CHUNKED = b"POST /sparql HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
_CHUNK = b"186a0\r\n" + b"a" * PIECE + b"\r\n"
_GET = b"GET /health HTTP/1.1\r\n" + HOST

FLOODS: dict[str, Callable[[int, float], None]] = {
    "headers without end": endless(_GET, b"X-A: b\r\n" * (PIECE // 8)),
    "a value without end": endless(_GET + b"X-A: ", b"a" * PIECE),
    "a name without end": endless(_GET, b"a" * PIECE),
    "an address without end": endless(b"GET /", b"a" * PIECE),
    "empty lines without end": endless(b"", b"\r\n" * (PIECE // 2)),
    "a chunk's extension without end": endless(_CHUNKED + b"1;", b"a" * PIECE),
    "trailers without end": endless(_CHUNKED + b"1\r\na\r\n0\r\n", b"X-A: b\r\n" * (PIECE // 8)),
    "a trailer without end": endless(_CHUNKED + b"1\r\na\r\n0\r\nX-A: ", b"a" * PIECE),
    "a body without end to a page": endless(_CHUNKED.replace(b"/sparql", b"/health"), _CHUNK),
    "a long list of formats": repeated(get("/sparql", "Accept: " + "text/html," * 3000)),
    "a list of formats of 4 MB": repeated(get("/sparql", "Accept: " + "text/html," * 400_000)),
    "a long list of languages": repeated(get("/", "Accept-Language: " + "xx;q=0.5," * 3000)),
    "very many parameters": repeated(get("/api/v1/find?text=a" + "&a" * 30_000)),
    "silent connections": lambda port, stop: hold_open(port, stop, 1100, b""),
    "silent connections of many": lambda port, stop: hold_open(port, stop, 1500, b"", sources=200),
    "half heads and half bodies": lambda port, stop: hold_open(port, stop, 400, _GET, _BODY % 500 + b"a"),
    "bodies held open": lambda port, stop: hold_open(port, stop, 150, _BODY % 4_990_000 + b"a" * 4_980_000),
    "bodies of many held open": lambda port, stop: hold_open(
        port, stop, 150, _BODY % 4_990_000 + b"a" * 4_980_000, sources=150
    ),
    "heads a byte at a time": drip,
    "answers that are not read": never_read,
    "large answers that are not read": lambda port, stop: never_read_large(port, stop, 6),
    "large answers that 40 clients do not read": lambda port, stop: never_read_large(port, stop, 40),
    "100,000 columns": repeated(table(columns(100_000), "name")),
    "150,000 columns": repeated(table(columns(150_000), "name")),
    "columns like the one that is missing": repeated(table(",".join(shuffles()[1:]).encode() + b"\n", shuffles()[0])),
    "a table without a row that is right": repeated(
        table(b'{"rows":[' + b",".join([b'{"name":1}'] * 1000) + b"]}", "", "application/json")
    ),
    "questions of 900 KB": reconcile_others,
}  # fmt: skip
"""Each by what it sends; it sends to a port until a time of the clock."""


@contextlib.contextmanager
def flood(name: str, port: int, seconds: float) -> Iterator[None]:
    """Run one in a process of its own, until it ends or is no longer needed."""
    command = [sys.executable, "-m", "tests.support.floods", name, str(port), str(seconds)]
    with subprocess.Popen(command, cwd=Path(__file__).parents[2]) as process:
        try:
            yield
        finally:
            process.kill()


if __name__ == "__main__":
    FLOODS[sys.argv[1]](int(sys.argv[2]), time.monotonic() + float(sys.argv[3]))
