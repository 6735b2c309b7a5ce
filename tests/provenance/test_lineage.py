"""Footings: what each row of a query rests on, read off the query's text and filled with the row's values."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pyoxigraph as ox
import pytest
from hypothesis import example, given, reject, settings
from hypothesis import strategies as st

from kg.errors import QueryError
from kg.graph import Graph
from kg.provenance.lineage import Lineage, Pattern
from kg.provenance.lineage_parser import parse_lineage
from kg.rdf.namespaces import shorten
from kg.rdf.store import Node, Rows, Store, Triple, select
from tests.support.small import store

WORLD = r"""
<a> kg:feeds <b> ; rdfs:label "a" . <b> kg:feeds <c> ; rdfs:label "}{" . <c> kg:feeds <d> , <a> ; rdfs:label "x\ny" .
<m> kg:precedes <n> , <q> . <n> kg:precedes <r> . <q> kg:precedes <t> . <t> kg:precedes <r> . <r> kg:precedes <u> .
<u> kg:precedes <w> . <s> kg:operator <o> . <p> kg:phaseOf <s> . <s> kg:position 1 . <a> kg:position 2 .
<claim/r/x> { <a> kg:feeds <b> } graph:ledger { <claim/r/x> kg:mode kg:Stated }
"""


@pytest.fixture(scope="module")
def small() -> Store:
    return store(WORLD)


def short(triples: Iterator[Triple]) -> list[str]:
    """Write triples in short, sorted."""
    return sorted(" ".join(shorten(node.value) for node in triple).replace("kg:", "") for triple in triples)


def behind(filled: Store, where: str, **bindings: str) -> list[str]:
    """Give the triples behind all rows of a query."""
    lineage = parse_lineage(f"SELECT * WHERE {where}")
    rows = lineage.rows(
        filled, {name: ox.NamedNode("https://w3id.org/zerocarbon/id/" + x) for name, x in bindings.items()}
    )
    return sorted({line for row in rows for line in short(lineage.triples(filled, row))})


@pytest.mark.parametrize(
    ("text", "body"),
    [
        ("SELECT ?s WHERE { ?s ?p ?o } LIMIT 1", "{ ?s ?p ?o }"),
        ("SELECT ?s { ?s ?p ?o } ORDER BY ?s", "{ ?s ?p ?o }\nORDER BY ?s\n"),
        ("SELECT ?s { ?s ?p ?o } ORDER BY ?s LIMIT 3 OFFSET 1", "{ ?s ?p ?o }\nORDER BY ?s\n"),
        ("SELECT ?s { ?s ?p ?o } ORDER BY ?s # LIMIT 3", "{ ?s ?p ?o }\nORDER BY ?s # LIMIT 3\n"),
        ("SELECT ?p (COUNT(?s) AS ?n) { ?s ?p ?o } GROUP BY ?p ORDER BY ?n", "{ ?s ?p ?o }"),
        ("SELECT REDUCED ?s { ?s ?p ?o } ORDER BY ?s", "{ ?s ?p ?o }"),
        ("SELECT ?s { ?s ?p ?o } ORDER BY ?s VALUES ?p { kg:feeds }", "{ ?s ?p ?o }"),
        ("select distinct ?s where { ?s ?p ?o }", "{ ?s ?p ?o }"),
        ("ASK { ?s ?p ?o }", "{ ?s ?p ?o }"),
        ("ASK WHERE { ?s ?p ?o }", "{ ?s ?p ?o }"),
        ("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }", "{ ?s ?p ?o }"),
        ("CONSTRUCT WHERE { ?s ?p ?o }", "{ ?s ?p ?o }"),
        ("SELECT (COUNT(?s) AS ?n) WHERE { ?s ?p ?o } GROUP BY ?p HAVING (COUNT(?s) > 1)", "{ ?s ?p ?o }"),
        ("SELECT ?s { ?s ?p '}' . { ?s ?p ?o } }", "{ ?s ?p '}' . { ?s ?p ?o } }"),
        ('SELECT ?s { ?s ?p """}" }""" }', '{ ?s ?p """}" }""" }'),
        ("SELECT ?s { ?s ?p ?o # }\n}", "{ ?s ?p ?o # }\n}"),
        ("SELECT ?s { { ?s ?p ?o FILTER(?o<1)} FILTER(?o>0) }", "{ { ?s ?p ?o FILTER(?o<1)} FILTER(?o>0) }"),
        ("SELECT ?s {{?s ?p ?o FILTER(?o<1)}FILTER(?o>0)}", "{{?s ?p ?o FILTER(?o<1)}FILTER(?o>0)}"),
        ("SELECT ?where { ?where ?select ?ask }", "{ ?where ?select ?ask }"),
        ("SELECT ?where WHERE { ?where ?p ?o }", "{ ?where ?p ?o }"),
        ("SELECT (EXISTS { ?a ?b ?c } AS ?e) WHERE { ?s ?p ?o }", "{  { ?s ?p ?o }\nBIND(EXISTS { ?a ?b ?c } AS ?e) }"),
        ("PREFIX where: <http://x/> SELECT ?s { ?s where:where ?o }", "{ ?s where:where ?o }"),
    ],
)
def test_the_where_clause_is_asked_again_with_all_its_variables(text: str, body: str) -> None:
    before, star, after = parse_lineage(text).solutions.partition("SELECT * WHERE ")
    assert star
    assert after.removeprefix(" ").partition(" VALUES ")[0] == body
    assert before == (text[: text.index("SELECT ?s")] if text.startswith("PREFIX") else "")


