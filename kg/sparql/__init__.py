"""SPARQL from outside, run safely: a guard reads the text, a sandboxed process answers it in bounded time.

Queries of our own need none of this; they go to `kg.rdf.store`. Whoever takes a query from a user imports from here.
"""

from __future__ import annotations

__all__: list[str] = []
