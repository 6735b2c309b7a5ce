"""The part `networks/` of a release: the kinds of ties, the ties, what stands at their ends, and the CSR arrays.

    networks/kinds.json   each kind of tie with its words and its query
    networks/ties.json    columns of equal length, in order of the ties' ids
    networks/nodes.json   the same for the nodes
    networks/scales.json  modes and source grades in their order, which filters and analyses go by
    networks/arrays/      for each network indptr, nodes and ties, written by `kg.networks.csr`

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
from kg.networks.words import TieWords

__all__ = ["ALL", "FOLDER", "Networks", "read_networks", "write_networks"]

FOLDER = "networks"
ALL = "all"
_Row = TypeVar("_Row", Edge, NetworkNode)


@dataclass(frozen=True)
class Networks:
    """The ties of a release, in order of their ids, the nodes by theirs, the order of modes and source grades.

    `words` are those of each kind of tie.
    """

    ties: tuple[Edge, ...]
    nodes: Mapping[str, NetworkNode]
    scales: Scales
    words: Mapping[str, TieWords] = field(default_factory=dict)

    def word(self, tie: Edge, language: str = "en", *, backward: bool = False) -> str:
        """Put a tie into the word that stands between its source and its target, or the other way round.

        A tie of a kind that the release has no words for reads by the name of its relation.
        """
        if tie.kind not in self.words:
            return f"← {tie.relation}" if backward else tie.relation
        return self.words[tie.kind].word(language, tie.value, backward=backward)

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
    kinds = json.loads((folder / "kinds.json").read_text(encoding="utf-8"))
    if any("words" not in kind for kind in kinds):
        raise ReleaseError(f"{release}: the release has no words for its ties; build it again with kg build")
    words = {kind["name"]: TieWords.from_dict(kind["words"]) for kind in kinds}
    return Networks(tuple(ties), {node.id: node for node in nodes}, scales, words)


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
