"""Workers that wait ready for requests: one request at a time each, ended at the deadline, replaced when they end.

A request that has used `quantum` seconds of a processor is *long*: it gives way to everything else on
the machine, and another worker takes its place in the row of those that are ready. So however
many long requests run, a short one finds a worker. Only so many may be long at once; one more
has the request ended whose client has used most.

A request is *light* when those of its client have been short so far. Half of the workers that are ready wait for light
ones, so that a crowd of clients whom nobody knows leaves room for those who ask for little.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import signal
import time
from collections import Counter, deque
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from kg.errors import KgError, QueryCrash, QueryTimeout, ReleaseError
from kg.server.http.problems import Evicted, Overloaded
from kg.server.workers.protocol import Frame
from kg.server.workers.request_queue import RequestQueue
from kg.server.workers.supervisor import Supervisor, Worker, WorkerLost
from kg.server.workers.worker import raise_error

__all__ = ["Pool", "PoolSettings", "Work"]

# On a busy machine a worker may take seconds; who waits in vain any longer had better be told.
QUEUE_SECONDS = 5.0
# A request that has had no quantum of a processor in this time is long all the same: its place may be needed.
LONG_SECONDS = 0.5
LOOK_SECONDS = 0.01
RESTART_SECONDS = 0.5
LAST_RESTART_SECONDS = 30.0
# A worker may be killed by somebody else before it is ready, and the next one too; one that dies of the release does
# so each time.
STARTS = 16
GIVING_WAY = 19
BURIAL_SECONDS = 2.0

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class PoolSettings:
    """How many workers stand ready, how many long requests may run besides, and from when one is long.

    A client is light whose requests take less than half of what makes one long.

    `nice` says how far workers let others of the machine go first, `long_nice` how far those with a long request do.
    """

    service: str
    ready: int
    long: int = 0
    quantum: float = 0.1
    nice: int = 0
    long_nice: int = GIVING_WAY

    @property
    def reserve(self) -> int:
        """How many of the ready workers wait for light requests."""
        return self.ready // 2 if self.long else 0


class Account(Protocol):
    """Where the seconds of a processor that a request takes are charged."""

    def used(self) -> float:
        """Give the seconds that were used lately."""

    def usual(self) -> float | None:
        """Give the seconds that a request of the client usually takes; None when nobody knows."""

    def charge(self, seconds: float) -> None:
        """Charge those of one request."""


@dataclass(frozen=True)
class Work:
    """A request for a worker: its frame, its deadline in seconds, and whose account it is charged to."""

    frame: Frame
    deadline: float
    account: Account


@dataclass
class _Long:
    """A request that may become long, when it began, and what its worker had used of a processor by then."""

    work: Work
    begun: float
    used_before: float
    timer: asyncio.TimerHandle | None = None

    def cost(self) -> float:
        """Give the seconds that its client has used, this request's included."""
        return self.work.account.used() + time.monotonic() - self.begun


