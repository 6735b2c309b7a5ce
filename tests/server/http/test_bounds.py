"""What is too much, too slow or too many is refused before it is parsed, with the bound named, and hurts nobody."""

from __future__ import annotations

import contextlib
import http.client
import json
import re
import socket
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from kg.errors import KgError
from kg.server.http.connection_table import ConnectionTable
from kg.server.http.limits import Limits
from tests.support.floods import FLOODS, connect, flood, get
from tests.support.good_clients import ask_for, check_unharmed
from tests.support.serving import Server, eventually, serving

FLAGS = (
    "--client-seconds", "1000000", "--access-log", "none", "--head-seconds", "1", "--body-seconds", "1.5",
    "--idle-seconds", "2", "--send-seconds", "1", "--client-connections", "20", "--connections", "60",
)  # fmt: skip
# Tables and long questions are worked on behind the door; these are stopped at it.
AT_THE_DOOR = [name for name in FLOODS if "column" not in name and "row" not in name and "questions" not in name]


@pytest.fixture(scope="module")
def server(release_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with serving(release_folder, tmp_path_factory.mktemp("bounds"), *FLAGS) as running:
        # The first request of each worker takes longer.
        ask_for(running.port, 0.5)
        yield running
        assert running.process.poll() is None
        told = running.log.read_text("utf-8")
        assert "Traceback" not in told
        assert "ERROR" not in told


def answer_to(server: Server, *pieces: bytes, seconds: float = 10) -> tuple[int, str]:
    """Send bytes, and give the status and what is told; (0, '') when the connection was closed without a word."""
    with contextlib.closing(connect(server.port)) as connection:
        connection.settimeout(seconds)
        # Who is refused early need not have sent all.
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):
            for piece in pieces:
                connection.sendall(piece)
        try:
            reply = http.client.HTTPResponse(connection)
            reply.begin()
            body = reply.read()
        except (http.client.BadStatusLine, ConnectionResetError):
            return 0, ""
    if reply.getheader("content-type") != "application/problem+json":
        return reply.status, ""
    problem = json.loads(body)
    assert problem["status"] == reply.status
    return reply.status, problem["detail"]


def refusals(server: Server) -> dict[str, float]:
    figures = server.ask("/metrics").body.decode()
    return {bound: float(number) for bound, number in re.findall(r'kg_refused_total{bound="(\S+)"} (\S+)', figures)}


POST = b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/sparql-query\r\n"
CHUNK = b"186a0\r\n" + b" " * 100_000 + b"\r\n"


