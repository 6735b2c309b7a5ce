"""What a stop can reach: who takes what the stopped thing delivers, near and far, and which of their sites.

Could be hit, not would be: stocks, purchases on the market and deliveries that no source tells are
not known, and the answer says so. A share is one of the known supply: of the deliveries that
are told, or of their yearly rates where at least two suppliers have one in one unit.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from kg.analysis.algorithms.closure import Closure
from kg.analysis.base import Analysis, Line, NetworkView, make_analysis, weakest
from kg.analysis.ownership import holdings
from kg.analysis.volumes import contracts, rate_of, share
from kg.networks import Edge
from kg.networks.csr import ties_to_arrays
from kg.networks.stage_order import order_stages
from kg.tables.table import Cell

__all__ = ["COLUMNS", "DAYS_OF_YEAR", "Loss", "find_impact", "find_losses", "stopped_with"]

COLUMNS = (
    "depth", "reached", "status", "product", "how", "share_of_links", "share_of_volume", "amount_lost", "unit",
    "alternatives", "mode", "weakest_source", "through",
)  # fmt: skip
_STOPS = "stops with it"
_DELIVERY = "delivery"
_BY_HOLDER = "delivery by its operator, not told from which works"
_BY_SETTLER = "delivery by who has settled there, not told from which works"
_BETWEEN = "delivery between the parties, not told to rest on it"
_PARTNERSHIP = "tie that rests on it"
_PARTNER = "partner, no delivery told"
_TIES = frozenset({_PARTNERSHIP, _PARTNER})
_RUNS = "run by who is reached"
_PARTNERS = frozenset({"partnerOf", "CooperationRelation"})
_RUNNING = frozenset({"operates", "isToOperate", "hasBase"})
DAYS_OF_YEAR = 365
_NOTES = (
    "Could be hit, not would be. Not known: stocks, purchases on the market, deliveries that no source tells, and from"
    " which works of a company, or to which, a delivery goes.",
    "Sites that do not run, being planned, halted or given up, are not named, nor is what comes back by recycling.",
    "A partner to whom no delivery is told may be hit in what was agreed; nobody is looked for beyond one.",
    "Shares are of the known supply of one customer; a total is spread evenly over its term to compare it.",
)


@dataclass(frozen=True)
class Loss:
    """A tie that is lost, and how it hangs on what stops."""

    tie: Edge
    how: str


def find_impact(scene: NetworkView, entity: str, days: int) -> Analysis:
    """Give what a stop of an organisation, site, park, stage, product or agreement for some days can reach."""
    losses = list(find_losses(scene, entity))
    stopped = {entity, *stopped_with(scene, entity)}
    lines = [*_stopped(scene, entity), *_first(scene, losses, stopped, days), *_further(scene, stopped, losses)]
    title = f"What a stop of {scene.node(entity).name(scene.language)} for {days} days can reach"
    return make_analysis(title, COLUMNS, lines, _NOTES if lines else (), absent="not known")


def find_losses(scene: NetworkView, entity: str) -> Iterator[Loss]:
    """Give the ties that are lost with an entity."""
    supply = scene.ties.get("supply", [])
    kind = scene.node(entity).kind
    if kind == "Stage":
        yield from (Loss(tie, _DELIVERY) for tie in supply if tie.stage and entity in scene.above(tie.stage))
    elif kind == "Product":
        yield from (Loss(tie, _DELIVERY) for tie in supply if tie.product and entity in scene.above(tie.product))
    elif not scene.node(entity).is_organisation and any(
        tie.link == entity for ties in scene.ties.values() for tie in ties
    ):
        # A joint venture joins its shareholders too, but it is a company that delivers.
        yield from _resting_on(scene, entity)
    else:
        inside = stopped_with(scene, entity)
        yield from (Loss(tie, _DELIVERY) for name in sorted(inside) for tie in scene.leaving("supply", name))
        yield from (Loss(tie, _PARTNER) for tie in _partnerships(scene, inside))
        if scene.node(entity).is_organisation:
            return
        for how, names in ((_BY_HOLDER, _operators(scene, inside)), (_BY_SETTLER, _settlers(scene, inside))):
            yield from (Loss(tie, how) for name in sorted(names - inside) for tie in scene.leaving("supply", name))


def _partnerships(scene: NetworkView, inside: set[str]) -> Iterator[Edge]:
    """Give the ties of partners that are there, of all that stops; also those that only work together."""
    found: dict[str, Edge] = {}
    for name in sorted(inside):
        for tie in (*scene.leaving("partnership", name), *scene.entering("partnership", name)):
            if tie.relation in _PARTNERS and tie.is_stated and not {tie.source, tie.target} <= inside:
                found.setdefault(tie.id, tie)
    yield from found.values()


def _operators(scene: NetworkView, inside: set[str]) -> set[str]:
    """Give who runs what stops."""
    ties = (tie for name in inside for tie in scene.entering("ownership", name))
    return {tie.source for tie in ties if tie.relation in _RUNNING}


def _settlers(scene: NetworkView, inside: set[str]) -> set[str]:
    """Give the organisations that have settled in what stops, and are told to run none of it."""
    ties = (tie for name in inside for tie in scene.entering("location", name))
    return {tie.source for tie in ties if tie.relation == "settledIn"} - _operators(scene, inside)


def stopped_with(scene: NetworkView, entity: str) -> set[str]:
    """Give what stops with an entity: what it owns or runs, and what lies in it."""
    inside = set(holdings(scene, entity))
    return inside | {part for name in scene.networks.within(entity) for part in (name, *_parts(scene, name))}


def _parts(scene: NetworkView, name: str) -> Iterable[str]:
    """Give the parts of a site; a company does not stop because its owner's park does."""
    return () if scene.node(name).is_organisation else holdings(scene, name)


