"""The address at which the world sees this server: what absolute links start with.

It is what KG_PUBLIC says or, without it, what the request came to. Pages link by paths and need none of it.
"""

from __future__ import annotations

import re

from fastapi import Request

from kg.errors import UsageError
from kg.server.workers.service import Serving

__all__ = ["site_of"]

# A Host header is text from outside: only what is a name or an address goes into a link.
_SITE = re.compile(r"https?://[A-Za-z0-9._\-\[\]:]+(/[A-Za-z0-9._~\-/]*)?")


def site_of(request: Request) -> str:
    """Give the site's address without a slash at its end. UsageError for a Host header that is none."""
    serving: Serving = request.app.state.serving
    site = (serving.settings.public or str(request.base_url)).rstrip("/")
    if not _SITE.fullmatch(site):
        raise UsageError("the Host header of the request is no name of a host; send the one you connect to")
    return site
