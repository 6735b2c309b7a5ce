"""Grounds: why a triple is in the view, down to the words in a document or to a rule and its premises."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.claims.rules import Rule
from kg.graph import Graph
from kg.provenance.lineage_parser import parse_lineage
from kg.provenance.provenance import Explanation, Provenance
from kg.rdf.namespaces import KG, RULE, expand
from kg.rdf.store import Store, Triple, facts, graphs_with
from tests.support.small import edited, grounds_of, store, world

OTHERS = """\
  - id: claim/report/again
    evidence: Page
    says: {id: base/luming, operator: company/anhe}
  - id: claim/report/older
    evidence: Page
    rank: Deprecated
    note: {en: The report is about another base.}
    says: {id: base/luming, operator: company/anhe}
  - id: claim/report/smaller
    evidence: Page
    rank: Preferred
    note: {en: Surveyed., zh: 实测。}
    says: {id: base/luming, landArea: {verbatim: 800 mu, value: 800, unit: mu}}
  - id: claim/report/smaller-again
    evidence: Page
    says: {id: base/luming, landArea: {verbatim: 800亩, value: 800, unit: mu}}
  - id: claim/report/quoted
    evidence: {printed: [800 mu, Luming-Anhe], readOn: 2031-03-04}
    says: {id: base/luming, floorArea: {value: 800, unit: mu}}
  - id: claim/report/read-again
    evidence: {readOn: 2031-03-04}
    says: {id: base/luming, product: PowerBattery}
  - id: claim/report/tabled
    evidence: Compiled
    says: {id: base/luming, product: PowerBattery}
  - id: claim/report/maker
    evidence: Page
    rank: Deprecated
    note: {en: Not so.}
    says: {id: base/luming, baseOf: company/anhe}
