"""From cards to the accepted view: ranking, rules, the ledger of all claims, and what is counted from it.

Which claims a row of an answer rests on is asked in `kg.provenance`. Everything above may import this package.
"""

from __future__ import annotations

__all__: list[str] = []
