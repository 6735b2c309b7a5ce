"""A server as users run it: `kg serve` in a process of its own, on a free port, and a client that is no library."""

from __future__ import annotations

import contextlib
import http.client
import json
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

READY_SECONDS = 60
T = TypeVar("T")


@dataclass(frozen=True)
class Reply:
    """What came back."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def type(self) -> str:
        return self.headers.get("content-type", "").partition(";")[0]

    def json(self) -> Any:
        return json.loads(self.body)


@dataclass(frozen=True)
class Server:
    """A server that runs; `log` is what it writes to standard error."""

    process: subprocess.Popen[bytes]
    port: int
    log: Path

    def ask(
        self, path: str, *, method: str = "GET", body: bytes | None = None, source: str = "", **headers: str
    ) -> Reply:
        """Send one request; names of headers are given with underscores, `source` is the address it comes from."""
        connection = http.client.HTTPConnection(
            "127.0.0.1", self.port, timeout=60, source_address=(source, 0) if source else None
        )
        with contextlib.closing(connection):
            connection.request(method, path, body, {name.replace("_", "-"): value for name, value in headers.items()})
            reply = connection.getresponse()
            return Reply(reply.status, {name.lower(): value for name, value in reply.getheaders()}, reply.read())


def log_of(folder: Path) -> Path:
    """Name a log that no server writes to yet."""
    return folder / f"server-{len(list(folder.glob('server-*')))}.log"


@contextlib.contextmanager
def serving(releases: Path, folder: Path, *flags: str) -> Iterator[Server]:
    """Run `kg serve` over a release or a folder of releases, and end it afterwards, which must go well."""
    log = log_of(folder)
    command = [sys.executable, "-m", "kg", "serve", "--port", "0", "--release", str(releases), *flags]
    with log.open("wb") as stream:
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=stream)
    try:
        server = Server(process, port_in(log, process), log)
        wait_until_well(server)
        yield server
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(30)
        finally:
            process.kill()
            process.wait()


@contextlib.contextmanager
def serving_unharmed(releases: Path, folder: Path, *flags: str) -> Iterator[Server]:
    """Run `kg serve`, with no bound for a client and no log of accesses; it must outlive the tests without a trace."""
    with serving(releases, folder, "--client-seconds", "1000000", "--access-log", "none", *flags) as running:
        yield running
        assert running.process.poll() is None
        assert "Traceback" not in running.log.read_text("utf-8")


def port_in(log: Path, process: subprocess.Popen[bytes]) -> int:
    """Read the port from what the server says as it starts."""
    deadline = time.monotonic() + READY_SECONDS
    while time.monotonic() < deadline:
        if found := re.search(r"serving at http://\S+:(\d+)/", log.read_text(encoding="utf-8")):
            return int(found[1])
        if process.poll() is not None:
            break
        time.sleep(0.02)
    raise AssertionError(f"the server did not start: {log.read_text(encoding='utf-8')}")


def eventually(look: Callable[[], T], seconds: float = 10) -> T:
    """Look again and again until there is something to see, or the time is over."""
    deadline = time.monotonic() + seconds
    while not (seen := look()) and time.monotonic() < deadline:
        time.sleep(0.02)
    return seen


def wait_until_well(server: Server) -> None:
    """Wait until the server answers that it is well."""
    deadline = time.monotonic() + READY_SECONDS
    while time.monotonic() < deadline and server.process.poll() is None:
        with contextlib.suppress(OSError):
            if server.ask("/health").status == 200:
                return
        time.sleep(0.05)
    raise AssertionError(f"the server is not well: {server.log.read_text(encoding='utf-8')}")
