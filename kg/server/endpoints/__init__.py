"""Endpoints of protocols: SPARQL, linked data, dumps, reconciliation, the Model Context Protocol, status."""

from __future__ import annotations

__all__: list[str] = []
