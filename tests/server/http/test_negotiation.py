"""Content negotiation: what a header or a name asks for is given, or nothing is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import NotAcceptable
from kg.server.http.negotiation import GRAPHS, RESULTS, by_name, negotiate

TABLES, TRIPLES = tuple(RESULTS.items()), tuple(GRAPHS.items())


@pytest.mark.parametrize(
    ("accept", "table", "graph"),
    [
        ("*/*", "json", "turtle"),
        ("text/*", "xml", "turtle"),
        ("application/json", "json", "jsonld"),
        ("text/csv, text/turtle", "csv", "turtle"),
        ("application/xml;q=0.1, text/csv;q=0.9", "csv", "rdfxml"),
        ("TEXT/CSV ; Q=0.5", "csv", None),
        ("text/csv;q=0, */*;q=0.1", "json", "turtle"),
        ("text/csv;q=x", "csv", None),
        ("application/n-triples;q=0.9, application/sparql-results+json", "json", "nt"),
        ("text/tab-separated-values, text/csv", "tsv", None),
        ("image/png", None, None),
        ("", None, None),
    ],
)
def test_the_header_decides(accept: str, table: str | None, graph: str | None) -> None:
    assert (negotiate(accept, TABLES), negotiate(accept, TRIPLES)) == (table, graph)


@given(st.text(max_size=60))
def test_any_header_is_read(accept: str) -> None:
    assert negotiate(accept, TABLES) in {None, *RESULTS}


@pytest.mark.parametrize(
    "name", ["json", "XML", "csv", "ttl", "nt", "rdf", "application/ld+json", "application/rdf xml"]
)
def test_a_name_means_a_table_and_a_graph(name: str) -> None:
    table, graph = by_name(name)
    assert table in RESULTS
    assert graph in GRAPHS


@pytest.mark.parametrize("name", ["docx", "", "text/html"])
def test_a_name_that_means_nothing_is_an_error(name: str) -> None:
    with pytest.raises(NotAcceptable, match="there is no format"):
        by_name(name)
