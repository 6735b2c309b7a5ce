"""Ranking: which of several claims on one thing plain queries see, and by which rule.

Values that rival claims give to a single-valued property are compared by these rules, the
first that tells them apart deciding; `ontology/README.md` says why they stand in this order.

    ByOverride      an editor's rank, which carries a note with its reason
    ByScope         a figure of the whole: one of a phase or part is no rival of it
    ByStrength      what some page is known to say: a table that cites several pages knows it of none
    ByGrade         a better source: a weak one never outranks a better one
    ByRecency       a report from a later half-year
    ByIndependence  more origins; copies of one report count as one, and so do the pages of one table
    BySpecificity   the more exact value: a day over a month, 95.67 over 95.7, exact over about
    ByDay           a report from a later day

Claims that no rule tells apart are a tie, which an editor has to rank. A figure whose bound was not
read is no rival of the same figure with a bound: it supports it. Nor is a bound of a date, "by 2030", one of a
date that it leaves, or a month one of its days, where the source of the day is as good.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from kg.claims.date_values import edtf_of, is_bound, leaves, span_of
from kg.claims.grades import read_scale
from kg.claims.support import independent_origins, is_compiled
from kg.rdf import NamedNode
from kg.rdf.namespaces import KG
from kg.rdf.store import Fact, Node, Store, facts
from kg.rdf.vocab import LEDGER, kg
from kg.values import Span, parse_edtf

__all__ = ["RULES", "Decision", "RankedClaim", "Rival", "origins_of", "rank_values", "read_claims"]

DEPRECATED = 2
_RANKS = {"Preferred": 0, "Normal": 1, "Deprecated": DEPRECATED}
# How a value is printed does not make it another value.
_INCIDENTAL = frozenset({KG + "verbatim", KG + "note", KG + "value", KG + "unit", KG + "scope"})
_BOUND = re.compile(r"(?<=ontology#bound <)[^>]*")
# A figure whose bound was not read may be exact; one that is a limit or rough is not.
_BOUND_PRECISION = {"Exactly": 2, "BoundNotStated": 1}
_NOT_STATED = KG + "BoundNotStated"
# Where the words do not say of how much of a thing a figure is, it is taken as one of the whole.
_WHOLE = 1


@dataclass(frozen=True)
class RankedClaim:
    """A claim as ranking needs it: what it states, its standing, and the facts of its graph.

    `published` is the last day on which its document may have appeared, '' when undated. `strength` is that of
    its evidence, '' for our own notes; `scope` is the order of how much of a thing its figure is told of.
    """

    name: str
    document: str
    subject: str
    property: str
    value: str
    rank: int
    grade: int
    origin: str
    published: str
    precision: tuple[int, int]
    stated: tuple[Fact, ...]
    strength: str = ""
    scope: int = _WHOLE


@dataclass(frozen=True)
class Rival:
    """One value of a property with the claims that give it, the best first."""

    claims: tuple[RankedClaim, ...]

    @property
    def best(self) -> RankedClaim:
        """The claim that stands for the value."""
        return self.claims[0]


@dataclass(frozen=True)
class Decision:
    """A claim whose value is not accepted, the claim that outranks it, and the rule; '' for a tie."""

    loser: str
    winner: str
    rule: str


def _half_year(day: str) -> int:
    return int(day[:4]) * 2 + (day[5:7] > "06") if day else 0


def _newest(rival: Rival) -> str:
    return max(claim.published for claim in rival.claims)


# Each rule gives a key; the smaller one wins.
RULES: tuple[tuple[str, Callable[[Rival], Decimal | int | tuple[int, ...] | str]], ...] = (
    ("ByOverride", lambda rival: rival.best.rank),
    ("ByScope", lambda rival: max(claim.scope for claim in rival.claims)),
    ("ByStrength", lambda rival: int(is_compiled(rival.claims))),
    ("ByGrade", lambda rival: min(claim.grade for claim in rival.claims)),
    ("ByRecency", lambda rival: -_half_year(_newest(rival))),
    ("ByIndependence", lambda rival: -len(independent_origins(rival.claims))),
    ("BySpecificity", lambda rival: min((-one, -two) for one, two in (claim.precision for claim in rival.claims))),
    ("ByDay", lambda rival: -int(_newest(rival).replace("-", "") or 0)),
)


def rank_values(claims: Iterable[RankedClaim]) -> tuple[list[Rival], list[Decision]]:
    """Order the values that claims on one subject and property give, best first, with a decision for each claim below.

    Deprecated claims take no part. Claims of one value are ordered by rank, evidence, grade and name.
    """
    by_value: dict[str, list[RankedClaim]] = {}
    for claim in sorted(claims, key=_order):
        if claim.rank < DEPRECATED:
            by_value.setdefault(claim.value, []).append(claim)
    rivals = sorted(_join_coarse_dates(_join_bounds_of_dates(_join_unread_bounds(by_value))), key=_standing)
    decisions = [
        Decision(claim.name, rivals[0].best.name, _deciding_rule(rivals[0], rival))
        for rival in rivals[1:]
        for claim in rival.claims
    ]
    return rivals, decisions


def _order(claim: RankedClaim) -> tuple[object, ...]:
    says_less = _NOT_STATED in claim.value or is_bound(claim.value)
    return claim.rank, is_compiled([claim]), says_less, claim.grade, claim.name


def _join_unread_bounds(by_value: Mapping[str, list[RankedClaim]]) -> list[Rival]:
    """Make a rival of each value; where a bound was not read, it joins the best one of the same figure with a bound."""
    rivals = {value: Rival(tuple(group)) for value, group in by_value.items()}
    for value, unread in [(value, rival) for value, rival in rivals.items() if _NOT_STATED in value]:
        figure = _BOUND.sub("", value)
        read = [other for other in rivals if _NOT_STATED not in other and _BOUND.sub("", other) == figure]
        if read:
            best = min(read, key=lambda other: _standing(rivals[other]))
            rivals[best] = Rival(tuple(sorted((*rivals[best].claims, *unread.claims), key=_order)))
            del rivals[value]
    return list(rivals.values())


def _join_bounds_of_dates(rivals: list[Rival]) -> list[Rival]:
    """Join a bound of a date, "by 2030", with the best date that it leaves; what an editor ranked stays apart."""
    bounds = [rival for rival in rivals if is_bound(rival.best.value) and rival.best.rank == _RANKS["Normal"]]
    dates = {rival.best.name: rival for rival in rivals if rival not in bounds}
    kept = []
    for bound in bounds:
        left = [one for one in dates.values() if one.best.rank == bound.best.rank and _leaves(bound.best, one.best)]
        if left:
            best = min(left, key=_standing).best.name
            dates[best] = Rival(tuple(sorted((*dates[best].claims, *bound.claims), key=_order)))
        else:
            kept.append(bound)
    return [*dates.values(), *kept]


def _join_coarse_dates(rivals: list[Rival]) -> list[Rival]:
    """Join a month, or another date that says less, with the best date within it that no worse a source tells."""
    spans = {rival.best.name: span for rival in rivals if (span := _span_of(rival.best))}
    dates = {name: rival for rival in rivals if (name := rival.best.name) in spans}
    # The longest last: a year joins the day that its month has joined.
    for name in sorted(spans, key=lambda one: (spans[one].latest - spans[one].earliest, one)):
        coarse = dates[name]
        within = [
            one
            for one in dates.values()
            if spans[name] != spans[one.best.name]
            and spans[name].holds(spans[one.best.name])
            and one.best.rank == coarse.best.rank == _RANKS["Normal"]
            and not is_compiled(one.claims)
            and min(claim.grade for claim in one.claims) <= min(claim.grade for claim in coarse.claims)
        ]
        if within:
            best = min(within, key=_standing).best.name
            dates[best] = Rival((*dates[best].claims, *coarse.claims))
            del dates[name]
    return [*dates.values(), *(rival for rival in rivals if rival.best.name not in spans)]


def _span_of(claim: RankedClaim) -> Span | None:
    """Give the days of a year, a month or a day; an interval is a date of its own."""
    edtf = edtf_of(claim.value)
    return parse_edtf(edtf) if edtf and "/" not in edtf else None


def _leaves(bound: RankedClaim, other: RankedClaim) -> bool:
    """Tell whether a bound leaves the date that another claim tells."""
    spans = [span_of(edtf, claim.published) for claim in (bound, other) if (edtf := edtf_of(claim.value))]
    return len(spans) > 1 and spans[0] is not None and spans[1] is not None and leaves(spans[0], spans[1])


def _standing(rival: Rival) -> tuple[object, ...]:
    return (*(rule(rival) for _, rule in RULES), rival.best.name)


def _deciding_rule(winner: Rival, loser: Rival) -> str:
    return next((name for name, rule in RULES if rule(winner) != rule(loser)), "")


def read_claims(store: Store, names: Collection[str] | None = None) -> list[RankedClaim]:
    """Gather the claims of a store that holds claim graphs and the ledger, all or some by name, sorted by name."""
    scale = read_scale(store, "SourceGrade")
    grades = _about(store, "sourceGrade", LEDGER)
    published = _about(store, "publishedLatest", LEDGER)
    strengths = _about(store, "strength", LEDGER)
    scopes = _about(store, "order", None)
    origins = origins_of(store)
    claims = []
    for document, ranked in _ranked(store, names):
        name = ranked.subject.value
        stated = tuple(sorted(facts(store, graph=ranked.subject), key=str))
        root = next((fact for fact in stated if not _is_part(fact.subject, name)), None)
        if root is None:
            continue
        claims.append(
            RankedClaim(
                name=name,
                document=document,
                subject=root.subject.value,
                property=root.predicate.value,
                value=_key(root.object, stated, name),
                rank=_RANKS[_local(ranked.object)],
                grade=scale.place(grades[document].removeprefix(KG)),
                origin=origins.get(document, document),
                published=published.get(document, ""),
                precision=_precision(stated),
                stated=stated,
                strength=strengths.get(name, "").removeprefix(KG),
                scope=_scope(stated, scopes),
            )
        )
    return sorted(claims, key=lambda claim: claim.name)


def _ranked(store: Store, names: Collection[str] | None) -> Iterator[tuple[str, Fact]]:
    """Give each claim's document and the fact that ranks it; some claims are asked for one by one."""
    makes, rank = kg("makesClaim"), kg("rank")
    for name in (None,) if names is None else sorted(names):
        made = facts(store, None, makes, None if name is None else NamedNode(name), LEDGER)
        documents = {fact.object.value: fact.subject.value for fact in made}
        for fact in facts(store, None if name is None else NamedNode(name), rank, None, LEDGER):
            yield documents[fact.subject.value], fact


