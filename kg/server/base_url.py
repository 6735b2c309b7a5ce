"""The address at which the world sees this server: what absolute links start with.

It is what KG_PUBLIC says or, without it, what the request came to. Pages link by paths and need none of it.
"""

from __future__ import annotations

from fastapi import Request

from kg.errors import UsageError
from kg.server.http.public_address import is_site

__all__ = ["site_of"]


def site_of(request: Request) -> str:
    """Give the site's address without a slash at its end. UsageError for a Host header that is none."""
    # The gateway has put the public address there, where one is set.
    site = str(request.base_url).rstrip("/")
    if not is_site(site):
        raise UsageError("the Host header of the request is no name of a host; send the one you connect to")
    return site
