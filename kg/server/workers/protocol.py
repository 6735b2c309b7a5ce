"""What the server and its workers say to each other: frames of a JSON head and a body of bytes.

A frame is two lengths of four bytes, then as many bytes of head and of body. One request is
answered by one frame, and nothing is sent in between.
"""

from __future__ import annotations

import asyncio
import json
import socket
import struct
from typing import Any, NamedTuple, cast

__all__ = ["Channel", "Frame", "receive_frame", "send_frame", "write_frame"]

_LENGTHS = struct.Struct("!II")
Head = dict[str, Any]


class Frame(NamedTuple):
    """A head, which says what the body is, and the body."""

    head: Head
    body: bytes = b""


def write_frame(frame: Frame) -> bytes:
    """Write a frame as bytes.

    >>> write_frame(Frame({"verb": "find"}, b"x"))[8:]
    b'{"verb":"find"}x'
    """
    head = json.dumps(frame.head, separators=(",", ":")).encode("ascii")
    return _LENGTHS.pack(len(head), len(frame.body)) + head + frame.body


def send_frame(connection: socket.socket, frame: Frame) -> None:
    """Send a frame, and wait until it is sent."""
    connection.sendall(write_frame(frame))


def receive_frame(connection: socket.socket) -> Frame | None:
    """Wait for a frame; None when the other side has gone."""
    lengths = _receive(connection, _LENGTHS.size)
    if lengths is None:
        return None
    head_length, body_length = _LENGTHS.unpack(lengths)
    content = _receive(connection, head_length + body_length)
    return None if content is None else Frame(json.loads(content[:head_length]), content[head_length:])


def _receive(connection: socket.socket, size: int) -> bytes | None:
    buffer = bytearray(size)
    view, have = memoryview(buffer), 0
    while have < size:
        got = connection.recv_into(view[have:])
        if got == 0:
            return None
        have += got
    return bytes(buffer)


class Channel(asyncio.Protocol):
    """The server's end of a connection to a worker: gives each frame that arrives to whoever waits for it."""

    def __init__(self) -> None:
        self._transport: asyncio.Transport | None = None
        self._received = bytearray()
        self._waiting: asyncio.Future[Frame] | None = None
        self.lost: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep what frames are written to."""
        self._transport = cast(asyncio.Transport, transport)

    def data_received(self, data: bytes) -> None:
        """Give the frame to whoever waits, once it is whole."""
        self._received += data
        if len(self._received) < _LENGTHS.size:
            return
        head_length, body_length = _LENGTHS.unpack_from(self._received)
        start = _LENGTHS.size + head_length
        if len(self._received) < start + body_length:
            return
        frame = Frame(json.loads(self._received[_LENGTHS.size : start]), bytes(self._received[start:]))
        self._received.clear()
        if self._waiting is not None and not self._waiting.done():
            self._waiting.set_result(frame)

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002 - named so by asyncio
        """Tell whoever waits that no answer will come."""
        if not self.lost.done():
            self.lost.set_result(None)
        if self._waiting is not None and not self._waiting.done():
            self._waiting.set_exception(ConnectionResetError("the worker has gone"))

    def send(self, frame: Frame) -> None:
        """Send a frame; one that cannot be sent is told by `answer`."""
        if self._transport is not None:
            self._transport.write(write_frame(frame))

    async def answer(self) -> Frame:
        """Wait for the next frame; raises ConnectionResetError when the worker has gone."""
        if self.lost.done():
            raise ConnectionResetError("the worker has gone")
        self._waiting = asyncio.get_running_loop().create_future()
        return await self._waiting

    def close(self) -> None:
        """Close the connection, at which the worker ends when it is idle; whoever waits is told."""
        if self._transport is not None:
            self._transport.abort()