@pytest.mark.parametrize(
    ("bound", "pieces", "status", "told"),
    [
        ("target-bytes", [get("/" + "a" * 70_000)], 414, "over 65,535 bytes"),
        ("target-bytes", [get("/sparql?query=" + "a" * 500_000)], 414, "over 65,535 bytes"),
        ("header-bytes", [get("/", "X-A: " + "a" * 40_000)], 431, "the headers of the request have over 32,768 bytes"),
        ("header-bytes", [b"GET / HTTP/1.1\r\nX-A: ", *[b"a" * 50_000] * 10], 431, "over 32,768 bytes"),
        ("header-count", [get("/health", *["X-A: b"] * 120)], 431, "over 100 headers"),
        ("body-bytes", [POST + b"Content-Length: 99999999\r\n\r\n"], 413, "over 16,777,216 bytes"),
        ("malformed", [b"HELLO\r\n\r\n"], 400, "this is not HTTP/1.1"),
        ("malformed", [POST + b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n"], 400, "this is not HTTP/1.1"),
    ],
)  # fmt: skip
def test_too_much_is_refused_with_the_bound_named(
    server: Server, bound: str, pieces: list[bytes], status: int, told: str
) -> None:
    before = refusals(server).get(bound, 0)
    found, detail = answer_to(server, *pieces)
    assert (found, told in detail) == (status, True), detail
    assert refusals(server)[bound] == before + 1


def test_what_is_just_within_the_bounds_is_answered(server: Server) -> None:
    headers = [f"X-{number}: {'a' * 300}" for number in range(90)]
    assert answer_to(server, get("/health?" + "a" * 60_000, *headers))[0] == 200
    assert answer_to(server, get("/sparql", "Accept: " + "text/html," * 3000))[0] == 303


def test_a_request_that_comes_too_slowly_is_refused(server: Server) -> None:
    begun = time.monotonic()
    assert answer_to(server, b"GET / HTTP/1.1\r\nHos") == (
        408, "the head of the request was not here after 1 seconds; send it faster",
    )  # fmt: skip
    assert answer_to(server, POST + b"Content-Length: 50\r\n\r\nASK") == (
        408, "the body of the request was not here after 1.5 seconds; send it faster",
    )  # fmt: skip
    # A connection over which nothing comes is closed without a word.
    assert answer_to(server, b"") == (0, "")
    assert time.monotonic() - begun < 30


def test_who_reads_nothing_is_not_waited_for(server: Server) -> None:
    before = refusals(server).get("send-seconds", 0)
    with contextlib.closing(connect(server.port)) as connection:
        connection.sendall(get("/dumps/graph.nq").replace(b"Connection: close\r\n", b"") * 20)
        assert eventually(lambda: refusals(server).get("send-seconds", 0) > before, 20)


def open_connections(server: Server, number: int, source: str) -> list[socket.socket]:
    return [connect(server.port, source) for _ in range(number)]


def is_closed(connection: socket.socket) -> bool:
    connection.settimeout(0.05)
    try:
        return connection.recv(1) == b""
    except TimeoutError:
        return False
    except ConnectionResetError:
        return True


def test_the_connections_of_one_client_are_bounded_and_the_idlest_goes(server: Server) -> None:
    opened = open_connections(server, 25, "127.0.8.1")
    assert eventually(lambda: sum(map(is_closed, opened[:5])) == 5, 0.9)
    opened[-1].sendall(get("/health"))
    opened[-1].settimeout(5)
    assert opened[-1].recv(12) == b"HTTP/1.1 200"
    assert refusals(server)["client-connections"] >= 5
    for connection in opened:
        connection.close()


def test_all_connections_together_are_bounded(server: Server) -> None:
    opened = [one for source in range(8) for one in open_connections(server, 10, f"127.0.8.{10 + source}")]
    assert server.ask("/health").status == 200
    assert refusals(server)["connections"] > 0
    for connection in opened:
        connection.close()


@pytest.mark.parametrize("name", AT_THE_DOOR)
def test_good_clients_are_served_beside(server: Server, name: str) -> None:
    with flood(name, server.port, 3):
        noticed = ask_for(server.port, 1.2)
    check_unharmed(noticed, server.process.pid, 5)


# ---------------------------------------------------------------------------------------------------------------------
# Who has to go


@dataclass(eq=False)
class Standing:
    """A connection that only notes that it was closed."""

    owner: str
    body_size: int = 0
    is_proven: bool = False
    closed: KgError | None = None

    def give_way(self, reason: KgError) -> None:
        self.closed = reason


def stand(table: ConnectionTable, owner: str) -> Standing:
    connection = Standing(owner)
    assert table.add(connection) is None
    table.start_waiting(connection, anew=True)
    return connection


def test_of_the_client_with_most_the_one_that_waits_longest_goes() -> None:
    table = ConnectionTable(Limits(connections=4))
    good = stand(table, "good")
    first, second, third = (stand(table, "greedy") for _ in range(3))
    table.start_waiting(first, anew=True)
    stand(table, "good")
    assert [one.closed is None for one in (good, first, second, third)] == [True, True, False, True]


def test_who_asked_before_goes_after_those_who_never_did() -> None:
    table = ConnectionTable(Limits(connections=3))
    proven = Standing("good", is_proven=True)
    assert table.add(proven) is None
    table.start_waiting(proven, anew=True)
    silent = [stand(table, f"silent {number}") for number in range(5)]
    assert proven.closed is None
    assert [one.closed is None for one in silent] == [False, False, False, True, True]


def test_who_is_being_answered_is_never_closed() -> None:
    table = ConnectionTable(Limits(connections=2, client_connections=2))
    for connection in (stand(table, "a"), stand(table, "a")):
        table.stop_waiting(connection)
    refused = table.add(Standing("a"))
    assert refused is not None
    assert "you have 2 connections open, which is the limit" in str(refused)
    other = table.add(Standing("b"))
    assert other is not None
    assert "all 2 connections that the server takes are in use" in str(other)


def test_the_largest_body_of_the_largest_client_goes_and_all_is_given_back() -> None:
    table = ConnectionTable(Limits(bodies_bytes=100, body_bytes=40))
    small = stand(table, "small")
    assert table.hold(small, 5) is None
    owners = [stand(table, name) for name in ("a", "b", "c")]
    for connection in owners[:2]:
        assert table.hold(connection, 38) is None
    assert table.hold(owners[2], 30) is None
    assert [one.closed is None for one in (small, *owners)] == [True, False, True, True]
    assert "over 100 bytes together" in str(owners[0].closed)
    for one in (small, *owners):
        table.remove(one)
    assert (table.body_bytes, table.state()) == (0, {"waiting": 0, "answering": 0})


def test_the_bodies_of_one_client_are_bounded() -> None:
    table = ConnectionTable(Limits(bodies_bytes=100, body_bytes=40))
    first, second = stand(table, "a"), stand(table, "a")
    assert table.hold(first, 30) is None
    refused = table.hold(second, 30)
    assert refused is not None
    assert "the bodies of your requests have over 40 bytes together" in str(refused)


def test_a_proxy_has_the_connections_of_many() -> None:
    table = ConnectionTable(Limits(client_connections=1), "10.0.0.0/8, 192.0.2.7")
    assert [table.owner_of(one) for one in ("10.1.2.3", "192.0.2.7", "192.0.2.8", "unix")] == [
        "",
        "",
        "192.0.2.8",
        "unix",
    ]
    for _ in range(3):
        stand(table, "")
