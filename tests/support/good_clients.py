"""Clients that ask for little, each from an address of its own, and what they notice: waits, refusals, errors."""

from __future__ import annotations

import http.client
import json
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

__all__ = ["ASKED", "Noticed", "ask_for", "check_unharmed", "memory_of"]

# Generous, since the machine may be busy with other tests; the benchmark tells how long they really wait.
LONGEST_WAIT = 8
MOST_MEMORY = 400

CLIENTS = 4
PAUSE = 0.01
ASKED = (
    "/api/v1/find?text=ningde&limit=1",
    "/sparql?query=" + quote("ASK { ?s a kg:Company }"),
    "/id/company/catl.ttl",
    "/api/v1/suggest?text=cat",
    "/",
)


@dataclass
class Noticed:
    """How long each request took, in seconds, when it was answered, and what was wrong."""

    waits: list[float] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    times: list[float] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock, repr=False, compare=False)

    def percentile(self, share: float) -> float:
        """Give the wait that so many of all requests do not pass."""
        ordered = sorted(self.waits)
        return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def ask_for(port: int, seconds: float, first: int = 21) -> Noticed:
    """Ask with four clients for some seconds, over connections that are kept."""
    noticed = Noticed()
    stop = time.monotonic() + seconds
    threads = [
        threading.Thread(target=_ask, args=(port, stop, f"127.0.0.{first + n}", noticed)) for n in range(CLIENTS)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(seconds + 60)
    return noticed


def _ask(port: int, stop: float, source: str, noticed: Noticed) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30, source_address=(source, 0))
    number = 0
    while time.monotonic() < stop:
        path = ASKED[number % len(ASKED)]
        number += 1
        begun = time.monotonic()
        try:
            connection.request("GET", path)
            reply = connection.getresponse()
            body = reply.read()
        except OSError as error:
            noticed.wrong.append(f"{path}: {error!r}")
            connection.close()
            continue
        ended = time.monotonic()
        # One at a time, since four threads write them.
        with noticed.lock:
            noticed.waits.append(ended - begun)
            noticed.times.append(ended)
        if reply.status != 200 or not body or ("json" in str(reply.getheader("content-type")) and not json.loads(body)):
            noticed.wrong.append(f"{path}: {reply.status} {body[:200]!r}")
        time.sleep(PAUSE)
    connection.close()


def memory_of(pid: int) -> int:
    """Give the memory of a process that is in use, in MB."""
    lines = Path(f"/proc/{pid}/status").read_text("ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS")) // 1024


def check_unharmed(noticed: Noticed, pid: int, least: int) -> None:
    """Assert that good clients had so many answers at least, all right and in time, and that a server stayed small."""
    assert noticed.wrong == []
    assert len(noticed.waits) >= least
    assert max(noticed.waits) < LONGEST_WAIT
    assert memory_of(pid) < MOST_MEMORY
