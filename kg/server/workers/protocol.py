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
# As much of a frame is read at once, before it is known how much it has.
_BEGIN = 16_384
Head = dict[str, Any]


class Frame(NamedTuple):
    """A head, which says what the body is, and the body."""

    head: Head
    body: bytes | bytearray = b""


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


class Channel(asyncio.BufferedProtocol):
    """The server's end of a connection to a worker: gives each frame that arrives to whoever waits for it.

    A body is written by the system to where it stays, whatever its size: to copy one of many megabytes would hold up
    everybody whom the server answers.
    """

    def __init__(self) -> None:
        self._transport: asyncio.Transport | None = None
        self._begin = bytearray(_BEGIN)
        self._body = bytearray()
        self._head: Head | None = None
        self._received = 0
        self._waiting: asyncio.Future[Frame] | None = None
        self.lost: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep what frames are written to."""
        self._transport = cast(asyncio.Transport, transport)

    def get_buffer(self, sizehint: int) -> memoryview:  # noqa: ARG002 - named so by asyncio
        """Give the place for what comes next."""
        return memoryview(self._begin if self._head is None else self._body)[self._received :]

    def buffer_updated(self, nbytes: int) -> None:
        """Give the frame to whoever waits, once it is whole."""
        self._received += nbytes
        if self._head is None:
            self._read_begin()
        if self._head is not None and self._received == len(self._body):
            # What is small is cheaper to handle as bytes.
            body = bytes(self._body) if self._received < _BEGIN else self._body
            frame = Frame(self._head, body)
            self._head, self._body, self._received = None, bytearray(), 0
            if self._waiting is not None and not self._waiting.done():
                self._waiting.set_result(frame)

    def _read_begin(self) -> None:
        """Read the head, once it is whole, and make room for the body, whose begin came with it."""
        if self._received < _LENGTHS.size:
            return
        head_length, body_length = _LENGTHS.unpack_from(self._begin)
        start = _LENGTHS.size + head_length
        if start > len(self._begin):
            self._begin = self._begin.ljust(start, b"\0")
        if self._received < start:
            return
        begin = memoryview(self._begin)
        self._head = json.loads(bytes(begin[_LENGTHS.size : start]))
        self._body = bytearray(body_length)
        self._received -= start
        self._body[: self._received] = begin[start : start + self._received]
        begin.release()
        if start > _BEGIN:
            self._begin = bytearray(_BEGIN)

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
