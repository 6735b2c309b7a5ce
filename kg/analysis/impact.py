"""What a stop can reach: who takes what the stopped thing delivers, near and far, and which of their sites.

Could be hit, not would be: stocks, purchases on the market and deliveries that no source tells are
not known, and the answer says so. A share is one of the known supply: of the deliveries that
are told, or of their yearly rates where at least two suppliers have one in one unit.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from kg.analysis.algorithms.closure import Closure
from kg.analysis.base import Analysis, Line, NetworkView, weakest
from kg.analysis.ownership import find_holdings
from kg.analysis.volumes import amount_in, contracts, rate_of, share
from kg.networks import Edge
from kg.networks.csr import edges_to_arrays
from kg.networks.stage_order import order_stages
from kg.tables.table import Cell

__all__ = ["COLUMNS", "Loss", "find_impact", "find_losses", "stopped_with"]

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
_EDGES = frozenset({_PARTNERSHIP, _PARTNER})
_RUNS = "run by who is reached"
_PARTNERS = frozenset({"partnerOf", "CooperationRelation"})
_COLLABORATION = frozenset({"partnerOf", "collaborator"})
_RUNNING = frozenset({"operates", "isToOperate", "hasBase"})
_NOTES = (
    "Could be hit, not would be. Not known: stocks, purchases on the market, deliveries that no source tells, and from"
    " which works of a company, or to which, a delivery goes.",
    "Sites that do not run, being planned, halted or given up, are not named, nor is what comes back by recycling.",
    "A partner to whom no delivery is told may be hit in what was agreed; nobody is looked for beyond one.",
    "Shares are of the known supply of one customer; a total is spread evenly over its term to compare it.",
)


@dataclass(frozen=True)
class Loss:
    """An edge that is lost, and how it hangs on what stops."""

    edge: Edge
    how: str


def find_impact(scene: NetworkView, entity: str, days: int) -> Analysis:
    """Give what a stop of an organisation, site, park, stage, product or agreement for some days can reach."""
    losses = list(find_losses(scene, entity))
    stopped = {entity, *stopped_with(scene, entity)}
    lines = [*_stopped(scene, entity), *_first(scene, losses, stopped, days), *_further(scene, stopped, losses)]
    title = scene.say("What a stop of {one} for {days} days can reach", one=scene.name(entity), days=days)
    return scene.make_analysis(title, COLUMNS, lines, _NOTES if lines else (), absent="not known")


def find_losses(scene: NetworkView, entity: str) -> Iterator[Loss]:
    """Give the edges that are lost with an entity."""
    supply = scene.edges.get("supply", [])
    kind = scene.node(entity).kind
    if kind == "Stage":
        yield from (Loss(edge, _DELIVERY) for edge in supply if edge.stage and entity in scene.above(edge.stage))
    elif kind == "Product":
        yield from (Loss(edge, _DELIVERY) for edge in supply if edge.product and entity in scene.above(edge.product))
    elif _is_agreed(scene, entity):
        yield from _resting_on(scene, entity)
    else:
        inside = stopped_with(scene, entity)
        yield from (Loss(edge, _DELIVERY) for name in sorted(inside) for edge in scene.leaving("supply", name))
        yield from (Loss(edge, _PARTNER) for edge in _partnerships(scene, inside))
        if scene.node(entity).is_organisation:
            return
        for how, names in ((_BY_HOLDER, _operators(scene, inside)), (_BY_SETTLER, _settlers(scene, inside))):
            yield from (Loss(edge, how) for name in sorted(names - inside) for edge in scene.leaving("supply", name))


def _is_agreed(scene: NetworkView, entity: str) -> bool:
    """Tell whether ties rest on an entity: an agreement, a delivery, or what others do together."""
    links = (edge for edges in scene.edges.values() for edge in edges if edge.link == entity)
    # A joint venture joins its shareholders too, but it is a company that delivers. A collaboration, which is no
    # legal person, is what its members agreed on.
    return any(edge.relation in _COLLABORATION or not scene.node(entity).is_organisation for edge in links)


def _partnerships(scene: NetworkView, inside: set[str]) -> Iterator[Edge]:
    """Give the edges of partners that are there, of all that stops; also those that only work together."""
    found: dict[str, Edge] = {}
    for name in sorted(inside):
        for edge in (*scene.leaving("partnership", name), *scene.entering("partnership", name)):
            if edge.relation in _PARTNERS and edge.is_stated and not {edge.source, edge.target} <= inside:
                found.setdefault(edge.id, edge)
    yield from found.values()


def _operators(scene: NetworkView, inside: set[str]) -> set[str]:
    """Give who runs what stops."""
    edges = (edge for name in inside for edge in scene.entering("ownership", name))
    return {edge.source for edge in edges if edge.relation in _RUNNING}


def _settlers(scene: NetworkView, inside: set[str]) -> set[str]:
    """Give the organisations that have settled in what stops, and are told to run none of it."""
    edges = (edge for name in inside for edge in scene.entering("location", name))
    return {edge.source for edge in edges if edge.relation == "settledIn"} - _operators(scene, inside)


def stopped_with(scene: NetworkView, entity: str) -> set[str]:
    """Give what stops with an entity: what it owns or runs, and what lies in it."""
    inside = set(find_holdings(scene, entity))
    return inside | {part for name in scene.networks.within(entity) for part in (name, *_parts(scene, name))}


def _parts(scene: NetworkView, name: str) -> Iterable[str]:
    """Give the parts of a site; a company does not stop because its owner's park does."""
    return () if scene.node(name).is_organisation else find_holdings(scene, name)


