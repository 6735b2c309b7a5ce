"""Frames come out of a channel as they went in, whatever their sizes and in whatever pieces they arrive."""

from __future__ import annotations

import asyncio
import json
import random
import socket
from collections.abc import Callable

import pytest
import uvloop

from kg.server.workers.protocol import Channel, Frame, write_frame

SIZES = (0, 1, 16_000, 16_383, 16_384, 16_385, 50_000, 5_000_000)
LOOPS: list[Callable[[], asyncio.AbstractEventLoop]] = [asyncio.new_event_loop, uvloop.new_event_loop]


async def opened() -> tuple[Channel, socket.socket]:
    ours, theirs = socket.socketpair()
    for end in (ours, theirs):
        end.setblocking(False)
    _, channel = await asyncio.get_running_loop().create_connection(Channel, sock=ours)
    return channel, theirs


@pytest.mark.parametrize("new_loop", LOOPS)
def test_each_frame_arrives_whole(new_loop: Callable[[], asyncio.AbstractEventLoop]) -> None:
    chance = random.Random(5)  # noqa: S311 - where a frame is cut

    async def main() -> None:
        channel, theirs = await opened()
        with theirs:
            for head_size in (0, 10, 16_384, 100_000):
                for size in SIZES:
                    sent = Frame({"a": "x" * head_size}, chance.randbytes(size))
                    written = write_frame(sent)
                    answer = asyncio.create_task(channel.answer())
                    await asyncio.sleep(0)
                    begin = 0
                    while begin < len(written):
                        end = begin + chance.choice((1, 7, 8, 9, 16_384, 1_000_000))
                        await asyncio.get_running_loop().sock_sendall(theirs, written[begin:end])
                        begin = end
                    frame = await asyncio.wait_for(answer, 20)
                    assert (frame.head, bytes(frame.body)) == sent
        await asyncio.wait_for(channel.lost, 20)

    with asyncio.Runner(loop_factory=new_loop) as runner:
        runner.run(main())


def test_a_large_body_is_not_copied() -> None:
    async def main() -> None:
        channel, theirs = await opened()
        with theirs:
            answer = asyncio.create_task(channel.answer())
            await asyncio.sleep(0)
            head = json.dumps({}).encode()
            await asyncio.get_running_loop().sock_sendall(
                theirs, write_frame(Frame({}, b"x" * 50_000))[: 8 + len(head)]
            )
            place = None
            for _ in range(100):
                await asyncio.sleep(0.01)
                if channel._head is not None:
                    place = channel._body
                    break
            await asyncio.get_running_loop().sock_sendall(theirs, b"x" * 50_000)
            assert (await answer).body is place

    asyncio.run(main())


def test_who_waits_is_told_that_the_worker_has_gone() -> None:
    async def main() -> None:
        channel, theirs = await opened()
        answer = asyncio.create_task(channel.answer())
        await asyncio.sleep(0)
        theirs.send(write_frame(Frame({}, b"x" * 100))[:50])
        theirs.close()
        with pytest.raises(ConnectionResetError):
            await asyncio.wait_for(answer, 20)

    asyncio.run(main())
