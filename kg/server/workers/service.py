"""The release that is served: its workers, and its replacement by a newly built one while requests go on.

Everything that answers a request goes through `Serving`: `look_up` runs a verb on the graph in
the workers reserved for lookups, `query` a foreign SPARQL text in the others. Each request is
answered by one release from beginning to end.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kg.errors import KgError, QueryCrash, QueryTimeout, ReleaseError
from kg.server.http.problems import Evicted
from kg.server.settings import ServerSettings
from kg.server.workers.cache import Memory, key_of
from kg.server.workers.pool import Pool, PoolSettings, Work
from kg.server.workers.protocol import Frame
from kg.server.workers.quota import CLIENT, Quotas
from kg.server.workers.release_files import ReleaseFiles
from kg.server.workers.release_watch import ReleaseWatch
from kg.server.workers.sparql_job import QueryRequest
from kg.server.workers.supervisor import Supervisor, WorkerLost

__all__ = ["Sent", "Served", "Serving"]

WATCH_SECONDS = 0.5
CHECK_SECONDS = 600.0
# While others are served, a release is checked with what of the processor nobody else wants.
GENTLY = 10
# How often the check of a release is begun before it is left for the next look.
CHECKS = 16
MOST_REASON = 1000
LOOKUP_SECONDS = 20.0
LOOKUPS_OF_A_CLIENT = 4
# A row of a table takes some 7 ms, and a table may have 10,000.
BATCH_SECONDS = 120.0
BATCHES_OF_A_CLIENT = 2
BATCH_WORKERS = 2
BATCH_QUANTUM = 0.5
# Who asked what ended a worker, or had to be stopped, waits before the next query: starting workers takes time too.
PAUSE_SECONDS = 3.0
ABANDONED_SECONDS = 0.5

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class _Account:
    """The account of one client."""

    clients: Quotas
    client: str

    def used(self) -> float:
        """Give the seconds that the client used lately."""
        return self.clients.used(self.client)

    def usual(self) -> float | None:
        """Give the seconds that a request of the client takes."""
        return self.clients.usual(self.client)

    def charge(self, seconds: float) -> None:
        """Charge the client."""
        self.clients.charge(self.client, seconds)


@dataclass(frozen=True)
class Sent:
    """What a client sent in bulk, the argument that it is of a verb, and what it is called where it must be JSON."""

    body: bytes
    name: str
    json: str = ""


@dataclass(eq=False)
class Served:
    """A release with its workers, and how many requests it is answering."""

    folder: Path
    facts: dict[str, Any]
    files: ReleaseFiles | None
    queries: Pool
    lookups: Pool
    batches: Pool
    users: int = 0
    unused: asyncio.Event = field(default_factory=asyncio.Event)
    remembered: Memory = field(default_factory=Memory)

    @property
    def id(self) -> str:
        """The release's id."""
        return str(self.facts["id"])

    @property
    def trouble(self) -> str | None:
        """Why a worker that ended cannot be replaced: the files of the release were changed or removed."""
        return next((pool.trouble for pool in self.pools if pool.trouble), None)

    @property
    def pools(self) -> tuple[Pool, ...]:
        """The pools of workers: of foreign SPARQL, of lookups, and of what clients send in bulk."""
        return self.queries, self.lookups, self.batches

    async def close(self) -> None:
        """End the workers, once nobody uses them."""
        while self.users:
            self.unused.clear()
            await self.unused.wait()
        await self.end_workers()

    async def end_workers(self) -> None:
        """End the workers at once."""
        for pool in self.pools:
            await pool.close()


