"""Whatever foreign queries try, the server goes on, and clients that ask for little are answered."""

from __future__ import annotations

import itertools
import json
import re
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest

from tests.support.killers import GOOD, KILLERS
from tests.support.network import LOADS, SERVICES, Listener
from tests.support.serving import Reply, Server, serving

# What may become of a query that takes too much: refused, stopped, or ended with its worker.
ENDS = {400, 403, 413, 500, 503, 504}
# A server on a machine that is loaded with other tests.
FLAGS = ("--client-seconds", "1000000", "--access-log", "none")


@pytest.fixture(scope="module")
def server(release_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with serving(release_folder, tmp_path_factory.mktemp("attack"), *FLAGS) as running:
        yield running
        assert running.process.poll() is None


def post(server: Server, text: str, parameters: str = "", **more: str) -> Reply:
    kind = {"content_type": "application/sparql-query"}
    return server.ask(f"/sparql?{parameters}", method="POST", body=text.encode(), **kind, **more)


def labels(reply: Reply) -> set[str]:
    return {row["o"]["value"] for row in reply.json()["results"]["bindings"]}


@pytest.fixture(scope="module")
def expected(server: Server) -> set[str]:
    found = labels(post(server, GOOD))
    assert found
    return found


@pytest.mark.parametrize("name", KILLERS)
def test_a_killer_ends_in_an_error_and_hurts_nobody(server: Server, expected: set[str], name: str) -> None:
    # From an address of its own: who sends one has to wait before the next query.
    reply = post(server, KILLERS[name], "timeout=0.5", source=f"127.0.1.{1 + list(KILLERS).index(name)}")
    # On little data some of them come to their end; an answer is whole then.
    assert reply.status in ENDS or json.loads(reply.body)
    if reply.status != 200:
        told = reply.json()
        assert reply.type == "application/problem+json"
        assert told["status"] == reply.status
        assert told["title"]
        assert told["detail"]
    assert labels(post(server, GOOD)) == expected


@pytest.mark.parametrize("name", [name for name in KILLERS if name.startswith("planner")])
def test_what_is_over_the_bars_is_told_with_its_place(server: Server, name: str) -> None:
    # Groups have no bar; such a text reaches the engine, and its deadline.
    if name != "planner: star-in-groups":
        reply = post(server, KILLERS[name])
        assert reply.status == 400
        assert re.search(r"(over \d+|nests over 50 deep).* at 1:\d+; ", reply.json()["detail"])


def test_who_sends_a_killer_has_to_wait(server: Server) -> None:
    assert post(server, KILLERS["crash: nots"], "timeout=0.5", source="127.0.2.1").status in (500, 504)
    reply = post(server, GOOD, source="127.0.2.1")
    assert (reply.status, reply.json()["title"]) == (429, "Too many requests")
    assert int(reply.headers["retry-after"]) > 0
    assert post(server, GOOD, source="127.0.2.2").status == 200


def test_good_clients_are_served_while_six_attack(server: Server, expected: set[str]) -> None:
    stop = time.monotonic() + 8
    wrong: list[str] = []
    answered = [0] * 4
    attacks = [0] * 6

    def attack(number: int) -> None:
        texts = list(KILLERS.values())
        for text in itertools.cycle(texts[number * 7 :] + texts[: number * 7]):
            if time.monotonic() > stop:
                return
            if post(server, text, "timeout=2", source=f"127.0.0.{11 + number}").status != 429:
                attacks[number] += 1

    def ask(number: int) -> None:
        while time.monotonic() < stop:
            reply = post(server, GOOD, source=f"127.0.0.{21 + number}")
            if reply.status != 200 or labels(reply) != expected:
                wrong.append(f"{reply.status} {reply.body[:200]!r}")
            answered[number] += 1

    threads = [threading.Thread(target=attack, args=(number,)) for number in range(6)]
    threads += [threading.Thread(target=ask, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert wrong == []
    assert min(answered) > 5
    assert min(attacks) > 0
    assert server.process.poll() is None
    # The attack was one: some of its queries had to be ended.
    figures = server.ask("/metrics").body.decode()
    assert re.search(r'kg_worker_events_total{event="crashed",service="sparql"} [1-9]', figures)
    assert re.search(r'kg_worker_events_total{event="deadline",service="sparql"} [1-9]', figures)


# ---------------------------------------------------------------------------------------------------------------------
# The network


@pytest.fixture(scope="module")
def listener() -> Iterator[Listener]:
    heard = Listener()
    yield heard
    heard.socket.close()


def test_no_spelling_of_service_or_load_reaches_the_network(server: Server, listener: Listener) -> None:
    before = listener.settled()
    for name, text in (*SERVICES.items(), *LOADS.items()):
        filled = text.replace("U>", listener.url + ">").replace("\\u0055>", listener.url + ">")
        for reply in (post(server, filled), server.ask(f"/sparql?query={quote(filled)}")):
            assert (reply.status, reply.json()["title"]) == (403, "Refused"), name
            assert "is refused: queries here cannot reach the network" in reply.json()["detail"], name
    assert listener.settled() == before


def test_from_fetches_nothing(server: Server, listener: Listener) -> None:
    before = listener.settled()
    for clause in (f"FROM <{listener.url}>", f"FROM NAMED <{listener.url}>"):
        assert post(server, f"SELECT * {clause} {{ ?s ?p ?o }}").json()["results"]["bindings"] == []
    assert post(server, "ASK { ?s ?p ?o }", f"default-graph-uri={quote(listener.url)}").json()["boolean"] is False
    assert listener.settled() == before
