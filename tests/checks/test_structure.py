"""The check of cards: whatever cannot be said is a finding, and whatever passes makes a graph without gaps."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.cards.files import CardFile, Cards
from kg.cards.texts import Texts
from kg.cards.withdrawn import Withdrawal
from kg.cards.yaml_reader import Text
from kg.checks import ids, structure
from kg.checks.evidence import check_evidence
from kg.checks.structure import check_cards
from tests.cards.test_findings import codes_reported
from tests.support.small import DOCUMENT, checked, codes, quads, vocabulary, world

LAND = "landArea: {verbatim: over 800 acres, value: 800, unit: acre, bound: MoreThan}"
OPERATOR = "operator: company/anhe"
EVIDENCE = DOCUMENT[DOCUMENT.index("evidence: ") : DOCUMENT.index("}", DOCUMENT.index("evidence: ")) + 1]
EDITORIAL = ("sourceGrade: Press", "sourceGrade: Editorial")


def test_the_small_world_is_good(tmp_path: Path) -> None:
    assert checked(tmp_path) == []


BAD: dict[str, list[tuple[str, str]]] = {
    "unknown-key": [
        ("language: en", "langauge: en"),
        ("mode: Planned", "mod: Planned"),
        (LAND, LAND.replace("bound", "bounds")),
        (LAND, "landAera: {value: 1, unit: ha}"),
        ("alias:", "aliases:"),
        ("entities:", "entity: x\nentities:"),
        ("verdict:", "verdikt: SameEntity\n    verdict:"),
        (LAND, "name: {en: Luming}"),
    ],
    "missing-key": [
        ("title:", "# title:"),
        ("sourceGrade: Press\n", ""),
        ("type: NewsArticle\n", ""),
        (f"length: {DOCUMENT.split('length: ')[1].split()[0]}\n", ""),
        ("  - id: company/anhe\n    type: Company", "  - type: Company"),
        ("    name: {en: Luming}\n", ""),
        ("- id: claim/report/land\n    mode: Planned", "- mode: Planned"),
        (f"    says: {{id: base/luming, {OPERATOR}}}\n", ""),
        ("value: 800, ", ""),
        ("unit: acre, ", ""),
        ("    reason: {en: The one stands in the other.}\n", ""),
        (EVIDENCE, "evidence: {start: 1, end: 2}"),
    ],
    "bad-id": [("- id: company/anhe", "- id: Company/anhe")],
    "unknown-id": [
        (OPERATOR, "operator: company/anh"),
        ("id: base/luming, ", "id: base/lumming, "),
        ("type: Base", "type: Basis"),
        ("mode: Planned", "mode: Plannd"),
        ("unit: acre", "unit: acres"),
        ("statusValue: Operating", "statusValue: Running"),
        ("publisher: company/anhe", "publisher: Anhe"),
        ("rightEntity: place/luming", "rightEntity: place/lumin"),
    ],
    "duplicate-id": [("- id: base/luming", "- id: company/anhe")],
    "similar-id": [("- id: place/luming", "- id: base/lumings")],
    "wrong-kind": [
        (OPERATOR, "operator: place/luming"),
        (OPERATOR, "aimedScale: {value: 1, unit: CNY}"),
        (OPERATOR, "currentStatus: Operating"),
        ("statusValue: Operating", "statusValue: Planned"),
        ("publisher: company/anhe", "publisher: base/luming"),
    ],
    "bad-value": [
        ("value: 800", "value: 8e2"),
        ("value: 800", "value: '1,000'"),
        ("edtf: 2031-02", "edtf: 2031-02-30"),
        ("published: 2022-02", "published: February 2022"),
        ("sha256: ", "sha256: 0"),
        ("language: en", "language: en\nurl: nowhere"),
        ("start: 0", "start: ٠"),
        ("title: {en: ", "title: {English: "),
        ("alias:", "exactMatch: company/other\n    alias:"),
        ("alias:", "exactMatch: http://example.org/a b\n    alias:"),
    ],
    "wrong-shape": [
        ("entities:", "entities: x\nentitie:"),
        ("  - id: place/luming", "  - x\n  - id: place/luming"),
        ("claims:", "claims: x\nclaim:"),
        ("title: {en: A report, zh: 报道}", "title: A report"),
        ("title: {en: A report, zh: 报道}", "title: {}"),
        ("title: {en: A report, zh: 报道}", "title: [{en: A report}]"),
        ("zh: 报道", "zh: ''"),
        ("zh: 报道", "zh: []"),
        ("- id: company/anhe", "- id: [company/anhe]"),
        ("id: document/report", "id: {a: b}"),
        ("publisher: company/anhe", "publisher: {note: {en: x}}"),
        ("publisher: company/anhe", "publisher: []"),
        ("published: 2022-02", "published: [2022-02]"),
        ("mode: Planned", "mode: [Planned]"),
        ("mode: Planned", "mode: []"),
        ("verdict: DifferentEntity", "verdict: {note: {en: x}}"),
        (OPERATOR, "operator: {id: company/anhe}"),
        ("unit: acre", "unit: [acre]"),
        ("alias:", "notation: {a: b}\n    alias:"),
        ("alias:", "replaces: []\n    alias:"),
        (EVIDENCE, "evidence: Somewhere"),
        EDITORIAL,
    ],
    "several-statements": [
        (OPERATOR, f"{OPERATOR}, builtTo: x"),
        (f"id: base/luming, {OPERATOR}", "id: base/luming"),
        (f"{{id: base/luming, {OPERATOR}}}", "company/anhe"),
        (OPERATOR, "operator: [company/anhe, company/anhe]"),
        (OPERATOR, "operator: []"),
        ("mode: Planned", "mode: [Planned, Stated]"),
    ],
    "missing-evidence": [(f"    {EVIDENCE}\n", ""), (EVIDENCE, "evidence: Page"), EDITORIAL],
    "unexplained-rank": [("mode: Planned", "rank: Preferred"), ("mode: Planned", "rank: Deprecated")],
}


@pytest.mark.parametrize(("code", "edit"), [(code, edit) for code, edits in BAD.items() for edit in edits])
def test_what_cannot_be_said_is_a_finding(tmp_path: Path, code: str, edit: tuple[str, str]) -> None:
    assert code in codes(checked(tmp_path, edit))


def test_every_kind_of_finding_of_the_module_is_tried_above() -> None:
    modules = (Path(module.__file__ or "") for module in (structure, ids))
    reported = set().union(*(codes_reported(path.read_text("utf-8")) for path in modules))
    # No edit of a card withdraws an id: the list of those does, which the next test gives.
    assert set(BAD) | {"withdrawn-id"} == reported


def test_a_withdrawn_id_that_comes_back_is_a_finding(tmp_path: Path) -> None:
    cards = world(tmp_path)
    gone = Withdrawal("claim/report/land", "2031-03-04", "the page does not say it")
    cards.withdrawn = {gone.name: gone, "claim/report/owner": Withdrawal("claim/report/owner", "2031-03-04", "why")}
    (finding,) = check_cards(cards, vocabulary())
    assert (finding.code, finding.file, finding.line) == ("withdrawn-id", "data/report.yaml", 14)
    assert gone.day in finding.message
    assert gone.reason in finding.message


def test_a_finding_points_at_its_line_and_says_what_to_do(tmp_path: Path) -> None:
    (finding,) = checked(tmp_path, ("landArea:", "landAera:"))
    assert (finding.file, finding.line, finding.column) == ("data/report.yaml", 19, 7)
    assert str(finding).endswith("'landAera' is not a key here; did you mean 'landArea'?")


def test_all_findings_come_at_once(tmp_path: Path) -> None:
    found = checked(tmp_path, ("mode: Planned", "mode: Plannd"), ("verdict:", "verdikt:"), ("language: en\n", ""))
    assert sorted((finding.file, finding.line) for finding in found) == [
        ("data/judgements.yaml", 2), ("data/judgements.yaml", 5), ("data/report.yaml", 1), ("data/report.yaml", 14),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "edits",
    [
        [("mode: Planned", "rank: Preferred\n    note: {en: The other is older.}")],
        [("alias:", "exactMatch: https://example.org/x%20y?z#w\n    notation: [A, B]\n    alias:")],
        [("title: {en: A report, zh: 报道}", "title: {en: A report, zh-Hans: 报道}")],
        [(DOCUMENT[DOCUMENT.index("sha256:") : DOCUMENT.index("claims:")], ""), (EVIDENCE, "evidence: Page")],
        [("language: en", "language: en\nurl: https://example.org/报道")],
        [("published: 2022-02\n", "")],
        [("landArea: {verbatim: over 800 acres", "plannedInvestment: {verbatim: over 800 acres")],
        [("place/luming\n    type: Place", "place/luming\n    type: AdministrativeArea\n    areaLevel: Township")],
    ],
)  # fmt: skip
def test_what_can_be_said_is_none(tmp_path: Path, edits: list[tuple[str, str]]) -> None:
    assert checked(tmp_path, *edits) == []


def test_an_editorial_claim_rests_on_a_note(tmp_path: Path) -> None:
    document = f"""\
