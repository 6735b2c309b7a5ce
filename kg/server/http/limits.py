"""How much may arrive before anything is made of it, how slowly, and over how many connections.

These bounds hold before a request is parsed, so that no text of others takes the memory or the time of the process
that answers everybody. Each refusal names the bound that was passed.
"""

from __future__ import annotations

import contextlib
import resource
from dataclasses import dataclass
from ipaddress import IPv6Address, ip_address, ip_network

__all__ = ["Limits", "client_of", "raise_open_files"]

# What the server opens beside connections of clients: workers, files of a release, the log.
OTHER_FILES = 128

# A fourth of what all may hold: four clients at their bound leave no room, and then the largest body goes.
SHARES = 4


@dataclass(frozen=True)
class Limits:
    """The bounds of connections. Sizes are in bytes, times in seconds.

    `header_count` and `header_bytes` are of all headers of a request together; `body_bytes` is the largest body that
    any address takes (most take less), `bodies_bytes` what all bodies together may have that are still being read or
    worked on, `answers_bytes` what all answers together may have that their clients have not read. `head_seconds` and
    `body_seconds` run until the last byte has come, `idle_seconds` between requests.
    """

    connections: int = 1000
    client_connections: int = 128
    target_bytes: int = 65_535
    header_count: int = 100
    header_bytes: int = 32_768
    body_bytes: int = 16 * 2**20
    bodies_bytes: int = 64 * 2**20
    answers_bytes: int = 128 * 2**20
    head_seconds: float = 10.0
    body_seconds: float = 30.0
    idle_seconds: float = 30.0
    send_seconds: float = 30.0

    @property
    def client_bodies_bytes(self) -> int:
        """What the bodies of one client may have together."""
        return max(self.body_bytes, self.bodies_bytes // SHARES)

    @property
    def client_answers_bytes(self) -> int:
        """What the answers of one client may have together that it has not read; the largest answer has 50 MB."""
        return self.answers_bytes // 2


def client_of(address: str) -> str:
    """Give the client behind an address.

    >>> client_of("127.0.0.9"), client_of("2001:db8::7")
    ('127.0.0.9', '2001:db8::/64')
    """
    try:
        read = ip_address(address)
    except ValueError:
        return address
    return str(ip_network((read, 64), strict=False)) if isinstance(read, IPv6Address) else str(read)


def raise_open_files(connections: int) -> int:
    """Let the process open as many files as it may, and give how many connections it has room for, at most so many."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = connections + OTHER_FILES
    if soft != resource.RLIM_INFINITY and soft < wanted:
        target = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        with contextlib.suppress(OSError, ValueError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (target, hard))
            soft = target
    return connections if soft == resource.RLIM_INFINITY else max(1, min(connections, soft - OTHER_FILES))
