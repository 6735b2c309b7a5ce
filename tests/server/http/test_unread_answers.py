"""Answers that nobody reads: who has most of them goes when all together are too many, and nobody else notices."""

from __future__ import annotations

import contextlib
import gc
import weakref
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

import pytest

from kg.server.heap import give_back, resident, set_up
from kg.server.http.limits import Limits
from kg.server.http.unread_answers import UnreadAnswers
from tests.support.floods import connect, posted
from tests.support.good_clients import ask_for, check_unharmed
from tests.support.serving import Server, eventually, serving_unharmed

MEBIBYTE = 2**20
LARGE = posted(
    "/sparql",
    urlencode({"query": "SELECT * { ?s ?p ?o . ?a rdfs:label ?b } LIMIT 30000", "format": "json"}).encode(),
    "application/x-www-form-urlencoded",
)


@dataclass(eq=False)
class Standing:
    """A connection that only notes that it was closed."""

    owner: str
    is_open: bool = True

    def drop(self) -> None:
        self.is_open = False


def unread(size: int) -> UnreadAnswers:
    return UnreadAnswers(Limits(answers_bytes=size), Counter())


def test_of_the_client_with_most_the_largest_goes() -> None:
    answers = unread(100)
    small, large, other = Standing("greedy"), Standing("greedy"), Standing("good")
    third = Standing("third")
    for one, size in ((small, 10), (large, 35), (other, 40), (third, 20)):
        answers.note(one, size)
    assert [one.is_open for one in (small, large, other, third)] == [True, False, True, True]
    assert answers.size == 70


def test_a_client_has_half_of_it_and_a_proxy_all() -> None:
    answers = unread(100)
    first, second = Standing("a"), Standing("a")
    answers.note(first, 30)
    answers.note(second, 25)
    assert (first.is_open, second.is_open, answers.size) == (False, True, 25)
    proxied = [Standing(""), Standing("")]
    for one in proxied:
        answers.note(one, 35)
    assert all(one.is_open for one in proxied)


def test_what_was_read_is_no_longer_counted() -> None:
    answers = unread(100)
    one = Standing("a")
    answers.note(one, 40)
    answers.note(one, 10)
    assert answers.size == 10
    answers.forget(one)
    answers.forget(one)
    assert (answers.size, one.is_open) == (0, True)


def test_memory_that_is_free_can_be_given_back() -> None:
    set_up()
    give_back()
    assert resident() > MEBIBYTE


def test_collections_leave_out_what_the_server_was_made_of_and_find_the_rest() -> None:
    kept = [{"number": number} for number in range(10_000)]
    try:
        set_up()
        assert gc.get_freeze_count() > len(kept)
        cycle = Standing("a")
        cycle.owner = cycle  # type: ignore[assignment]
        gone = weakref.ref(cycle)
        del cycle
        give_back()
        assert gone() is None
    finally:
        gc.unfreeze()


@pytest.fixture(scope="module")
def server(release_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    flags = ("--answers-bytes", str(32 * MEBIBYTE), "--timeout", "50")
    with serving_unharmed(release_folder, tmp_path_factory.mktemp("unread"), *flags) as running:
        ask_for(running.port, 0.5)
        yield running


def figure(server: Server, name: str) -> float:
    lines = server.ask("/metrics").body.decode().splitlines()
    return next((float(line.rpartition(" ")[2]) for line in lines if line.startswith(name)), 0.0)


def test_large_answers_that_nobody_reads_are_let_go(server: Server) -> None:
    refused = 'kg_refused_total{bound="client-answers-bytes"'
    with contextlib.ExitStack() as held:
        for number in (1, 2):
            connection = held.enter_context(contextlib.closing(connect(server.port)))
            # One is more than a client may leave unread, whatever the system keeps of it on its way.
            connection.sendall(LARGE.replace(b"LIMIT+30000", b"LIMIT+90000"))
            assert eventually(lambda: figure(server, refused) >= number, 60)  # noqa: B023 - called at once
        check_unharmed(ask_for(server.port, 1), server.process.pid, 5)
        assert figure(server, "kg_unread_bytes") == 0


def test_who_asks_on_without_reading_is_answered_once_he_reads(server: Server) -> None:
    with contextlib.closing(connect(server.port)) as connection:
        connection.settimeout(30)
        asked = LARGE.replace(b"Connection: close\r\n", b"")
        last = b"GET /health HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
        connection.sendall(asked + asked + last)
        assert eventually(lambda: figure(server, "kg_unread_bytes") > 0, 20)
        read = bytearray()
        while piece := connection.recv(MEBIBYTE):
            read += piece
    assert read.count(b"HTTP/1.1 200 OK") == 3
    assert b'"status":"ok"' in read
