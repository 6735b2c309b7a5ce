"""The ledger as rows, and what is counted from it: conflicts, coverage, changes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.cards.files import Cards
from kg.claims.assemble import assemble
from kg.claims.changes import compare
from kg.claims.conflicts import find_conflicts
from kg.claims.coverage import measure_coverage
from kg.claims.ledger import read_ledger
from kg.graph import Graph
from kg.rdf.namespaces import expand
from kg.rdf.store import Store
from tests.support.small import ENTITIES, ONTOLOGY, card, vocabulary

DOCUMENT = """\
id: document/{name}
type: NewsArticle
title: {{en: A report}}
published: {published}
language: en
sourceGrade: {grade}
claims:
  - id: claim/{name}/land
    evidence: Page
    says: {{id: base/luming, landArea: {{verbatim: {land} hectares, value: {land}, unit: ha}}}}
  - id: claim/{name}/operator
    evidence: Page
    says: {{id: base/luming, operator: company/anhe}}
"""

Make = Callable[..., Store]


@pytest.fixture
def make(tmp_path: Path) -> Make:
    """Assemble a store from reports given as (name, published, grade, hectares)."""

    def assembled(*reports: tuple[str, str, str, str]) -> Store:
        documents = [
            card(tmp_path, DOCUMENT.format(name=name, published=published, grade=grade, land=land), name)
            for name, published, grade, land in reports
        ]
        cards = Cards(documents, [card(tmp_path, ENTITIES, "entities")], [])
        store = ox.Store()
        assemble(cards, vocabulary(), ONTOLOGY, store)
        return store

    return assembled


PAPER = ("paper", "2025-05", "Press", "12")
COPY = ("a-copy", "2025-06", "Mirror", "13")
OTHER = ("other-paper", "2025-04", "Press", "12")


def test_conflicts_stand_side_by_side_with_the_rule_that_decided(make: Make) -> None:
    rows = find_conflicts(make(PAPER, COPY, OTHER)).rows
    assert [(row[2], row[3], row[4]) for row in rows] == [
        ("12 hectares", "accepted", "document/other-paper"),
        ("12 hectares", "corroborates", "document/paper"),
        ("13 hectares", "outranked by grade", "document/a-copy"),
    ]


def test_what_all_sources_agree_on_is_no_conflict(make: Make) -> None:
    assert find_conflicts(make(PAPER, OTHER)).rows == ()


def test_conflicts_of_one_entity(make: Make) -> None:
    store = make(PAPER, COPY)
    assert len(find_conflicts(store, "base/luming")) == 2
    assert len(find_conflicts(store, "company/anhe")) == 0


def test_an_undecided_conflict_says_so(make: Make) -> None:
    rows = find_conflicts(make(PAPER, ("same-day", "2025-05", "Press", "14"))).rows
    assert [row[3] for row in rows] == ["accepted", "undecided"]


def totals(store: Store) -> dict[object, object]:
    sections = measure_coverage(store, {"one": True, "two": False}, read_ledger(store))
    return dict(sections[0].table.rows)  # type: ignore[arg-type]


def test_coverage_counts_statements_once_and_copies_apart(make: Make) -> None:
    counted = totals(make(PAPER, COPY, OTHER))
    assert counted["claims"] == 6
    assert counted["statements in the view"] == 2
    assert counted["statements with a single origin"] == 0
    assert counted["claims outranked or deprecated"] == 1
    assert counted["questions with an answer"] == 1


def test_what_only_weak_sources_say_is_counted(make: Make) -> None:
    assert totals(make(COPY))["statements from weak sources only"] == 2
    assert totals(make(PAPER))["statements from weak sources only"] == 0


def test_names_that_are_missing_are_listed(make: Make) -> None:
    made = make(PAPER)
    sections = measure_coverage(made, {}, read_ledger(made))
    missing = next(one for one in sections if one.title.startswith("Entities without"))
    assert missing.table.rows == (("place/luming", True, False),)


def test_what_came_went_and_was_ranked_anew(make: Make) -> None:
    before, after = read_ledger(make(PAPER, OTHER)), read_ledger(make(PAPER, ("new-paper", "2026-01", "Press", "15")))
    changes = {(row[0], row[5], row[2]) for row in compare(before, after, {}).rows}
    assert {("added", "document/new-paper", "landArea"), ("withdrawn", "document/other-paper", "landArea")} <= changes
    assert ("ranked anew", "document/paper", "landArea") in changes


def test_a_claim_that_was_withdrawn_says_why(make: Make) -> None:
    before, after = read_ledger(make(PAPER, OTHER)), read_ledger(make(PAPER))
    reasons = {entry.claim: "the page does not say it" for entry in before if entry.document == "document/other-paper"}
    told = {row[0]: row[4] for row in compare(before, after, reasons).rows}
    assert told["withdrawn"] == "the page does not say it"


def test_a_claim_that_says_something_else_is_restated(make: Make) -> None:
    before = read_ledger(make(PAPER))
    after = [
        replace(entry, words="14 hectares", key="14") if entry.property == "landArea" else entry for entry in before
    ]
    assert [(row[0], row[3], row[4]) for row in compare(before, after, {}).rows] == [
        ("restated", "12 hectares [Stated]", "14 hectares [Stated]")
    ]


def test_nothing_changes_between_equals(make: Make) -> None:
    assert len(compare(read_ledger(make(PAPER)), read_ledger(make(PAPER)), {})) == 0


def test_some_claims_are_read_as_they_stand_among_all(graph: Graph) -> None:
    store = graph.release.store
    entries = read_ledger(store)
    names = {expand(entry.claim) for entry in entries[::7]}
    assert read_ledger(store, names | {"https://w3id.org/zerocarbon/graph/entities"}) == entries[::7]
    assert read_ledger(store, set()) == []


def test_all_conflicts_are_those_of_each_entity(graph: Graph) -> None:
    store = graph.release.store
    subjects = sorted({entry.subject for entry in read_ledger(store)})
    one_by_one = [row for subject in subjects for row in find_conflicts(store, subject).rows]
    assert len(one_by_one) > 10
    # Rivals of one fact come before figures that nobody ranked, whatever they are of.
    assert list(find_conflicts(store).rows) == sorted(one_by_one, key=lambda row: row[-1] != "rivals")


def test_figures_of_two_years_are_told_apart_from_rivals(wide_graph: Graph) -> None:
    rows = wide_graph.conflicts().records()
    sorts = [str(row["sort"]) for row in rows]
    assert set(sorts) == {"rivals", "figures side by side"}
    assert sorts == sorted(sorts, reverse=True)
    apart = [row for row in rows if row["sort"] != "rivals"]
    assert {row["standing"] for row in apart} <= {"accepted", "corroborates"}
