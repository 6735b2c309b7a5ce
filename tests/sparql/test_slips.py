"""A slip is not an absence: what runs and can meet nothing is told beside the rows, with what to write."""

from __future__ import annotations

import pytest

from kg.errors import QueryError
from kg.graph import Graph
from kg.sparql.slips import describe_slips

SLIPS = [
    ('SELECT ?x { ?x rdfs:label "CATL" }', '"CATL" (at 1:27) is held with its language alone: write "CATL"@en'),
    ('SELECT ?x { ?x rdfs:label "宁德时代" }', 'write "宁德时代"@zh'),
    ('SELECT ?x { ?x rdfs:label "CATL"@zh }', '"CATL"@zh (at 1:27) is held with its language alone: write "CATL"@en'),
    ('SELECT ?x { ?x rdfs:label ?l FILTER(?l = "CATL") }', 'write "CATL"@en'),
    ('SELECT ?x { ?x <http://www.w3.org/2000/01/rdf-schema#label> "CATL" }', 'write "CATL"@en'),
    ('SELECT ?x { ?x a "kg:Base" }', "a class is no text: write kg:Base at 1:18"),
    ('SELECT ?x { ?x a "Base" }', "write kg:Base"),
    ("SELECT ?y { ?x a kg:Base }", "nothing gives ?y (at 1:8) a value"),
    ("SELECT ?x { ?x a kg:Base FILTER(?z > 3) }", "nothing gives ?z (at 1:33) a value"),
    (
        "PREFIX kg: <http://example.org/> SELECT ?x { ?x a kg:Base }",
        "kg: is declared as <http://example.org/> (at 1:1)",
    ),
    ("SELECT ?x { ?x rdfs:lable ?y }", "did you mean rdfs:label?"),
    ("SELECT ?x { ?x rdf:typ kg:Base }", "did you mean rdf:type?"),
    ("SELECT ?x { ?x a <Base> }", "did you mean kg:Base?"),
]


@pytest.mark.parametrize(("text", "said"), SLIPS, ids=[text for text, _ in SLIPS])
def test_what_can_meet_nothing_is_told(graph: Graph, text: str, said: str) -> None:
    [note] = graph.query(text).notes
    assert said in note


def test_a_number_in_quotes_is_told(wide_graph: Graph) -> None:
    [note] = wide_graph.query('SELECT ?x { ?x kg:value "60" }').notes
    assert "is held as a number: write 60" in note


@pytest.mark.parametrize(
    "text",
    [
        'SELECT ?x { ?x rdfs:label "CATL"@en }',
        'SELECT ?l { ?x rdfs:label ?l FILTER(LANG(?l) = "en" && CONTAINS(?l, "CATL")) }',
        'SELECT ?x { ?x rdfs:label ?l FILTER(STR(?l) = "CATL") }',
        'SELECT ?x { ?x rdfs:label "nobody is called so" }',
        "SELECT ?k (COUNT(?x) AS ?n) { ?x a ?k } GROUP BY ?k ORDER BY ?n",
        "SELECT ?x ?n { { SELECT ?x (COUNT(?y) AS ?n) { ?x kg:partnerOf ?y } GROUP BY ?x } }",
        "SELECT ?x { VALUES (?a ?b) { (1 2) } ?x kg:partnerOf ?y . BIND(?a + ?b AS ?c) FILTER(?c > 0) }",
        "SELECT $x { ?x kg:partnerOf ?y FILTER NOT EXISTS { ?y kg:locatedIn ?z } }",
        "SELECT ?g { GRAPH ?g { ?x a kg:Base } }",
        "PREFIX kg: <https://w3id.org/zerocarbon/ontology#> SELECT ?x { ?x a kg:Base }",
        "SELECT * { ?x a kg:Base }",
        "ASK { ?x (kg:partnerOf|^kg:partnerOf) <company/catl> }",
        "SELECT ?x { ?x a kg:Base FILTER(EXISTS { ?x kg:operator ?o . FILTER(?o != ?x) }) }",
        "SELECT ?x ?y { ?x a kg:Base BIND(IF(EXISTS { ?x kg:operator ?o }, true, ?nothing) AS ?y) }",
        "CONSTRUCT { ?x kg:partnerOf ?y } WHERE { ?x kg:partnerOf ?y }",
    ],
)
def test_what_is_no_slip_is_not_told(graph: Graph, text: str) -> None:
    assert graph.query(text).notes == ()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("SELECT ?x { VALUES ?x { company/catl } }", "company/catl at 1:25 needs angle brackets: write <company/catl>"),
        ("SELECT ?x { ?x kg:locatedIn place/jining }", "write <place/jining>"),
        ("SELECT (COUNT(?x) ?n) { ?x a kg:Base }", "AS is missing before ?n at 1:"),
        ("SELECT ?x { ?x a kg:Base . FILTER(?x > ) }", "something is missing between > and ) at 1:"),
    ],
)
def test_what_does_not_run_says_what_is_missing(graph: Graph, text: str, said: str) -> None:
    with pytest.raises(QueryError) as refused:
        graph.query(text)
    assert said in str(refused.value)


def test_every_named_question_is_free_of_slips(wide_graph: Graph) -> None:
    for question in wide_graph.questions():
        given = [parameter.name for parameter in question.parameters]
        # What it lists has no owner: the column says so in every row.
        given += ["owner"] if question.name == "owner-not-stated" else []
        assert describe_slips(wide_graph.release.store, question.text, given) == (), question.name


def test_a_variable_that_is_given_a_value_is_no_slip(graph: Graph) -> None:
    text = "SELECT ?x ?base { ?x a kg:Base }"
    assert describe_slips(graph.release.store, text) != ()
    assert describe_slips(graph.release.store, text, ["base"]) == ()
