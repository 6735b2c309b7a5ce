"""Edges: what joins two things of the accepted view, found by the queries in `ontology/networks/`.

A query gives the two ends of an edge and, where there are, the node behind it (an agreement,
a supply link), mode, dates, stage, product and quantity. The claims of an edge are those of
the triples that the query matched, through rules as well, as for the rows of a question.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from typing import Any

from kg.claims.grades import Scales, read_scales
from kg.networks.words import EdgeWords
from kg.provenance.lineage import Lineage
from kg.provenance.provenance import Provenance
from kg.rdf import NamedNode
from kg.rdf.labels import label
from kg.rdf.namespaces import KG, shorten
from kg.rdf.store import Node, Store, Triple, select, value_of
from kg.rdf.vocab import VIEW, kg

__all__ = ["NETWORKS", "STATED", "Edge", "EdgeKind", "find_edges"]

NETWORKS = ("partnership", "supply", "ownership", "location", "process", "work")
"""Partners; who supplies whom; who owns or runs what; what lies where; stages and products; who does which work."""

STATED = "Stated"
"""The mode of what is there, and not only planned, expected, aimed at or explored."""

_ID_LENGTH = 12
_LEDGER_FACTS = """
SELECT ?claim ?mode ?grade ?published WHERE {
  GRAPH graph:ledger {
    ?document kg:makesClaim ?claim .
    ?document kg:sourceGrade ?grade .
    ?claim kg:mode ?mode .
    OPTIONAL { ?document kg:publishedLatest ?published }
  }
}
"""


@dataclass(frozen=True)
class EdgeKind:
    """A kind of edge: the network it belongs to, the relation it shows, its words, and how its edges are found.

    `relation` is the term of the ontology that it rests on. Where that points from target to source, `inverse` is
    the name of the relation as the edge runs: a site has an operator, and its operator operates it.
    """

    name: str
    title: dict[str, str]
    network: str
    relation: str
    inverse: str | None
    words: EdgeWords
    reason: str
    text: str
    lineage: Lineage

    def to_dict(self) -> dict[str, Any]:
        """Give the kind as plain values, for the release; its query goes along, so that it is part of the id."""
        kept = (field.name for field in fields(self) if field.name != "lineage")
        return {name: getattr(self, name) for name in kept} | {"words": self.words.to_dict()}


@dataclass(frozen=True, slots=True)
class Edge:
    """Something that joins `source` to `target`; both, and all that is named here, are short ids.

    `relation` runs from source to target, as work, goods and shares do: who operates a site is the source.

    `since` and `until` are EDTF dates, `quantity` the figures as printed, `value` the figure in
    the `unit` of comparison. Of the claims behind the edge, `grade` is the source that its
    weakest part rests on, and `known` the day by which all its parts were published, None
    for an edge that rests on an undated document alone. An edge without claims is recorded by the
    editors or part of the ontology, and has no grade.
    """

    id: str
    network: str
    relation: str
    source: str
    target: str
    link: str | None = None
    mode: str = STATED
    status: str | None = None
    since: str | None = None
    until: str | None = None
    stage: str | None = None
    product: str | None = None
    quantity: tuple[str, ...] = ()
    value: float | None = None
    unit: str | None = None
    claims: tuple[str, ...] = ()
    grade: str | None = None
    known: str | None = None

    def to_dict(self) -> dict[str, Any]:
        """Give the edge as plain values."""
        return {field.name: getattr(self, field.name) for field in fields(self)}

    @property
    def kind(self) -> str:
        """The name of its kind, such as ownership-shares."""
        return self.id.partition("/")[0]

    @property
    def is_stated(self) -> bool:
        """Tell whether the edge is there, and not only planned, expected, aimed at or explored."""
        return self.mode == STATED


@dataclass(frozen=True)
class _Standing:
    """What the ledger says of a claim: its mode, the grade of its document, and the last day of that one."""

    mode: str
    grade: str
    published: str | None


def find_edges(store: Store, provenance: Provenance, kinds: Iterable[EdgeKind]) -> list[Edge]:
    """Find the edges of every kind, in order of their ids; what differs only in its figures is one edge."""
    ledger = {
        row["claim"].value: _Standing(_local(row["mode"]), _local(row["grade"]), _text(row.get("published")))
        for row in select(store, _LEDGER_FACTS)[1]
    }
    scales = read_scales(store)
    found: list[Edge] = []
    for kind in kinds:
        rows: dict[tuple[str | None, ...], list[dict[str, Node]]] = {}
        for row in kind.lineage.rows(store, {}):
            if isinstance(row.get("source"), NamedNode) and isinstance(row.get("target"), NamedNode):
                key = tuple(_short(row.get(name)) for name in ("source", "target", "link", "stage", "product"))
                rows.setdefault(key, []).append(row)
        found += [_Finder(store, provenance, ledger, scales, kind).edge(group) for group in rows.values()]
    return sorted(found, key=lambda edge: edge.id)


@dataclass(frozen=True)
class _Finder:
    """Makes an edge of the solutions that tell of it."""

    store: Store
    provenance: Provenance
    ledger: dict[str, _Standing]
    scales: Scales
    kind: EdgeKind

    def edge(self, rows: list[dict[str, Node]]) -> Edge:
        """Fold the solutions for one pair of ends, node behind, stage and product into an edge."""
        source, target, link, stage, product = (
            _short(rows[0].get(name)) for name in ("source", "target", "link", "stage", "product")
        )
        since, until = _span(_first(rows, "since"), _first(rows, "until"))
        quantities = sorted({row["quantity"] for row in rows if "quantity" in row}, key=str)
        value, unit = self._compared(quantities)
        claims, standing = self._provenance(rows)
        return Edge(
            id=_identify(self.kind.name, source, target, link, stage, product),
            network=self.kind.network,
            relation=self.kind.inverse or self.kind.relation,
            source=source or "",
            target=target or "",
            link=link,
            mode=self._mode(rows, standing),
            status=_first(rows, "status"),
            since=since,
            until=until,
            stage=stage,
            product=product,
            quantity=tuple(label(self.store, quantity) for quantity in quantities),
            value=value,
            unit=unit,
            claims=claims,
            grade=standing.grade if claims else None,
            known=standing.published,
        )

    def _provenance(self, rows: list[dict[str, Node]]) -> tuple[tuple[str, ...], _Standing]:
        """Give the claims behind an edge, and how it stands by its weakest part.

        The parts are the triples that touch an end of the edge: a figure or a date that is only
        planned, or is told by a weak source, makes the edge itself no less sure.
        """
        triples = {triple for row in rows for triple in self.kind.lineage.triples(self.store, row)}
        ends = {rows[0]["source"], rows[0]["target"]}
        claims: set[str] = set()
        parts: list[_Standing] = []
        for triple in sorted(triples, key=str):
            behind = self.provenance.claims_of(triple)
            claims.update(behind)
            if behind and _touches(triple, ends):
                parts.append(self._best([self.ledger[claim] for claim in behind]))
        days = [part.published for part in parts]
        worst = _Standing(
            self.scales.modes.least_sure(part.mode for part in parts) or STATED,
            self.scales.grades.least_sure(part.grade for part in parts) or self.scales.grades.best,
            None if None in days else max((day for day in days if day), default=None),
        )
        return tuple(sorted(shorten(claim) for claim in claims)), worst

    def _mode(self, rows: list[dict[str, Node]], standing: _Standing) -> str:
        """Give the mode of an edge: the surest that its solutions name, but no surer than its weakest part."""
        named = self.scales.modes.surest(_local(row["mode"]) if "mode" in row else STATED for row in rows)
        return self.scales.modes.least_sure([named or STATED, standing.mode]) or STATED

    def _best(self, standings: list[_Standing]) -> _Standing:
        """Give how a triple stands that any of several claims would do for."""
        days = [one.published for one in standings if one.published]
        mode = self.scales.modes.surest(one.mode for one in standings)
        grade = self.scales.grades.surest(one.grade for one in standings)
        return _Standing(mode or "", grade or "", min(days, default=None))

    def _compared(self, quantities: list[Node]) -> tuple[float | None, str | None]:
        """Give the one figure in the unit of comparison; figures that differ give none."""
        figures = {
            (_text(self._about(one, "comparisonValue")), _short(self._about(one, "comparisonUnit")))
            for one in quantities
        }
        value, unit = figures.pop() if len(figures) == 1 else (None, None)
        return (float(value), unit) if value is not None and unit is not None else (None, None)

    def _about(self, node: Node, name: str) -> Node | None:
        return value_of(self.store, node, kg(name), VIEW)


def _touches(triple: Triple, ends: set[Node]) -> bool:
    return triple[0] in ends or triple[2] in ends


def _identify(*parts: str | None) -> str:
    """Make the id of an edge from its kind and what tells it from others; it stays while they stay."""
    digest = hashlib.sha256("\n".join(part or "" for part in parts).encode()).hexdigest()
    return f"{parts[0]}/{digest[:_ID_LENGTH]}"


def _span(since: str | None, until: str | None) -> tuple[str | None, str | None]:
    """Take an interval of EDTF apart.

    >>> _span("2026/2028", None), _span("2025-03-15", None), _span("../2028", None)
    (('2026', '2028'), ('2025-03-15', None), (None, '2028'))
    """
    if since is not None and "/" in since:
        start, _, end = since.partition("/")
        return _known_end(start), until or _known_end(end)
    return since, until


def _known_end(date: str) -> str | None:
    return date if date.strip(".") else None


def _first(rows: list[dict[str, Node]], name: str) -> str | None:
    """Give the first of what the solutions say under a name; of a concept, its local name."""
    texts: Iterator[str] = (_local(row[name]) for row in rows if name in row)
    return min(texts, default=None)


def _local(node: Node) -> str:
    return node.value.removeprefix(KG)


def _text(node: Node | None) -> str | None:
    return None if node is None else node.value


def _short(node: Node | None) -> str | None:
    return None if node is None else shorten(node.value)
