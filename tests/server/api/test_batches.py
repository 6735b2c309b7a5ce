"""What clients send in bulk is worked on where nobody waits for it: tables, batches to reconcile, long questions."""

from __future__ import annotations

import contextlib
import csv
import http.client
import io
import json
import re
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, urlencode

import pytest

from tests.support.floods import FLOODS, columns, flood, shuffles
from tests.support.good_clients import ask_for, check_unharmed
from tests.support.serving import Reply, Server, eventually, serving

FLAGS = ("--client-seconds", "1000000", "--access-log", "none")
BEHIND_THE_DOOR = [name for name in FLOODS if "column" in name or "row" in name or "questions" in name]


@pytest.fixture(scope="module")
def server(release_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with serving(release_folder, tmp_path_factory.mktemp("batches"), *FLAGS) as running:
        ask_for(running.port, 0.5)
        yield running
        assert running.process.poll() is None
        assert "Traceback" not in running.log.read_text("utf-8")


def match(server: Server, body: bytes, column: str = "name", media: str = "text/csv", source: str = "") -> Reply:
    path = f"/api/v1/match?column={quote(column)}"
    return server.ask(path, method="POST", body=body, source=source, content_type=media)


def test_very_many_columns_are_refused_soon(server: Server) -> None:
    begun = time.monotonic()
    reply = match(server, columns(100_000))
    assert (reply.status, reply.json()["detail"]) == (400, "line 1: the table has 100,000 columns; the limit is 1,000")
    assert time.monotonic() - begun < 20


def test_the_nearest_of_many_columns_are_offered_soon(server: Server) -> None:
    names = shuffles()
    reply = match(server, ",".join(names[1:]).encode(), names[0])
    assert reply.status == 404
    assert len(reply.json()["suggestions"]) == 3


def test_a_long_cell_is_told_in_its_row(server: Server) -> None:
    reply = match(server, f"name,town\n{'x' * 501},a\nCATL,b\n".encode())
    assert reply.status == 200
    long, short = csv.DictReader(io.StringIO(reply.body.decode()))
    assert (long["kg_reason"], long["kg_match"], long["town"]) == ("the name has over 200 characters", "false", "a")
    assert short["kg_id"] == "company/catl"


def test_a_wrong_row_is_told_and_the_others_are_matched(server: Server) -> None:
    rows = [
        {"name": "CATL"},
        {"name": 1},
        {"name": "x" * 501},
        {"nam": "CATL"},
        7,
        {"name": "CATL", "traits": {"x": 1}},
    ]
    results = match(server, json.dumps({"rows": rows}).encode(), media="application/json").json()["results"]
    assert results[0]["candidates"][0]["entity"] == "company/catl"
    assert "error" not in results[0]
    told = [result["error"] for result in results[1:]]
    assert [re.match(r"[\w.]+", text)[0] for text in told] == [  # type: ignore[index]
        "rows.1.name", "rows.2.name", "rows.3.nam", "rows.4", "rows.5.traits.x",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ({"rows": []}, "rows: it must be a list of 1 to 1,000 rows"),
        ({"rows": [{"name": "x"}] * 1001}, "rows: it must be a list of 1 to 1,000 rows"),
        ({"rows": [{"name": 1}] * 3}, "rows.0.name: it must be a text"),
        ({"rows": [{"name": "x"}], "limit": 51}, "limit: it must be a whole number from 1 to 50"),
        ({"rows": [{"name": "x"}], "limit": True}, "limit: it must be"),
        ([], "the body: it must be an object"),
    ],
)
def test_where_no_row_is_right_the_request_is_wrong(server: Server, body: object, told: str) -> None:
    reply = match(server, json.dumps(body).encode(), media="application/json")
    assert (reply.status, told in reply.json()["detail"]) == (400, True), reply.body


@pytest.mark.parametrize("depth", [100, 900, 950, 970, 5_000, 100_000])
def test_json_however_deep_is_read_or_refused(server: Server, depth: int) -> None:
    deep = '{"q0":{"query":"CATL","limit":1,"other":' + "[" * depth + "]" * depth + "}}"
    body = urlencode({"queries": deep}).encode()
    reply = server.ask("/reconcile", method="POST", body=body, content_type="application/x-www-form-urlencoded")
    assert reply.status in (200, 400)
    if reply.status == 200:
        assert reply.json()["q0"]["result"][0]["id"] == "company/catl"
    else:
        assert "queries is not JSON" in reply.json()["detail"]


def test_null_is_told_in_words(server: Server) -> None:
    reply = server.ask("/reconcile?queries=null")
    assert (reply.status, "queries" in reply.json()["detail"]) == (400, True)
    assert "argument" not in reply.json()["detail"]


def test_what_is_kept_of_long_questions_is_small(server: Server) -> None:
    def kept() -> float:
        return float(re.search(r'kg_cache_bytes{cache="answers"} (\S+)', server.ask("/metrics").body.decode())[1])  # type: ignore[index]

    before = kept()
    for number in range(20):
        queries = json.dumps({"q0": {"query": f"zz{number}", "limit": 1, "ignored": "x" * 900_000}})
        body = urlencode({"queries": queries}).encode()
        kind = "application/x-www-form-urlencoded"
        assert server.ask("/reconcile", method="POST", body=body, content_type=kind).status == 200
    assert kept() - before < 20 * 1000


def test_a_table_whose_client_has_gone_holds_up_nobody(server: Server) -> None:
    long = ("name\n" + "".join(f"Ningde battery works number {n} of China\n" for n in range(9_000))).encode()

    def send(source: str) -> None:
        with pytest.raises(OSError):  # noqa: PT011 - which one, the moment decides
            impatient(server, long, source)

    threads = [threading.Thread(target=send, args=(f"127.0.7.{n}",)) for n in range(1, 9)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    begun = time.monotonic()
    assert match(server, b"name\nCATL\n", source="127.0.7.99").status == 200
    assert time.monotonic() - begun < 15
    assert eventually(lambda: server.ask("/health").json()["workers"]["batch"]["long"] == 0, 30)


def impatient(server: Server, body: bytes, source: str) -> None:
    """Send a table and wait for half a second only."""
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=0.5, source_address=(source, 0))
    try:
        connection.request("POST", "/api/v1/match?column=name", body, {"content-type": "text/csv"})
        connection.getresponse()
    finally:
        connection.close()


@pytest.mark.parametrize("name", BEHIND_THE_DOOR)
def test_good_clients_are_served_beside(server: Server, name: str) -> None:
    with flood(name, server.port, 4):
        noticed = ask_for(server.port, 2)
    check_unharmed(noticed, server.process.pid, 1)


def test_a_stop_is_obeyed_while_tables_are_matched(release_folder: Path, tmp_path: Path) -> None:
    long = ("name\n" + "".join(f"Ningde battery works number {n} of China\n" for n in range(9_000))).encode()
    with serving(release_folder, tmp_path, *FLAGS) as running:
        threads = [threading.Thread(target=quietly, args=(running, long, f"127.0.7.{n}")) for n in range(1, 5)]
        for thread in threads:
            thread.start()
        assert eventually(lambda: running.ask("/health").json()["workers"]["batch"]["busy"], 20)
        begun = time.monotonic()
        running.process.terminate()
        running.process.wait(40)
        # The grace for requests is fifteen seconds.
        assert time.monotonic() - begun < 25
        assert "Traceback" not in running.log.read_text("utf-8")
        for thread in threads:
            thread.join(30)


def quietly(server: Server, body: bytes, source: str) -> None:
    with contextlib.suppress(OSError):
        match(server, body, source=source)