def _resting_on(scene: NetworkView, agreement: str) -> Iterator[Loss]:
    parties: set[str] = set()
    for network in ("partnership", "supply"):
        for tie in scene.ties.get(network, []):
            if tie.link == agreement:
                parties |= {tie.source, tie.target}
                yield Loss(tie, _PARTNERSHIP if network == "partnership" else _DELIVERY)
    for tie in scene.ties.get("supply", []):
        if tie.source in parties and tie.target in parties and tie.link != agreement:
            yield Loss(tie, _BETWEEN)


def _stopped(scene: NetworkView, entity: str) -> Iterator[Line]:
    """Give the sites that stop with an entity."""
    if scene.node(entity).kind in ("Stage", "Product"):
        return
    for name, ties in sorted(holdings(scene, entity).items()):
        if name != entity and scene.node(name).kind not in _FINE and scene.runs(name):
            yield _line(scene, (0, name, None, _STOPS), (), [(tie,) for tie in ties], ())
    for name in sorted(scene.networks.within(entity) - {entity} - set(holdings(scene, entity))):
        ties = tuple(tie for tie in scene.leaving("location", name))[:1]
        if scene.node(name).kind not in _FINE and scene.runs(name):
            yield _line(scene, (0, name, None, _STOPS), (), [ties] if ties else [], ())


def _order(group: tuple[tuple[str, str, str | None], list[Edge]]) -> tuple[bool, str, str, str]:
    (reached, how, product), _ = group
    return how in _TIES, reached, how, product or ""


def _first(scene: NetworkView, losses: list[Loss], stopped: set[str], days: int) -> Iterator[Line]:
    """Give who is delivered to, product by product, with what share of it is lost."""
    groups: dict[tuple[str, str, str | None], list[Edge]] = {}
    for loss in losses:
        for end in (loss.tie.source, loss.tie.target) if loss.how in _TIES else (loss.tie.target,):
            if end in stopped:
                continue
            groups.setdefault((end, loss.how, loss.tie.product or loss.tie.stage), []).append(loss.tie)
    for (reached, how, product), lost in sorted(
        groups.items(), key=lambda one: (one[0][0], one[0][1], one[0][2] or "")
    ):
        known = [] if how == _PARTNERSHIP else _same(scene, reached, lost[0])
        others = sorted({tie.source if tie.source != reached else tie.target for tie in lost})
        yield _line(
            scene, (1, reached, product, how), _shares(scene, lost, known, days), [tuple(lost)], (*others, reached)
        )


def _same(scene: NetworkView, customer: str, like: Edge) -> list[Edge]:
    """Give all known deliveries to a customer of the product, narrower ones too, or of the stage, that one is of."""
    ties = contracts(scene.entering("supply", customer))
    if like.product:
        return [tie for tie in ties if tie.product and like.product in scene.above(tie.product)]
    return [tie for tie in ties if like.stage and tie.stage == like.stage]