class Serving:
    """What is served now. Open it before the first request, close it after the last."""

    def __init__(self, settings: ServerSettings) -> None:
        self.settings = settings
        self.clients = Quotas(settings.client_queries, settings.client_seconds)
        self.lookup_clients = Quotas(LOOKUPS_OF_A_CLIENT, settings.client_seconds)
        self.batch_clients = Quotas(BATCHES_OF_A_CLIENT, settings.client_seconds)
        self.swaps = 0
        self.watch = ReleaseWatch(settings.releases)
        self._supervisor = Supervisor()
        self._now: Served | None = None
        self._watching: asyncio.Task[None] | None = None
        self._leaving: dict[Served, asyncio.Task[None]] = {}

    @property
    def now(self) -> Served:
        """The release that new requests are answered from."""
        if self._now is None:
            raise ReleaseError("no release is open yet; try again in a moment")
        return self._now

    @property
    def release_id(self) -> str:
        """The id of the release that new requests are answered from."""
        return self.now.id

    @property
    def release(self) -> Path:
        """Its folder."""
        return self.now.folder

    async def open(self) -> None:
        """Open the release and watch for another; raises ReleaseError when there is none or it is damaged."""
        if self.settings.test_mode:
            self._now = await self._open_test()
            return
        self._now = await self._open(self.watch.current())
        self._watching = asyncio.create_task(self._watch_for_another())

    async def close(self) -> None:
        """End everything."""
        if self._watching is not None:
            self._watching.cancel()
            await asyncio.gather(self._watching, return_exceptions=True)
        for task in self._leaving.values():
            task.cancel()
        for served in (*self._leaving, *([self._now] if self._now else ())):
            await served.end_workers()
        self._supervisor.close()

    async def _open(self, folder: Path, *, gently: bool = False) -> Served:
        """Have every file of a release checked, and start workers on it, one after another where others are served."""
        facts = await self._check(folder, GENTLY if gently else 0)
        settings = self.settings
        served = Served(
            folder,
            facts,
            ReleaseFiles(folder),
            Pool(
                self._supervisor, PoolSettings("sparql", settings.query_workers, settings.long_queries, nice=5), folder
            ),
            Pool(self._supervisor, PoolSettings("lookup", settings.lookup_workers), folder),
            Pool(
                self._supervisor,
                PoolSettings("batch", BATCH_WORKERS, settings.long_queries, BATCH_QUANTUM, nice=5, long_nice=10),
                folder,
            ),
        )
        try:
            if gently:
                for pool in served.pools:
                    await pool.open(gently=True)
            else:
                await asyncio.gather(*(pool.open() for pool in served.pools))
        except BaseException:
            await served.end_workers()
            raise
        return served

    async def _check(self, folder: Path, nice: int) -> dict[str, Any]:
        """Have every file of a release checked by a process of its own, and give its facts.

        One that is lost is followed by another, which no longer gives way: what kills it may come again.
        """
        for check in range(CHECKS):
            with contextlib.suppress(WorkerLost, ConnectionResetError):
                return await self._check_once(folder, 0 if check else nice)
        raise ReleaseError(f"{folder}: the process that checks the release was lost {CHECKS} times; it is tried again")

    async def _check_once(self, folder: Path, nice: int) -> dict[str, Any]:
        checker = await self._supervisor.start("release", folder, nice, CHECK_SECONDS)
        try:
            facts: dict[str, Any] = (await checker.run(Frame({}))).head["facts"]
        finally:
            checker.kill()
        return facts

    async def _open_test(self) -> Served:
        """Start the one worker of the test mode, which has the store."""
        folder = self.settings.releases
        queries = Pool(self._supervisor, PoolSettings("test", 1), folder)
        await queries.open()
        lookups, batches = (Pool(self._supervisor, PoolSettings(name, 0), folder) for name in ("lookup", "batch"))
        return Served(folder, {"id": "test-mode", "quads": 0}, None, queries, lookups, batches)

    async def change(self, frame: Frame) -> Frame:
        """Do something with the store of the test mode (`kg.server.workers.writable_store`)."""
        return await self.now.queries.run(Work(frame, self.settings.timeout, _Account(self.clients, "")))

    async def _watch_for_another(self) -> None:
        """Serve another release as soon as it is the current one and its workers are ready."""
        while True:
            await asyncio.sleep(WATCH_SECONDS)
            try:
                folder = self.watch.another(self.release)
                if folder is not None:
                    self._swap(await self._open(folder, gently=True))
            except Exception as error:  # noqa: BLE001 - whatever is wrong with one release, the next is looked for
                reason = str(error) if isinstance(error, KgError) else f"{type(error).__name__}: {error}"
                self.watch.refuse(reason[:MOST_REASON])

    def _swap(self, another: Served) -> None:
        old, self._now = self.now, another
        self.watch.accept()
        self.swaps += 1
        _log.info("serving release %s instead of %s", another.id, old.id)
        task = asyncio.create_task(old.close())
        self._leaving[old] = task
        task.add_done_callback(lambda _: self._leaving.pop(old, None))

    @contextlib.asynccontextmanager
    async def using(self) -> AsyncIterator[Served]:
        """Hold on to the release of this moment until the request is answered."""
        served = self.now
        served.users += 1
        try:
            yield served
        finally:
            served.users -= 1
            served.unused.set()

    async def look_up(self, verb: str, arguments: Mapping[str, Any] | None = None) -> Any:
        """Run an operation of `kg.operations` on the graph, and give what JSON holds; raises the error it ends in."""
        return json.loads(await self.look_up_json(verb, arguments))

    async def look_up_json(self, verb: str, arguments: Mapping[str, Any] | None = None) -> bytes:
        """Run a verb and give its JSON as it was written: decimals keep their digits.

        What a release said once it says again, so answers are kept.
        """
        key = key_of(verb, arguments or {})
        async with self.using() as served:
            if (known := served.remembered.get(key)) is not None:
                return known
            client = CLIENT.get()
            frame = Frame({"verb": verb, "arguments": dict(arguments or {})})
            async with self.lookup_clients.turn(client):
                answer = await served.lookups.run(Work(frame, LOOKUP_SECONDS, _Account(self.lookup_clients, client)))
            body = bytes(answer.body)
            served.remembered.put(key, body)
            return body

    async def run_batch(self, verb: str, sent: Sent, arguments: Mapping[str, Any] | None = None) -> bytes:
        """Run a verb on what a client sent in bulk, and give what it writes; raises the error it ends in.

        It may take long, so it has workers of its own, which give way to lookups, and a client few of them.
        """
        arguments = arguments or {}
        key = key_of(verb, arguments, sent.body)
        head = {"verb": verb, "arguments": arguments, "sent_as": sent.name, "json": sent.json}
        async with self.using() as served:
            if (known := served.remembered.get(key)) is not None:
                return known
            client = CLIENT.get()
            work = Work(Frame(head, sent.body), BATCH_SECONDS, _Account(self.batch_clients, client))
            async with self.batch_clients.turn(client), self._pausing(self.batch_clients, client):
                answer = await served.batches.run(work)
            body = bytes(answer.body)
            served.remembered.put(key, body)
            return body

    @contextlib.asynccontextmanager
    async def _pausing(self, clients: Quotas, client: str) -> AsyncIterator[None]:
        """Let a client wait whose request ended a worker, or had to be stopped."""
        try:
            yield
        except (QueryCrash, QueryTimeout):
            clients.pause(client, PAUSE_SECONDS)
            raise
        except asyncio.CancelledError:
            clients.pause(client, ABANDONED_SECONDS)
            raise
        except Evicted as error:
            clients.pause(client, error.retry_after)
            raise

    async def query(self, request: QueryRequest, timeout: float | None = None) -> Frame:
        """Run a foreign SPARQL text: the body is the result whole, `head["type"]` its media type.

        `timeout` may only lower the server's own. Raises QueryError for a text that is refused or wrong,
        QueryLimit when it reaches a limit, Overloaded or TooManyRequests when there is no room for it.
        """
        client = CLIENT.get()
        deadline = min(timeout or self.settings.timeout, self.settings.timeout)
        work = Work(request.to_frame(), deadline, _Account(self.clients, client))
        async with self.using() as served, self.clients.turn(client), self._pausing(self.clients, client):
            return await served.queries.run(work)
