"""Clients for measuring: each a process with one connection that stays open, and no library that would take time."""

from __future__ import annotations

import json
import multiprocessing
import random
import re
import socket
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection
from urllib.parse import quote

import pyoxigraph as ox

_LENGTH = re.compile(rb"content-length: *(\d+)", re.IGNORECASE)


@dataclass(frozen=True)
class Lookup:
    """A query, and the values that it gives."""

    text: str
    values: frozenset[str]


class Client:
    """One connection to a server on this machine, from a loopback address of its own."""

    def __init__(self, port: int, source: str) -> None:
        self._connection = socket.create_connection(("127.0.0.1", port), timeout=60, source_address=(source, 0))
        self._connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._rest = b""

    def get(self, request: bytes) -> tuple[int, bytes]:
        """Send a request as it is, and give the status and the body of the answer."""
        self._connection.sendall(request)
        received = self._rest
        while (end := received.find(b"\r\n\r\n")) < 0:
            received += self._more()
        length = _LENGTH.search(received, 0, end)
        whole = end + 4 + (int(length[1]) if length else 0)
        while len(received) < whole:
            received += self._more()
        self._rest = received[whole:]
        return int(received[9:12]), received[end + 4 : whole]

    def _more(self) -> bytes:
        data = self._connection.recv(262_144)
        if not data:
            raise ConnectionError("the server closed the connection")
        return data


def query_request(text: str, path: str = "/sparql") -> bytes:
    """Write a query as a GET request."""
    return f"GET {path}?query={quote(text)} HTTP/1.1\r\nHost: x\r\nAccept: application/json\r\n\r\n".encode()


def lookups(store: ox.Store, many: int) -> list[Lookup]:
    """Choose things that have a name, and ask for it."""
    label = ox.NamedNode("http://www.w3.org/2000/01/rdf-schema#label")
    names: dict[str, set[str]] = {}
    for quad in store.quads_for_pattern(None, label, None, ox.DefaultGraph()):
        if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.Literal):
            names.setdefault(quad.subject.value, set()).add(quad.object.value)
    chosen = random.Random(1).sample(sorted(names), min(many, len(names)))
    return [Lookup(f"SELECT ?o {{ <{iri}> <{label.value}> ?o }}", frozenset(names[iri])) for iri in chosen]


def values_in(body: bytes) -> frozenset[str]:
    """Read the values of the one column of a result."""
    return frozenset(row["o"]["value"] for row in json.loads(body)["results"]["bindings"])


def _ask(port: int, number: int, seconds: float, asked: Sequence[Lookup], told: Connection) -> None:
    client = Client(port, f"127.0.0.{21 + number}")
    prepared = [(query_request(one.text), one.values) for one in asked]
    chance = random.Random(number)
    taken, wrong, refused = [], 0, 0
    stop = time.perf_counter() + seconds
    while (begun := time.perf_counter()) < stop:
        request, values = chance.choice(prepared)
        status, body = client.get(request)
        taken.append(time.perf_counter() - begun)
        refused += status != 200
        wrong += status == 200 and values_in(body) != values
    told.send((taken, wrong, refused))


@dataclass(frozen=True)
class Load:
    """What clients saw: seconds for each answer, answers that were wrong, and requests that were refused."""

    clients: int
    seconds: float
    taken: list[float]
    wrong: int
    refused: int

    def percentile(self, part: float) -> float:
        """Give a percentile of the times in milliseconds."""
        ordered = sorted(self.taken)
        return ordered[min(len(ordered) - 1, int(len(ordered) * part))] * 1000 if ordered else float("nan")

    def row(self, name: str) -> str:
        """Write a row of the table."""
        rate = len(self.taken) / self.seconds
        figures = (
            f"{rate:8.0f}/s {self.percentile(0.5):8.2f} {self.percentile(0.99):8.2f} {max(self.taken) * 1000:9.1f}"
        )
        return f"{name:34} {self.clients:3} {figures} {self.wrong:6} {self.refused:8}"


HEAD = f"{'':34} {'cl.':>3} {'answers':>10} {'p50 ms':>8} {'p99 ms':>8} {'max ms':>9} {'wrong':>6} {'refused':>8}"


def load(port: int, clients: int, seconds: float, asked: Sequence[Lookup]) -> Load:
    """Let clients ask as fast as they can for some seconds."""
    context = multiprocessing.get_context("fork")
    pipes, processes = [], []
    for number in range(clients):
        ours, theirs = context.Pipe(duplex=False)
        process = context.Process(target=_ask, args=(port, number, seconds, asked, theirs))
        process.start()
        pipes.append(ours)
        processes.append(process)
    told = [pipe.recv() for pipe in pipes]
    for process in processes:
        process.join()
    return Load(
        clients, seconds, [one for taken, _, _ in told for one in taken], sum(one[1] for one in told),
        sum(one[2] for one in told),
    )  # fmt: skip


def in_process(asked: Sequence[Lookup], seconds: float, answer: Callable[[str], bytes]) -> Load:
    """Ask something in this process that gives results in JSON."""
    taken, wrong = [], 0
    chance = random.Random(0)
    stop = time.perf_counter() + seconds
    while (begun := time.perf_counter()) < stop:
        one = chance.choice(asked)
        body = answer(one.text)
        taken.append(time.perf_counter() - begun)
        wrong += values_in(body) != one.values
    return Load(1, seconds, taken, wrong, 0)
