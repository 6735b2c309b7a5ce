"""Which part of a supply chain is drawn: the stands of companies at stages, the links between them, and the gaps.

A company stands once at each stage at which it delivers or takes; that is what lanes by stage need. Where things stand
on the sheet is decided in `kg.draw.supply.lanes`.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from dataclasses import dataclass

from kg.draw.scene import DrawRequest, Scene
from kg.draw.scope import holders, inside, units
from kg.networks import Edge
from kg.networks.stage_order import StageOrder, order_stages

__all__ = ["Chain", "Link", "Stand", "read_chain"]

_DEPTH = 2
_LIMIT = 60


@dataclass(frozen=True, order=True)
class Stand:
    """A thing at a stage; the stage is "" where no source tells it."""

    stage: str
    thing: str


@dataclass(frozen=True)
class Link:
    """All edges from one stand to another. `kind` is "supply", "same" company, "runs" or "aim"."""

    source: Stand
    target: Stand
    edges: tuple[Edge, ...]
    kind: str = "supply"

    @property
    def planned(self) -> bool:
        """Tell whether no edge of the link is there yet."""
        return bool(self.edges) and not any(edge.is_stated for edge in self.edges)

    def amount(self) -> tuple[float, str] | None:
        """Give the largest quantity of the link with its unit, None where none is known; a share is no quantity."""
        delivered = self.edges if self.kind == "supply" else ()
        known = [(edge.value, edge.unit) for edge in delivered if edge.value and edge.value > 0 and edge.unit]
        return max(known, key=lambda one: (one[0], one[1]), default=None)


@dataclass(frozen=True)
class Chain:
    """The stands with their levels, the links, the stages where nobody is known, and how many things were left out.

    `own` are the site or place asked about and all in it: links of who runs it are not told of these.
    """

    levels: Mapping[Stand, int]
    links: tuple[Link, ...]
    gaps: Mapping[str, int]
    focus: frozenset[str]
    order: StageOrder
    left_out: int = 0
    own: frozenset[str] = frozenset()

    def is_borrowed(self, link: Link) -> bool:
        """Tell whether a link is one of who runs the thing asked about, and not told of this itself."""
        return bool(self.own) and link.kind == "supply" and not {link.source.thing, link.target.thing} & self.own


def read_chain(scene: Scene, request: DrawRequest) -> Chain:
    """Read the chain around an entity, or all of it."""
    order = order_stages(scene.everything, scene.nodes)
    if request.about is None:
        return _whole(scene, request, order)
    if scene.kind(request.about) == "Chain":
        return _named_chain(scene, request.about, order)
    return _around(scene, request, order)


def _supply(scene: Scene) -> list[Edge]:
    return [edge for edge in scene.edges if edge.network == "supply" and edge.source != edge.target]


def _whole(scene: Scene, request: DrawRequest, order: StageOrder) -> Chain:
    """Read the best connected companies, in columns by how far down the chain a stage is."""
    kept, left_out = _strongest(_supply(scene), request.limit or _LIMIT)
    links = _links(scene, kept, order)
    levels = _levels({stand for link in links for stand in (link.source, link.target)}, links, order)
    # A stage is no gap because those who are there were left out.
    there = {stage for node in scene.nodes.values() for stage in node.stages} | {
        edge.stage or "" for edge in scene.edges
    }
    gaps = {stage: order.levels[stage] for stage in _missing(order, set(order.levels), there)}
    return Chain(levels, (*links, *_same_company(levels)), gaps, frozenset(), order, left_out)


def _around(scene: Scene, request: DrawRequest, order: StageOrder) -> Chain:
    """Read the chain around an entity, in columns by how many deliveries lie between."""
    about = request.about or ""
    focus = _focus(scene, request)
    steps = Steps(scene, focus, order)
    steps.walk(_supply(scene), request)
    if about in scene.nodes and not steps.stands_of(about):
        for stage in scene.nodes[about].stages or (("",) if steps.edges else ()):
            steps.levels[Stand(stage, about)] = 0
    links = [Link(*ends, tuple(edges)) for ends, edges in sorted(steps.edges.items())]
    links += _runs(scene, about, focus, steps.levels)
    steps.seen |= {stand.stage for stand in steps.levels}
    own = {stand.stage for stand, level in steps.levels.items() if level == 0} & order.levels.keys()
    # All that is made comes to recycling in the end; what comes before it is no gap of who does other work as well.
    works = own - {closer for closer, _ in order.returns} or own
    needed = order.above(works) if request.direction != "downstream" else set()
    direct = {stage for stage in needed if order.feeds[stage] & own}
    gaps = {stage: -1 if stage in direct else -2 for stage in _missing(order, needed, steps.seen)}
    inner = set[str]() if scene.is_organisation(about) else inside(scene.everything, {about})
    return Chain(steps.levels, tuple(links), gaps, focus, order, steps.left_out, frozenset(inner))


class Steps:
    """A walk from the focus along deliveries, up and down the chain, a step at a time; what is nearer comes first."""

    def __init__(self, scene: Scene, focus: frozenset[str], order: StageOrder) -> None:
        self.scene, self.focus, self.order = scene, focus, order
        self.levels: dict[Stand, int] = {}
        self.edges: dict[tuple[Stand, Stand], list[Edge]] = {}
        self.left_out = 0
        # Stages at which somebody is known, though perhaps left out of the picture.
        self.seen: set[str] = set()

    def walk(self, supply: list[Edge], request: DrawRequest) -> None:
        """Walk as far and in the directions that were asked for."""
        limit, depth = request.limit or _LIMIT, request.depth or _DEPTH
        shown, missed = set(self.focus), set[str]()
        taken: set[str] = set()
        for sign, name in ((-1, "upstream"), (1, "downstream")):
            rim = set(self.focus) if request.direction in (name, "both") else set()
            whole = set(rim)
            for distance in range(1, depth + 1):
                step = [edge for edge in supply if (edge.target if sign < 0 else edge.source) in rim]
                known = [edge for edge in supply if (edge.target if sign < 0 else edge.source) in whole]
                self.seen |= {edge.stage or "" for edge in known}
                whole = {edge.source if sign < 0 else edge.target for edge in known}
                room = max(0, limit + len(self.focus) - len(shown))
                fresh = _weightiest(step, shown, upstream=sign < 0)
                missed.update(fresh[room:])
                rim = set(fresh[:room])
                shown |= rim
                for edge in sorted(step, key=lambda edge: edge.id):
                    if {edge.source, edge.target} <= shown and edge.id not in taken:
                        taken.add(edge.id)
                        self._add(edge, sign * distance)
        self.left_out = len(missed - shown)

    def stands_of(self, thing: str) -> list[Stand]:
        """Give the stands of a thing so far, the nearest to the focus first."""
        found = [stand for stand in self.levels if stand.thing == thing]
        return sorted(found, key=lambda stand: (abs(self.levels[stand]), stand))

    def _add(self, edge: Edge, level: int) -> None:
        stage = edge.stage or _only_stage(self.scene, edge.source)
        source, target = (
            Stand(stage, edge.source),
            Stand(_taking_stage(self.scene, edge, stage, self.order), edge.target),
        )
        if level < 0:
            source, target = self._new(source, level), self._old(target)
        else:
            target, source = self._new(target, level), self._old(source)
        self.edges.setdefault((source, target), []).append(edge)

    def _new(self, stand: Stand, level: int) -> Stand:
        """Put a stand at a level, unless its thing stands nearer to the focus already."""
        there = self.stands_of(stand.thing)
        nearer = [one for one in there if abs(self.levels[one]) < abs(level) or (self.levels[one] > 0) != (level > 0)]
        if stand not in self.levels and nearer:
            return nearer[0]
        self.levels.setdefault(stand, 0 if stand.thing in self.focus else level)
        return stand

    def _old(self, stand: Stand) -> Stand:
        """Give the stand of a thing that the walk has come by; the focus stands wherever it delivers or takes."""
        there = self.stands_of(stand.thing)
        if stand in self.levels or not there or (stand.thing in self.focus and stand.stage):
            self.levels.setdefault(stand, 0)
            return stand
        return there[0]


def _weightiest(step: list[Edge], shown: set[str], *, upstream: bool) -> list[str]:
    """Rank the things that a step comes to: those with more edges, and with known quantities, first."""
    weights: dict[str, int] = {}
    for edge in step:
        other = edge.source if upstream else edge.target
        if other not in shown:
            weights[other] = weights.get(other, 0) + 1 + 2 * (edge.value is not None)
    return sorted(weights, key=lambda thing: (-weights[thing], thing))


def _focus(scene: Scene, request: DrawRequest) -> frozenset[str]:
    """Give the things that are asked about: an organisation; or a site or place, all in it, and who runs it.

    What an organisation reaches is reached through what it has in hand as well.
    """
    about = request.about or ""
    if scene.is_organisation(about):
        return frozenset({about, *(units(scene.everything, about) if request.direction == "downstream" else ())})
    found = inside(scene.everything, {about})
    return frozenset(found | holders(scene.everything, found).keys())


def _strongest(supply: list[Edge], limit: int) -> tuple[list[Edge], int]:
    """Keep the links of the things that have most of them."""
    counts: dict[str, int] = {}
    for end in (end for edge in supply for end in (edge.source, edge.target)):
        counts[end] = counts.get(end, 0) + 1
    shown = set(sorted(counts, key=lambda thing: (-counts[thing], thing))[:limit])
    kept = [edge for edge in supply if {edge.source, edge.target} <= shown]
    return kept, len(counts) - len({end for edge in kept for end in (edge.source, edge.target)})


def _links(scene: Scene, edges: list[Edge], order: StageOrder) -> list[Link]:
    found: dict[tuple[Stand, Stand], list[Edge]] = {}
    for edge in edges:
        source = Stand(edge.stage or _only_stage(scene, edge.source), edge.source)
        target = Stand(_taking_stage(scene, edge, source.stage, order), edge.target)
        found.setdefault((source, target), []).append(edge)
    return [Link(*ends, tuple(found[ends])) for ends in sorted(found)]


def _only_stage(scene: Scene, thing: str) -> str:
    stages = scene.nodes[thing].stages
    return stages[0] if len(stages) == 1 else ""


def _taking_stage(scene: Scene, edge: Edge, stage: str, order: StageOrder) -> str:
    """Tell at which stage a customer takes goods: the first down the chain of its own that can take them, if any can.

    Where it is not known what can take them, it is the first of its own that lies farther down.
    """
    takers = order.takers.get(edge.product or "", frozenset()) or order.feeds.get(stage, frozenset())
    takers = takers | {wide for one in takers for wide in order.broader.get(one, ())}
    own = [one for one in scene.nodes[edge.target].stages if one in order.levels]
    able = [one for one in own if one in takers or takers & order.broader.get(one, frozenset())]
    level = order.level(stage)
    # Nobody is said to hand goods back up the chain, or to recycle, because nothing else is known of them.
    later = [one for one in own if level is not None and order.levels[one] > level and one not in order.closers]
    return min(able if takers else later, key=lambda one: (order.levels[one], one), default="")


def _levels(stands: set[Stand], links: list[Link], order: StageOrder) -> dict[Stand, int]:
    """Give each stand the level of its stage; without one it is next to who it deals with."""
    levels = {stand: order.levels[stand.stage] for stand in stands if stand.stage in order.levels}
    top = max(order.levels.values(), default=0)
    for stand in sorted(stands - levels.keys()):
        after = [levels[link.source] + 1 for link in links if link.target == stand and link.source in levels]
        before = [levels[link.target] - 1 for link in links if link.source == stand and link.target in levels]
        levels[stand] = max(0, max(after) if after else min(before) if before else top)
    return levels


def _same_company(levels: Mapping[Stand, int]) -> list[Link]:
    """Join the stands of one company, each to its next down the chain."""
    by_thing: dict[str, list[Stand]] = {}
    for stand in sorted(levels, key=lambda stand: (levels[stand], stand)):
        by_thing.setdefault(stand.thing, []).append(stand)
    return [Link(one, other, (), "same") for stands in by_thing.values() for one, other in itertools.pairwise(stands)]


def _runs(scene: Scene, about: str, focus: frozenset[str], levels: Mapping[Stand, int]) -> list[Link]:
    """Join the thing asked about to who runs it; an organisation to the units through which it reaches others."""
    first: dict[str, Stand] = {}
    for stand in sorted(levels, key=lambda stand: (levels[stand], stand)):
        first.setdefault(stand.thing, stand)
    if about not in first:
        return []
    own = first[about]
    if scene.is_organisation(about):
        owned = units(scene.everything, about)
        return [Link(own, first[unit], (owned[unit],), "runs") for unit in sorted(focus & owned.keys() & first.keys())]
    running = holders(scene.everything, {about})
    return [Link(first[one], own, (running[one],), "runs") for one in sorted(running.keys() & first.keys())]


def _missing(order: StageOrder, needed: set[str], there: set[str]) -> list[str]:
    """Give the stages that the chain passes through and at which nobody is known; of a broad one its parts alone."""
    covered = there | {wide for stage in there for wide in order.broader.get(stage, ())}
    wide = {above for stages in order.broader.values() for above in stages}
    return sorted(needed - covered - wide)


def _named_chain(scene: Scene, about: str, order: StageOrder) -> Chain:
    """Read a chain that a source tells step by step: who serves each, and where nobody is named."""
    steps = scene.related(about, "hasStep")
    ranked = {step: int(scene.related(step, "position")[0]) for step in steps if scene.related(step, "position")}
    stages = {step: stage for step in ranked for stage in scene.related(step, "stage")}
    serving = {stages[step]: scene.related(step, "servedBy") for step in ranked if step in stages}
    level = {stages[step]: rank for step, rank in ranked.items() if step in stages}
    levels = {Stand(stage, thing): level[stage] for stage, things in serving.items() for thing in things}
    gaps = {stage: level[stage] for stage, things in serving.items() if not things}
    first = {
        stage: min((stand for stand in levels if stand.stage == stage), default=Stand(stage, "")) for stage in level
    }
    edges = [edge for edge in scene.edges if edge.link == about and edge.source in first and edge.target in first]
    links = [Link(first[edge.source], first[edge.target], (edge,), "aim") for edge in edges]
    return Chain(levels, tuple(links), gaps, frozenset({about}), order)
