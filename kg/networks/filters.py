"""Which edges of a network to keep: by stage, region, status, rank, mode and day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields

from kg.claims.grades import Scales
from kg.errors import NotListed, UsageError
from kg.networks.edges import Edge
from kg.networks.nodes import NetworkNode, walk
from kg.values import parse_day

__all__ = ["RANKS", "Filters", "keep"]

RANKS = ("normal", "preferred")


@dataclass(frozen=True)
class Filters:
    """What an edge must be to be kept; None asks nothing.

    stage   a stage, by its name: the edge is about it or a narrower one, or an end of it is the
            stage or does its work
    region  a place, by its short id: an end of the edge is the place or lies in it
    status  a status: the edge has it (an agreement's stage) or an end has it (a site)
    rank    "preferred": every part of the edge has a claim of a source that is not weak, or the
            editors recorded it; "normal": any
    mode    a mode: the edge has it or a surer one, so that "Stated" leaves out what is only planned
    as_of   a day, YYYY-MM-DD: all of the edge was published by then; what no dated document
            tells is left out, what the editors recorded is kept
    """

    stage: str | None = None
    region: str | None = None
    status: str | None = None
    rank: str | None = None
    mode: str | None = None
    as_of: str | None = None

    def __post_init__(self) -> None:
        _one_of("rank", self.rank, RANKS)
        if self.as_of is not None and parse_day(self.as_of) is None:
            raise UsageError(f"as_of: {self.as_of!r} is no day; write YYYY-MM-DD")

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing is asked."""
        return all(getattr(self, field.name) is None for field in fields(self))


def _one_of(name: str, value: str | None, known: Iterable[str]) -> None:
    if value is not None and value not in known:
        raise NotListed(f"{name}: {value!r} is not known; write one of {', '.join(known)}")


def keep(
    edges: Iterable[Edge], nodes: Mapping[str, NetworkNode], filters: Filters, within: frozenset[str], scales: Scales
) -> list[Edge]:
    """Keep the edges that the filters ask for; `within` are the nodes that lie in the region asked for."""
    return [edge for edge in edges if _has_standing(edge, filters, scales) and _has_ends(edge, nodes, filters, within)]


def _has_standing(edge: Edge, filters: Filters, scales: Scales) -> bool:
    if filters.mode is not None and scales.modes.place(edge.mode) > scales.modes.place(filters.mode):
        return False
    if filters.rank == "preferred" and edge.claims and edge.grade in scales.grades.weak:
        return False
    return filters.as_of is None or not edge.claims or (edge.known is not None and edge.known <= filters.as_of)


def _has_ends(edge: Edge, nodes: Mapping[str, NetworkNode], filters: Filters, within: frozenset[str]) -> bool:
    ends = [nodes[name] for name in (edge.source, edge.target) if name in nodes]
    if filters.region is not None and not any(node.id in within for node in ends):
        return False
    if filters.status is not None and filters.status not in (edge.status, *(node.status for node in ends)):
        return False
    return filters.stage is None or _is_about(edge, ends, filters.stage, nodes)


def _is_about(edge: Edge, ends: list[NetworkNode], stage: str, nodes: Mapping[str, NetworkNode]) -> bool:
    above = {name: node.broader for name, node in nodes.items() if node.kind == "Stage"}
    stages = {edge.stage} if edge.stage else {name for node in ends for name in (node.id, *node.stages)}
    return any(stage in walk(name, above) for name in stages if name)