def _local(term: Node) -> str:
    return term.value.removeprefix(KG)


def _about(store: Store, name: str, graph: NamedNode | None) -> dict[str, str]:
    return {fact.subject.value: fact.object.value for fact in facts(store, None, kg(name), None, graph)}


def origins_of(store: Store) -> dict[str, str]:
    """Map each document to the report it goes back to: what its card says, or the end of its quotations."""
    quoted = _about(store, "quotedFrom", None)
    origins: dict[str, str] = {}
    for document in quoted:
        end, seen = document, {document}
        while end in quoted and quoted[end] not in seen:
            end = quoted[end]
            seen.add(end)
        origins[document] = end
    return origins | _about(store, "origin", LEDGER)


def _is_part(node: object, claim: str) -> bool:
    return isinstance(node, NamedNode) and node.value.startswith(claim + "#")


def _key(node: Node, stated: tuple[Fact, ...], claim: str) -> str:
    """Write a value so that two claims of the same value write it alike: no ids, no wording."""
    if not _is_part(node, claim):
        return str(node)
    parts = sorted(
        f"{fact.predicate.value} {_key(fact.object, stated, claim)}"
        for fact in stated
        if fact.subject == node and fact.predicate.value not in _INCIDENTAL
    )
    return f"[{'; '.join(parts)}]"


def _scope(stated: tuple[Fact, ...], orders: Mapping[str, str]) -> int:
    """Give the order of how much of its thing a figure is told of, the whole being first."""
    scopes = (fact.object.value for fact in stated if fact.predicate.value == KG + "scope")
    return max((int(orders[scope]) for scope in scopes if scope in orders), default=_WHOLE)


def _precision(stated: tuple[Fact, ...]) -> tuple[int, int]:
    """Measure how exact a value is: an exact bound or a day first, then digits, or else how much is told."""
    values = {fact.predicate.value.removeprefix(KG): fact.object.value for fact in stated}
    if "edtf" in values:
        return len(values["edtf"]) if "/" not in values["edtf"] else 0, 0
    if "value" in values and "bound" in values:
        digits = values["value"].replace(".", "").strip("0")
        return _BOUND_PRECISION.get(values["bound"].removeprefix(KG), 0), len(digits)
    return len(stated), 0