@pytest.mark.parametrize(
    "text",
    [
        "SELECT ?x { ?x kg:feeds ?y } ORDER BY ?x",
        "SELECT DISTINCT ?x { ?x kg:feeds ?y } ORDER BY DESC(?x)",
        "SELECT ?x { ?x kg:feeds ?y } ORDER BY ?y ?x LIMIT 2 OFFSET 1",
        "SELECT DISTINCT ?x { ?x kg:feeds ?y } ORDER BY ?x LIMIT 0",
        "SELECT DISTINCT ?x { ?x kg:feeds ?y } ORDER BY ?x OFFSET 9",
        "SELECT DISTINCT (STRLEN(STR(?y)) AS ?n) ?x { ?x kg:feeds ?y } ORDER BY ?n ?x # the shortest first",
        "SELECT (?y AS ?z) (CONCAT('}', ')') AS ?sign) { ?x kg:feeds ?y FILTER(?x != ?y) } ORDER BY ?z ?x",
        "SELECT ?x (?unknown + 1 AS ?n) { ?x kg:feeds ?y } ORDER BY ?x ?y",
        "SELECT ?x ?s { { ?x kg:feeds ?y } UNION { ?s kg:operator ?o } } ORDER BY ?x ?y",
        "SELECT * { ?x kg:feeds ?y } ORDER BY ?x ?y",
        "SELECT ?x ?n { ?x kg:feeds ?y { SELECT (COUNT(?a) AS ?n) { ?a kg:precedes ?b } } } ORDER BY ?x ?y",
    ],
)
def test_the_rows_follow_from_the_solutions(small: Store, text: str) -> None:
    lineage = parse_lineage(text)
    assert lineage.projection is not None
    rows, solutions = lineage.solve(small, text, {})
    assert rows == select(small, text)[1]
    assert len(solutions) >= len(rows)
    assert Lineage.from_dict(lineage.to_dict()) == lineage


@pytest.mark.parametrize(
    "text",
    [
        "SELECT (COUNT(?x) AS ?n) { ?x kg:feeds ?y }",
        "SELECT ?x (MAX(?y) AS ?n) { ?x kg:feeds ?y } GROUP BY ?x HAVING(COUNT(?y) > 0) ORDER BY ?x",
        "SELECT ?x { ?x kg:feeds ?y } GROUP BY ?x ORDER BY ?x",
        "SELECT ?x { ?x kg:feeds ?y } ORDER BY ?x VALUES ?y { <c> }",
    ],
)
def test_rows_of_several_solutions_are_asked_for(small: Store, text: str) -> None:
    lineage = parse_lineage(text)
    assert lineage.projection is None
    assert lineage.solve(small, text, {})[0] == select(small, text)[1] != []


def test_prefixes_stay_at_the_head(small: Store) -> None:
    lineage = parse_lineage("PREFIX k: <https://w3id.org/zerocarbon/ontology#> SELECT ?s { ?s k:phaseOf ?o } LIMIT 1")
    assert [shorten(row["s"].value) for row in lineage.rows(small, {})] == ["p"]


@pytest.mark.parametrize(
    "text", ["", "SELECT", "DROP ALL", "SELECT ?s { ?s ?p ?o", "DESCRIBE <http://x/y>", "SELECT ?s {} }"]
)
def test_a_text_that_is_no_query_is_refused(text: str) -> None:
    with pytest.raises(QueryError):
        parse_lineage(text)


def test_a_row_rests_on_the_triples_that_it_matched(small: Store) -> None:
    assert behind(small, "{ ?x kg:feeds ?y . ?x rdfs:label 'a' }") == ["a feeds b", "a rdfs:label a"]


