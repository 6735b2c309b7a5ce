"""A typo is not an absence: words of a query that the release does not know are told beside its rows."""

from __future__ import annotations

import pytest

from kg.graph import Graph
from kg.rdf.store import facts
from kg.rdf.vocab import RDF_TYPE, kg
from kg.sparql.terms import describe_unknown

UNKNOWN = [
    ("SELECT ?x { ?x a kg:Organization }", "class or property kg:Organization (at 1:18); did you mean kg:Organisation"),
    ("SELECT ?x { ?x kg:phasOf ?y }", "class or property kg:phasOf (at 1:16); did you mean kg:phaseOf"),
    ("SELECT ?x { ?x a kg:Factory }", "class or property kg:Factory (at 1:18); did you mean kg:Plant"),
    ("SELECT ?x { ?x a kg:Enterprises }", "kg:Enterprises (at 1:18); did you mean kg:Company"),
    ("SELECT ?x { ?x a kg:Park，}", "kg:Park， (at 1:18); did you mean kg:Park"),
    ("SELECT ?x { ?x a kg:Base。}", "kg:Base。 (at 1:18); did you mean kg:Base"),
    ("SELECT ?x { ?x a kg:企业 }", "kg:企业 (at 1:18); did you mean kg:Company"),
    ("SELECT ?x { ?x kg:operatedBy ?y }", "kg:operatedBy (at 1:16); did you mean kg:operator"),
    ("SELECT ?x { ?x kg:operates ?y }", "kg:operates (at 1:16); did you mean kg:operator"),
    ("SELECT ?x { <base/yanzho> kg:locatedIn ?x }", "id base/yanzho (at 1:13); did you mean base/yanzhou"),
    ("SELECT ?x { ?x skos:prefLabel ?y }", "word skos:prefLabel (at 1:16)"),
    (
        "PREFIX o: <https://w3id.org/zerocarbon/ontology#> ASK { ?x o:locatdIn ?y }",
        "kg:locatdIn (at 1:60); did you mean",
    ),
    ("ASK { GRAPH graph:ledgr { ?s ?p ?o } }", "graph:ledgr"),
]


@pytest.mark.parametrize(("text", "said"), UNKNOWN, ids=[text for text, _ in UNKNOWN])
def test_an_unknown_word_is_told_with_the_nearest(graph: Graph, text: str, said: str) -> None:
    [note] = describe_unknown(graph.release.store, text)
    assert "this release knows no" in note
    assert said in note
    assert graph.query(text).notes == (note,)


@pytest.mark.parametrize(
    "text",
    [
        "SELECT ?x { ?x a kg:Base ; kg:locatedIn ?y . FILTER(?x != <base/guian>) }",
        'SELECT ?x { ?x rdfs:label ?l . FILTER(CONTAINS(?l, "kg:nothing <base/nothing>")) } # kg:neither',
        "SELECT ?x { ?x kg:plannedCapacity/kg:value ?v . FILTER(xsd:integer(?v) > 3) }",
        "SELECT ?d { GRAPH graph:ledger { ?d kg:makesClaim ?c } }",
        "SELECT ?x { ?x a/rdfs:subClassOf* kg:Organisation }",
    ],
)
def test_known_words_strings_and_comments_are_not_told(graph: Graph, text: str) -> None:
    assert graph.query(text).notes == ()


def test_a_class_that_nothing_is_of_names_those_below_it(graph: Graph) -> None:
    assert "Groundbreaking" in graph.schema.classes
    assert next(facts(graph.release.store, None, RDF_TYPE, kg("Groundbreaking")), None) is None
    [note] = graph.query("SELECT ?x { ?x a kg:Groundbreaking }").notes
    assert "nothing in this release is directly of the class kg:Groundbreaking" in note


def test_an_id_that_was_given_up_names_the_one_that_stayed(wide_graph: Graph) -> None:
    rows = wide_graph.query("SELECT ?new ?old { ?new dcterms:replaces ?old }").rows
    assert ("company/hubei-yihua-chemical", "company/hubei-yihua") in {tuple(map(str, row)) for row in rows}
    [note] = wide_graph.query("SELECT ?p { <company/hubei-yihua> ?p ?o }").notes
    assert note == "company/hubei-yihua (at 1:13) was given up for company/hubei-yihua-chemical; ask with that"
