"""The part `networks/` of a release: the kinds of ties, the ties, what stands at their ends, and the CSR arrays.

    networks/kinds.json   each kind of tie with its query
    networks/ties.json    columns of equal length, in order of the ties' ids
    networks/nodes.json   the same for the nodes
    networks/scales.json  modes and source grades in their order, which filters and analyses go by
    networks/arrays/      for each network indptr, nodes and ties, written by `kg.networks.csr`

The same store gives the same bytes. Columns, since they are half as long as objects and read faster.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

from kg.claims.grades import Scales
from kg.errors import NotFound, ReleaseError
from kg.networks.edges import NETWORKS, Edge, EdgeKind
from kg.networks.filters import Filters, keep
from kg.networks.nodes import NetworkNode, is_presence, walk

__all__ = ["ALL", "FOLDER", "Networks", "read_networks", "write_networks"]

FOLDER = "networks"
ALL = "all"
_Row = TypeVar("_Row", Edge, NetworkNode)


@dataclass(frozen=True)
class Networks:
    """The ties of a release, in order of their ids, the nodes by theirs, and the order of modes and source grades."""

    ties: tuple[Edge, ...]
    nodes: Mapping[str, NetworkNode]
    scales: Scales

    def select(self, kind: str = ALL, filters: Filters | None = None) -> list[Edge]:
        """Give the ties of a network, or of all, that the filters keep; NotFound for another network."""
        if kind != ALL and kind not in NETWORKS:
            raise NotFound("network", kind, (*NETWORKS, ALL))
        ties = [tie for tie in self.ties if kind in (ALL, tie.network)]
        if filters is None or filters.is_empty:
            return ties
        if filters.mode is not None:
            self.scales.modes.check("mode", filters.mode)
        within = self.within(filters.region) if filters.region else frozenset()
        return keep(ties, self.nodes, filters, within, self.scales)

    def within(self, place: str) -> frozenset[str]:
        """Give all that lies in a place, itself included; not the organisations that have merely settled there."""
        return frozenset(walk(place, self._inward))

    @cached_property
    def _inward(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for tie in self.ties:
            if tie.network == "location" and not is_presence(tie, self.nodes):
                found.setdefault(tie.target, []).append(tie.source)
        return found


def write_networks(
    folder: Path, kinds: Iterable[EdgeKind], ties: Sequence[Edge], nodes: Sequence[NetworkNode], scales: Scales
) -> None:
    """Write the tables of the networks into a folder that does not exist yet."""
    folder.mkdir()
    _write(folder / "scales.json", scales.to_dict())
    _write(folder / "kinds.json", [kind.to_dict() for kind in kinds])
    _write(folder / "ties.json", _columns(ties, Edge))
    _write(folder / "nodes.json", _columns(nodes, NetworkNode))


def _write(path: Path, facts: Any) -> None:
    path.write_text(json.dumps(facts, ensure_ascii=False, indent=0) + "\n", encoding="utf-8", newline="\n")


def _columns(rows: Sequence[Edge] | Sequence[NetworkNode], row: type[Edge] | type[NetworkNode]) -> dict[str, list[Any]]:
    return {field.name: [getattr(one, field.name) for one in rows] for field in fields(row)}


def read_networks(release: Path) -> Networks:
    """Read the networks of a release whose files are known to be whole."""
    folder = release / FOLDER
    if not (folder / "scales.json").is_file():
        raise ReleaseError(f"{release}: the release has no networks; build it again with kg build")
    ties = _rows(folder / "ties.json", Edge)
    nodes = _rows(folder / "nodes.json", NetworkNode)
    scales = Scales.from_dict(json.loads((folder / "scales.json").read_text(encoding="utf-8")))
    return Networks(tuple(ties), {node.id: node for node in nodes}, scales)


def _rows(path: Path, row: type[_Row]) -> list[_Row]:
    columns = json.loads(path.read_text(encoding="utf-8"))
    names = [field.name for field in fields(row)]
    lists = [
        [tuple(cell) for cell in columns[name]]
        if columns[name] and isinstance(columns[name][0], list)
        else columns[name]
        for name in names
    ]
    return [row(*cells) for cells in zip(*lists, strict=True)]