def _shares(scene: NetworkView, lost: list[Edge], known: list[Edge], days: int) -> tuple[Cell, ...]:
    """Give share of links, share of volume, amount lost with its unit, and the other known suppliers."""
    gone = contracts(lost)
    suppliers = {tie.source for tie in gone}
    others = sorted({tie.source for tie in known} - suppliers)
    rates = [(tie.source, rate) for tie in known if tie.is_stated and (rate := rate_of(tie))]
    lost_rates = [rate for tie in gone if tie.is_stated and (rate := rate_of(tie))]
    units = {unit for _, unit in lost_rates}
    unit = units.pop() if len(units) == 1 else None
    comparable = [(source, rate) for source, (rate, its) in rates if its == unit]
    amount = sum(rate for rate, _ in lost_rates) if unit else 0.0
    of_volume = None
    if unit and len({source for source, _ in comparable}) > 1:
        of_volume = share(amount, sum(rate for _, rate in comparable))
    of_links = share(len([tie for tie in known if tie.source in suppliers]), len(known)) if known else None
    lost_amount = Decimal(round(amount * days / DAYS_OF_YEAR)) if unit else None
    names = ", ".join(scene.node(name).name(scene.language) for name in others)
    return of_links, of_volume, lost_amount, unit, names or ("none known" if known else None)


def _further(scene: NetworkView, stopped: set[str], losses: list[Loss]) -> Iterator[Line]:
    """Give what can be reached over those reached first: their sites, their customers, and so on."""
    closers = order_stages(scene.networks.ties, scene.networks.nodes).closers
    moves = [tie for tie in scene.ties.get("supply", []) if tie.source != tie.target and tie.stage not in closers]
    moves += [tie for tie in scene.ties.get("ownership", []) if tie.relation in _RUNNING]
    first = {loss.tie.target for loss in losses if loss.how not in _TIES} - stopped
    first |= {end for loss in losses if loss.how == _PARTNERSHIP for end in (loss.tie.source, loss.tie.target)}
    if not first:
        return
    hops: dict[tuple[str, str], list[Edge]] = {}
    for tie in moves:
        hops.setdefault((tie.source, tie.target), []).append(tie)
    lost: dict[str, list[Edge]] = {}
    for loss in losses:
        if loss.how not in _TIES:
            lost.setdefault(loss.tie.target, []).append(loss.tie)
    sure = dict(_ways(scene, [tie for tie in moves if tie.is_stated], first))
    for name, shortest in _ways(scene, moves, first):
        # Of two ways of one length the one without plans and hopes tells more.
        way = sure[name] if name in sure and len(sure[name]) == len(shortest) else shortest
        if len(way) > 1 and name not in stopped and scene.runs(name):
            steps = [tuple(hops[pair]) for pair in pairwise(way)]
            how = _RUNS if steps[-1][0].network == "ownership" else _DELIVERY
            entry = [tuple(lost[way[0]])] if way[0] in lost else []
            yield _line(scene, (len(way), name, steps[-1][0].product, how), (), [*entry, *steps], way)


def _ways(scene: NetworkView, moves: list[Edge], first: set[str]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Give all that can be come to, the nearest first, with a shortest way to each."""
    numbers = {name: number for number, name in enumerate(scene.networks.nodes)}
    names = list(numbers)
    reach = Closure(ties_to_arrays(moves, numbers)).reach(sorted(numbers[name] for name in first))
    for number in reach.nodes.tolist():
        yield names[number], tuple(names[node] for node in reach.way(number))


def _line(
    scene: NetworkView, what: tuple[int, str, str | None, str], shares: tuple[Cell, ...],
    hops: Sequence[tuple[Edge, ...]],
    way: tuple[str, ...],
) -> Line:  # fmt: skip
    depth, reached, product, how = what
    mode, grade = weakest(hops, scene.networks.scales)
    names = [scene.node(name).name(scene.language) for name in way]
    # Several suppliers that stop together stand side by side before the one that they reach.
    through = f"{', '.join(names[:-1])} → {names[-1]}" if depth == 1 else " → ".join(names)
    cells: tuple[Cell, ...] = (
        depth, scene.refer(reached), scene.concept(scene.node(reached).status), scene.refer(product), how,
        *(shares or (None,) * 5), scene.concept(mode), scene.concept(grade),
        through or None,
    )  # fmt: skip
    return Line(cells, tuple(tie for hop in hops for tie in hop))


# A phase, a line or a unit of a site goes without saying.
_FINE = frozenset({"Phase", "ProductLine", "AdministrativeArea", "GovernmentBody"})
