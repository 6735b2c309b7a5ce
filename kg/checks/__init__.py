"""Everything that can be wrong with cards and graph: structure, ids, evidence, duplicates, shapes.

Each check gives findings and raises nothing. `check` runs all of them; only `kg.release` and the commands import this
package, since it loads YAML and, for the shapes, pyshacl.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.lazy import load_from

if TYPE_CHECKING:
    from kg.checks.check import Report, check_graph
    from kg.checks.duplicates import check_duplicates
    from kg.checks.evidence import check_evidence
    from kg.checks.ids import mint_ids
    from kg.checks.shapes import run_checks, run_shapes
    from kg.checks.structure import check_cards

__all__ = [
    "Report",
    "check_cards",
    "check_duplicates",
    "check_evidence",
    "check_graph",
    "mint_ids",
    "run_checks",
    "run_shapes",
]

__getattr__ = load_from(
    __name__,
    check="Report check_graph",
    duplicates="check_duplicates",
    evidence="check_evidence",
    ids="mint_ids",
    shapes="run_checks run_shapes",
    structure="check_cards",
)
