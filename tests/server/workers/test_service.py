"""Lookups: a verb of the graph, run in a worker that is reserved for it, and never twice for the same release."""

from __future__ import annotations

import asyncio
import json
import os
import signal
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

from kg.errors import KgError, NotFound, QueryCrash, QueryTimeout, ResultTooLarge, UsageError
from kg.graph import Graph
from kg.rdf.plain_values import CELL_CHARACTERS
from kg.server.http.problems import Overloaded
from kg.server.settings import ServerSettings
from kg.server.workers import service
from kg.server.workers.protocol import Frame
from kg.server.workers.quota import CLIENT
from kg.server.workers.service import Serving
from kg.server.workers.sparql_job import QueryRequest


def with_serving(folder: Path, use: Callable[[Serving], Awaitable[None]], **settings: Any) -> None:
    """Open what a server has, without the server, for one test."""

    async def main() -> None:
        opened = Serving(ServerSettings(releases=folder, query_workers=2, lookup_workers=1, **settings))
        await opened.open()
        try:
            await use(opened)
        finally:
            await opened.close()

    asyncio.run(main())


def operation(of: str, /, **arguments: Any) -> dict[str, Any]:
    """Give the arguments of the verb that runs an operation."""
    return {"name": of, "arguments": arguments}


def test_verbs_give_what_the_graph_gives(release_folder: Path, graph: Graph) -> None:
    async def use(opened: Serving) -> None:
        assert opened.release_id == graph.release.id
        [first, *_] = (await opened.look_up("operation", operation("find", name="宁德时代")))["rows"]
        assert (first["entity"], first["certain"]) == ("company/catl", True)
        assert (await opened.look_up("operation", operation("show", entity="base/guian")))["id"] == "base/guian"
        answer = await opened.look_up(
            "operation", operation("ask", question="base-operator", parameters={"base": "base/yanzhou"})
        )
        assert answer["rows"] == graph.ask("base-operator", base="base/yanzhou").records()
        why = operation("why", subject="base/guian/phase-one", property="plannedCapacity")
        [told, *_] = (await opened.look_up("operation", why))["explanations"]
        assert told["claims"]

    with_serving(release_folder, use)


def test_errors_come_out_as_they_went_in(release_folder: Path) -> None:
    async def use(opened: Serving) -> None:
        with pytest.raises(NotFound, match="no entity is called 'base/guain'; did you mean"):
            await opened.look_up("operation", operation("show", entity="base/guain"))
        with pytest.raises(NotFound, match="no verb is called 'destroy'"):
            await opened.look_up("destroy")
        with pytest.raises(UsageError, match="cannot be answered as it is"):
            await opened.look_up("resolve", {"thing": "base/guian"})
        with pytest.raises(UsageError, match="thing"):
            await opened.look_up("operation", operation("show", thing="base/guian"))
        with pytest.raises(KgError, match="cannot reach the network"):
            await opened.query(QueryRequest("ASK { SERVICE <urn:x> {} }"))

    with_serving(release_folder, use)


def test_an_answer_is_kept_as_long_as_its_release(release_folder: Path) -> None:
    async def use(opened: Serving) -> None:
        first = await opened.look_up_json("operation", operation("questions"))
        for _ in range(3):
            assert await opened.look_up_json("operation", operation("questions")) is first

    with_serving(release_folder, use)


def test_a_lookup_whose_worker_is_killed_is_answered_by_another(release_folder: Path) -> None:
    async def use(opened: Serving) -> None:
        [worker] = opened.now.lookups._idle
        os.kill(worker.pid, signal.SIGSTOP)
        asked = asyncio.create_task(opened.look_up("facts"))
        await asyncio.sleep(0.05)
        os.kill(worker.pid, signal.SIGKILL)
        assert (await asked)["id"] == opened.release_id

    with_serving(release_folder, use)


