"""The connections that are open, by client: who may open one more, and whose has to go for it.

A connection that waits for its client (for a request, or the rest of one) can be closed without harm to work that is
being done; the one that waits longest goes when there are too many, that of the client with most of them first. Bodies
that are read or worked on are counted in bytes: when all together are too many, the largest client's largest goes.
"""

from __future__ import annotations

import contextlib
from collections import Counter, OrderedDict
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network
from typing import Protocol

from kg.errors import KgError
from kg.server.http.limits import Limits, client_of
from kg.server.http.problems import Overloaded, TooManyRequests
from kg.server.http.unread_answers import UnreadAnswers

__all__ = ["Connection", "ConnectionTable"]


class Connection(Protocol):
    """What the table knows of a connection."""

    owner: str
    body_size: int
    is_proven: bool

    def give_way(self, reason: KgError) -> None:
        """Close for others."""


_Waiting = dict[str, OrderedDict[Connection, None]]


class ConnectionTable:
    """All open connections, and what was refused or closed, by the bound that was passed."""

    def __init__(self, limits: Limits, proxies: str = "") -> None:
        self.limits = limits
        self._proxies = _networks(proxies)
        self.refusals: Counter[str] = Counter()
        self.unread = UnreadAnswers(limits, self.refusals)
        self.body_bytes = 0
        self._open: dict[str, set[Connection]] = {}
        self._number = 0
        # By client, the one that has waited longest first: those over which no request ever came, and the others.
        self._waiting: tuple[_Waiting, _Waiting] = ({}, {})
        self._with_bodies: dict[Connection, None] = {}
        self._body_bytes_by: Counter[str] = Counter()

    def state(self) -> dict[str, int]:
        """Count the connections by whether they wait for their client."""
        waiting = sum(len(own) for some in self._waiting for own in some.values())
        return {"waiting": waiting, "answering": self._number - waiting}

    def owner_of(self, address: str) -> str:
        """Give the client that a connection counts for; '' for one from a proxy, which has those of many clients."""
        try:
            read = ip_address(address)
        except ValueError:
            return client_of(address)
        return "" if any(read in network for network in self._proxies) else client_of(address)

    def add(self, connection: Connection) -> KgError | None:
        """Add a connection; another may have to go for it. Gives the reason when there is no room."""
        own = self._open.setdefault(connection.owner, set())
        own.add(connection)
        self._number += 1
        limits = self.limits
        over = bool(connection.owner) and len(own) > limits.client_connections
        if over and not self._close_longest(connection.owner, "client-connections"):
            self.refusals["client-connections"] += 1
            return TooManyRequests(
                f"you have {limits.client_connections:,} connections open, which is the limit; close some of them",
                retry_after=1,
            )
        if self._number > limits.connections and not self._close_longest(self._largest(), "connections"):
            self.refusals["connections"] += 1
            return Overloaded(
                f"all {limits.connections:,} connections that the server takes are in use; try again", retry_after=1
            )
        return None

    def remove(self, connection: Connection) -> None:
        """Forget a connection that has ended."""
        own = self._open.get(connection.owner, set())
        if connection in own:
            own.discard(connection)
            self._number -= 1
            if not own:
                del self._open[connection.owner]
        self.stop_waiting(connection)
        self.release(connection)

    def start_waiting(self, connection: Connection, *, anew: bool) -> None:
        """Note that a connection waits for its client: from now on (anew), or since it began to wait."""
        own = self._waiting[connection.is_proven].setdefault(connection.owner, OrderedDict())
        own.setdefault(connection)
        if anew:
            own.move_to_end(connection)

    def stop_waiting(self, connection: Connection) -> None:
        """Note that a connection has all that its client has to send, or has ended."""
        some = self._waiting[connection.is_proven]
        own = some.get(connection.owner)
        if own is not None:
            own.pop(connection, None)
            if not own:
                del some[connection.owner]

    def hold(self, connection: Connection, size: int) -> KgError | None:
        """Count bytes of a body that arrived. Gives the reason when its client holds too many."""
        self.body_bytes += size
        connection.body_size += size
        self._with_bodies[connection] = None
        self._body_bytes_by[connection.owner] += size
        most = self.limits.client_bodies_bytes
        if connection.owner and self._body_bytes_by[connection.owner] > most:
            self.refusals["client-bodies-bytes"] += 1
            return TooManyRequests(
                f"the bodies of your requests have over {most:,} bytes together; wait until some are answered",
                retry_after=1,
            )
        return self._drop_largest(connection) if self.body_bytes > self.limits.bodies_bytes else None

    def release(self, connection: Connection) -> None:
        """Note that the body of a connection is done with."""
        if connection in self._with_bodies:
            del self._with_bodies[connection]
            self.body_bytes -= connection.body_size
            self._body_bytes_by[connection.owner] -= connection.body_size
            if not self._body_bytes_by[connection.owner]:
                del self._body_bytes_by[connection.owner]
            connection.body_size = 0

    def _drop_largest(self, arriving: Connection) -> KgError | None:
        reason = Overloaded(
            f"the bodies that the server holds have over {self.limits.bodies_bytes:,} bytes together; try again",
            retry_after=1,
        )
        # Work on a body that is whole goes on; it ends at its deadline.
        waiting = [one for one in self._with_bodies if one in self._waiting[one.is_proven].get(one.owner, ())]
        largest = max(waiting, key=lambda one: (self._body_bytes_by[one.owner], one.body_size), default=arriving)
        self.refusals["bodies-bytes"] += 1
        if largest is arriving:
            return reason
        self.release(largest)
        largest.give_way(reason)
        return None

    def _largest(self) -> str:
        """Name the client whose connection goes first."""
        some = self._waiting[False] or self._waiting[True]
        return max(some, key=lambda owner: len(some[owner]), default="")

    def _close_longest(self, owner: str, bound: str) -> bool:
        """Close the connection of a client that has waited longest for it; tells whether there was one."""
        connection = next((one for some in self._waiting for one in some.get(owner, ())), None)
        if connection is None:
            return False
        self.refusals[bound] += 1
        self.remove(connection)
        connection.give_way(Overloaded("the connection was closed to make room for others", retry_after=1))
        return True


def _networks(proxies: str) -> list[IPv4Network | IPv6Network]:
    """Read the addresses of proxies, with commas; a star stands for all."""
    named = [one.strip() for one in proxies.split(",") if one.strip()]
    if "*" in named:
        return [ip_network("0.0.0.0/0"), ip_network("::/0")]
    networks = []
    for one in named:
        with contextlib.suppress(ValueError):
            networks.append(ip_network(one, strict=False))
    return networks
