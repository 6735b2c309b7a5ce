"""Who waits for a worker: light requests go first, each row in the order of arrival."""

from __future__ import annotations

import asyncio

from kg.server.workers.request_queue import RequestQueue


def test_light_requests_go_first_and_each_row_in_its_order() -> None:
    async def main() -> None:
        queue: RequestQueue[int] = RequestQueue()
        others = [queue.add(is_light=False) for _ in range(2)]
        light = [queue.add(is_light=True) for _ in range(2)]
        assert len(queue) == 4
        assert all(queue.give(number, light_only=False) for number in range(3))
        assert [one.result() for one in (*light, others[0])] == [0, 1, 2]
        assert not others[1].done()

    asyncio.run(main())


def test_what_is_kept_for_light_requests_is_given_to_no_other() -> None:
    async def main() -> None:
        queue: RequestQueue[int] = RequestQueue()
        other = queue.add(is_light=False)
        assert not queue.give(1, light_only=True)
        light = queue.add(is_light=True)
        assert queue.give(1, light_only=True)
        assert (light.result(), other.done(), len(queue)) == (1, False, 1)

    asyncio.run(main())


def test_who_waits_no_more_is_passed_over() -> None:
    async def main() -> None:
        queue: RequestQueue[int] = RequestQueue()
        gone, removed, last = (queue.add(is_light=False) for _ in range(3))
        gone.cancel()
        queue.remove(removed)
        assert queue.give(1, light_only=False)
        assert last.result() == 1
        assert not queue.give(2, light_only=False)

    asyncio.run(main())