def test_a_worker_that_hangs_is_ended_at_the_deadline(release_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(service, "LOOKUP_SECONDS", 0.2)

    async def use(opened: Serving) -> None:
        [worker] = opened.now.lookups._idle
        os.kill(worker.pid, signal.SIGSTOP)
        with pytest.raises(QueryTimeout, match=r"ran for 0\.2 seconds"):
            await opened.look_up("facts")
        assert await worker.ended == -signal.SIGKILL

    with_serving(release_folder, use)


def test_a_query_that_ends_its_worker_is_told_how(release_folder: Path) -> None:
    async def use(opened: Serving) -> None:
        for text in (f"ASK {{ FILTER({'!' * 60_000}true) }}", f"SELECT (1{'+1' * 30_000} AS ?x) {{}}"):
            with pytest.raises(QueryCrash, match=r"ended its worker \(SIG(SEGV|ABRT)"):
                await opened.query(QueryRequest(text))
        assert (await opened.query(QueryRequest("ASK {}"))).body == b'{"head":{},"boolean":true}'

    with_serving(release_folder, use)


def test_a_crowd_is_served_by_the_workers_there_are(release_folder: Path) -> None:
    async def use(opened: Serving) -> None:
        asked = (opened.query(QueryRequest(f"SELECT ({n} AS ?n) {{}}")) for n in range(200))
        for number, frame in enumerate(await asyncio.gather(*asked)):
            assert f'"value":"{number}"'.encode() in frame.body
        pool = opened.now.queries
        assert pool.state() == {"ready": 2, "busy": 0, "long": 0, "starting": 0, "waiting": 0}
        assert pool.counts == {}

    with_serving(release_folder, use)


def test_who_gives_up_waiting_takes_no_worker_along(release_folder: Path) -> None:
    async def use(opened: Serving) -> None:
        for pause in (0, 0, 0.001, 0.002, 0.005):
            crowd = [asyncio.create_task(opened.query(QueryRequest("ASK {}"))) for _ in range(20)]
            await asyncio.sleep(pause)
            for task in crowd[::2]:
                task.cancel()
            await asyncio.gather(*crowd, return_exceptions=True)
        for _ in range(200):
            if opened.now.queries.state()["ready"] == 2:
                break
            await asyncio.sleep(0.05)
        assert opened.now.queries.state() == {"ready": 2, "busy": 0, "long": 0, "starting": 0, "waiting": 0}

    with_serving(release_folder, use)


def test_rows_as_plain_values_are_read_by_the_worker_however_many_there_are(release_folder: Path) -> None:
    async def use(opened: Serving) -> None:
        async def read(text: str, begin: int = 0, end: int = 2) -> Any:
            request = QueryRequest(text, graph="nt", wanted=(begin, end))
            return json.loads((await opened.query(request)).body)

        values = " ".join(map(str, range(5_000)))
        numbers = f"SELECT ?a ?b {{ VALUES ?a {{ {values} }} }}"
        assert await read(numbers, 7, 9) == {"columns": ["a", "b"], "rows": [{"a": 7}, {"a": 8}], "total": 5_000}
        assert await read(numbers, 6_000, 7_000) == {"columns": ["a", "b"], "rows": [], "total": 5_000}
        assert await read("ASK {}") == {"columns": ["answer"], "rows": [{"answer": True}], "total": 1}
        graph = await read("CONSTRUCT WHERE { ?s a kg:Base }", 0, 1)
        assert graph["columns"] == ["subject", "predicate", "object"]
        assert len(graph["rows"]) == 1 < graph["total"]
        # Long texts are cut, and so are rows that nobody could read any more.
        doubled = " ".join(f"BIND(CONCAT(?s{n}, ?s{n}) AS ?s{n + 1})" for n in range(14))
        long = await read(f"SELECT ?s14 {{ VALUES ?a {{ {values} }} BIND('a' AS ?s0) {doubled} }} LIMIT 300", 0, 300)
        assert (len(long["rows"][0]["s14"]), long["total"]) == (CELL_CHARACTERS, 300)
        assert 0 < len(long["rows"]) < 200
        wide = " ".join(f"(?s14 AS ?c{n})" for n in range(250))
        with pytest.raises(ResultTooLarge, match="a row has over 200,000 characters"):
            await read(f"SELECT {wide} {{ BIND('a' AS ?s0) {doubled} }}")

    with_serving(release_folder, use)


SLOW = QueryRequest("SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }")


def test_a_long_query_gives_its_place_to_others_and_one_too_many_is_ended(release_folder: Path) -> None:
    async def use(opened: Serving) -> None:
        slow = [asyncio.create_task(opened.query(SLOW, timeout=3)) for _ in range(3)]
        for _ in range(30):
            assert (await opened.query(QueryRequest("ASK {}"))).body.endswith(b"true}")
            await asyncio.sleep(0.02)
        ends = [type(error) for error in await asyncio.gather(*slow, return_exceptions=True)]
        assert sorted(kind.__name__ for kind in ends) == ["Evicted", "QueryTimeout", "QueryTimeout"]
        assert opened.now.queries.state()["long"] == 0

    with_serving(release_folder, use, long_queries=2)


def test_a_crowd_that_nobody_knows_leaves_room_for_who_asks_for_little(release_folder: Path) -> None:
    async def ask(opened: Serving, client: str, request: QueryRequest) -> Frame:
        CLIENT.set(client)
        return await opened.query(request, timeout=4)

    async def use(opened: Serving) -> None:
        await ask(opened, "known", QueryRequest("ASK {}"))
        crowd = [asyncio.create_task(ask(opened, f"unknown {number}", SLOW)) for number in range(12)]
        await asyncio.sleep(0.05)
        for _ in range(10):
            assert (await ask(opened, "known", QueryRequest("ASK {}"))).body.endswith(b"true}")
            # Others have waited longer all the while.
            assert opened.now.queries.state()["waiting"] > 0
        for task in crowd:
            task.cancel()
        await asyncio.gather(*crowd, return_exceptions=True)

    with_serving(release_folder, use)


def test_when_no_worker_comes_free_the_server_says_so(release_folder: Path) -> None:
    async def use(opened: Serving) -> None:
        [worker] = opened.now.lookups._idle
        os.kill(worker.pid, signal.SIGSTOP)
        first = asyncio.create_task(opened.look_up("facts"))
        await asyncio.sleep(0.01)
        with pytest.raises(Overloaded, match="all workers are busy") as refused:
            await opened.look_up("operation", operation("questions"))
        assert refused.value.retry_after > 0
        os.kill(worker.pid, signal.SIGCONT)
        assert (await first)["id"] == opened.release_id

    with_serving(release_folder, use)