def _resting_on(scene: NetworkView, agreement: str) -> Iterator[Loss]:
    parties: set[str] = set()
    for network in ("partnership", "supply"):
        for edge in scene.edges.get(network, []):
            if edge.link == agreement:
                parties |= {edge.source, edge.target}
                yield Loss(edge, _PARTNERSHIP if network == "partnership" else _DELIVERY)
    for edge in scene.edges.get("supply", []):
        if edge.source in parties and edge.target in parties and edge.link != agreement:
            yield Loss(edge, _BETWEEN)


def _stopped(scene: NetworkView, entity: str) -> Iterator[Line]:
    """Give the sites that stop with an entity."""
    if scene.node(entity).kind in ("Stage", "Product"):
        return
    for name, edges in sorted(find_holdings(scene, entity).items()):
        if name != entity and scene.node(name).kind not in _FINE and scene.runs(name):
            yield _line(scene, (0, name, None, _STOPS), (), [(edge,) for edge in edges], ())
    for name in sorted(scene.networks.within(entity) - {entity} - set(find_holdings(scene, entity))):
        edges = tuple(edge for edge in scene.leaving("location", name))[:1]
        if scene.node(name).kind not in _FINE and scene.runs(name):
            yield _line(scene, (0, name, None, _STOPS), (), [edges] if edges else [], ())


def _order(group: tuple[tuple[str, str, str | None], list[Edge]]) -> tuple[bool, str, str, str]:
    (reached, how, product), _ = group
    return how in _EDGES, reached, how, product or ""


def _first(scene: NetworkView, losses: list[Loss], stopped: set[str], days: int) -> Iterator[Line]:
    """Give who is delivered to, product by product, with what share of it is lost."""
    groups: dict[tuple[str, str, str | None], list[Edge]] = {}
    for loss in losses:
        for end in (loss.edge.source, loss.edge.target) if loss.how in _EDGES else (loss.edge.target,):
            if end in stopped:
                continue
            groups.setdefault((end, loss.how, loss.edge.product or loss.edge.stage), []).append(loss.edge)
    for (reached, how, product), lost in sorted(
        groups.items(), key=lambda one: (one[0][0], one[0][1], one[0][2] or "")
    ):
        known = [] if how == _PARTNERSHIP else _same(scene, reached, lost[0])
        others = sorted({edge.source if edge.source != reached else edge.target for edge in lost})
        yield _line(
            scene, (1, reached, product, how), _shares(scene, lost, known, days), [tuple(lost)], (*others, reached)
        )


