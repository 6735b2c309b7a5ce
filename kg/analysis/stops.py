"""Stops as questions ask of them: of a kind of work everywhere, and of an organisation, link by link.

A stop of a kind of work goes down the chain by what each stage takes in, and ends at the stages that close it, such as
recycling: what comes back through them would reach everything. A stop of an organisation takes the same links as
`kg.analysis.impact`, one a row, and beside them those of companies that it holds only in part, which impact leaves out.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from kg.analysis.base import Analysis, Line, NetworkView, weakest
from kg.analysis.impact import Loss, find_losses, stopped_with
from kg.analysis.ownership import find_holdings
from kg.analysis.volumes import amount_in, rate_of
from kg.errors import UsageError
from kg.networks import Edge
from kg.networks.stage_order import order_stages
from kg.tables.table import Cell

__all__ = ["ORGANISATION_COLUMNS", "SITES", "STAGE_COLUMNS", "find_organisation_stop", "find_stage_stop"]

STAGE_COLUMNS = ("reached", "site", "operator", "status", "mode", "weakest_source", "depth", "through")
ORGANISATION_COLUMNS = (
    "source", "source_is", "link_kind", "link", "mode", "reaches", "site", "site_status", "amount_lost", "amount_unit",
    "grade",
)  # fmt: skip
SITES = ("running", "all")
"""Which sites a stop of a stage names: those that run, or those that are planned, halted or given up as well."""

_RUN_BY = frozenset({"operates", "isToOperate"})
_HOLDERS = frozenset({"operates", "isToOperate", "hasBase"})
_PARTS = frozenset({"phaseOf", "partOf"})
_STAGE_NOTES = (
    "Could be hit, not would be: by what kinds of work take in, whoever delivers it. The question impact goes by the "
    "deliveries that sources tell, and names who could be hit through them.",
    "The chain is not followed through recycling, which would lead back to all of it.",
)
_NOT_RUNNING = "{number} sites that do not run are not named; ask with sites=all to have them too."
_ORGANISATION_NOTES = (
    "Could be hit, not would be: no source tells of stocks or of other sources of the same thing.",
    "The links are those of the question impact, one a row; what is held in part is not there, for a company stops "
    "with its owner from one half of the shares up.",
    "Sites that do not run are not named.",
)


def find_stage_stop(scene: NetworkView, stage: str, sites: str = SITES[0]) -> Analysis:
    """Give the stages that a stop of a kind of work reaches down the chain, each with the sites that do its work."""
    if sites not in SITES:
        raise UsageError(f"sites: {sites!r} is not {' or '.join(SITES)}")
    lines: list[Line] = []
    left_out: set[str] = set()
    for way, hops in _stages_below(scene, stage):
        at_work = sorted(
            name for name, node in scene.networks.nodes.items() if _does(scene, name, node.stages, way[-1])
        )
        named = [name for name in at_work if sites == "all" or _runs(scene, name, way[-1])]
        left_out |= set(at_work) - set(named)
        lines += [_stage_line(scene, way, hops, name) for name in named] or [_stage_line(scene, way, hops, None)]
    notes = [*_STAGE_NOTES]
    if left_out:
        notes.append(scene.say(_NOT_RUNNING, number=len(left_out)))
    title = scene.say("What a stop of {one} would reach", one=scene.name(stage))
    return scene.make_analysis(title, STAGE_COLUMNS, lines, notes if lines else ())


def _stages_below(scene: NetworkView, stage: str) -> Iterator[tuple[tuple[str, ...], tuple[Edge, ...]]]:
    """Give the stages down the chain, the nearest first, each with the way and the edges that lead to it."""
    closers = order_stages(scene.networks.edges, scene.networks.nodes).closers
    waiting: deque[tuple[tuple[str, ...], tuple[Edge, ...]]] = deque([((stage,), ())])
    seen = {stage}
    while waiting:
        way, hops = waiting.popleft()
        if way[-1] in closers and len(way) > 1:
            continue
        for edge in sorted(scene.leaving("process", way[-1]), key=lambda one: one.target):
            if edge.relation == "feeds" and edge.target not in seen:
                seen.add(edge.target)
                step = (*way, edge.target), (*hops, edge)
                waiting.append(step)
                yield step


def _does(scene: NetworkView, name: str, stages: Iterable[str], stage: str) -> bool:
    return stage in stages and scene.node(name).kind in scene.sites


def _runs(scene: NetworkView, site: str, stage: str) -> bool:
    """Tell whether a site runs, for all that is known; of one without a status that its work is not only planned."""
    work = _work(scene, site, stage)
    planned = scene.node(site).status is None and bool(work) and not any(edge.is_stated for edge in work)
    return scene.runs(site) and not planned


def _stage_line(scene: NetworkView, way: tuple[str, ...], hops: tuple[Edge, ...], site: str | None) -> Line:
    work = _work(scene, site, way[-1]) if site else ()
    running = [edge for edge in scene.entering("ownership", site) if edge.relation in _RUN_BY] if site else []
    mode, grade = weakest([*((hop,) for hop in hops), *([work] if work else [])], scene.networks.scales)
    cells: tuple[Cell, ...] = (
        scene.refer(way[-1]), scene.refer(site), _together(scene, {edge.source for edge in running}),
        scene.concept(scene.node(site).status) if site else None, scene.concept(mode), scene.concept(grade),
        len(way) - 1, " → ".join(scene.name(one) for one in way),
    )  # fmt: skip
    return Line(cells, (*hops, *work, *running))


def _together(scene: NetworkView, names: set[str]) -> Cell:
    """Give one thing as a reference, several as their names: a site stands in one row, whoever runs it."""
    if len(names) == 1:
        return scene.refer(next(iter(names)))
    return "; ".join(sorted(scene.name(name) for name in names)) or None


def _work(scene: NetworkView, site: str, stage: str) -> tuple[Edge, ...]:
    """Give the edges by which a site, or a part of it, does the work of a stage."""
    parts = [edge.source for edge in scene.entering("location", site) if edge.relation in _PARTS]
    made = {edge.target for edge in scene.leaving("process", stage) if edge.relation == "outputProduct"}
    edges = [edge for name in (site, *parts) for edge in scene.leaving("work", name)]
    return tuple(edge for edge in edges if edge.target == stage or made & set(scene.above(edge.target)))


@dataclass(frozen=True)
class _Stopped:
    """What stops with an organisation wholly, and what it holds in part, with the edges that say so."""

    whole: frozenset[str]
    partly: dict[str, Edge] = field(default_factory=dict)


def find_organisation_stop(scene: NetworkView, organisation: str, days: int) -> Analysis:
    """Give the links by which a stop of an organisation reaches others, one a row, and the sites that these run."""
    stopped = _find_stopped(scene, organisation)
    losses: list[tuple[Loss, Edge | None]] = [(loss, None) for loss in find_losses(scene, organisation)]
    lost = {loss.edge.id for loss, _ in losses}
    for waiting, holding in sorted(stopped.partly.items()):
        losses += [(loss, holding) for loss in find_losses(scene, waiting) if loss.edge.id not in lost]
    lines = [line for loss, holding in losses for line in _organisation_lines(scene, loss, holding, stopped, days)]
    lines.sort(key=lambda line: tuple(str(cell) for cell in (line.cells[2], *line.cells[:2], *line.cells[3:7])))
    title = scene.say("What a stop of {one} for {days} days could hit", one=scene.name(organisation), days=days)
    return scene.make_analysis(title, ORGANISATION_COLUMNS, lines, _ORGANISATION_NOTES if lines else ())


def _find_stopped(scene: NetworkView, organisation: str) -> _Stopped:
    whole = frozenset(stopped_with(scene, organisation))
    partly: dict[str, Edge] = {}
    for owner in sorted(find_holdings(scene, organisation)):
        for edge in scene.leaving("ownership", owner):
            if edge.relation == "holdsSharesIn" and edge.target not in whole:
                partly.setdefault(edge.target, edge)
    return _Stopped(whole, partly)


def _organisation_lines(
    scene: NetworkView, loss: Loss, holding: Edge | None, stopped: _Stopped, days: int
) -> Iterator[Line]:
    edge, inside = loss.edge, stopped.whole | ({holding.target} if holding else set())
    ends = (edge.source, edge.target) if edge.source in inside else (edge.target, edge.source)
    source, reaches = ends
    if reaches in inside:
        return
    rate = rate_of(edge) if edge.network == "supply" else None
    lost = amount_in(rate[0], days) if rate else None
    mode, grade = weakest([(edge,)], scene.networks.scales)
    kind = "SupplyLink" if edge.relation == "suppliesTo" else edge.relation
    if edge.relation == "partnerOf":
        kind = scene.node(edge.link or "").kind or kind
    edges = (edge, *([holding] if holding else []))
    for site, run_by in _sites_run(scene, reaches):
        cells: tuple[Cell, ...] = (
            scene.refer(source), _hold_of(scene, holding), scene.concept(kind), scene.refer(edge.link),
            scene.concept(mode), scene.refer(reaches), scene.refer(site),
            scene.concept(scene.node(site).status) if site else None, lost, scene.unit(rate[1]) if rate else None,
            scene.concept(grade),
        )  # fmt: skip
        yield Line(cells, (*edges, *run_by))


def _hold_of(scene: NetworkView, holding: Edge | None) -> str:
    """Say whether a source stops with the organisation, or is held in part by it."""
    if holding is None:
        return "stops"
    return ", ".join([scene.say("held in part"), *holding.quantity])


def _sites_run(scene: NetworkView, name: str) -> Iterator[tuple[str | None, tuple[Edge, ...]]]:
    """Give the sites that somebody has in hand and that run, each once; or none."""
    found: dict[str, list[Edge]] = {}
    for edge in scene.leaving("ownership", name):
        if edge.relation in _HOLDERS and scene.runs(edge.target):
            found.setdefault(edge.target, []).append(edge)
    if not found:
        yield None, ()
    for site, edges in sorted(found.items()):
        yield site, tuple(edges)