def test_a_value_that_is_bound_narrows_what_a_row_rests_on(small: Store) -> None:
    assert behind(small, "{ ?x kg:feeds ?y }", x="c") == ["c feeds a", "c feeds d"]


def test_an_absence_is_no_ground(small: Store) -> None:
    assert behind(small, "{ ?x kg:phaseOf ?y FILTER NOT EXISTS { ?x kg:feeds ?y } }") == ["p phaseOf s"]
    assert behind(small, "{ ?x kg:phaseOf ?y MINUS { ?x kg:feeds ?z } }") == ["p phaseOf s"]


def test_what_was_optional_counts_where_it_is_there(small: Store) -> None:
    assert behind(small, "{ ?x kg:phaseOf ?y OPTIONAL { ?y kg:operator ?c } OPTIONAL { ?y kg:feeds ?d } }") == [
        "p phaseOf s", "s operator o",
    ]  # fmt: skip


def test_of_a_union_only_the_side_that_matched_counts(small: Store) -> None:
    assert behind(small, "{ { ?x kg:phaseOf ?y } UNION { ?x kg:operator ?y } }", x="p") == ["p phaseOf s"]


def test_a_text_with_line_breaks_is_a_ground(small: Store) -> None:
    assert behind(small, r'{ ?x rdfs:label "x\ny" }') == ["c rdfs:label x\ny"]
    assert behind(small, "{ ?x kg:position 2 }") == ["a position 2"]


def test_a_claim_that_was_matched_by_name_is_the_ground_itself(small: Store) -> None:
    lineage = parse_lineage("SELECT * { GRAPH ?claim { ?x kg:feeds ?y } ?y kg:feeds ?z }")
    (row,) = lineage.rows(small, {})
    assert [shorten(name) for name in lineage.named_claims(row)] == ["claim/r/x"]
    assert short(lineage.triples(small, row)) == ["b feeds c"]


def test_what_was_matched_in_the_ledger_is_a_triple_and_no_claim(small: Store) -> None:
    lineage = parse_lineage("SELECT * { GRAPH graph:ledger { ?claim kg:mode ?mode } }")
    (row,) = lineage.rows(small, {})
    assert list(lineage.named_claims(row)) == []
    assert short(lineage.triples(small, row)) == ["claim/r/x mode Stated"]


@pytest.mark.parametrize(
    ("path", "x", "y", "way"),
    [
        ("kg:feeds+", "a", "d", ["a feeds b", "b feeds c", "c feeds d"]),
        ("kg:feeds+", "a", "a", ["a feeds b", "b feeds c", "c feeds a"]),
        ("kg:feeds*", "a", "a", []),
        ("kg:feeds?", "a", "b", ["a feeds b"]),
        ("^kg:feeds", "b", "a", ["a feeds b"]),
        ("kg:phaseOf/kg:operator", "p", "o", ["p phaseOf s", "s operator o"]),
        ("kg:operator|kg:phaseOf", "p", "s", ["p phaseOf s"]),
        ("^(kg:phaseOf/kg:operator)", "o", "p", ["p phaseOf s", "s operator o"]),
        ("kg:operator|kg:feeds/kg:feeds*", "a", "c", ["a feeds b", "b feeds c"]),
        ("kg:precedes+", "m", "w", ["m precedes n", "n precedes r", "r precedes u", "u precedes w"]),
        ("!kg:operator", "p", "s", ["p phaseOf s"]),
        ("^!kg:operator", "s", "p", ["p phaseOf s"]),
        ("!(kg:operator|^kg:feeds)", "s", "p", ["p phaseOf s"]),
        ("!^kg:feeds/kg:operator", "p", "o", []),
    ],
)
def test_a_path_rests_on_one_shortest_way(small: Store, path: str, x: str, y: str, way: list[str]) -> None:
    assert behind(small, f"{{ ?x {path} ?y }}", x=x, y=y) == way


def test_a_lineage_comes_back_from_plain_values() -> None:
    lineage = parse_lineage("CONSTRUCT { ?x kg:feeds ?z } WHERE { ?x kg:feeds+ ?y . GRAPH ?g { ?y kg:feeds ?z } }")
    assert Lineage.from_dict(lineage.to_dict()) == lineage


