"""What exports are made from: a release, read once into the sheets and networks that the forms share."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from kg.export.entities import Thing, documents_sheet, entities_sheet, names_sheet, read_things
from kg.export.flatten import FlatValue
from kg.export.metadata import Origin, read_origin
from kg.export.networks import edges_sheet, nodes_sheet
from kg.export.statements import claims_sheet, read_figures, statements_sheet
from kg.export.tables import ExportTable
from kg.provenance.provenance import Provenance
from kg.release.release import Release

if TYPE_CHECKING:
    import networkx as nx

__all__ = ["NETWORK_TABLES", "TABLES", "Choice", "Source"]

TABLES = ("entities", "names", "documents", "claims", "statements", "nodes", "edges")
"""The tables of an export; each refers only to those before it."""
NETWORK_TABLES = frozenset({"nodes", "edges"})
"""The tables that hold a network, which filters narrow."""


@dataclass(frozen=True)
class Choice:
    """What of a release to export: which tables, which network, and the filters that narrow the network."""

    tables: tuple[str, ...] = ()
    network: str = "all"
    filters: Mapping[str, str | None] = field(default_factory=dict)

    @property
    def is_narrow(self) -> bool:
        """Tell whether a network was chosen or narrowed."""
        return self.network != "all" or any(value is not None for value in self.filters.values())


class Source:
    """A release as exports take it; `make_network` gives a network of a kind under filters."""

    def __init__(
        self,
        release: Release,
        provenance: Provenance,
        make_network: Callable[..., nx.MultiDiGraph],
        choice: Choice = Choice(),
    ) -> None:
        self.release = release
        self.store = release.store
        self.choice = choice
        self._provenance = provenance
        self._make_network = make_network
        self._sheets: dict[str, ExportTable] = {}

    def narrowed(self, choice: Choice) -> Source:
        """Give the same release under another choice."""
        return Source(self.release, self._provenance, self._make_network, choice)

    @cached_property
    def origin(self) -> Origin:
        """Where the export comes from."""
        return read_origin(self.store, self.release.facts)

    @cached_property
    def network(self) -> nx.MultiDiGraph:
        """The network that was chosen."""
        return self._make_network(self.choice.network, **self.choice.filters)

    @cached_property
    def things(self) -> dict[str, Thing]:
        """Everything that has an id."""
        return read_things(self.store)

    @cached_property
    def _figures(self) -> dict[str, FlatValue]:
        return read_figures(self.store)

    def sheet(self, name: str) -> ExportTable:
        """Give one of TABLES, made when it is first asked for."""
        makers: dict[str, Callable[[], ExportTable]] = {
            "entities": lambda: entities_sheet(self.things),
            "names": lambda: names_sheet(self.things),
            "documents": lambda: documents_sheet(self.store, self.things),
            "claims": self._claims,
            "statements": self._statements,
            "nodes": lambda: nodes_sheet(self.network),
            "edges": lambda: edges_sheet(self.network),
        }
        if name not in self._sheets:
            self._sheets[name] = makers[name]()
        return self._sheets[name]

    def _claims(self) -> ExportTable:
        return claims_sheet(self.store, self.things, self._figures)

    def _statements(self) -> ExportTable:
        return statements_sheet(self._provenance, self.things, self._figures, self.sheet("claims"))
