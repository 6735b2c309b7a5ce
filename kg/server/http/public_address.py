"""At which address the world sees the server, behind whatever proxy, and for which hosts a request may be.

Where a public address is set, every request is taken for one to it, so that all that is made of a request (links,
redirects, descriptions) leads there. A proxy may take the path of that address away or leave it: both are understood.
"""

from __future__ import annotations

import re
from collections.abc import MutableMapping
from typing import Any
from urllib.parse import urlsplit

__all__ = ["PublicAddress", "is_site"]

# A Host header is text from outside: only what is a name or an address goes into a link.
_HOST = re.compile(r"([A-Za-z0-9](?:[A-Za-z0-9._\-]*)|\[[0-9A-Fa-f:.]+\])(?::\d{1,5})?")
_SITE = re.compile(r"https?://[A-Za-z0-9._\-\[\]:]+(/[A-Za-z0-9._~\-]+)*/?")

Scope = MutableMapping[str, Any]


def is_site(text: str) -> bool:
    """Tell whether a text is the address of a site: http or https, a host, perhaps a path.

    >>> is_site("https://example.org/graph"), is_site("https://a b"), is_site("ftp://x")
    (True, False, False)
    """
    return _SITE.fullmatch(text) is not None


class PublicAddress:
    """The public address of a server, '' for whatever a request names; `hosts` are names with commas, '' for any.

    >>> seen = PublicAddress("https://example.org/g", "").seen_from_outside({"path": "/id/a", "headers": []})
    >>> seen["scheme"], seen["root_path"], seen["path"], seen["headers"]
    ('https', '/g', '/g/id/a', [(b'host', b'example.org')])
    """

    def __init__(self, public: str, hosts: str) -> None:
        parts = urlsplit(public.rstrip("/"))
        self._scheme = parts.scheme
        self._host = parts.netloc.encode("ascii")
        self.prefix = parts.path
        named = {name.strip().lower() for name in hosts.split(",") if name.strip()}
        # Who sets names means them to be enough, and the public one is among them; probes ask by this machine's own.
        self._names = named | {_name(parts.netloc), "localhost", "127.0.0.1", "[::1]"} if named else frozenset()

    def is_taken(self, scope: Scope) -> bool:
        """Tell whether a request is for this server: by the Host header that it came with."""
        if not self._names:
            return True
        hosts = [
            value.decode("latin-1") for name, value in scope.get("asked_headers", scope["headers"]) if name == b"host"
        ]
        return len(hosts) == 1 and _HOST.fullmatch(hosts[0]) is not None and _name(hosts[0]) in self._names

    def own_path(self, scope: Scope) -> str:
        """Give the path of a request below the public address."""
        path = str(scope["path"])
        inside = self.prefix and (path == self.prefix or path.startswith(f"{self.prefix}/"))
        return path[len(self.prefix) :] or "/" if inside else path

    def seen_from_outside(self, scope: Scope) -> Scope:
        """Give a request as one to the public address; as it is where none is set."""
        if not self._host:
            return scope
        headers = [(name, value) for name, value in scope["headers"] if name != b"host"]
        path = self.prefix + self.own_path(scope)
        return {
            **scope,
            "scheme": self._scheme,
            "root_path": self.prefix,
            "path": path,
            "headers": [*headers, (b"host", self._host)],
            # What goes by the real host, as the protection of /mcp does, finds it here.
            "asked_headers": scope["headers"],
        }


def _name(host: str) -> str:
    """Give a host without its port."""
    return host.lower() if host.endswith("]") else re.sub(r":\d*$", "", host.lower())
