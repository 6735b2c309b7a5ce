"""The part `networks/` of a release: the kinds of edges, the edges, what stands at their ends, and the CSR arrays.

    networks/kinds.json   each kind of edge with its words and its query
    networks/ties.json    columns of equal length, in order of the edges' ids
    networks/nodes.json   the same for the nodes
    networks/scales.json  modes and source grades in their order, which filters and analyses go by
    networks/arrays/      for each network indptr, nodes and edges, written by `kg.networks.csr`

The same store gives the same bytes. Columns, since they are half as long as objects and read faster.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

from kg.claims.grades import Scales
from kg.errors import NotFound, ReleaseError
from kg.networks.edges import NETWORKS, Edge, EdgeKind
from kg.networks.filters import Filters, keep
from kg.networks.nodes import NetworkNode, is_presence, walk
from kg.networks.words import EdgeWords

__all__ = ["ALL", "FOLDER", "Networks", "read_networks", "write_networks"]

FOLDER = "networks"
ALL = "all"
_Row = TypeVar("_Row", Edge, NetworkNode)


@dataclass(frozen=True)
class Networks:
    """The edges of a release, in order of their ids, the nodes by theirs, the order of modes and source grades.

    `words` are those of each kind of edge.
    """

    edges: tuple[Edge, ...]
    nodes: Mapping[str, NetworkNode]
    scales: Scales
    words: Mapping[str, EdgeWords] = field(default_factory=dict)

    def word(self, edge: Edge, language: str = "en", *, backward: bool = False) -> str:
        """Put an edge into the word that stands between its source and its target, or the other way round.

        An edge of a kind that the release has no words for reads by the name of its relation.
        """
        if edge.kind not in self.words:
            return f"← {edge.relation}" if backward else edge.relation
        return self.words[edge.kind].word(language, edge.value, backward=backward)

    def select(self, kind: str = ALL, filters: Filters | None = None) -> list[Edge]:
        """Give the edges of a network, or of all, that the filters keep; NotFound for another network."""
        if kind != ALL and kind not in NETWORKS:
            raise NotFound("network", kind, (*NETWORKS, ALL))
        edges = [edge for edge in self.edges if kind in (ALL, edge.network)]
        if filters is None or filters.is_empty:
            return edges
        if filters.mode is not None:
            self.scales.modes.check("mode", filters.mode)
        within = self.within(filters.region) if filters.region else frozenset()
        return keep(edges, self.nodes, filters, within, self.scales)

    def within(self, place: str) -> frozenset[str]:
        """Give all that lies in a place, itself included; not the organisations that have merely settled there."""
        return frozenset(walk(place, self._inward))

    @cached_property
    def _inward(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for edge in self.edges:
            if edge.network == "location" and not is_presence(edge, self.nodes):
                found.setdefault(edge.target, []).append(edge.source)
        return found


def write_networks(
    folder: Path, kinds: Iterable[EdgeKind], edges: Sequence[Edge], nodes: Sequence[NetworkNode], scales: Scales
) -> None:
    """Write the tables of the networks into a folder that does not exist yet."""
    folder.mkdir()
    _write(folder / "scales.json", scales.to_dict())
    _write(folder / "kinds.json", [kind.to_dict() for kind in kinds])
    _write(folder / "ties.json", _columns(edges, Edge))
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
    edges = _rows(folder / "ties.json", Edge)
    nodes = _rows(folder / "nodes.json", NetworkNode)
    scales = Scales.from_dict(json.loads((folder / "scales.json").read_text(encoding="utf-8")))
    kinds = json.loads((folder / "kinds.json").read_text(encoding="utf-8"))
    if any("words" not in kind for kind in kinds):
        raise ReleaseError(f"{release}: the release has no words for its ties; build it again with kg build")
    words = {kind["name"]: EdgeWords.from_dict(kind["words"]) for kind in kinds}
    return Networks(tuple(edges), {node.id: node for node in nodes}, scales, words)


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
