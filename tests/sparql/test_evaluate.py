"""Results are written whole or not at all: the bars of rows and bytes are exact, whatever the rows hold."""

from __future__ import annotations

import csv
import io
import json

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import NotAcceptable, QueryError, ResultTooLarge
from kg.sparql.evaluate import Query, evaluate

JSON, XML, CSV, TSV = (
    ox.QueryResultsFormat.JSON, ox.QueryResultsFormat.XML, ox.QueryResultsFormat.CSV, ox.QueryResultsFormat.TSV
)  # fmt: skip
FORMATS = pytest.mark.parametrize("form", [JSON, XML, CSV, TSV], ids=lambda form: str(form.file_extension))
# What looks like the end of a row, or of a line, in one format or another.
TRAPS = ['"}},{"', ',{[{,{"', "\r\n\r\n", '"\r\n"', "<result>", "a\tb\nc", "\\", '"', "", "山东"]


def rows(*values: str) -> ox.Store:
    store = ox.Store()
    for number, value in enumerate(values):
        store.add(ox.Quad(ox.NamedNode(f"urn:{number}"), ox.NamedNode("urn:p"), ox.Literal(value)))
    return store


TABLE = "SELECT ?s ?v ?none { ?s <urn:p> ?v OPTIONAL { ?s <urn:none> ?none } }"


@FORMATS
@given(values=st.lists(st.one_of(st.sampled_from(TRAPS), st.text(max_size=8)), min_size=1, max_size=12))
def test_the_bar_of_rows_is_exact(form: ox.QueryResultsFormat, values: list[str]) -> None:
    store = rows(*values)
    assert evaluate(store, Query(TABLE, results=form, max_rows=len(values))).body
    with pytest.raises(ResultTooLarge, match=f"over {len(values) - 1} rows; add a LIMIT"):
        evaluate(store, Query(TABLE, results=form, max_rows=len(values) - 1))


@FORMATS
def test_rows_without_values_count_too(form: ox.QueryResultsFormat) -> None:
    text = "SELECT * { {} UNION {} UNION {} }"
    assert evaluate(ox.Store(), Query(text, results=form, max_rows=3)).body
    with pytest.raises(ResultTooLarge):
        evaluate(ox.Store(), Query(text, results=form, max_rows=2))


def test_the_bar_holds_for_graphs() -> None:
    text = "CONSTRUCT WHERE { ?s <urn:p> ?v }"
    for form in (ox.RdfFormat.TURTLE, ox.RdfFormat.N_TRIPLES, ox.RdfFormat.RDF_XML, ox.RdfFormat.JSON_LD):
        assert evaluate(rows("a", "b"), Query(text, graph=form, max_rows=2)).format == form
        with pytest.raises(ResultTooLarge, match="over 1 rows"):
            evaluate(rows("a", "b"), Query(text, graph=form, max_rows=1))


@FORMATS
def test_the_bar_of_bytes_stops_the_writing(form: ox.QueryResultsFormat, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.sparql.evaluate.MAX_OUTPUT", 1_000_000)
    with pytest.raises(ResultTooLarge, match="over 1 MB; ask for less"):
        evaluate(rows("a" * 600_000, "b" * 600_000), Query(TABLE, results=form))


def test_tables_are_what_their_formats_say() -> None:
    store = rows("a,b", 'say "x"')
    [first, second] = json.loads(evaluate(store, Query(TABLE + " ORDER BY ?s")).body)["results"]["bindings"]
    assert (first["v"]["value"], second["s"]["value"], "none" in first) == ("a,b", "urn:1", False)
    told = evaluate(store, Query(TABLE + " ORDER BY ?s", results=CSV)).body.decode()
    assert list(csv.reader(io.StringIO(told))) == [["s", "v", "none"], ["urn:0", "a,b", ""], ["urn:1", 'say "x"', ""]]


def test_a_form_that_was_not_asked_for_is_not_given() -> None:
    with pytest.raises(NotAcceptable, match="ask for text/csv"):
        evaluate(ox.Store(), Query("ASK {}", results=None))
    with pytest.raises(NotAcceptable, match="ask for text/turtle"):
        evaluate(ox.Store(), Query("DESCRIBE <urn:x>", graph=None))


def test_a_dataset_from_outside_is_all_there_is() -> None:
    store = rows("a")
    store.add(ox.Quad(ox.NamedNode("urn:0"), ox.NamedNode("urn:p"), ox.Literal("b"), ox.NamedNode("urn:g")))

    def answer(text: str, **dataset: tuple[str, ...]) -> bool:
        return bool(json.loads(evaluate(store, Query(text, **dataset)).body)["boolean"])  # type: ignore[arg-type]

    inside = "ASK { GRAPH ?g { ?s ?p 'b' } }"
    assert answer("ASK { ?s ?p 'a' }")
    assert answer(inside)
    assert not answer("ASK { ?s ?p 'a' }", default_graphs=("urn:g",))
    assert answer("ASK { ?s ?p 'b' }", default_graphs=("urn:g",))
    assert not answer(inside, default_graphs=("urn:g",))
    assert not answer("ASK { ?s ?p 'a' }", named_graphs=("urn:g",))
    assert answer(inside, named_graphs=("urn:g",))
    assert answer("ASK FROM <urn:none> { ?s ?p 'b' }", default_graphs=("urn:g",))


def test_a_graph_whose_name_is_no_iri_is_an_error_of_the_query() -> None:
    with pytest.raises(QueryError, match="cannot be run"):
        evaluate(ox.Store(), Query("ASK {}", default_graphs=("no iri",)))
