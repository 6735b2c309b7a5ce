"""Whether the first of several candidates can be taken without anyone looking; `kg.matching.matcher` says when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kg.rdf import NamedNode

__all__ = ["Feature", "WeighedCandidate", "is_match"]

_MARGIN = 8.0


@dataclass(frozen=True)
class Feature:
    """One reason for or against a candidate: a share from 0 to 100, or whether something agrees."""

    id: str
    name: str
    value: float | bool


@dataclass(frozen=True)
class WeighedCandidate:
    """A candidate before the verdict, which needs to know its rivals."""

    node: NamedNode
    score: float
    reason: str
    features: tuple[Feature, ...]
    sure: bool
    good_name: bool
    holds_text: bool
    in_part: bool
    agreeing: int
    contradicting: int
    kinds: frozenset[str]
    of_kind: bool = True


def is_match(ranked: Sequence[WeighedCandidate]) -> bool:
    """Say whether the first of the ranked candidates can be taken unseen; the cases are those of the module."""
    if not ranked or not ranked[0].of_kind or ranked[0].contradicting:
        return False
    first, *rest = ranked
    if first.sure:
        return True
    if not (first.good_name and first.agreeing):
        return False
    rivals = [one for one in rest if one.of_kind and not one.contradicting]
    return not any(
        (one.score > first.score - _MARGIN and not one.in_part)
        # Of its own sort: a plant that is called after its town is no rival of the town.
        or (one.holds_text and one.agreeing >= first.agreeing and one.kinds & first.kinds)
        for one in rivals
    )
