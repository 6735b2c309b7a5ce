"""Where a statement comes from: the claims and rules behind a triple or a row, and a claim in full.

`lineage` is read off a query once, by `lineage_parser` (which loads rdflib's parser); `provenance` finds the claims.
It ranks nothing itself: that is done in `kg.claims`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.lazy import load_from

if TYPE_CHECKING:
    from kg.provenance.claim_detail import ClaimDetail, claims_about, read_claim
    from kg.provenance.explanations import Explanations
    from kg.provenance.lineage import Lineage
    from kg.provenance.lineage_parser import parse_lineage
    from kg.provenance.provenance import Explanation, Provenance

__all__ = [
    "ClaimDetail",
    "Explanation",
    "Explanations",
    "Lineage",
    "Provenance",
    "claims_about",
    "parse_lineage",
    "read_claim",
]

__getattr__ = load_from(
    __name__,
    claim_detail="ClaimDetail claims_about read_claim",
    explanations="Explanations",
    lineage="Lineage",
    lineage_parser="parse_lineage",
    provenance="Explanation Provenance",
)