id: document/report
type: EditorialNote
title: {{en: Ours}}
language: en
sourceGrade: Editorial
claims:
  - id: claim/report/operator
    note: {{en: It is known.}}
    says: {{id: base/luming, {OPERATOR}}}
"""
    assert check_cards(world(tmp_path, document), vocabulary()) == []
    without = document.replace("    note: {en: It is known.}\n", "")
    assert codes(check_cards(world(tmp_path, without), vocabulary())) == {"missing-evidence"}


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> Cards:
    return world(tmp_path_factory.mktemp("cards"))


WORDS = [
    "", "x", "a b", "company/anhe", "base/luming", "claim/report/land", "document/report", "Operating", "Page", "acre",
    "Editorial", "Deprecated", "Quantity", "Claim", "Company", "@id", "_:b", "http://x/ y", "http://[", "-1", "0", "30",
    "٣", "1" * 5000, "2031-00", "2031", "true", "null", "\N{BATTERY}", "en",
]  # fmt: skip
KEYS = sorted({*vocabulary().properties, "id", "type", "en", "zh", "name", "exactMatch", "notation", "says", "@id"})
scalars = st.sampled_from(WORDS).map(lambda word: Text(word, 7, 7))
keys = st.sampled_from(KEYS).map(lambda word: Text(word, 7, 7))
trees = st.recursive(
    scalars, lambda inner: st.lists(inner, max_size=2) | st.dictionaries(keys, inner, max_size=2), max_leaves=4
)


def places(tree: Any, above: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """List the ways to every part of a tree."""
    inner = tree.items() if isinstance(tree, dict) else enumerate(tree) if isinstance(tree, list) else ()
    return [found for key, value in inner for found in [(*above, key), *places(value, (*above, key))]]


def mutated(card: CardFile, data: st.DataObject) -> CardFile:
    """Replace, remove or bracket a part of a card, or put something beside it."""
    tree = copy.deepcopy(card.tree)
    *way, last = data.draw(st.sampled_from(places(tree)))
    node: Any = tree
    for key in way:
        node = node[key]
    change = data.draw(st.sampled_from(["replace", "replace", "remove", "bracket", "beside"]))
    if change == "remove":
        del node[last]
    elif change == "beside" and isinstance(node, dict):
        node[data.draw(keys)] = data.draw(trees)
    else:
        node[last] = [node[last]] if change == "bracket" else data.draw(trees)
    return CardFile(card.path, card.shown, tree)


@settings(max_examples=400, deadline=None)
@given(data=st.data())
def test_no_card_breaks_the_check_and_what_passes_makes_a_graph_without_gaps(good: Cards, data: st.DataObject) -> None:
    cards = Cards(list(good.documents), list(good.entities), list(good.judgements))
    files = data.draw(st.sampled_from([cards.documents, cards.documents, cards.entities, cards.judgements]))
    files[0] = mutated(files[0], data)
    findings = check_cards(cards, vocabulary())
    check_evidence(cards, Texts.of([]), vocabulary().unit_words)
    if not findings:
        made = list(quads(cards))
        assert not any(isinstance(node, ox.BlankNode) for quad in made for node in (quad.subject, quad.object))
        claims = [quad.object for quad in made if quad.predicate.value.endswith("#makesClaim")]
        roots = [quad.graph_name for quad in made if quad.graph_name in claims and "/claim/" not in str(quad.subject)]
        assert sorted(map(str, roots)) == sorted(map(str, claims))
