"""Processes that answer: the service that is asked, the pool with its supervisor, the fork server, a worker.

A worker has no network and an end in time. This module imports nothing, so that workers load no web framework.
"""

from __future__ import annotations

__all__: list[str] = []
