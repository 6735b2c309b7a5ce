"""Which entity a row of somebody's table means, with reasons, and columns of the graph to put beside it.

It compares names and properties; the index of names is `kg.names`. The protocol for OpenRefine is `kg.reconciliation`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.lazy import load_from

if TYPE_CHECKING:
    from kg.matching.candidates import Candidate, Candidates
    from kg.matching.csv_rows import Columns, match_sheet
    from kg.matching.extension import Extension
    from kg.matching.matcher import Matcher, Wanted

__all__ = [
    "Candidate",
    "Candidates",
    "Columns",
    "Extension",
    "Matcher",
    "Wanted",
    "match_sheet",
]

__getattr__ = load_from(
    __name__,
    candidates="Candidate Candidates",
    csv_rows="Columns match_sheet",
    extension="Extension",
    matcher="Matcher Wanted",
)
