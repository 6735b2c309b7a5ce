"""A connection that was refused leaves nothing behind, not for the next collection either."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import weakref
from typing import Any

import pytest
import uvicorn
import uvloop
from uvicorn.server import ServerState

from kg.server.http import bounded_protocol as module
from kg.server.http.bounded_protocol import BoundedProtocol, bounded_protocol
from kg.server.http.connection_table import ConnectionTable
from kg.server.http.limits import Limits

PIECE = 100_000
REFUSED = {
    "an address": b"GET /" + b"a" * PIECE,
    "headers": b"GET / HTTP/1.1\r\n" + b"X-A: b\r\n" * (PIECE // 8),
    "a header": b"GET / HTTP/1.1\r\nX-A: " + b"a" * PIECE,
    "a length": b"POST / HTTP/1.1\r\nContent-Length: 99999999\r\n\r\n",
    "what is no HTTP": b"HELLO\r\n\r\n" + b"a" * PIECE,
    "half a head": b"GET / HTTP/1.1\r\nX-A:",
}


async def application(_: Any, __: Any, ___: Any) -> None:
    raise AssertionError("nothing of this reaches the application")


async def made(request: bytes, limits: Limits) -> list[weakref.ref[BoundedProtocol]]:
    """Send a request over some connections, and give the protocols that answered them."""
    config = uvicorn.Config(application, lifespan="off", log_config=None)
    config.load()
    protocol, state = bounded_protocol(ConnectionTable(limits)), ServerState()
    seen: list[weakref.ref[BoundedProtocol]] = []

    def make() -> asyncio.Protocol:
        one: Any = protocol(config=config, server_state=state, app_state={})  # type: ignore[call-arg]
        seen.append(weakref.ref(one))
        return one  # type: ignore[no-any-return]

    server = await asyncio.get_running_loop().create_server(make, "127.0.0.1", 0)
    async with server:
        for _ in range(5):
            reader, writer = await asyncio.open_connection(*server.sockets[0].getsockname())
            with contextlib.suppress(ConnectionError):
                writer.write(request)
                await reader.read()
            writer.close()
        del reader, writer
        await asyncio.sleep(0.3)
    return seen


@pytest.mark.parametrize("name", REFUSED)
def test_a_refused_connection_leaves_nothing_behind(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "LINGER_SECONDS", 0.05)
    gc.collect()
    gc.disable()
    try:
        with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
            seen = runner.run(made(REFUSED[name], Limits(head_seconds=0.1)))
            assert [one() for one in seen] == [None] * 5
    finally:
        gc.enable()