def _same(scene: NetworkView, customer: str, like: Edge) -> list[Edge]:
    """Give all known deliveries to a customer of the product, narrower ones too, or of the stage, that one is of."""
    edges = contracts(scene.entering("supply", customer))
    if like.product:
        return [edge for edge in edges if edge.product and like.product in scene.above(edge.product)]
    return [edge for edge in edges if like.stage and edge.stage == like.stage]


def _shares(scene: NetworkView, lost: list[Edge], known: list[Edge], days: int) -> tuple[Cell, ...]:
    """Give share of links, share of volume, amount lost with its unit, and the other known suppliers."""
    gone = contracts(lost)
    suppliers = {edge.source for edge in gone}
    others = sorted({edge.source for edge in known} - suppliers)
    rates = [(edge.source, rate) for edge in known if edge.is_stated and (rate := rate_of(edge))]
    lost_rates = [rate for edge in gone if edge.is_stated and (rate := rate_of(edge))]
    units = {unit for _, unit in lost_rates}
    unit = units.pop() if len(units) == 1 else None
    comparable = [(source, rate) for source, (rate, its) in rates if its == unit]
    amount = sum(rate for rate, _ in lost_rates) if unit else 0.0
    of_volume = None
    if unit and len({source for source, _ in comparable}) > 1:
        of_volume = share(amount, sum(rate for _, rate in comparable))
    of_links = share(len([edge for edge in known if edge.source in suppliers]), len(known)) if known else None
    lost_amount = amount_in(amount, days) if unit else None
    names = ", ".join(scene.name(name) for name in others)
    return of_links, of_volume, lost_amount, scene.unit(unit), names or ("none known" if known else None)


def _further(scene: NetworkView, stopped: set[str], losses: list[Loss]) -> Iterator[Line]:
    """Give what can be reached over those reached first: their sites, their customers, and so on."""
    closers = order_stages(scene.networks.edges, scene.networks.nodes).closers
    moves = [edge for edge in scene.edges.get("supply", []) if edge.source != edge.target and edge.stage not in closers]
    moves += [edge for edge in scene.edges.get("ownership", []) if edge.relation in _RUNNING]
    first = {loss.edge.target for loss in losses if loss.how not in _EDGES} - stopped
    first |= {end for loss in losses if loss.how == _PARTNERSHIP for end in (loss.edge.source, loss.edge.target)}
    if not first:
        return
    hops: dict[tuple[str, str], list[Edge]] = {}
    for edge in moves:
        hops.setdefault((edge.source, edge.target), []).append(edge)
    lost: dict[str, list[Edge]] = {}
    for loss in losses:
        if loss.how not in _EDGES:
            lost.setdefault(loss.edge.target, []).append(loss.edge)
    sure = dict(_ways(scene, [edge for edge in moves if edge.is_stated], first))
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
    reach = Closure(edges_to_arrays(moves, numbers)).reach(sorted(numbers[name] for name in first))
    for number in reach.nodes.tolist():
        yield names[number], tuple(names[node] for node in reach.way(number))


def _line(
    scene: NetworkView, what: tuple[int, str, str | None, str], shares: tuple[Cell, ...],
    hops: Sequence[tuple[Edge, ...]],
    way: tuple[str, ...],
) -> Line:  # fmt: skip
    depth, reached, product, how = what
    mode, grade = weakest(hops, scene.networks.scales)
    names = [scene.name(name) for name in way]
    # Several suppliers that stop together stand side by side before the one that they reach.
    through = f"{', '.join(names[:-1])} → {names[-1]}" if depth == 1 else " → ".join(names)
    cells: tuple[Cell, ...] = (
        depth, scene.refer(reached), scene.concept(scene.node(reached).status), scene.refer(product), how,
        *(shares or (None,) * 5), scene.concept(mode), scene.concept(grade),
        through or None,
    )  # fmt: skip
    return Line(cells, tuple(edge for hop in hops for edge in hop))


# A phase, a line or a unit of a site goes without saying.
_FINE = frozenset({"Phase", "ProductLine", "AdministrativeArea", "GovernmentBody"})
