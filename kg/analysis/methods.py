"""The verbs of a graph that compute on its networks. `kg.graph.Graph` takes them over; nobody else needs them."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import fields
from functools import cached_property
from typing import TYPE_CHECKING, Any

from kg.analysis.ranges import MODE, ORGANISATION, REGION, SITE, STAGE, STATUS, STOPPED, SUPPLIED, TIED
from kg.errors import NotFound, UsageError
from kg.rdf import NamedNode
from kg.rdf.namespaces import shorten
from kg.release.release import Release

if TYPE_CHECKING:
    import networkx as nx

    from kg.analysis.base import Analysis, NetworkView
    from kg.networks import Filters, Networks

__all__ = ["NetworkVerbs"]

# What the words of a filter name.
_WANTED = {"stage": STAGE, "region": REGION, "status": STATUS}

# What a question may name as its answer. Dependents are what depends, the other way.
_ANALYSES = (
    "depends", "dependents", "path", "impact", "chokepoints", "concentration", "circularity", "communities", "gaps",
    "stage_stop", "organisation_stop",
)  # fmt: skip


class NetworkVerbs(ABC):
    """What a graph computes on its networks. Entities may be given by id or by name, filters as in `Filters`."""

    release: Release

    @abstractmethod
    def resolve(self, name: str, wanted: Sequence[str] = (), *, strict: bool = True) -> NamedNode:
        """Give the node of an id or a name; of a name of several things that of the wanted kinds."""

    @cached_property
    def networks(self) -> Networks:
        """The edges of the release and what stands at their ends, as plain records."""
        from kg.networks import read_networks

        return read_networks(self.release.path)

    def network(self, kind: str = "all", **filters: str | None) -> nx.MultiDiGraph:
        """Give a network as a networkx graph of your own, each edge with its claims.

        `kind` is partnership, supply, ownership, location, process, work, or all of them. The
        filters are those of `Filters`; a stage or a place may be given by its name.

        Nodes are short ids, and keys of edges the ids of edges. A node has the attributes of
        `kg.networks.to_networkx.NodeAttributes` (label_en, label_zh, kind, region, status: str; stages: tuple of str),
        an edge those of `EdgeAttributes` (word, network, relation, mode, link, status, stage, product, unit, grade and
        the dates since, until, known: str; value: float; quantity, claims: tuple of str). What is not known is no
        attribute. The same edges are a table in `edges`, with dates as days.
        """
        from kg.networks.to_networkx import to_multigraph

        return to_multigraph(self.networks, kind, self.filters(**filters))

    def filters(self, **given: str | None) -> Filters:
        """Read filters as people write them: names of stages, places, states and modes become ids."""
        from kg.networks import Filters

        known = [field.name for field in fields(Filters)]
        unknown = sorted(given.keys() - set(known))
        if unknown:
            raise UsageError(f"no filter is called {unknown[0]!r}; write one of {', '.join(known)}")
        for name, wanted in _WANTED.items():
            if given.get(name) is not None:
                given[name] = self._id(str(given[name]), wanted)
        if given.get("status") is not None:
            given["status"] = str(given["status"]).removeprefix("kg:")
        if given.get("mode") is not None:
            given["mode"] = self._mode(str(given["mode"]))
        return Filters(**given)

    def _mode(self, text: str) -> str:
        """Give the mode that a text names; of these few the error tells all."""
        try:
            name = self._id(text, MODE).removeprefix("kg:")
        except NotFound:
            name = text
        self.networks.scales.modes.check("mode", name)
        return name

    def _id(self, name: str, wanted: Sequence[str] = ()) -> str:
        return shorten(self.resolve(name, wanted).value)

    def _entity(self, name: str, wanted: Sequence[str]) -> str:
        """Give the id of what a name means, of the wanted kinds above all; the answer tells of another that it is."""
        return shorten(self.resolve(name, wanted, strict=False).value)

    def _scene(self, language: str, filters: dict[str, Any]) -> NetworkView:
        from kg.analysis.base import NetworkView

        return NetworkView(self.networks, self.release.store, self.filters(**filters), language)

    def analyse(self, verb: str, given: Mapping[str, str], language: str) -> Analysis:
        """Answer a named question that an analysis answers: `given` are texts, as for any question."""
        if verb not in _ANALYSES:
            raise UsageError(f"no analysis is called {verb!r}; write one of {', '.join(_ANALYSES)}")
        chosen: dict[str, Any] = {name: int(text) if text.isdigit() else text for name, text in given.items() if text}
        if verb == "dependents":
            return self.depends(**chosen, on=True, language=language)
        analysis: Analysis = getattr(self, verb)(**chosen, language=language)
        return analysis

    def edges(self, kind: str = "all", *, language: str = "en", **filters: str | None) -> Analysis:
        """Give the edges of a network as a table, each with its claims."""
        from kg.analysis.edges import list_edges

        return list_edges(self._scene(language, filters), kind)

    def partners(self, entity: str, *, language: str = "en", **filters: str | None) -> Analysis:
        """Give who is tied to an organisation, through what, in which role and at which stage; partners first."""
        from kg.analysis.partners import find_partners

        return find_partners(self._scene(language, filters), self._entity(entity, ORGANISATION))

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

        stage = None if stage is None else self._id(stage, STAGE)
        return find_dependence(
            self._scene(language, {}), self._entity(entity, SUPPLIED), on=on, stage=stage, depth=depth
        )

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

        return find_impact(self._scene(language, filters), self._entity(entity, STOPPED), days)

    def stage_stop(self, stage: str, *, sites: str = "running", language: str = "en") -> Analysis:
        """Give the stages down the chain that a stop of a kind of work reaches, and the sites that do their work.

        `sites` is running, or all for those that are planned, halted or given up too.
        """
        from kg.analysis.stops import find_stage_stop

        return find_stage_stop(self._scene(language, {}), self._entity(stage, STAGE), sites)

    def organisation_stop(self, organisation: str, *, days: int = 90, language: str = "en") -> Analysis:
        """Give the links by which a stop of an organisation for some days reaches others, and the sites they run."""
        from kg.analysis.stops import find_organisation_stop

        return find_organisation_stop(self._scene(language, {}), self._entity(organisation, ORGANISATION), int(days))

    def chokepoints(self, *, language: str = "en", **filters: str | None) -> Analysis:
        """Give the suppliers and deliveries whose loss cuts somebody off from every known supplier."""
        from kg.analysis.chokepoints import find_chokepoints

        return find_chokepoints(self._scene(language, filters))

    def concentration(self, by: str = "product", *, language: str = "en", **filters: str | None) -> Analysis:
        """Give on how few suppliers the known supply rests, by product, stage or region."""
        from kg.analysis.concentration import find_concentration

        return find_concentration(self._scene(language, filters), by)

    def circularity(
        self,
        start: str = "kg:BatteryRecycling",
        end: str = "kg:CathodeMaking",
        *,
        count: int = 3,
        **filters: str | None,
    ) -> Analysis:
        """Give the ways by kinds of work from one stage to another, and who is told of each link."""
        from kg.analysis.circularity import find_circle

        scene = self._scene(str(filters.pop("language", "en")), filters)
        return find_circle(scene, self._id(start, STAGE), self._id(end, STAGE), count)

    def communities(self, of: str | None = None, *, language: str = "en", **filters: str | None) -> Analysis:
        """Give the groups whose members are tied most among themselves, or with `of` the members of one's group."""
        from kg.analysis.communities import find_communities, find_members

        scene = self._scene(language, filters)
        return find_communities(scene) if of is None else find_members(scene, self._entity(of, TIED))

    def gaps(
        self, park: str | None = None, *, toward: str = "kg:BatteryManufacturing", language: str = "en", **filters: Any
    ) -> Analysis:
        """Give which links of the chain that feeds a stage are told of at a park, and which are missing there.

        Without a park, all parks at which at least two links are told of.
        """
        from kg.analysis.gaps import find_gaps, find_parks

        scene, stage = self._scene(language, filters), self._id(toward, STAGE)
        return find_parks(scene, stage) if park is None else find_gaps(scene, self._entity(park, SITE), stage)
