"""Where sources disagree: rival values of one property, side by side, with who says each and which one stands."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby

from kg.claims.date_values import edtf_of, span_of
from kg.claims.ledger import LedgerEntry, read_ledger
from kg.localization import translate
from kg.ontology.node_cells import value_of_node
from kg.ontology.schema import name_term
from kg.rdf import NamedNode
from kg.rdf.labels import label, wording
from kg.rdf.namespaces import expand
from kg.rdf.store import Node, Store, facts
from kg.rdf.vocab import LEDGER, ONTOLOGY, kg
from kg.tables.table import Cell, Date, Table, Word
from kg.values import Span, parse_edtf

__all__ = ["find_conflicts"]

_RANK, _DEPRECATED = kg("rank"), kg("Deprecated")
_OUTRANKED = kg("outrankedBy")
_INDICATOR = kg("indicator")
_COLUMNS = (
    "subject", "property", "value", "standing", "document", "published", "grade", "strength", "mode", "sort",
)  # fmt: skip
# What an indicator measures, of which goods, in what and for when, which tells whether two of them can disagree.
_MEASURED = re.compile(
    r"ontology#(?:measured|measure|ofProduct|within|period) (\[.*?\]|<[^>]*>|\"[^\"]*\"(?:@[\w-]+)?)"
)
_UNIT = re.compile(r"ontology#comparisonUnit <([^>]*)>")
# What is no difference between two figures: how exactly they are told, and as of when a page says so.
_SHADE = re.compile(r"\S+ontology#(?:bound <[^>]*>|asOf \[.*?\])(?:; )?")


def find_conflicts(store: Store, subject: str | None = None, language: str = "en") -> Table:
    """Give every claim on a property for which the sources give more than one value, the accepted value first.

    Rivals of one fact come first, with `sort` saying so; then figures of one measure that nobody ranked, such as those
    of two years. Corroborating claims are listed with the value they support. A figure that is only told less exactly,
    and a month with a day of it, are no conflict. `subject` keeps to one entity, by its id.
    """
    about = set(_about(store, NamedNode(expand(subject)))) if subject else _contested(store)
    entries = [entry for entry in read_ledger(store, about) if subject in (None, entry.subject)]
    # Rivals of one fact come first; figures that nobody ranked may be of two years, or of a part and the whole.
    kinds = {fact.subject.value: str(fact.object) for fact in facts(store, None, kg("unitKind"), None, ONTOLOGY)}
    groups = sorted(_disagreements(entries, kinds), key=lambda group: not _has_rivals(group))
    rows = [(entry, _sort(group)) for group in groups for entry in sorted(group, key=_order)]
    cells: tuple[tuple[Cell, ...], ...] = tuple(
        (
            _named(store, entry.subject, language),
            name_term(store, entry.property, language),
            _value(store, entry, language),
            _in_words(store, entry, language),
            _named(store, entry.document, language),
            Date(entry.published) if entry.published else None,
            name_term(store, entry.grade, language),
            name_term(store, entry.strength, language) if entry.strength else Word.localize("our own note", language),
            name_term(store, entry.mode, language),
            Word.localize(sort, language),
        )
        for entry, sort in rows
    )
    claims = tuple((entry.claim,) for entry, _ in rows)
    return Table(_COLUMNS, cells, claims=claims, absent="undated", language=language)


def _value(store: Store, entry: LedgerEntry, language: str) -> Word:
    """Give what a claim says, with the figure or date in it; people read it by the words of a language."""
    subject, predicate = NamedNode(expand(entry.subject)), kg(entry.property)
    for fact in facts(store, subject, predicate, graph=NamedNode(expand(entry.claim))):
        return Word(entry.words, wording(store, fact.object, language), value_of_node(store, fact.object))
    return Word(entry.words, entry.words)


def _named(store: Store, identifier: str, language: str) -> Word:
    """Give a thing by its id, which people read by its name."""
    return Word(identifier, label(store, NamedNode(expand(identifier)), language))


def _has_rivals(group: Iterable[LedgerEntry]) -> bool:
    """Tell whether one of the values gave way to another."""
    return any(not entry.stands() for entry in group)


def _sort(group: Iterable[LedgerEntry]) -> str:
    return "rivals" if _has_rivals(group) else "figures side by side"


def _contested(store: Store) -> set[str]:
    """Give the claims among which all conflicts are: on what some claim lost, and on what is measured.

    To read all claims would take ten times as long.
    """
    lost = [fact.subject for fact in facts(store, None, _OUTRANKED, None, LEDGER)]
    lost += [fact.subject for fact in facts(store, None, _RANK, _DEPRECATED, LEDGER)]
    pairs = {(fact.subject, fact.predicate) for claim in lost for fact in facts(store, graph=claim)}
    found = {name for subject, predicate in pairs for name in _about(store, subject, predicate)}
    return found | set(_about(store, None, _INDICATOR))


def _about(store: Store, subject: Node | None, predicate: NamedNode | None = None) -> Iterator[str]:
    """Give the claims that say something of a subject; other graphs are given too."""
    for fact in facts(store, subject, predicate):
        if isinstance(fact.graph, NamedNode):
            yield fact.graph.value


def _disagreements(entries: Iterable[LedgerEntry], kinds: Mapping[str, str]) -> Iterator[list[LedgerEntry]]:
    """Give the claims of each fact on which they differ; `kinds` are those of units."""
    for _, group in groupby(entries, key=lambda entry: (entry.subject, entry.property)):
        claims = list(group)
        if claims[0].property == "indicator":
            yield from _indicator_disagreements(claims, kinds)
        elif _has_rivals(claims) and _differ(claims):
            yield claims


def _indicator_disagreements(claims: list[LedgerEntry], kinds: Mapping[str, str]) -> Iterator[list[LedgerEntry]]:
    """Give indicators that measure one thing in one kind of unit for one time, and differ from page to page.

    Those of a single page are its list of lines or of goods.
    """
    by_measure: dict[tuple[str, ...], list[LedgerEntry]] = {}
    for entry in claims:
        units = sorted(kinds.get(unit, unit) for unit in _UNIT.findall(entry.key))
        by_measure.setdefault((*sorted(_MEASURED.findall(entry.key)), *units), []).append(entry)
    for _, group in sorted(by_measure.items()):
        if len({entry.origin for entry in group}) > 1 and _differ(group):
            yield group


def _differ(claims: Iterable[LedgerEntry]) -> bool:
    """Tell whether values differ by more than how exactly they are told."""
    values = {_SHADE.sub("", entry.key): entry.published for entry in claims}
    dates = {date: published for value, published in values.items() if (date := edtf_of(value)) is not None}
    if len(dates) < len(values):
        return len(values) > 1
    # Of two intervals both ends are held against each other; a day within an interval is only told more exactly.
    ends = [tuple(map(parse_edtf, date.split("/"))) for date in dates]
    if all(len(pair) > 1 and None not in pair for pair in ends):
        return any(map(_apart, zip(*ends, strict=True)))
    return _apart(span_of(*dated) for dated in dates.items())


def _apart(spans: Iterable[Span | None]) -> bool:
    """Tell whether dates have no day in common."""
    known = [span for span in spans if span is not None]
    return max(span.earliest for span in known) > min(span.latest for span in known)


def _order(entry: LedgerEntry) -> tuple[bool, str, bool, str]:
    """Sort the accepted value first, then by value; a claim that stands for a value before those that support it."""
    return not entry.stands(), entry.key, entry.standing == "corroborates", entry.claim


def _in_words(store: Store, entry: LedgerEntry, language: str) -> Word:
    """Say how a claim stands: accepted, corroborates, deprecated, outranked by some rule, or undecided."""
    if entry.standing == "Tie":
        return Word.localize("undecided", language)
    if entry.stands() or entry.standing == "deprecated":
        return Word.localize(entry.standing, language)
    rule = re.sub("(?<=[a-z])(?=[A-Z])", " ", entry.standing).lower()
    named = rule if language == "en" else label(store, kg(entry.standing), language)
    return Word(f"outranked {rule}", translate("outranked {rule}", language, rule=named))
