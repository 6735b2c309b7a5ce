"""Concentration: on how few suppliers the known supply of a stage, a product or a region rests.

The measure is the Herfindahl index, the sum of the squared shares: 1 for one supplier alone, 1/n
for n equal ones. Once over the deliveries that are told, once over yearly rates where at least two suppliers
have one for the same product in the same unit. How much of the supply has no such figure is told beside it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from kg.analysis.base import Analysis, Line, NetworkView
from kg.analysis.volumes import contracts, hhi, rate_of, share
from kg.errors import UsageError
from kg.networks import Edge
from kg.tables.table import Cell

__all__ = ["BY", "COLUMNS", "find_concentration"]

BY = ("product", "stage", "region")
COLUMNS = (
    "of", "suppliers", "links", "hhi_of_links", "largest", "share_of_largest", "links_with_rate", "share_without_rate",
    "hhi_of_rates", "unit",
)  # fmt: skip
_NOTES = (
    "Of the known supply, not of the market: nobody lists all suppliers. Only stated deliveries are counted.",
    "Where no supplier is told the number is 0, which is not to say that there is none.",
)


def find_concentration(scene: NetworkView, by: str) -> Analysis:
    """Give the concentration of known supply by product, stage, or region of the supplier; UsageError for another."""
    if by not in BY:
        raise UsageError(f"by: {by!r} is not known; write one of {', '.join(BY)}")
    groups: dict[str | None, list[Edge]] = {name: [] for name in _wanted(scene, by)}
    for edge in contracts(edge for edge in scene.edges.get("supply", []) if edge.is_stated):
        groups.setdefault(_group(scene, edge, by), []).append(edge)
    lines = [_line(scene, name, edges) for name, edges in groups.items() if name is not None or edges]
    lines.sort(key=lambda line: (-int(str(line.cells[2])), str(line.cells[0] or "~")))
    return scene.make_analysis(f"Concentration of known supply by {by}", COLUMNS, lines, _NOTES, absent="not known")


def _wanted(scene: NetworkView, by: str) -> Iterable[str | None]:
    """Give what there should be suppliers for: the stages, or the products that stages take in."""
    process = scene.edges.get("process", [])
    if by == "stage":
        return {name for edge in process for name in (edge.source, edge.target) if scene.node(name).kind == "Stage"}
    return {edge.source for edge in process if edge.relation == "goesInto"} if by == "product" else ()


def _group(scene: NetworkView, edge: Edge, by: str) -> str | None:
    return scene.node(edge.source).region if by == "region" else edge.product if by == "product" else edge.stage


def _line(scene: NetworkView, name: str | None, edges: list[Edge]) -> Line:
    links = Counter(edge.source for edge in edges)
    largest = min(links, key=lambda source: (-links[source], source), default=None)
    # Tonnes of different goods make no sum.
    rates, unit = _rates(edges) if len({edge.product for edge in edges}) == 1 and edges[0].product else ([], None)
    with_rate = len(rates)
    sums: Counter[str] = Counter()
    for source, rate in rates:
        sums[source] += rate  # type: ignore[assignment]
    if len(sums) > 1:
        largest, part = max(sums.items(), key=lambda one: (one[1], one[0]))
        largest_share = share(part, sum(sums.values()))
    else:
        largest_share = share(links[largest], len(edges)) if largest else None
    cells: tuple[Cell, ...] = (
        scene.refer(name), len(links), len(edges), hhi(links.values()), scene.refer(largest), largest_share, with_rate,
        share(len(edges) - with_rate, len(edges)) if edges else None, hhi(sums.values()) if len(sums) > 1 else None,
        scene.unit(unit) if len(sums) > 1 else None,
    )  # fmt: skip
    return Line(cells, tuple(edges))


def _rates(edges: list[Edge]) -> tuple[list[tuple[str, float]], str | None]:
    """Give the yearly rates in the unit in which most suppliers have one."""
    found = [(edge.source, rate) for edge in edges if (rate := rate_of(edge))]
    suppliers = Counter(unit for _, unit in {(source, unit) for source, (_, unit) in found})
    unit = min(suppliers, key=lambda one: (-suppliers[one], one), default=None)
    return [(source, rate) for source, (rate, its) in found if its == unit], unit
