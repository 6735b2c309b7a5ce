"""The accepted view: what plain queries see of many claims, each fact once, and nothing without its grounds."""

from __future__ import annotations

import datetime
import re
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.cards.files import published_by
from kg.claims.accepted_view import AcceptedView, accept, apply_rules, view_quads
from kg.claims.assemble import assemble
from kg.claims.ranking import DEPRECATED, read_claims
from kg.claims.rules import Rule
from kg.errors import QueryError
from kg.graph import Graph
from kg.rdf.namespaces import KG, expand, shorten
from kg.rdf.store import Store, facts, fill, graphs_with, select
from tests.support.scales import GRADES as RANKED
from tests.support.small import ONTOLOGY, edited, store, vocabulary, world

DEFAULT = ox.DefaultGraph()
# The order of the grades, as the ontology gives it, in a graph that the view does not take over.
ORDER = "".join(
    f"graph:scales {{ kg:{name} a kg:SourceGrade ; kg:order {place} }}\n" for name, place in RANKED.places.items()
)


def document(name: str, grade: str = "Press", published: str = "2022-01-15") -> str:
    """Write a document of the ledger."""
    about = f'kg:sourceGrade kg:{grade} ; kg:published "{published}" ; kg:publishedLatest "{published}"^^xsd:date'
    return f"graph:ledger {{ <document/{name}> {about} }}\n"


def claim(name: str, statement: str, rank: str = "Normal") -> str:
    """Write a claim `document/words` that says something of the base; `#` in it is a value node of the claim."""
    iri = f"claim/{name}"
    ledger = f"<document/{name.partition('/')[0]}> kg:makesClaim <{iri}> . <{iri}> kg:rank kg:{rank}"
    return f"graph:ledger {{ {ledger} }} <{iri}> {{ <base/luming> {statement.replace('#', f'<{iri}#value>')} }}\n"


def land(hectares: str, words: str = "x") -> str:
    return f'kg:landArea # . # kg:comparisonValue {hectares} ; kg:verbatim "{words}" ; kg:bound kg:Exactly'


def maker(company: str) -> str:
    return f"kg:operator <company/{company}>"


def seen(*trig: str) -> tuple[Store, AcceptedView]:
    """Form the view of some documents and claims."""
    filled = store(ORDER + document("a") + document("b") + "".join(trig))
    view = accept(read_claims(filled), vocabulary())
    fill(filled, view_quads(filled, view))
    return filled, view


def accepted(*trig: str) -> set[str]:
    """Name the claims that are accepted."""
    return {shorten(claim.name).removeprefix("claim/") for claim in seen(*trig)[1].accepted}


def lines(filled: Store, name: str) -> set[tuple[str, str]]:
    """Give subjects and objects of a ledger property in short."""
    node = ox.NamedNode(KG + name)
    return {(shorten(fact.subject.value), shorten(fact.object.value)) for fact in facts(filled, predicate=node)}


def test_of_single_values_the_best_ranked_wins() -> None:
    rivals = [claim("a/old", land("10.0")), claim("b/new", land("20.0"), "Preferred")]
    assert accepted(*rivals) == {"b/new"}


def test_of_other_properties_every_claim_counts_that_is_not_deprecated() -> None:
    rivals = [claim("a/one", maker("anhe")), claim("b/two", maker("beiji"), "Preferred")]
    assert accepted(*rivals, claim("b/three", maker("chuan"), "Deprecated")) == {"a/one", "b/two"}


def test_a_deprecated_claim_is_never_seen_even_alone() -> None:
    filled, view = seen(claim("a/land", land("10.0"), "Deprecated"), claim("a/maker", maker("anhe"), "Deprecated"))
    assert view == AcceptedView((), (), ())
    assert list(facts(filled, graph=DEFAULT)) == []


def test_claims_of_equal_value_count_once_and_corroborate() -> None:
    both = [claim("a/land", land("10.0", "150 mu")), claim("b/land", land("10.00", "十公顷"))]
    filled, view = seen(*both)
    assert len(view.accepted) == 1
    assert lines(filled, "corroborates") == {("claim/b/land", "claim/a/land")}


@pytest.mark.parametrize("grade", ["Translation", "Aggregator", "MachineSummary", "Mirror", "Editorial"])
def test_a_weak_source_never_stands_for_a_better_one_of_the_same_value(grade: str) -> None:
    weak = document("0-weak", grade) + claim("0-weak/maker", maker("anhe")) + claim("0-weak/land", land("10.0"))
    better = claim("b/maker", maker("anhe")) + claim("b/land", land("10.0"))
    assert accepted(weak, better) == {"b/maker", "b/land"}


