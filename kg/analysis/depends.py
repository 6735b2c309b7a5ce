"""Dependence: what somebody's work takes in and who delivers it, stage by stage; and who takes what it puts out.

A base depends on what the stages of its work take in. Who delivers that is known, if at all,
by supply edges to whoever has the base in hand; else the works and mines of that group which make
it are named; where no source tells either, the walk goes on along the process network, says that
nobody is known, and still looks at what is delivered to who was known last. Downstream the same
with every arrow turned round, but for the works of a group.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from kg.analysis.base import Analysis, Line, NetworkView, weakest
from kg.analysis.ownership import Ways, find_holdings, holders
from kg.networks import Edge
from kg.tables.table import Cell

__all__ = ["COLUMNS", "find_dependence"]

COLUMNS = ("depth", "needs", "stage", "who", "how", "mode", "weakest_source", "through")
Hop = tuple[Edge, ...]
"""Edges that all make the same step of a way, any of which would do."""

# A name, the edges that put its deliveries into somebody's hands, and the way and edges that led to that somebody.
_Way = tuple[str, tuple[Edge, ...], tuple[str, ...], tuple[Hop, ...]]
_NOBODY = "nobody known"
_DELIVERY = "delivery"
_GROUP = "works of the group"
_RELATIONS = {
    "suppliesTo": _DELIVERY,
    "CaptiveUpstreamRelation": "captive unit",
    "InputProviderRelation": "brings inputs",
    "ServesCustomerRelation": "works for a customer",
}
_NOTES = (
    "A delivery to a company is not told to go to one of its sites; nobody says that there is no other source.",
    "Stocks and what is bought on the market are not in the sources: nobody known is not nobody.",
    "That works of a group make such goods, or are to, does not say that these go here.",
)
_UNKNOWN_WORK = "What work is done there is not told, so the walk ends at the deliveries to whoever has it in hand."


@dataclass(frozen=True)
class _Work:
    """A stage that somebody does, None if it is not known who, at some depth, with the way that led there.

    `near` is who was known last on that way.
    """

    who: str | None
    stage: str
    depth: int
    way: tuple[str, ...]
    hops: tuple[Hop, ...]
    near: str | None = None


@dataclass(frozen=True)
class _Need:
    """A product that a work takes in (or puts out), who is at the other end, and how that is known."""

    depth: int
    product: str | None
    stage: str | None
    who: str | None
    how: str
    way: tuple[str, ...]
    hops: tuple[Hop, ...]


def find_dependence(
    scene: NetworkView, entity: str, *, on: bool = False, stage: str | None = None, depth: int | None = None
) -> Analysis:
    """Give what an entity, a stage or a product depends on, or with `on` what depends on it.

    `stage` shows only what that stage or a narrower one makes (takes in), `depth` goes no further than
    that many stages. Each row names the least sure edge of its way by mode and source.
    """
    walk = _Walk(scene, entity, depth, on=on)
    needs = walk.needs()
    if stage is not None:
        needs = [need for need in needs if need.stage and stage in scene.above(need.stage)]
    lines = [_line(scene, need, on=on) for need in needs]
    name = scene.name(entity)
    title = scene.say("What depends on {one}" if on else "What {one} depends on", one=name)
    notes = (*(_NOTES if lines else ()), *(() if walk.works else (_UNKNOWN_WORK,)))
    return scene.make_analysis(title, COLUMNS, lines, notes, absent="not known")


def _line(scene: NetworkView, need: _Need, *, on: bool) -> Line:
    arrow = " → " if on else " ← "
    mode, grade = weakest(need.hops, scene.networks.scales)
    known = need.how != _NOBODY
    cells: tuple[Cell, ...] = (
        need.depth, scene.refer(need.product), scene.refer(need.stage), scene.refer(need.who), need.how,
        scene.concept(mode) if known else None, scene.concept(grade) if known else None,
        arrow.join(scene.name(name) for name in need.way[1:]),
    )  # fmt: skip
    return Line(cells, tuple(edge for hop in need.hops for edge in hop))


class _Walk:
    """The walk from one entity, breadth first over the works that it comes to."""

    def __init__(self, scene: NetworkView, entity: str, depth: int | None, *, on: bool) -> None:
        self.scene, self.entity, self.on, self.most = scene, entity, on, depth
        self._used: set[str] = set()
        self._groups: dict[str, Ways] = {}

    def needs(self) -> list[_Need]:
        """Give all needs, the nearest first, those with somebody known before those without."""
        waiting = deque(self.works)
        seen = {(work.who, work.near, work.stage) for work in waiting}
        found: dict[tuple[object, ...], _Need] = {}
        while waiting:
            work = waiting.popleft()
            if self.most is not None and work.depth >= self.most:
                continue
            for product in self._goods(work.stage):
                for need in self._met(work, product):
                    found.setdefault((need.product, need.who, need.how), need)
                    for following in self._onward(need, product, work.near):
                        if (key := (following.who, following.near, following.stage)) not in seen:
                            seen.add(key)
                            waiting.append(following)
        known = {(need.product, need.depth) for need in found.values() if need.who}
        rows = [need for need in found.values() if need.who or not self._is_repeated(need, known)]
        rows += [*self._left_over(), *self._chain_steps()]
        return sorted(rows, key=_order)

    def _is_repeated(self, need: _Need, known: set[tuple[str | None, int]]) -> bool:
        """Tell whether somebody is known for a product at this depth, or it was missed nearer by already."""
        return any(product == need.product and depth <= need.depth for product, depth in known)

    @cached_property
    def works(self) -> list[_Work]:
        """The works from which the walk starts; none where no source tells what work is done."""
        node = self.scene.node(self.entity)
        if node.kind == "Stage":
            stages: Iterable[str] = [self.entity]
        elif node.kind == "Product":
            stages = self._makers(self.entity) if not self.on else self._takers(self.entity)
        else:
            within = self.scene.networks.within(self.entity) if node.kind in self.scene.parks else [self.entity]
            stages = self.scene.narrowest(stage for name in within for stage in self.scene.node(name).stages)
        return [_Work(self.entity, stage, 0, (self.entity,), ()) for stage in sorted(stages)]

    @cached_property
    def _own(self) -> Ways:
        """Whose deliveries count as the entity's own: its holders, and what it has in hand."""
        node = self.scene.node(self.entity)
        if node.kind in self.scene.parks:
            inside = sorted(self.scene.networks.within(self.entity))
            return {owned: edges for name in inside for owned, edges in holders(self.scene, name).items()}
        return {**find_holdings(self.scene, self.entity), **holders(self.scene, self.entity)}

    def _goods(self, stage: str) -> list[str]:
        """Give the products that a stage takes in (puts out), without a broad one that stands for narrower ones."""
        edges = self.scene.leaving("process", stage) if self.on else self.scene.entering("process", stage)
        relation = "outputProduct" if self.on else "goesInto"
        return self.scene.narrowest(
            edge.target if self.on else edge.source for edge in edges if edge.relation == relation
        )

    def _makers(self, product: str) -> list[str]:
        """Give the stages that put out a product, or the nearest broader ones that any stage puts out."""
        for name in self.scene.above(product):
            edges = [edge for edge in self.scene.entering("process", name) if edge.relation == "outputProduct"]
            if edges:
                return self._likeliest(edge.source for edge in edges)
        return []

    def _takers(self, product: str) -> list[str]:
        """Give the stages that take in a product, or the nearest broader ones that any stage takes in."""
        for name in self.scene.above(product):
            edges = [edge for edge in self.scene.leaving("process", name) if edge.relation == "goesInto"]
            if edges:
                return self._likeliest(edge.target for edge in edges)
        return []

    def _likeliest(self, stages: Iterable[str]) -> list[str]:
        """Order stages by how few products they have to do with; the more special one is the likelier."""
        return sorted(self.scene.narrowest(stages), key=lambda stage: (self._count(stage), stage))

    def _count(self, stage: str) -> int:
        return len(self.scene.leaving("process", stage)) + len(self.scene.entering("process", stage))

    def _beyond(self, product: str) -> list[str]:
        return self._takers(product) if self.on else self._makers(product)

    def _met(self, work: _Work, product: str) -> Iterator[_Need]:
        """Give who is known at the other end for a product, or that nobody is."""
        far: dict[tuple[str, str], _Need] = {}
        for edge, way, hops in self._deliveries(work):
            other = edge.target if self.on else edge.source
            if self._fits(edge, product) and other not in way:
                how = _RELATIONS.get(edge.relation, edge.relation)
                stage = edge.stage if edge.stage and not self.on else next(iter(self._works(other, product)), None)
                self._used.add(edge.id)
                known = far.get((other, how))
                if known and known.way != (*way, other):
                    # The nearest way is enough; another holder's edges are not parallel to it.
                    continue
                joined = (*known.hops[:-1], (*known.hops[-1], edge)) if known else (*hops, (edge,))
                far[other, how] = _Need(work.depth + 1, product, stage, other, how, (*way, other), joined)
        ends = list(far.values()) or list(self._made_within(work, product))
        yield from ends
        if not ends:
            stage = next(iter(self._beyond(product)), None)
            yield _Need(work.depth + 1, product, stage, None, _NOBODY, (*work.way, product), work.hops)

    def _made_within(self, work: _Work, product: str) -> Iterator[_Need]:
        """Give the works and mines that make a product, or are to, of the entity's group or that of the work."""
        if self.on or self.scene.node(self.entity).kind in ("Stage", "Product"):
            return
        makers = self._makers(product)
        near = work.who or work.near or self.entity
        for name, edges in {**self._group(self.entity), **self._group(near)}.items():
            works = (
                edge for edge in self.scene.leaving("work", name) if self._makes(edge, product, makers, work.stage)
            )
            if name not in work.way and (edge := next(works, None)):
                hops = (*work.hops, *((one,) for one in edges), (edge,))
                yield _Need(work.depth + 1, product, next(iter(makers), None), name, _GROUP, (*work.way, name), hops)

    def _makes(self, edge: Edge, product: str, makers: list[str], stage: str) -> bool:
        """Tell whether an edge of work makes a product; what no stage makes is dug by a mine of the stage."""
        if product in self.scene.above(edge.target) or edge.target in makers[:1]:
            return True
        digs = not makers and self.scene.node(edge.source).kind in _DIGGINGS
        return digs and stage in (edge.target, *self._makers(edge.target))

    def _group(self, name: str) -> Ways:
        """Give everything that those who have somebody in hand have in hand, with the edges that say so."""
        if name not in self._groups:
            found: Ways = {}
            for holder, above in holders(self.scene, name).items():
                for owned, below in find_holdings(self.scene, holder).items():
                    found.setdefault(owned, (*above, *below))
            self._groups[name] = found
        return self._groups[name]

    def _deliveries(self, work: _Work) -> Iterator[tuple[Edge, tuple[str, ...], tuple[Hop, ...]]]:
        """Give the supply edges of whoever does a work, with the way there."""
        if work.who == self.entity and self.scene.node(self.entity).kind in ("Stage", "Product"):
            for edge in self.scene.edges.get("supply", ()):
                near = edge.source if self.on else edge.target
                yield edge, (*work.way, near), ()
            return
        ways: list[_Way] = [(name, edges, (self.entity,), ()) for name, edges in self._own.items()]
        if (last := work.who or work.near) not in (None, self.entity):
            ways += [(name, edges, work.way, work.hops) for name, edges in holders(self.scene, str(last)).items()]
        for name, edges, way, before in ways:
            steps = (*way, name) if name != way[-1] else way
            for edge in self.scene.leaving("supply", name) if self.on else self.scene.entering("supply", name):
                yield edge, steps, (*before, *((one,) for one in edges))

    def _fits(self, edge: Edge, product: str) -> bool:
        """Tell whether a delivery is one of a product: by name, or by the stage where no product is told."""
        if edge.product:
            return product in self.scene.above(edge.product)
        stages = {edge.stage} if edge.stage else set(self.scene.node(edge.source).stages)
        makers = self._makers(product)
        return any(stage in makers for stage in stages)

    def _works(self, who: str, product: str) -> list[str]:
        """Give the stages by which somebody makes (takes in) a product, as far as they are told."""
        beyond = self._beyond(product)
        works = [
            stage for stage in self.scene.node(who).stages if stage in beyond or set(beyond) & set(self._parts(stage))
        ]
        # Who puts a battery to use is not told by the battery: a carmaker is no swapper of batteries.
        return works or (beyond[:1] if not self.on or len(beyond) == 1 else [])

    def _parts(self, stage: str) -> list[str]:
        """Give the stages right below a stage."""
        return [name for name, node in self.scene.networks.nodes.items() if stage in node.broader]

    def _onward(self, need: _Need, product: str, near: str | None) -> Iterator[_Work]:
        stages = [need.stage] if need.stage and not self.on else self._beyond(product)
        if need.who is not None:
            stages = self._works(need.who, product)
        for stage in stages:
            yield _Work(need.who, stage, need.depth, need.way, need.hops, need.who or near)

    def _left_over(self) -> Iterator[_Need]:
        """Give direct deliveries that no known work of the entity takes in (puts out)."""
        if self.scene.node(self.entity).kind in ("Stage", "Product"):
            return
        for name, edges in self._own.items():
            for edge in self.scene.leaving("supply", name) if self.on else self.scene.entering("supply", name):
                other = edge.target if self.on else edge.source
                if edge.id not in self._used and other not in self._own:
                    way = (self.entity, *([name] if name != self.entity else []), other)
                    how = _RELATIONS.get(edge.relation, edge.relation)
                    yield _Need(1, edge.product, edge.stage, other, how, way, (*((one,) for one in edges), (edge,)))

    def _chain_steps(self) -> Iterator[_Need]:
        """Give the steps before (after) the entity's own in a chain that a source tells; often an aim."""
        served = [edge for edge in self.scene.leaving("work", self.entity) if edge.relation == "servesStep"]
        for edge in served:
            need = _Need(0, None, edge.target, None, "step of a chain", (self.entity,), ((edge,),))
            while (step := self._next_step(need, edge.link)) is not None:
                stage = step.target if self.on else step.source
                need = replace(
                    need, depth=need.depth + 1, stage=stage, way=(*need.way, stage), hops=(*need.hops, (step,))
                )
                yield need

    def _next_step(self, need: _Need, chain: str | None) -> Edge | None:
        stage = str(need.stage)
        edges = self.scene.leaving("process", stage) if self.on else self.scene.entering("process", stage)
        steps = [edge for edge in edges if edge.relation == "precedes" and edge.link == chain]
        return next((edge for edge in steps if (edge,) not in need.hops), None)


_DIGGINGS = frozenset({"Mine", "MineralDeposit"})


def _order(need: _Need) -> tuple[object, ...]:
    return need.depth, need.how == "step of a chain", need.product or "~", need.who is None, need.who or "", need.how
