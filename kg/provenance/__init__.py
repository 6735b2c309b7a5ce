"""Where a statement comes from: the claims and rules behind a triple or a row, and a claim in full.

`lineage` is read off a query once, by `lineage_parser` (which loads rdflib's parser); `provenance` finds the claims.
It ranks nothing itself: that is done in `kg.claims`.
"""

from __future__ import annotations

__all__: list[str] = []
