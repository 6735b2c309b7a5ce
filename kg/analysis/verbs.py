"""The verbs of a graph that compute on its networks. `kg.graph.Graph` takes them over; nobody else needs them."""

from __future__ import annotations

from dataclasses import fields
from functools import cached_property
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from kg.analysis.results import Analysis, Scene
from kg.errors import UsageError
from kg.networks import Filters, Networks, read_networks
from kg.release import Release
from kg.terms import shorten

if TYPE_CHECKING:
    import networkx as nx

__all__ = ["NetworkVerbs"]

_FILTERS = tuple(field.name for field in fields(Filters))


class NetworkVerbs:
    """What a graph computes on its networks. Entities may be given by id or by name, filters as in `Filters`."""

    release: Release

    def resolve(self, name: str) -> ox.NamedNode:
        """Give the node of an id or a name."""
        raise NotImplementedError

    @cached_property
    def networks(self) -> Networks:
        """The ties of the release and what stands at their ends, as plain records."""
        return read_networks(self.release.path)

    def network(self, kind: str = "all", **filters: str | None) -> nx.MultiDiGraph:
        """Give a network as a networkx graph of your own, each edge with its claims.

        `kind` is partnership, supply, ownership, location, process, work, or all of them. The
        filters are those of `Filters`; a stage or a place may be given by its name.
        """
        from kg.networks.multigraph import to_multigraph

        return to_multigraph(self.networks, kind, self.filters(**filters))

    def filters(self, **given: str | None) -> Filters:
        """Read filters as people write them: names of stages and places become ids."""
        unknown = sorted(given.keys() - set(_FILTERS))
        if unknown:
            raise UsageError(f"no filter is called {unknown[0]!r}; write one of {', '.join(_FILTERS)}")
        for name in ("stage", "region"):
            if given.get(name) is not None:
                given[name] = self._id(str(given[name]))
        return Filters(**given)

    def _id(self, name: str) -> str:
        return shorten(self.resolve(name).value)

    def _scene(self, language: str, filters: dict[str, Any]) -> Scene:
        return Scene(self.networks, self.release.store, self.filters(**filters), language)

    def ties(self, kind: str = "all", *, language: str = "en", **filters: str | None) -> Analysis:
        """Give the ties of a network as a table, each with its claims."""
        from kg.analysis.listing import list_ties

        return list_ties(self._scene(language, filters), kind)

    def partners(self, entity: str, *, language: str = "en", **filters: str | None) -> Analysis:
        """Give who is tied to an organisation, through what, in which role and at which stage; partners first."""
        from kg.analysis.partners import find_partners

        return find_partners(self._scene(language, filters), self._id(entity))

    def depends(
        self,
        entity: str,
        *,
        on: bool = False,
        stage: str | None = None,
        depth: int | None = None,
        language: str = "en",
    ) -> Analysis:
        """Give what an entity's work takes in and who delivers it; with `on`, who takes what it puts out.

        `stage` shows one stage only, `depth` goes no further than that many stages.
        """
        from kg.analysis.depends import find_dependence

        stage = None if stage is None else self._id(stage)
        return find_dependence(self._scene(language, {}), self._id(entity), on=on, stage=stage, depth=depth)

    def path(
        self, one: str, other: str, *, count: int = 3, networks: tuple[str, ...] | None = None, **filters: str | None
    ) -> Analysis:
        """Give the best ways from one thing to another, with the claims of each hop and the weakest hop marked.

        `networks` are those to look in: partnership, supply and ownership unless told otherwise.
        """
        from kg.analysis.paths import NETWORKS_OF_PATHS, find_paths

        networks = networks or NETWORKS_OF_PATHS
        for name in networks:
            self.networks.select(name)
        ends = self._id(one), self._id(other)
        return find_paths(self._scene(str(filters.pop("language", "en")), filters), ends, count, networks)

    def impact(self, entity: str, *, days: int = 90, language: str = "en", **filters: str | None) -> Analysis:
        """Give what a stop of an organisation, site, park, stage, product or agreement can reach, and how surely."""
        from kg.analysis.impact import find_impact

        return find_impact(self._scene(language, filters), self._id(entity), days)
