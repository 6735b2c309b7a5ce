"""Texts that never reach the engine: each bar at its limit and just over it, and what only looks like too much."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import QueryError, QueryTooLong
from kg.sparql.guard import MAX_TEXT, bare, check_query


def patterns(number: int, pattern: str = "?s <urn:p> 1.5") -> str:
    return f"SELECT * {{ {' . '.join([pattern] * number)} }}"


FITTING = {
    "patterns": patterns(80),
    "decimals, names with dots": patterns(80, "kg:a.b <urn:p.q> 1.5"),
    "unions of many groups": f"SELECT * {{ {' UNION '.join(['{ ?s <urn:p> ?o . ?s a kg:Base }'] * 200)} }}",
    "a template of many triples": f"CONSTRUCT {{ {'?s <urn:p> ?o . ' * 200} }} WHERE {{ ?s ?p ?o }}",
    "data of many triples": f"INSERT DATA {{ GRAPH <urn:g> {{ {'<urn:a> <urn:p> 1 . ' * 200} }} }}",
    "optionals": f"SELECT * {{ {'OPTIONAL { ?a ?b ?c } ' * 50} }}",
    "names with optional": f"SELECT * {{ {'{ ?optional <urn:optional> kg:optional } ' * 60} }}",
    "a list": f"ASK {{ ?s <urn:p> ({'1 ' * 100}) }}",
    "values": f"SELECT * {{ VALUES ?a {{ {'1 ' * 300} }} }}",
    "rows of values": f"SELECT * {{ VALUES (?a ?b) {{ {'(1 2) ' * 300} }} }}",
    "an expression list": f"ASK {{ FILTER(?x IN ({', '.join(['1'] * 300)})) }}",
    "a path": f"SELECT * {{ ?s {'/'.join(['<urn:p>'] * 101)} ?o }}",
    "paths one after another": " ".join(["SELECT * {", *["{ ?s <urn:p>/<urn:q>/<urn:r> ?o }"] * 70, "}"]),
    "or": f"ASK {{ FILTER({' || '.join(['?x = 1'] * 300)}) }}",
    "datatypes": patterns(60, '?s <urn:p> "1"^^<urn:int>'),
    "semicolons in strings": 'SELECT * { ?s <urn:p> "' + ";,." * 200 + '" }',
    "semicolons in IRIs": "SELECT * { ?s <urn:" + ";,." * 200 + "> 1 }",
    "semicolons in comments": "SELECT * { ?s ?p 1 # " + ";,." * 200 + "\n }",
    "a separator": "SELECT (GROUP_CONCAT(?x; SEPARATOR=';') AS ?y) { ?s ?p ?x }",
}
OVER = {
    "patterns": (patterns(82), "80 triple patterns"),
    "predicates": (f"SELECT * {{ ?s {'; '.join(['<urn:p> 1'] * 90)} }}", "80 triple patterns"),
    "objects": (f"SELECT * {{ ?s <urn:p> {', '.join(['1'] * 90)} }}", "80 triple patterns"),
    "nodes in nodes": (f"ASK {{ {'[ <urn:p> [ <urn:q> 1 ] ] . ' * 40} }}", "80 triple patterns"),
    "after a template": (f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ {'?s <urn:p> ?o . ' * 90} }}", "80 triple patterns"),
    "optionals": (f"SELECT * {{ {'OPTIONAL { ?a ?b ?c } ' * 51} }}", "50 OPTIONALs"),
    "optionals, lower case": (f"SELECT * {{ {'optional{?a ?b ?c}' * 51} }}", "50 OPTIONALs"),
    "a list": (f"ASK {{ ?s <urn:p> ({'1 ' * 101}) }}", "100 items in a list"),
    "a list of IRIs": (f"ASK {{ ?s <urn:p> ({'<a>' * 101}) }}", "100 items in a list"),
    "a list of strings": (f"ASK {{ ?s <urn:p> ({repr('a') * 101}) }}", "100 items in a list"),
    "a list of nodes": (f"ASK {{ ?s <urn:p> ({'[]' * 101}) }}", "100 items in a list"),
    "a path": (f"SELECT * {{ ?s {'/'.join(['<urn:p>'] * 102)} ?o }}", "100 steps in a path"),
    "alternatives": (f"SELECT * {{ ?s {'|'.join(['kg:p'] * 102)} ?o }}", "100 steps in a path"),
    "inverses": (f"SELECT * {{ ?s {'/^'.join(['kg:p'] * 102)} ?o }}", "100 steps in a path"),
    "nesting": (f"SELECT * {'{' * 51}", "nests over 50 deep"),
}


@pytest.mark.parametrize("name", FITTING)
def test_what_is_within_the_bars_is_let_through(name: str) -> None:
    check_query(FITTING[name])


@pytest.mark.parametrize("name", OVER)
def test_what_is_over_a_bar_is_refused_by_its_name_and_place(name: str) -> None:
    text, told = OVER[name]
    with pytest.raises(QueryError, match=rf"{told}.* at 1:\d+; "):
        check_query(text)


def test_a_long_text_is_an_error_of_its_own() -> None:
    check_query("#" * MAX_TEXT)
    with pytest.raises(QueryTooLong, match="65,537 bytes; the limit is 65,536"):
        check_query("#" * (MAX_TEXT + 1))


@given(st.text(alphabet="{}[]() .;,/|^'\"<>#\\\n?aé山SELECT1", max_size=300))
def test_any_text_is_measured_and_what_is_bare_stands_where_it_stood(text: str) -> None:
    with contextlib.suppress(QueryError):
        check_query(text)
    assert len(bare(text)) == len(text)
