"""What one client may ask: its turns, its seconds, its pauses; others are not held up by it."""

from __future__ import annotations

import asyncio

import pytest

from kg.server.http.limits import client_of
from kg.server.http.problems import TooManyRequests
from kg.server.workers import quota
from kg.server.workers.quota import Quotas


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(quota, "TURN_SECONDS", 0.05)


async def take(accounts: Quotas, client: str, seconds: float = 0.0) -> None:
    async with accounts.turn(client):
        await asyncio.sleep(seconds)


@pytest.mark.parametrize(
    ("address", "client"),
    [("192.0.2.7", "192.0.2.7"), ("2001:db8:1:2:3::4", "2001:db8:1:2::/64"), ("", ""), ("unix", "unix")],
)
def test_a_client_is_an_address_or_a_network(address: str, client: str) -> None:
    assert client_of(address) == client


def test_a_second_request_waits_for_its_turn_and_is_refused_after_a_while() -> None:
    async def main() -> None:
        accounts = Quotas(1, 60)
        await asyncio.gather(take(accounts, "a", 0.01), take(accounts, "a", 0.01))
        slow = asyncio.create_task(take(accounts, "a", 0.3))
        await asyncio.sleep(0)
        with pytest.raises(TooManyRequests, match="only 1 query is run at once") as refused:
            await take(accounts, "a")
        assert refused.value.retry_after == 1
        await take(accounts, "b")
        await slow
        await take(accounts, "a")

    asyncio.run(main())


def test_only_so_many_may_wait() -> None:
    async def main() -> None:
        accounts = Quotas(1, 60)
        tasks = [asyncio.create_task(take(accounts, "a", 0.2)) for _ in range(1 + quota.MOST_WAITING)]
        await asyncio.sleep(0)
        with pytest.raises(TooManyRequests):
            await take(accounts, "a")
        await asyncio.gather(*tasks, return_exceptions=True)
        await take(accounts, "a")

    asyncio.run(main())


def test_seconds_are_used_up_and_come_back() -> None:
    async def main() -> None:
        accounts = Quotas(1, 10)
        accounts.charge("a", 10.001)
        with pytest.raises(TooManyRequests, match="used 10 seconds") as refused:
            await take(accounts, "a")
        assert refused.value.retry_after in (2, 3)
        await take(accounts, "b")
        await asyncio.sleep(0.01)
        assert accounts.used("a") < 10

    asyncio.run(main())


def test_a_pause_holds_its_client_only_and_ends() -> None:
    async def main() -> None:
        accounts = Quotas(1, 10)
        accounts.pause("a", 0.2)
        with pytest.raises(TooManyRequests, match="more than its share"):
            await take(accounts, "a")
        await take(accounts, "b")
        await asyncio.sleep(0.2)
        await take(accounts, "a")

    asyncio.run(main())


def test_the_server_itself_has_no_bars() -> None:
    async def main() -> None:
        accounts = Quotas(1, 1)
        accounts.charge("", 100)
        accounts.pause("", 100)
        await asyncio.gather(*(take(accounts, "", 0.01) for _ in range(50)))

    asyncio.run(main())


def test_clients_are_forgotten_when_they_owe_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(quota, "FORGET_OVER", 5)

    async def main() -> None:
        accounts = Quotas(1, 10)
        accounts.charge("debtor", 5)
        for number in range(100):
            await take(accounts, f"client {number}")
        assert len(accounts._accounts) <= 7
        assert accounts.used("debtor") > 4

    asyncio.run(main())


def test_what_a_client_asks_for_is_known_by_its_last_requests() -> None:
    accounts = Quotas(1, 10)
    assert (accounts.usual(""), accounts.usual("a")) == (0.0, None)
    accounts.charge("a", 1.0)
    assert accounts.usual("a") == 1.0
    for _ in range(20):
        accounts.charge("a", 0.001)
    assert 0.001 < (accounts.usual("a") or 0) < 0.02
    # One that takes long says more than the short ones before it.
    accounts.charge("a", 2.0)
    assert (accounts.usual("a") or 0) > 0.4


def test_a_client_more_is_as_cheap_as_the_first_however_many_there_were(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(quota, "FORGET_OVER", 2_000)
    accounts = Quotas(1, 10)
    looks = 0
    now_used = quota._Account.now_used

    def counted(account: quota._Account) -> float:
        nonlocal looks
        looks += 1
        return now_used(account)

    monkeypatch.setattr(quota._Account, "now_used", counted)
    for number in range(4_000):
        # All of them owe something, so that none can be forgotten.
        accounts.charge(f"client {number}", 5)
    assert looks <= 4_000 * quota.LOOKED_AT
