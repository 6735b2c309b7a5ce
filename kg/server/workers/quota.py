"""What one client may ask: so many requests at once, and so many seconds of a processor.

A client is an address (of IPv6 the network, since one machine has many). Seconds that were
used come back slowly; after a request that ended its worker, the client has to wait a moment. Who asks is
kept in a context variable, so that whatever works for a request is charged to its client.
"""

from __future__ import annotations

import asyncio
import time
from collections import OrderedDict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from itertools import islice
from math import ceil

from kg.server.http.problems import TooManyRequests

__all__ = ["CLIENT", "Quotas"]

CLIENT: ContextVar[str] = ContextVar("CLIENT", default="")
"""The client whose request is being answered; '' for the server's own."""

COMING_BACK = 0.5
TURN_SECONDS = 1.0
MOST_WAITING = 16
FORGET_OVER = 10_000
LOOKED_AT = 16
# How much the last request says about the next ones.
SHARE_OF_LAST = 0.2


@dataclass
class _Account:
    """What a client has used, and as of when; who of its requests runs or waits."""

    turns: asyncio.Semaphore
    used: float = 0.0
    as_of: float = field(default_factory=time.monotonic)
    present: int = 0
    paused_until: float = 0.0
    usual: float | None = None

    def now_used(self) -> float:
        """Give the seconds used, after what has come back."""
        now = time.monotonic()
        self.used = max(0.0, self.used - COMING_BACK * (now - self.as_of))
        self.as_of = now
        return self.used


class Quotas:
    """The accounts of all clients that asked lately."""

    def __init__(self, at_once: int, seconds: float) -> None:
        self._at_once = at_once
        self._seconds = seconds
        self._accounts: OrderedDict[str, _Account] = OrderedDict()

    def _account(self, client: str) -> _Account:
        account = self._accounts.get(client)
        if account is None:
            account = self._accounts[client] = _Account(asyncio.Semaphore(self._at_once))
            if len(self._accounts) > FORGET_OVER:
                self._forget()
        else:
            self._accounts.move_to_end(client)
        return account

    def _forget(self) -> None:
        """Forget some of those who asked longest ago, unless they have something to wait for."""
        for client in list(islice(self._accounts, LOOKED_AT)):
            account = self._accounts[client]
            if account.present or account.now_used():
                self._accounts.move_to_end(client)
            else:
                del self._accounts[client]

    def used(self, client: str) -> float:
        """Give the seconds of processing that a client has used lately."""
        return self._accounts[client].now_used() if client in self._accounts else 0.0

    def charge(self, client: str, seconds: float) -> None:
        """Charge a client with the seconds of a processor that a request took."""
        if client:
            account = self._account(client)
            account.used += seconds
            before = seconds if account.usual is None else account.usual
            account.usual = before + SHARE_OF_LAST * (seconds - before)

    def usual(self, client: str) -> float | None:
        """Give the seconds that a request of a client has taken of late; None for one who has asked nothing yet."""
        if not client:
            return 0.0
        return self._accounts[client].usual if client in self._accounts else None

    def pause(self, client: str, seconds: float) -> None:
        """Let a client ask nothing for some seconds: what it asked last was more than its share."""
        if client:
            account = self._account(client)
            account.paused_until = max(account.paused_until, time.monotonic() + seconds)

    @asynccontextmanager
    async def turn(self, client: str) -> AsyncIterator[None]:
        """Wait for one of the client's turns; raises TooManyRequests when none comes, or all is used up."""
        if not client:
            yield
            return
        account = self._account(client)
        if account.present >= self._at_once + MOST_WAITING:
            raise self._too_many()
        account.present += 1
        try:
            await self._refuse(account)
            await self._wait(account)
            try:
                yield
            finally:
                account.turns.release()
        finally:
            account.present -= 1

    async def _refuse(self, account: _Account) -> None:
        """Raise TooManyRequests when the client has to wait: after a while, or it would ask on and on meanwhile."""
        pause = account.paused_until - time.monotonic()
        over = account.now_used() - self._seconds
        if pause > 0:
            await asyncio.sleep(min(pause, TURN_SECONDS))
            raise TooManyRequests("your last query took more than its share; wait a moment", retry_after=ceil(pause))
        if over >= 0:
            await asyncio.sleep(TURN_SECONDS)
            reason = f"your queries have used {self._seconds:g} seconds of a processor; wait, or ask cheaper ones"
            raise TooManyRequests(reason, retry_after=ceil((over + 1) / COMING_BACK))

    async def _wait(self, account: _Account) -> None:
        if not account.turns.locked():
            await account.turns.acquire()
            return
        try:
            await asyncio.wait_for(account.turns.acquire(), TURN_SECONDS)
        except TimeoutError as error:
            raise self._too_many() from error

    def _too_many(self) -> TooManyRequests:
        plural = "query is" if self._at_once == 1 else "queries are"
        return TooManyRequests(
            f"only {self._at_once} {plural} run at once for one client; wait for yours to end", retry_after=1
        )