class Pool:
    """The workers of one service on one release; `trouble` tells why no further one can be started."""

    def __init__(self, supervisor: Supervisor, settings: PoolSettings, folder: Path) -> None:
        self.settings = settings
        self.counts: Counter[str] = Counter()
        self.trouble: str | None = None
        self._supervisor = supervisor
        self._folder = folder
        self._idle: deque[Worker] = deque()
        self._queue: RequestQueue[Worker] = RequestQueue()
        self._busy: set[Worker] = set()
        self._long: dict[Worker, _Long] = {}
        self._starting: set[asyncio.Task[None]] = set()
        self._closed = False

    async def open(self, *, gently: bool = False) -> None:
        """Start the workers, one after another if gently; raises ReleaseError when one cannot open the release."""
        number = self.settings.ready
        for some in [1] * number if gently else [number]:
            for worker in await asyncio.gather(*(self._start_surely() for _ in range(some))):
                self._stand_ready(worker)

    async def close(self) -> None:
        """End all workers at once."""
        self._closed = True
        starting = tuple(self._starting)
        for task in starting:
            task.cancel()
        for worker in (*self._idle, *self._busy):
            worker.kill()
        await asyncio.gather(*starting, return_exceptions=True)

    def state(self) -> dict[str, int]:
        """Count the workers by what they do now, and the requests that wait for one."""
        return {
            "ready": len(self._idle),
            "busy": len(self._busy) - len(self._long),
            "long": len(self._long),
            "starting": len(self._starting),
            "waiting": len(self._queue),
        }

    async def run(self, work: Work) -> Frame:
        """Have a request answered; raises the error it ends in, or Overloaded when no worker comes free in time.

        A worker that somebody else killed is no fault of the request: it is given to another one.
        """
        begun = time.monotonic()
        worker = await self._take(work)
        frame = await self._try(worker, work, work.deadline)
        if frame is None and not worker.reason and await self._status(worker) == -signal.SIGKILL:
            worker = await self._take(work)
            frame = await self._try(worker, work, max(work.deadline - (time.monotonic() - begun), RESTART_SECONDS))
        if frame is None:
            raise await self._why(worker, work)
        raise_error(frame.head)
        return frame

    async def _take(self, work: Work) -> Worker:
        usual = work.account.usual()
        is_light = usual is not None and usual < self.settings.quantum / 2
        while len(self._idle) > (0 if is_light else self.settings.reserve):
            worker = self._idle.pop()
            if not worker.channel.lost.done():
                return worker
            self._fill()
        waiting = self._queue.add(is_light=is_light)
        taken = False
        try:
            worker = await asyncio.wait_for(waiting, QUEUE_SECONDS)
            taken = True
        except TimeoutError as error:
            self.counts["refused"] += 1
            raise Overloaded("all workers are busy; try again in a moment", retry_after=1) from error
        finally:
            self._queue.remove(waiting)
            # It may have been handed over in the very moment in which the waiting was given up.
            if not taken and waiting.done() and not waiting.cancelled():
                self._busy.discard(waiting.result())
                self._stand_ready(waiting.result())
        return worker

    async def _try(self, worker: Worker, work: Work, deadline: float) -> Frame | None:
        """Give a request to a worker; None when the worker ended instead of answering."""
        loop = asyncio.get_running_loop()
        self._busy.add(worker)
        timer = loop.call_later(deadline, self._end, worker, "deadline")
        run = _Long(work, time.monotonic(), worker.processor_seconds())
        if self.settings.long:
            self._watch(worker, run)
        frame, begun = None, time.monotonic()
        try:
            frame = await worker.run(work.frame)
        except ConnectionResetError:
            self.counts[worker.reason or "crashed"] += 1
        finally:
            timer.cancel()
            if run.timer is not None:
                run.timer.cancel()
            self._busy.discard(worker)
            work.account.charge(frame.head["seconds"] if frame else time.monotonic() - begun)
            # One that has become long has been replaced; one that was left in the middle is of no use.
            if self._long.pop(worker, None) is None and frame is not None and "replace" not in frame.head:
                self._stand_ready(worker)
            else:
                worker.kill()
            self._fill()
        return frame

    def _stand_ready(self, worker: Worker) -> None:
        if self._closed or worker.channel.lost.done():
            worker.kill()
            return
        if self._queue.give(worker, light_only=len(self._idle) < self.settings.reserve):
            # It is busy from now on, though whoever waits has not taken it yet.
            self._busy.add(worker)
        else:
            self._idle.append(worker)

    def _end(self, worker: Worker, reason: str) -> None:
        worker.reason = worker.reason or reason
        worker.kill()

    def _watch(self, worker: Worker, run: _Long) -> None:
        """Let a request be long once it has used its quantum of a processor, or has waited for one long enough."""
        left = self.settings.quantum - (worker.processor_seconds() - run.used_before)
        if left <= 0 or time.monotonic() - run.begun > LONG_SECONDS:
            self._lengthen(worker, run)
        else:
            # On a busy machine the last of it may be long in coming.
            run.timer = asyncio.get_running_loop().call_later(max(left, LOOK_SECONDS), self._watch, worker, run)

    def _lengthen(self, worker: Worker, run: _Long) -> None:
        """Let a request be long: others go first, and another worker stands ready in this one's place."""
        worker.yield_to_others(self.settings.long_nice)
        self._long[worker] = run
        if len(self._long) > self.settings.long:
            self._end(max(self._long, key=lambda one: self._long[one].cost()), "evicted")
        self._fill()

    def _fill(self) -> None:
        """Start as many workers as are missing."""
        present = len(self._idle) + len(self._busy) - len(self._long) + len(self._starting)
        for _ in range(0 if self._closed else self.settings.ready - present):
            task = asyncio.create_task(self._restart())
            self._starting.add(task)
            task.add_done_callback(self._starting.discard)

    async def _restart(self) -> None:
        pause = RESTART_SECONDS
        while not self._closed:
            try:
                worker = await self._start_surely()
            except ReleaseError as error:
                if self.trouble != str(error):
                    _log.error("%s; trying again", error)
                self.trouble = str(error)
                await asyncio.sleep(pause)
                # To sum a release that was changed takes a processor for a second or more.
                pause = min(2 * pause, LAST_RESTART_SECONDS)
            else:
                self.trouble = None
                self.counts["restarted"] += 1
                self._stand_ready(worker)
                return

    async def _start_surely(self) -> Worker:
        """Start a worker, another where one was lost, and once more where the machine was too busy."""
        for _ in range(STARTS - 1):
            try:
                return await self._start()
            except WorkerLost:
                continue
            except ReleaseError:
                break
        return await self._start()

    async def _start(self) -> Worker:
        worker = await self._supervisor.start(self.settings.service, self._folder, self.settings.nice)
        worker.channel.lost.add_done_callback(lambda _: self._lose(worker))
        return worker

    def _lose(self, worker: Worker) -> None:
        """Replace a worker that ended while it stood ready."""
        if worker in self._idle and not self._closed:
            self._idle.remove(worker)
            self.counts["lost"] += 1
            self._fill()

    async def _status(self, worker: Worker) -> int:
        with contextlib.suppress(TimeoutError):
            return await asyncio.wait_for(asyncio.shield(worker.ended), BURIAL_SECONDS)
        return 0

    async def _why(self, worker: Worker, work: Work) -> KgError:
        """Say why a request has no answer."""
        if worker.reason == "deadline":
            return QueryTimeout(
                f"the request ran for {work.deadline:g} seconds and was stopped; ask for less, or in smaller steps"
            )
        if worker.reason == "evicted":
            return Evicted("too many long requests are running, and this one was stopped; try later", retry_after=10)
        status = await self._status(worker)
        if status == -signal.SIGKILL:
            return Overloaded("the worker was killed by somebody else; try again", retry_after=1)
        name = signal.Signals(-status).name if -status in set(signal.Signals) else f"exit code {status}"
        return QueryCrash(f"the request ended its worker ({name}: too much memory, or too deep); ask for less at once")