"""


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Provenance:
    return grounds_of(edited(tmp_path_factory.mktemp("cards"), more=OTHERS))


def triple(subject: str, predicate: str, target: str | ox.Literal) -> Triple:
    """Give a triple by short names."""
    node = ox.NamedNode(expand(target)) if isinstance(target, str) else target
    return ox.NamedNode(expand(subject)), ox.NamedNode(expand(predicate)), node


OPERATOR = triple("base/luming", "kg:operator", "company/anhe")
LAND = triple("base/luming", "kg:landArea", "claim/report/smaller#landArea")
ACRES = triple("base/luming", "kg:landArea", "claim/report/land#landArea")
IN_CHINESE = triple("base/luming", "kg:landArea", "claim/report/smaller-again#landArea")
STATUS = triple("base/luming", "kg:currentStatus", "kg:Operating")


def claims(explanation: Explanation) -> list[str]:
    return [claim.id.rpartition("/")[2] for claim in explanation.claims]


def test_a_claim_is_told_with_all_that_the_ledger_knows(tmp_path: Path) -> None:
    (record,) = grounds_of(world(tmp_path)).explain(ACRES).claims
    assert (record.id, record.document, record.title) == ("claim/report/land", "document/report", "A report")
    assert (record.publisher, record.published, record.grade) == ("Anhe Batteries", "2022-02", "Press")
    assert (record.mode, record.rank, record.printed) == ("Planned", "Normal", ("over 800 acres",))
    assert (record.note, record.accepted, record.outranked_by) == (None, True, None)
    assert record.place == f"characters {record.start}–{record.end}"


def test_page_evidence_is_the_page(small: Provenance) -> None:
    record = small.record(expand("claim/report/again"))
    assert (record.start, record.end, record.place) == (None, None, "page")


def test_a_claim_tells_how_well_it_is_borne_out(small: Provenance) -> None:
    records = {
        name: small.record(expand(f"claim/report/{name}")) for name in ("quoted", "read-again", "tabled", "land")
    }
    assert [record.strength for record in records.values()] == ["Printed", "Page", "Compiled", "Position"]
    assert records["quoted"].printed == ("800 mu", "Luming-Anhe")
    assert records["quoted"].place == "printed, read 2031-03-04"
    assert records["read-again"].place == "page, read 2031-03-04"
    assert records["tabled"].place == "one or more of the pages that a table cites together"


def test_the_source_opens_at_the_words_that_were_kept(tmp_path: Path) -> None:
    url = "https://example.org/a"
    cards = edited(tmp_path, ("language: en\n", f"language: en\nurl: {url}\n"), more=OTHERS)
    told = grounds_of(cards)
    assert told.record(expand("claim/report/quoted")).source == f"{url}#:~:text=800%20mu&text=Luming%2DAnhe"
    assert told.record(expand("claim/report/land")).source == url


def test_every_claim_that_states_a_triple_is_told(small: Provenance) -> None:
    explanation = small.explain(OPERATOR)
    assert (explanation.kind, claims(explanation)) == ("claims", ["again", "older", "operator"])
    assert [claim.accepted for claim in explanation.claims] == [True, False, True]


def test_an_answer_does_not_rest_on_a_deprecated_claim(small: Provenance) -> None:
    assert small.claims_of(OPERATOR) == tuple(expand(f"claim/report/{name}") for name in ("again", "operator"))
    assert small.claims_of(triple("base/luming", "kg:baseOf", "company/anhe")) == ()


def test_a_claim_of_the_same_value_in_other_words_stands_behind_it(small: Provenance) -> None:
    explanation = small.explain(LAND)
    assert (explanation.kind, claims(explanation)) == ("claims", ["smaller", "smaller-again"])
    assert small.explain(IN_CHINESE).kind == "corroborating"


def test_what_was_outranked_says_by_whom_and_by_which_rule(small: Provenance) -> None:
    explanation = small.explain(ACRES)
    assert (explanation.kind, claims(explanation)) == ("ranked below", ["land"])
    (record,) = explanation.claims
    assert (record.accepted, record.outranked_by) == (False, "claim/report/smaller")
    assert record.ranking_rule


def test_what_only_a_deprecated_claim_says_is_not_in_the_view(small: Provenance) -> None:
    explanation = small.explain(triple("base/luming", "kg:baseOf", "company/anhe"))
    assert (explanation.kind, claims(explanation)) == ("ranked below", ["maker"])
    assert explanation.claims[0].note == "Not so."


def test_an_inference_is_told_with_its_rule_and_premises(small: Provenance) -> None:
    explanation = small.explain(STATUS)
    assert explanation.kind == "rule"
    assert explanation.rule is not None
    assert explanation.rule.name == "current-status"
    assert {premise.kind for premise in explanation.premises} == {"claims"}
    assert small.claims_of(STATUS) == (expand("claim/report/status"),)


def test_names_are_editorial_and_terms_are_the_ontology(small: Provenance) -> None:
    assert small.explain(triple("company/anhe", "rdf:type", "kg:Company")).kind == "editorial"
    assert small.explain(triple("kg:Base", "rdfs:subClassOf", "kg:Site")).kind == "ontology"


def test_what_nothing_says_is_unknown_and_not_a_no(small: Provenance) -> None:
    explanation = small.explain(triple("base/luming", "kg:operator", "place/luming"))
    assert (explanation.kind, explanation.claims) == ("unknown", ())
    assert "not a no" in explanation.to_text()


def test_programs_get_the_whole_tree(small: Provenance) -> None:
    told = json.loads(json.dumps(small.explain(STATUS).to_dict()))
    assert told["triple"] == ["base/luming", "kg:currentStatus", "kg:Operating"]
    assert told["rule"]["name"] == "current-status"
    assert told["premises"][0]["claims"][0]["document"] == "document/report"


def test_people_get_indented_lines(small: Provenance) -> None:
    lines = small.explain(STATUS).to_text().splitlines()
    assert lines[0] == "base/luming kg:currentStatus kg:Operating"
    assert lines[1] == "  inferred by"
    assert any(line.startswith("    base/luming kg:status claim/report/status#status") for line in lines)
    assert any("A report (2022-02, Press), characters" in line for line in lines)


def test_notes_and_outranking_are_told_to_people(small: Provenance) -> None:
    text = small.explain(ACRES).to_text()
    assert "outranked by claim/report/smaller" in text
    assert "note: Surveyed." in small.explain(LAND).to_text()


def circle() -> Provenance:
    """Make two triples that a rule infers from each other, and nothing else."""
    text = "CONSTRUCT { ?other kg:alongside ?site } WHERE { ?site kg:alongside ?other }"
    turned = "<a> kg:alongside <b> . <b> kg:alongside <a> ."
    rule = Rule("alongside", "t", "r", text)
    return Provenance(store(f"{turned} <{RULE}alongside> {{ {turned} }}"), {"alongside": (rule, parse_lineage(text))})


def test_a_circle_of_inferences_ends() -> None:
    there = triple("a", "kg:alongside", "b")
    assert circle().claims_of(there) == ()
    assert circle().explain(there).kind == "rule"


def test_claims_behind_a_circle_are_found_from_both_sides(tmp_path: Path) -> None:
    cards = edited(tmp_path, ("operator: company/anhe", "alongside: base/beihe"), ("- id: place/luming", ANOTHER_BASE))
    found = grounds_of(cards)
    expected = (expand("claim/report/operator"),)
    assert found.claims_of(triple("base/beihe", "kg:alongside", "base/luming")) == expected
    assert found.claims_of(triple("base/luming", "kg:alongside", "base/beihe")) == expected


ANOTHER_BASE = "- id: base/beihe\n    type: Base\n    name: {en: Beihe base}\n  - id: place/luming"


GROUND = {"claims", "editorial", "ontology", "ledger"}


def whole(explanation: Explanation) -> Iterator[Explanation]:
    yield explanation
    for premise in explanation.premises:
        yield from whole(premise)


def test_every_triple_of_the_real_view_has_grounds_down_to_the_ground(graph: Graph) -> None:
    provenance = Provenance(graph.release.store, graph.release.rules)
    view = [fact.triple for fact in facts(graph.release.store, graph=ox.DefaultGraph())]
    assert len(view) > 5000
    for one in view:
        for part in whole(provenance.explain(one)):
            assert part.kind in GROUND or part.premises, part.triple


def test_the_wide_view_has_grounds_too(wide_graph: Graph) -> None:
    store = wide_graph.release.store
    provenance = Provenance(store, wide_graph.release.rules)
    view = [fact.triple for fact in facts(store, graph=ox.DefaultGraph())]
    assert len(view) > 50_000
    assert [one for one in view if not any(graphs_with(store, one))] == []
    inferred = [one for one in view if all(graph.value.startswith(RULE) for graph in graphs_with(store, one))]
    assert len(inferred) > 1000
    for one in inferred[::10]:
        assert {part.kind for part in whole(provenance.explain(one)) if not part.premises} <= GROUND, one


def test_all_claims_behind_a_property_are_those_behind_its_triples(graph: Graph) -> None:
    store, rules = graph.release.store, graph.release.rules
    for name in ("partnerOf", "dependsOn", "operator"):
        found = Provenance(store, rules).claims_for(ox.NamedNode(expand(f"kg:{name}")))
        assert found == {one: Provenance(store, rules).claims_of(one) for one in found}
        assert len(found) == len(list(facts(store, None, ox.NamedNode(expand(f"kg:{name}")), None, ox.DefaultGraph())))
        assert all(found.values())


def alone(provenance: Provenance, one: Triple) -> Iterator[str]:
    """Give the claims behind a triple that rules infer, asking each rule for this triple alone."""
    for rule, lineage in provenance.rules.values():
        if ox.Quad(*one, ox.NamedNode(rule.iri)) in provenance.store:
            # A rule may make several triples; no two of them with one predicate.
            (made,) = (each for each in lineage.template if each.predicate == str(one[1]))
            places = zip((made.subject, made.predicate, made.object), one, strict=True)
            bound = {place[1:]: term for place, term in places if place.startswith("?")}
            rows = [row for row in lineage.rows(provenance.store, bound) if bound.items() <= row.items()]
            premises = [sorted(set(lineage.triples(provenance.store, row)), key=str) for row in rows]
            for premise in min(premises, key=lambda found: (len(found), str(found))):
                yield from provenance.claims_of(premise)


def test_claims_behind_an_inference_are_those_of_asking_for_it_alone(wide_graph: Graph) -> None:
    store = wide_graph.release.store
    provenance = Provenance(store, wide_graph.release.rules)
    view = sorted((fact.triple for fact in facts(store, graph=ox.DefaultGraph())), key=str)
    inferred = [one for one in view if all(graph.value.startswith(RULE) for graph in graphs_with(store, one))]
    assert len(inferred) > 1000
    for one in inferred[::20]:
        assert provenance.claims_of(one) == tuple(sorted(set(alone(provenance, one)))), one


def test_a_rule_solved_for_one_thing_says_what_it_says_of_it_when_solved_whole(graph: Graph) -> None:
    provenance = graph.provenance
    tried = set()
    for name, (_, lineage) in provenance.rules.items():
        for one, rows in sorted(provenance._solutions(name).items(), key=str)[:10]:
            alone = Provenance(provenance.store, provenance.rules)._solutions_of(name, one)
            assert sorted(map(str, alone)) == sorted(map(str, rows)), (name, one)
            tried |= {name} if any(lineage.rows_about(provenance.store, one[0])) else set()
    assert {"superclass-type", "lies-within", "current-status", "partner-of"} <= tried


def test_after_a_few_a_rule_is_solved_whole(graph: Graph, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.provenance.provenance._SOLVED_ALONE", 2)
    provenance = Provenance(graph.release.store, graph.provenance.rules)
    inferred = sorted(graph.provenance._solutions("superclass-type"), key=str)[:4]
    found = [provenance._solutions_of("superclass-type", one) for one in inferred[:2]]
    assert "superclass-type" not in provenance._solved
    found += [provenance._solutions_of("superclass-type", one) for one in inferred[2:]]
    assert "superclass-type" in provenance._solved
    assert all(found)


def test_after_some_claims_all_that_corroborate_are_read(graph: Graph, monkeypatch: pytest.MonkeyPatch) -> None:
    store, rules = graph.release.store, graph.provenance.rules
    monkeypatch.setattr("kg.provenance.provenance._SINGLE_LOOKUPS", 3)
    accepted = sorted({fact.object.value for fact in facts(store, predicate=ox.NamedNode(KG + "corroborates"))})
    assert len(accepted) > 6
    provenance = Provenance(store, rules)
    alone = [sorted(provenance._corroborating(claim)) for claim in accepted[:3]]
    assert "_corroborators" not in vars(provenance)
    read = [sorted(provenance._corroborating(claim)) for claim in accepted[:3]]
    assert "_corroborators" in vars(provenance)
    assert alone == read
    assert all(alone)
    assert provenance._corroborating("urn:x:none") == Provenance(store, rules)._corroborating("urn:x:none") == []


def test_a_record_is_read_once_and_not_kept_for_ever(graph: Graph, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.provenance.provenance._RECORDS_KEPT", 3)
    provenance = Provenance(graph.release.store, graph.provenance.rules)
    claims = list(provenance.claims)[:5]
    first = provenance.record(claims[0])
    assert provenance.record(claims[0]) is first
    for claim in claims:
        provenance.record(claim)
        assert len(provenance._records) <= 3
    again = provenance.record(claims[0])
    assert again is not first
    assert again == first


def test_every_claim_of_the_real_ledger_has_its_record(graph: Graph) -> None:
    provenance = Provenance(graph.release.store, graph.release.rules)
    records = [provenance.record(claim) for claim in provenance.claims]
    assert len(records) > 200
    assert all(record.accepted != bool(record.outranked_by or record.rank == "Deprecated") for record in records)
    assert all(record.note for record in records if record.rank != "Normal")


def test_an_empty_store_grounds_nothing() -> None:
    empty = Provenance(Store(), {})
    assert (empty.explain(OPERATOR).kind, empty.claims_of(OPERATOR)) == ("unknown", ())
