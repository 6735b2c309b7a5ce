"""How the server runs: flags first, then the environment, then the defaults; read once and then frozen.

KG_HOST KG_PORT                  where to listen (127.0.0.1, 8000)
KG_RELEASES                      the release, or the folder of releases (releases)
KG_QUERY_WORKERS                 workers that stand ready for SPARQL
KG_LONG_QUERIES                  SPARQL queries that may run long at once
KG_LOOKUP_WORKERS                workers that answer lookups, and nothing else
KG_TIMEOUT                       seconds until a query is stopped; a client may only ask for less
KG_CLIENT_QUERIES                SPARQL queries of one client that run at once; further ones wait their turn
KG_CLIENT_SECONDS                seconds of a processor that a client may use up; half a second comes back each second
KG_CONNECTIONS                   connections in all (as many as files may be open); the idlest gives way to a new one
KG_CLIENT_CONNECTIONS            connections of one client
KG_TARGET_BYTES                  bytes of the address that a request asks for (at most 65535)
KG_HEADER_COUNT KG_HEADER_BYTES  headers of a request, and their bytes together
KG_BODY_BYTES                    bytes of the largest body; most addresses take less
KG_BODIES_BYTES                  bytes of all bodies together that are read or worked on; of one client a fourth
KG_ANSWERS_BYTES                 bytes of all answers together that clients have not read; of one client half
KG_HEAD_SECONDS KG_BODY_SECONDS  seconds until the head, the body of a request is here
KG_IDLE_SECONDS                  seconds that a connection may wait for its next request
KG_SEND_SECONDS                  seconds in which a client has to read on
KG_PROXIES                       addresses of proxies whose X-Forwarded-For is believed
KG_MCP_HOSTS                     names by which agents may reach /mcp, with commas; this machine's own are always taken
KG_PUBLIC                        the address at which the world sees the server, perhaps with a path (what was asked)
KG_HOSTS                         names that a request may be for, with commas (any); others are refused
KG_ACCESS_LOG                    a file for the access log, - for standard error, none for no log
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, fields
from ipaddress import ip_address
from pathlib import Path
from typing import Any

from kg.errors import UsageError
from kg.server.http.limits import Limits
from kg.server.http.public_address import is_site
from kg.settings import Settings

__all__ = ["ServerSettings"]

_CORES = os.cpu_count() or 1
_POSITIVE = ("query_workers", "long_queries", "lookup_workers", "client_queries", "client_seconds", "timeout")
_LIMITS = tuple(field.name for field in fields(Limits))


@dataclass(frozen=True)
class ServerSettings:
    """What a server was told."""

    host: str = "127.0.0.1"
    port: int = 8000
    releases: Path = Path("releases")
    query_workers: int = max(4, _CORES)
    long_queries: int = max(4, _CORES)
    lookup_workers: int = max(2, _CORES // 2)
    timeout: float = 10.0
    client_queries: int = 1
    client_seconds: float = 60.0
    connections: int = Limits.connections
    client_connections: int = Limits.client_connections
    target_bytes: int = Limits.target_bytes
    header_count: int = Limits.header_count
    header_bytes: int = Limits.header_bytes
    body_bytes: int = Limits.body_bytes
    bodies_bytes: int = Limits.bodies_bytes
    answers_bytes: int = Limits.answers_bytes
    head_seconds: float = Limits.head_seconds
    body_seconds: float = Limits.body_seconds
    idle_seconds: float = Limits.idle_seconds
    send_seconds: float = Limits.send_seconds
    proxies: str = ""
    mcp_hosts: str = ""
    access_log: str = "-"
    public: str = ""
    hosts: str = ""
    test_mode: bool = False

    def __post_init__(self) -> None:
        if not 0 <= self.port <= 65_535:
            raise UsageError(f"{self.port} is no port; take one from 0 to 65535 (0: any that is free)")
        for name in (*_POSITIVE, *_LIMITS):
            if not getattr(self, name) > 0:
                raise UsageError(f"{name.replace('_', '-')} must be more than 0")
        if self.target_bytes > Limits.target_bytes:
            raise UsageError(f"target-bytes is at most {Limits.target_bytes}, which is all that the parser takes")
        if self.public and not is_site(self.public):
            raise UsageError(f"{self.public!r} is no address of a site; write it as https://example.org/graph")
        if self.test_mode and not _is_loopback(self.host):
            raise UsageError(f"the test mode lets anybody write, so it listens on loopback only, not on {self.host}")

    @classmethod
    def read(cls, flags: Mapping[str, Any], environment: Mapping[str, str] | None = None) -> ServerSettings:
        """Read the settings; a flag that is None was not given.

        >>> ServerSettings.read({"port": None, "host": "::1"}, {"KG_PORT": "8080"}).port
        8080
        """
        env = os.environ if environment is None else environment
        given: dict[str, Any] = {"releases": Settings.read(env).releases}
        for field in fields(cls):
            text = env.get(f"KG_{field.name.upper()}")
            if text and field.name not in ("releases", "test_mode"):
                given[field.name] = _read(field.name, text, type(field.default))
        return cls(**given | {name: value for name, value in flags.items() if value is not None})

    @property
    def limits(self) -> Limits:
        """The bounds of connections."""
        return Limits(**{name: getattr(self, name) for name in _LIMITS})

    def lines(self, *, all_of_them: bool = True) -> list[str]:
        """Show the settings, one in a line: all of them, or those that are no defaults.

        >>> ServerSettings(port=8080).lines(all_of_them=False)
        ['port: 8080']
        """
        shown = [field for field in fields(self) if all_of_them or getattr(self, field.name) != field.default]
        return [f"{field.name.replace('_', '-')}: {getattr(self, field.name)}" for field in shown]


def _read(name: str, text: str, kind: type[Any]) -> Any:
    try:
        return kind(text)
    except ValueError as error:
        raise UsageError(f"KG_{name.upper()}={text!r} is not a number") from error


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