def test_a_template_is_filled_with_a_solution() -> None:
    lineage = parse_lineage(
        "CONSTRUCT { ?x kg:feeds ?x . ?x kg:feeds <b> . ?x kg:precedes ?y } WHERE { ?x kg:feeds ?z OPTIONAL {} }"
    )
    a, b, feeds = (ox.NamedNode(expanded) for expanded in (BASE_ID + "a", BASE_ID + "b", KG_FEEDS))
    # What has no value, or a literal as subject, makes no triple.
    assert set(lineage.inferred({"x": a, "z": b})) == {(a, feeds, a), (a, feeds, b)}
    assert list(lineage.inferred({"x": ox.Literal("a"), "z": b})) == []


BASE_ID = "https://w3id.org/zerocarbon/id/"
KG_FEEDS = "https://w3id.org/zerocarbon/ontology#feeds"

# Everything that holds a brace or a keyword and is neither.
TEXTS = st.sampled_from(
    ['"}"', "'{'", '"""}\n"{"""', "'''WHERE {'''", r'"\"}"', r"'\\'", '"SELECT"@en', '"#"', '"<"', "'a' "]
)
ATOMS = st.one_of(
    TEXTS.map(lambda text: f"FILTER(?y != {text})"),
    TEXTS.map(lambda text: f"FILTER(STR(?y)!={text})"),
    st.just("?x kg:feeds ?y ."),
    st.just("?where kg:feeds ?y ."),
    st.just("OPTIONAL{?y rdfs:label ?select}"),
    st.just("# } WHERE {\n"),
    st.just("#'\n"),
    st.just("FILTER(?n<3)"),
    st.just("FILTER(?n>0&&?n<9)"),
    st.just("?x kg:position ?n ."),
    st.just("VALUES ?v { 1 2 }"),
    st.just("BIND('{' AS ?brace)") | st.just("?x <https://w3id.org/zerocarbon/ontology#feeds> ?z ."),
)
GROUPS = st.recursive(
    st.lists(ATOMS, max_size=4).map(lambda atoms: "{" + "".join(atoms) + "}"),
    lambda inner: (
        st.lists(inner | ATOMS, max_size=3).map(lambda parts: "{" + "".join(parts) + "}")
        | st.tuples(inner, inner).map(lambda two: f"{{{two[0]}UNION{two[1]}}}")
    ),
    max_leaves=4,
)
HEADS = st.sampled_from(
    ["SELECT ?x ?y", "SELECT DISTINCT ?y ?where WHERE", "select ?y ?select #{\nwhere", "SELECT(?x AS ?b)"]
)
TAILS = st.sampled_from(["", "LIMIT 1", "ORDER BY ?y", "# }", "OFFSET 2"])


def distinct(rows: Rows, names: tuple[str, ...]) -> set[tuple[Node | None, ...]]:
    return {tuple(row.get(name) for name in names) for row in rows}


@settings(max_examples=150, deadline=None)
@given(HEADS, GROUPS, TAILS)
@example("SELECT ?x", "{{FILTER(?n<3)}{?x kg:feeds ?y FILTER(?y>1)}}", "")
def test_the_solutions_are_those_of_the_where_clause_whatever_it_holds(
    small: Store, head: str, where: str, tail: str
) -> None:
    try:
        expected = select(small, f"SELECT * WHERE {where}")[1]
        select(small, f"{head} {where} {tail}")
    except QueryError:
        reject()
    names = ("x", "y", "z", "n", "where", "select", "v", "brace")
    assert distinct(parse_lineage(f"{head} {where} {tail}").rows(small, {}), names) == distinct(expected, names)


def unseen(lineage: Lineage, patterns: Iterable[Pattern]) -> set[str]:
    """Name the variables of some patterns that the solutions of a lineage do not show."""
    places = {place for one in patterns for place in (one.subject, one.predicate, one.object)}
    return {place[1:] for place in places if place.startswith("?")} - set(select(Store(), lineage.solutions)[0])


def test_questions_and_rules_can_tell_what_they_rest_on(graph: Graph) -> None:
    lineages = {name: question.lineage for name, question in graph.release.questions.items()}
    for name, lineage in (lineages | {name: lineage for name, (_, lineage) in graph.release.rules.items()}).items():
        assert not unseen(lineage, lineage.template), name
        # Others may be compared with only, such as the newest of all.
        assert any(not unseen(lineage, [pattern]) for pattern in lineage.patterns), name


def test_premises_inside_a_subquery_or_a_nameless_node_are_not_shown() -> None:
    hidden = parse_lineage("SELECT ?x { { SELECT ?x { ?x kg:feeds ?hidden } } }")
    nameless = parse_lineage("SELECT ?x { ?x kg:feeds [ kg:feeds ?y ] }")
    assert unseen(hidden, hidden.patterns) == {"hidden"}
    assert len(unseen(nameless, nameless.patterns)) == 1