@pytest.mark.parametrize("grade", ["Translation", "Aggregator", "MachineSummary", "Mirror"])
def test_many_weak_sources_never_outrank_a_better_one(grade: str) -> None:
    weak = [document(f"w{n}", grade, "2031-01-01") + claim(f"w{n}/land", land("10.0")) for n in range(3)]
    assert accepted(*weak, claim("b/land", land("20.0"))) == {"b/land"}


def test_another_bound_is_another_value() -> None:
    about = land("10.0").replace("Exactly", "About")
    _, view = seen(claim("a/land", land("10.0")), claim("b/land", about))
    assert (len(view.accepted), view.corroborates) == (1, ())


def test_what_was_outranked_says_by_whom_and_why() -> None:
    filled, _ = seen(claim("a/old", land("10.0")), claim("b/new", land("20.0"), "Preferred"))
    assert lines(filled, "outrankedBy") == {("claim/a/old", "claim/b/new")}
    assert lines(filled, "rankingRule") == {("claim/a/old", "kg:ByOverride")}


def test_a_tie_is_told() -> None:
    filled, view = seen(claim("a/land", land("10.0")), claim("b/land", land("20.0")))
    assert [shorten(tie.loser) for tie in view.ties] == ["claim/b/land"]
    assert lines(filled, "rankingRule") == {("claim/b/land", "kg:Tie")}
    assert len(view.accepted) == 1


def test_corroborated_values_and_several_values_are_no_tie() -> None:
    assert seen(claim("a/land", land("10.0")), claim("b/land", land("10.0")))[1].ties == ()
    assert seen(claim("a/one", maker("anhe")), claim("b/two", maker("beiji")))[1].outranked == ()


def test_value_nodes_come_along_and_no_orphan_stays() -> None:
    filled, _ = seen(claim("a/old", land("10.0")), claim("b/new", land("20.0"), "Preferred"))
    nodes = {shorten(fact.subject.value) for fact in facts(filled, graph=DEFAULT)}
    assert nodes == {"base/luming", "claim/b/new#value"}
    assert len(list(facts(filled, ox.NamedNode(expand("claim/b/new#value")), graph=DEFAULT))) == 3


def test_a_count_over_the_view_counts_a_fact_once() -> None:
    filled, _ = seen(*(document(name) + claim(f"{name}/maker", maker("anhe")) for name in ("c", "d", "e")))
    query = "SELECT (COUNT(*) AS ?n) WHERE { ?base kg:operator ?company }"
    assert [row["n"].value for row in select(filled, query)[1]] == ["1"]
    assert len(list(facts(filled, predicate=ox.NamedNode(KG + "operator")))) == 4


def test_ledger_and_documents_are_not_in_the_view() -> None:
    filled, _ = seen(claim("a/maker", maker("anhe")))
    assert {fact.predicate.value for fact in facts(filled, graph=DEFAULT)} == {KG + "operator"}


def test_the_order_of_claims_does_not_matter() -> None:
    rivals = [claim(f"{name}/land", land(f"{value}.0")) for name, value in (("a", 1), ("b", 2), ("c", 1), ("d", 3))]
    documents = [document("c", "Mirror"), document("d", "Primary")]
    one, other = (sorted(map(str, seen(*documents, *order)[0])) for order in (rivals, reversed(rivals)))
    assert one == other


RANKS = st.sampled_from(["Preferred", "Normal", "Deprecated"])
GRADES = st.sampled_from(["Primary", "Press", "Mirror", "Editorial"])
STATEMENTS = st.sampled_from([land("10.0"), land("20.0"), land("10.0", "y"), maker("anhe"), maker("beiji")])
DATES = st.sampled_from(["2021-01-01", "2022-01-15", "2022-02-01"])
CLAIMS = st.lists(st.tuples(STATEMENTS, RANKS, GRADES, DATES), max_size=7)


def words_of(claims: list[tuple[str, str, str, str]]) -> list[str]:
    return [
        document(f"r{at}", grade, day) + claim(f"r{at}/x", statement, rank)
        for at, (statement, rank, grade, day) in enumerate(claims)
    ]


@settings(max_examples=150, deadline=None)
@given(CLAIMS)
def test_whatever_is_claimed_the_view_holds_what_is_claimed_and_not_deprecated(
    claims: list[tuple[str, str, str, str]],
) -> None:
    filled, view = seen(*words_of(claims))
    standing = [f"r{at}/x" for at, (_, rank, _, _) in enumerate(claims) if rank != "Deprecated"]
    for fact in facts(filled, graph=DEFAULT):
        stating = {shorten(graph.value) for graph in graphs_with(filled, fact.triple)}
        assert stating & {f"claim/{name}" for name in standing}
    told = {one.name for one in view.accepted} | {one for one, _ in view.corroborates}
    told |= {decision.loser for decision in view.outranked}
    assert {shorten(name) for name in told} == {f"claim/{name}" for name in standing}
    assert len(list(facts(filled, predicate=ox.NamedNode(KG + "landArea"), graph=DEFAULT))) <= 1


