"""The server's side of the fork server: asks it for workers, has them killed, and hears how they ended."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import json
import socket
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kg.errors import KgError, ReleaseError
from kg.server.workers.protocol import Channel, Frame
from kg.server.workers.worker import raise_error
from kg.sparql.runner import child_environment

__all__ = ["Supervisor", "Worker", "WorkerLost"]

# Opening a release takes tens of milliseconds; a machine under load may need far more.
START_SECONDS = 30
_PROCESSOR_CLOCK = 2


class WorkerLost(ReleaseError):
    """A worker ended before it was ready."""


@dataclass(eq=False)
class Worker:
    """A worker process: its connection, why it was killed, and its exit code or minus the signal once it has ended."""

    number: int
    service: str
    channel: Channel
    supervisor: Supervisor
    pid: int = 0
    ended: asyncio.Future[int] = field(default_factory=lambda: asyncio.get_running_loop().create_future())
    killed: bool = False
    reason: str = ""

    async def run(self, request: Frame) -> Frame:
        """Have a request answered; raises ConnectionResetError when the worker ends instead."""
        self.channel.send(request)
        return await self.channel.answer()

    def kill(self) -> None:
        """End the worker at once, whatever it does."""
        if not self.killed:
            self.killed = True
            self.channel.close()
            self.supervisor.order({"kill": self.number})

    def processor_seconds(self) -> float:
        """Tell how long the worker has had a processor so far; where nobody knows, the time of the clock."""
        if sys.platform != "linux" or not self.pid:
            return time.monotonic()
        try:
            # The clock of another process, as clock_getcpuclockid(3) names it.
            return time.clock_gettime((~self.pid << 3) | _PROCESSOR_CLOCK)
        except OSError:
            return time.monotonic()

    def yield_to_others(self, by: int) -> None:
        """Let the other processes of the machine go first."""
        self.supervisor.order({"nice": self.number, "by": by})


class Supervisor:
    """Starts workers from one fork server, which is started anew should it ever end."""

    def __init__(self) -> None:
        self._numbers = itertools.count(1)
        self._workers: dict[int, Worker] = {}
        self._process: subprocess.Popen[bytes] | None = None
        self._control: socket.socket | None = None
        self._received = b""
        # How each release lay when a worker found it whole.
        self._states: dict[str, str] = {}

    async def start(self, service: str, folder: Path, nice: int = 0, seconds: float = START_SECONDS) -> Worker:
        """Start a worker and wait until it is ready.

        Raises WorkerLost when it ended before, ReleaseError when it cannot open the release in time.
        """
        loop = asyncio.get_running_loop()
        if self._control is None:
            self._open()
        ours, theirs = socket.socketpair()
        ours.setblocking(False)
        _, channel = await loop.create_connection(Channel, sock=ours)
        worker = Worker(next(self._numbers), service, channel, self)
        self._workers[worker.number] = worker
        state = self._states.get(str(folder), "")
        order = {"start": worker.number, "service": service, "folder": str(folder), "state": state, "nice": nice}
        with theirs:
            self.order(order, theirs)
        is_ready = False
        try:
            ready = await asyncio.wait_for(channel.answer(), seconds)
            raise_error(ready.head)
            self._states[str(folder)] = ready.head["state"]
            is_ready = True
        except ReleaseError:
            raise
        except (ConnectionResetError, TimeoutError, KgError) as error:
            wrong = WorkerLost if isinstance(error, ConnectionResetError) else ReleaseError
            reason = str(error) or "it took too long"
            raise wrong(f"no {service} worker could be started on {folder} ({reason})") from error
        finally:
            # When the start was given up, too.
            if not is_ready:
                worker.kill()
        return worker

    def _open(self) -> None:
        """Start the fork server in a session of its own, so that Ctrl-C reaches the server alone."""
        ours, theirs = socket.socketpair()
        with theirs:
            self._process = subprocess.Popen(  # noqa: S603 - our own module, nothing from outside on the command line
                [sys.executable, "-P", "-m", "kg.server.workers.forkserver", str(theirs.fileno())],
                pass_fds=(theirs.fileno(),),
                env=child_environment(),
                stdin=subprocess.DEVNULL,
                start_new_session=True,
            )
        self._control = ours
        self._received = b""
        asyncio.get_running_loop().add_reader(ours.fileno(), self._on_message)

    def order(self, order: dict[str, Any], connection: socket.socket | None = None) -> None:
        """Send the fork server an order; when it has gone, so have its workers."""
        if self._control is None:
            return
        line = json.dumps(order).encode("ascii") + b"\n"
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):
            socket.send_fds(self._control, [line], [connection.fileno()] if connection else [])

    def _on_message(self) -> None:
        data = self._control.recv(65_536) if self._control else b""
        if not data:
            self._on_exit()
            return
        *lines, self._received = (self._received + data).split(b"\n")
        for line in lines:
            message = json.loads(line)
            if "started" in message and message["started"] in self._workers:
                self._workers[message["started"]].pid = message["pid"]
            elif "ended" in message and message["ended"] in self._workers:
                _end(self._workers.pop(message["ended"]), message["status"])

    def _on_exit(self) -> None:
        """Give up a fork server that has ended, with all its workers; the next start opens another."""
        if self._control is not None:
            asyncio.get_running_loop().remove_reader(self._control.fileno())
            self._control.close()
            self._control = None
        if self._process is not None:
            self._process.wait()
        for worker in self._workers.values():
            worker.channel.close()
            _end(worker, -9)
        self._workers.clear()

    def close(self) -> None:
        """End the fork server and all workers."""
        if self._control is not None:
            with contextlib.suppress(OSError):
                self._control.shutdown(socket.SHUT_WR)
        self._on_exit()


def _end(worker: Worker, status: int) -> None:
    if not worker.ended.done():
        worker.ended.set_result(status)
