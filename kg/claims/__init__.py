"""From cards to the accepted view: ranking, rules, the ledger of all claims, and what is counted from it.

Which claims a row of an answer rests on is asked in `kg.provenance`. Everything above may import this package.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.lazy import load_from

if TYPE_CHECKING:
    from kg.claims.accepted_view import accept, apply_rules
    from kg.claims.changes import compare
    from kg.claims.conflicts import find_conflicts
    from kg.claims.coverage import measure_coverage
    from kg.claims.grades import Scales, read_scales
    from kg.claims.ledger import LedgerEntry, read_ledger
    from kg.claims.ranking import RankedClaim, rank_values
    from kg.claims.rules import Rule, read_rules

__all__ = [
    "LedgerEntry",
    "RankedClaim",
    "Rule",
    "Scales",
    "accept",
    "apply_rules",
    "compare",
    "find_conflicts",
    "measure_coverage",
    "rank_values",
    "read_ledger",
    "read_rules",
    "read_scales",
]

__getattr__ = load_from(
    __name__,
    accepted_view="accept apply_rules",
    changes="compare",
    conflicts="find_conflicts",
    coverage="measure_coverage",
    grades="Scales read_scales",
    ledger="LedgerEntry read_ledger",
    ranking="RankedClaim rank_values",
    rules="Rule read_rules",
)