@settings(max_examples=100, deadline=None)
@given(CLAIMS)
def test_nothing_lower_ranked_or_weaker_is_seen_where_better_is_said(claims: list[tuple[str, str, str, str]]) -> None:
    filled, view = seen(*words_of(claims))
    standing: dict[str, list[tuple[int, int]]] = {}
    for one in read_claims(filled):
        if one.property == KG + "landArea" and one.rank < DEPRECATED:
            standing.setdefault(one.value, []).append((one.rank, one.grade))
    best = {value: (min(said)[0], min(grade for _, grade in said)) for value, said in standing.items()}
    seen_of_land = [best[one.value] for one in view.accepted if one.property == KG + "landArea"]
    assert seen_of_land == sorted(best.values())[:1]


def rule(text: str) -> Rule:
    return Rule("beside", "t", "r", text)


def test_what_a_rule_infers_stands_in_the_view_and_in_its_own_graph() -> None:
    filled = store("<a> kg:feeds <b> . <b> kg:feeds <c> . <c> kg:feeds <d> .")
    nearby = rule("CONSTRUCT { ?x kg:feeds ?z } WHERE { ?x kg:feeds ?y . ?y kg:feeds ?z }")
    assert apply_rules(filled, [nearby]) == 3
    assert len(list(facts(filled, graph=DEFAULT))) == 6
    assert len(list(facts(filled, graph=ox.NamedNode(nearby.iri)))) == 3


def test_what_is_stated_is_not_inferred_again() -> None:
    filled = store("<a> kg:feeds <b> .")
    assert apply_rules(filled, [rule("CONSTRUCT { ?x kg:feeds ?y } WHERE { ?x kg:feeds ?y }")]) == 0


def test_a_rule_that_makes_nodes_or_is_none_is_refused() -> None:
    filled = store("<a> kg:feeds <b> .")
    with pytest.raises(RuntimeError, match="blank node"):
        apply_rules(filled, [rule("CONSTRUCT { [] kg:feeds ?y } WHERE { ?x kg:feeds ?y }")])
    with pytest.raises(QueryError, match="CONSTRUCT"):
        apply_rules(filled, [rule("SELECT * {}")])


def test_rules_that_never_rest_are_a_fault() -> None:
    endless = "CONSTRUCT { ?x kg:position ?next } WHERE { ?x kg:position ?n BIND(?n + 1 AS ?next) }"
    with pytest.raises(RuntimeError, match="did not come to rest"):
        apply_rules(store("<a> kg:position 1 ."), [rule(endless)])


@pytest.mark.parametrize(
    ("published", "day", "kept"),
    [
        ("2022-02-14", "2022-02-14", True), ("2022-02-14", "2022-02-13", False), ("2022-02", "2022-02-27", False),
        ("2022-02", "2022-02-28", True), ("2022", "2022-06-01", False), ("", "2099-01-01", False),
    ],
)  # fmt: skip
def test_as_of_a_day_only_what_surely_appeared_by_then_is_known(
    tmp_path: Path, published: str, day: str, kept: bool
) -> None:
    edit = f"published: {published}\n" if published else ""
    cards = edited(tmp_path, ("published: 2022-02\n", edit))
    known, left_out = published_by(cards, datetime.date.fromisoformat(day))
    assert ([card.slug for card in known.documents], left_out) == ((["report"], []) if kept else ([], ["report"]))
    assert (known.entities, known.judgements) == (cards.entities, cards.judgements)


def test_a_rival_of_what_is_not_yet_known_is_forgotten(tmp_path: Path) -> None:
    cards = edited(tmp_path, ("mode: Planned", "mode: Planned\n    rivalOf: claim/later/land"))
    filled = Store()
    assemble(cards, vocabulary(), ONTOLOGY, filled)
    assert lines(filled, "rivalOf") == set()


def test_the_small_world_is_seen_whole(tmp_path: Path) -> None:
    filled = Store()
    view = assemble(world(tmp_path), vocabulary(), ONTOLOGY, filled)
    assert len(view.accepted) == 3
    query = 'SELECT ?base ?status WHERE { ?base kg:currentStatus ?status ; rdfs:label "路明基地"@zh }'
    assert [row["status"].value for row in select(filled, query)[1]] == [KG + "Operating"]


def test_the_real_view_has_every_statement_once_and_no_orphan(graph: Graph) -> None:
    filled = graph.release.store
    view = list(facts(filled, graph=DEFAULT))
    held = {fact.object for fact in view}
    parts = {fact.subject for fact in view if re.search("/claim/.*#", fact.subject.value)}
    assert len(parts) > 50
    assert parts <= held
