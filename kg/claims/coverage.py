"""What the graph covers and where it is thin: per kind, stage and region, and what is missing or stale.

Counts are of the accepted view and the ledger. A statement has a single source when all its
claims go back to one origin; of pages that a table cites together one at most is counted. It is a
weak one when no better grade than a translation, aggregator, machine summary or mirror states it.
A status is stale when its newest record is over 18 months older than the newest document of the
release.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kg.claims.ledger import LedgerEntry
from kg.claims.support import independent_origins, is_compiled
from kg.rdf.namespaces import KG, shorten
from kg.rdf.store import Rows, Store, select
from kg.tables.table import Cell, Date, Table
from kg.tables.tabular import Tabular
from kg.values import parse_edtf

__all__ = ["Section", "measure_coverage"]

STALE_MONTHS = 18

_STRENGTHS = "SELECT ?strength WHERE { ?strength a kg:EvidenceStrength ; kg:order ?order } ORDER BY ?order"
# What is counted as a figure: a quantity, or the day of a signing or a start.
_FIGURES = """SELECT DISTINCT ?claim WHERE {
  { GRAPH ?claim { ?node a kg:Quantity } } UNION
  { GRAPH ?claim { ?thing kg:signedOn|kg:startedOn|kg:productionStartedOn ?day } }
  GRAPH graph:ledger { ?document kg:makesClaim ?claim }
}"""
_KINDS = "SELECT ?entity ?kind WHERE { GRAPH graph:entities { ?entity a ?kind } }"
_NAMED = "SELECT ?entity ?name WHERE { GRAPH graph:entities { ?entity rdfs:label ?name } }"
_STAGES = """SELECT ?entity ?kind WHERE {
  { ?entity kg:worksInStage|kg:toWorkInStage ?kind } UNION { ?link kg:stage ?kind ; kg:supplier ?entity } UNION
  { ?link kg:stage ?kind ; kg:customer ?entity }
}"""
_SUPPLIED = (
    "SELECT ?stage ?supplier WHERE { ?stage a kg:Stage OPTIONAL { ?link kg:stage ?stage ; kg:supplier ?supplier } }"
)
_REGIONS = """SELECT ?entity ?kind WHERE {
  ?kind kg:areaLevel ?level . FILTER(?level IN (kg:Province, kg:Country)) ?entity kg:locatedIn+ ?kind
}"""
_STATUS = """SELECT ?entity (MAX(?day) AS ?newest) WHERE {
  ?entity kg:status ?record OPTIONAL { ?record kg:asOf ?date . ?date kg:latest ?day }
} GROUP BY ?entity"""


@dataclass(frozen=True)
class Section(Tabular):
    """One table of the coverage with its title."""

    title: str
    table: Table

    def to_table(self) -> Table:
        """Give the table of the section."""
        return self.table


def measure_coverage(store: Store, questions: Mapping[str, bool], entries: list[LedgerEntry]) -> list[Section]:
    """Measure the coverage of a release with all entries of its ledger.

    `questions` tells for each named question whether it has an answer.
    """
    statements = _statements(entries)
    return [
        Section("Totals", _totals(store, entries, statements, questions)),
        Section("By strength of evidence", _strengths(store, entries)),
        *(
            Section(f"By {name}", _breakdown(name, _groups(select(store, text)[1]), statements))
            for name, text in (("kind", _KINDS), ("stage", _STAGES), ("region", _REGIONS))
        ),
        Section("Stages without a known supplier", _list("stage", _without(select(store, _SUPPLIED)[1], "supplier"))),
        Section("Stale or undated status", _stale(select(store, _STATUS)[1], entries)),
        Section("Entities without a Chinese or an English name", _unnamed(select(store, _NAMED)[1])),
    ]


def _statements(entries: Iterable[LedgerEntry]) -> dict[tuple[str, str, str], list[LedgerEntry]]:
    """Group the claims that support the view by the statement they make."""
    statements: dict[tuple[str, str, str], list[LedgerEntry]] = defaultdict(list)
    for entry in entries:
        if entry.stands():
            statements[entry.subject, entry.property, entry.key].append(entry)
    return statements


def _is_single(claims: list[LedgerEntry]) -> bool:
    return len(independent_origins(claims)) == 1


def _is_weak(claims: list[LedgerEntry]) -> bool:
    return all(claim.weak for claim in claims)


def _totals(
    store: Store,
    entries: list[LedgerEntry],
    statements: Mapping[tuple[str, str, str], list[LedgerEntry]],
    questions: Mapping[str, bool],
) -> Table:
    groups = list(statements.values())
    counts = {
        "entities": len({row["entity"] for row in select(store, _KINDS)[1]}),
        "documents": len({entry.document for entry in entries}),
        "origins": len({entry.origin for entry in entries}),
        "claims": len(entries),
        "statements in the view": len(groups),
        "statements with a single origin": sum(map(_is_single, groups)),
        "statements ascribed by a table alone": sum(map(is_compiled, groups)),
        "statements from weak sources only": sum(map(_is_weak, groups)),
        "claims outranked or deprecated": sum(not entry.stands() for entry in entries),
        "undecided claims": sum(entry.standing == "Tie" for entry in entries),
        "questions": len(questions),
        "questions with an answer": sum(questions.values()),
    }
    return Table(("what", "number"), tuple(counts.items()))


def _strengths(store: Store, entries: list[LedgerEntry]) -> Table:
    """Count claims and figures by how closely they are tied to the words of their documents, the strongest first."""
    order = [row["strength"].value.removeprefix(KG) for row in select(store, _STRENGTHS)[1]]
    figures = {shorten(row["claim"].value) for row in select(store, _FIGURES)[1]}
    rows = [
        (
            strength or "none (our own notes)",
            len(group := [entry for entry in entries if entry.strength == strength]),
            sum(entry.claim in figures for entry in group),
            len({entry.document for entry in group}),
        )
        for strength in [*order, ""]
    ]
    return Table(("strength", "claims", "claims with figures or days", "documents"), tuple(rows))


def _groups(rows: Rows) -> dict[str, set[str]]:
    groups: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        groups[shorten(row["kind"].value)].add(shorten(row["entity"].value))
    return groups


def _breakdown(
    name: str, groups: Mapping[str, set[str]], statements: Mapping[tuple[str, str, str], list[LedgerEntry]]
) -> Table:
    by_entity: dict[str, set[tuple[str, str, str]]] = defaultdict(set)
    for statement, claims in statements.items():
        for entity in {entity for claim in claims for entity in (claim.subject, *claim.names)}:
            by_entity[entity].add(statement)
    rows: list[tuple[Cell, ...]] = []
    for group, members in sorted(groups.items()):
        made = [statements[statement] for statement in {one for member in members for one in by_entity.get(member, ())}]
        claims = [claim for of_statement in made for claim in of_statement]
        documents = {claim.document for claim in claims}
        single, weak = sum(map(_is_single, made)), sum(map(_is_weak, made))
        silent = sum(member not in by_entity for member in members)
        rows.append((group.removeprefix("kg:"), len(members), len(claims), len(documents), single, weak, silent))
    columns = (name, "entities", "claims", "documents", "single origin", "weak only", "entities without claims")
    return Table(columns, tuple(rows))


def _without(rows: Rows, name: str) -> list[str]:
    return sorted(shorten(row["stage"].value).removeprefix("kg:") for row in rows if name not in row)


def _list(column: str, names: list[str]) -> Table:
    return Table((column,), tuple((name,) for name in names))


def _stale(rows: Rows, entries: list[LedgerEntry]) -> Table:
    spans = (parse_edtf(entry.published) for entry in entries)
    newest = max((span.latest for span in spans if span), default=None)
    if newest is None:
        return Table(("entity", "newest status"), ())
    limit = _months_before(newest, STALE_MONTHS)
    found: list[tuple[Cell, ...]] = []
    for row in rows:
        day = row["newest"].value if "newest" in row else None
        if day is None or datetime.date.fromisoformat(day) < limit:
            found.append((shorten(row["entity"].value), None if day is None else Date(day)))
    return Table(("entity", "newest status"), tuple(sorted(found, key=str)), absent="undated")


def _months_before(day: datetime.date, months: int) -> datetime.date:
    """Go back by calendar months, to the first of the month.

    >>> _months_before(datetime.date(2025, 5, 17), 18)
    datetime.date(2023, 11, 1)
    """
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return datetime.date(year, month + 1, 1)


def _unnamed(rows: Rows) -> Table:
    languages: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        languages[shorten(row["entity"].value)].add((getattr(row["name"], "language", None) or "").partition("-")[0])
    found: list[tuple[Cell, ...]] = [
        (entity, "zh" not in known, "en" not in known)
        for entity, known in languages.items()
        if not {"zh", "en"} <= known
    ]
    return Table(("entity", "lacks Chinese", "lacks English"), tuple(sorted(found, key=str)))
