"""How much: deliveries as yearly rates, so far as the sources allow, and shares of what is known.

A rate is a printed figure per year, per month or per day, or a total spread evenly over the term
that is told with it; a total without a term is no rate. Two deliveries are comparable if their
rates are in one unit.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal

from kg.networks import Edge
from kg.values import parse_edtf

__all__ = ["amount_in", "contracts", "hhi", "rate_of", "share"]

# Terms run over leap years, a stop of so many days is asked of a year as people count it.
_DAYS_OF_YEAR = 365.25
_DAYS_OF_COMMON_YEAR = 365
_PER_YEAR = {"-PER-YR": 1.0, "-PER-MONTH": 12.0, "-PER-DAY": _DAYS_OF_YEAR}


def rate_of(edge: Edge) -> tuple[float, str] | None:
    """Give the yearly rate of a delivery and its unit without the year, or None.

    >>> years = {"since": "2026", "until": "2028"}
    >>> rate_of(Edge("t", "supply", "suppliesTo", "a", "b", value=60.0, unit="unit:TONNE", **years))
    (20.0, 'TONNE')
    """
    if edge.value is None or edge.unit is None:
        return None
    # The units of a year and of a whole term have different prefixes, being ours and QUDT's.
    unit = edge.unit.partition(":")[2]
    for ending, times in _PER_YEAR.items():
        if unit.endswith(ending):
            return edge.value * times, unit.removesuffix(ending)
    years = _years(edge)
    return None if years is None else (round(edge.value / years, 6), unit)


def amount_in(rate: float, days: int) -> Decimal:
    """Give what a yearly rate comes to in so many days of a common year, rounded to whole units.

    >>> amount_in(365_000.0, 90)
    Decimal('90000')
    """
    return Decimal(round(rate * days / _DAYS_OF_COMMON_YEAR))


def _years(edge: Edge) -> float | None:
    """Give the length of the told term in years."""
    start = parse_edtf(edge.since) if edge.since else None
    end = parse_edtf(edge.until) if edge.until else start
    if start is None or end is None:
        return None
    return max(round(((end.latest - start.earliest).days + 1) / _DAYS_OF_YEAR, 2), 1 / 12)


def contracts(edges: Iterable[Edge]) -> list[Edge]:
    """Keep one of several links that tell the same delivery: same ends, product, figure and term."""
    found: dict[tuple[object, ...], Edge] = {}
    for edge in edges:
        key = (edge.source, edge.target, edge.product, edge.stage, edge.value, edge.unit, edge.since, edge.until)
        found.setdefault(key, edge)
    return list(found.values())


def share(part: float, whole: float) -> Decimal | None:
    """Give a share to three places, None of nothing."""
    return Decimal(str(part / whole)).quantize(Decimal("0.001"), ROUND_HALF_UP) if whole else None


def hhi(parts: Iterable[float]) -> Decimal | None:
    """Give the Herfindahl index of some amounts, from near 0 (many equal ones) to 1 (one alone), None of none.

    >>> hhi([1, 1]), hhi([5]), hhi([])
    (Decimal('0.500'), Decimal('1.000'), None)
    """
    parts = list(parts)
    return share(sum(part * part for part in parts), sum(parts) ** 2)
