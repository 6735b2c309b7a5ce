"""What is wrong with a query is told in our words: the place, the sign, what is missing; never the parser's grammar."""

from __future__ import annotations

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import QueryError
from kg.rdf.namespaces import BASE, PREFIXES
from kg.sparql.evaluate import Query, evaluate
from kg.sparql.syntax import explain_syntax

SLIPS = [
    ("SELECT ?s (COUNT(*) AS ?c) { ?s ?p ?o }\n", "?s at 1:8 is neither grouped nor counted"),
    ("SELECT ?a ?b ?a { ?a ?b ?c }", "?a at 1:14 is selected twice; write it once"),
    ("SELECT ?x ?n (SUM(?v) AS ?s) { ?x ?n ?v } GROUP BY ?x", "?n at 1:11 is neither grouped nor counted"),
    ("SELECT\xa0(1 AS ?x) {}\n", "a no-break space stands at 1:7; write a plain space"),
    ("SELECT ?x {\n?x\u200b a kg:Company }", "a zero width space stands at 2:3; take it out"),
    ("SELECT ?x { ?x rdfs:label “CATL” }", "a left double quotation mark “ stands at 1:27"),
    ("SELECT ?x ｛ ?x a kg:Company }", "a fullwidth left curly bracket ｛ stands at 1:11; write {"),
    ("SELECT ?s { ?s wdt:P31 ?o }\n", "no prefix is called wdt: (at 1:16)"),
    ("SELECT ?s { ?s kgg:locatedIn ?o }", "no prefix is called kgg: (at 1:16); did you mean kg:?"),
    ("PREFIX kg <x> SELECT ?x { ?x a kg:A }", "a colon is missing behind the prefix kg at 1:10"),
    ("INSERT DATA { <a> <b> <c> }", "INSERT at 1:1 would change data, and this graph is read-only"),
    ("PREFIX x: <urn:x> DELETE WHERE { ?s ?p ?o }", "DELETE at 1:19 would change data, and this graph is read-only"),
    ("SELEC ?x { ?x ?y ?z }", "not with SELEC (at 1:1); did you mean SELECT?"),
    ("", "it asks nothing"),
    ("# nothing\n", "it asks nothing"),
    ("SELECT ?x { ?x a kg:A . FLITER(?x = 1) }", "FLITER at 1:25 is no word of SPARQL; did you mean FILTER?"),
    ("SELECT ?x WHERE { ?x a kg:Company ?y kg:b ?z }", "a dot is missing before ?y at 1:35"),
    ("SELECT ?x { ?x a kg:Company ", "the { at 1:11 is never closed"),
    ("SELECT ?x { ?x a kg:Company }}", "} at 1:30 closes nothing"),
    ("ASK { ?x kg:p ?y . FILTER(?y > 3 }", "} at 1:34 closes nothing: the ( at 1:26 is open"),
    ("SELECT COUNT(?x) { ?x a kg:Company }", "COUNT at 1:8 needs brackets and a name: (COUNT(…) AS ?name)"),
    ('SELECT ?x { ?x rdfs:label "CATL }', "the string that begins at 1:27 is never closed"),
    ("SELECT ?x { ?x a }", "a value is missing before the } at 1:18"),
    ("SELECT ?x { ?x kg:a ?y; kg:b }", "a value is missing before the } at 1:30"),
    ("SELECT (1 AS ?x) { ?x a ?n }", "?x at 1:14 has a value already"),
    ("SELECT ?x { ?x a ?n . BIND(1 AS ?x) }", "?x at 1:33 has a value already"),
    ("SELECT ?x WHERE { ?x <base/yan zhou> ?y }", "the IRI <base/yan zhou> at 1:22 holds a space"),
    ("SELECT ?x { ?x a kg:A } ORDER ?x", "BY is missing behind ORDER at 1:25"),
    ("SELECT ?x { ?x a kg:A } LIMIT ten", "LIMIT at 1:25 needs a whole number"),
    ("SELECT ?x { ?x a kg:A FILTER ?x > 3 }", "FILTER at 1:23 needs brackets"),
    ("SELECT ?x, ?y { ?x a ?y }", "a comma stands at 1:10"),
    ("SELECT ?x { ?x a kg:A FILTER(?x == kg:B) }", "== stands at 1:33; equality is ="),
    ("SELECT ?x { ?x a kg:A } LIMIT 5;", "; stands at 1:32"),
    ("SELECT ?x WHERE ?x a kg:B", "?x at 1:17 cannot stand behind WHERE"),
]
GRAMMAR = ("expected", "error at", "..=", "[_]", "Prefix not found")


@pytest.mark.parametrize(("text", "said"), SLIPS, ids=[text.strip()[:40] or "nothing" for text, _ in SLIPS])
def test_a_slip_is_told_with_its_place(text: str, said: str) -> None:
    with pytest.raises(QueryError) as caught:
        evaluate(ox.Store(), Query(text))
    assert said in str(caught.value)
    assert not any(word in str(caught.value) for word in GRAMMAR)


def parses(text: str) -> str:
    """Give what the engine has against a text."""
    try:
        ox.Store().query(text, base_iri=BASE, prefixes=PREFIXES)
    except SyntaxError as error:
        return error.msg
    except ValueError:
        return ""
    return ""


PIECES = st.sampled_from(
    ["SELECT", "?x", "?y", "{", "}", "(", ")", "a", "kg:Company", "<base/x>", '"t"', ".", ";", ",", "FILTER",
     "OPTIONAL", "GROUP BY", "COUNT(?x)", "AS", "foo", "foo:bar", "\xa0", "“", "5", "/", "[", "]", "\n", "#", "'"]
)  # fmt: skip


@given(pieces=st.lists(PIECES, max_size=14))
def test_any_text_that_is_refused_is_told_in_our_words(pieces: list[str]) -> None:
    text = " ".join(pieces)
    if refusal := parses(text):
        said = explain_syntax(text, refusal)
        assert said
        assert not any(word in said for word in GRAMMAR)
