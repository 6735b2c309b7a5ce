"""RDF texts are read and written in formats by name; what is no format is told."""

from __future__ import annotations

import pytest

from kg.errors import UsageError
from kg.rdf import BlankNode, Literal, NamedNode, Quad
from kg.rdf.io import graph_format, parse, parse_results, result_format, serialize
from kg.rdf.store import Fact
from kg.rdf.vocab import RDFS_LABEL, VIEW

THING, GRAPH = NamedNode("urn:thing"), NamedNode("urn:graph")
NAME = Literal("炉", language="zh")


@pytest.mark.parametrize("name", ["ttl", "nt", "rdf", "jsonld", "text/turtle", "application/n-triples"])
def test_triples_come_back(name: str) -> None:
    text = serialize([(THING, RDFS_LABEL, NAME)], name)
    assert list(parse(text, name)) == [Quad(THING, RDFS_LABEL, NAME)]


@pytest.mark.parametrize("name", ["nq", "trig", "application/n-quads"])
def test_facts_and_quads_come_back_with_their_graphs(name: str) -> None:
    text = serialize([Fact(THING, RDFS_LABEL, NAME, GRAPH), Quad(THING, RDFS_LABEL, NAME)], name)
    assert set(parse(text, name)) == {Quad(THING, RDFS_LABEL, NAME, GRAPH), Quad(THING, RDFS_LABEL, NAME)}


def test_statements_keep_their_order_and_their_prefixes() -> None:
    found = [(NamedNode(f"urn:x:{name}"), RDFS_LABEL, BlankNode("b")) for name in "ba"]
    assert serialize(found, "ttl", {"x": "urn:x:"}).decode().splitlines()[-2:] == [
        "x:b <http://www.w3.org/2000/01/rdf-schema#label> _:b .",
        "x:a <http://www.w3.org/2000/01/rdf-schema#label> _:b .",
    ]
    assert serialize([], "nt") == b""
    assert serialize([Fact(THING, RDFS_LABEL, NAME, VIEW)], "nq") == serialize([(THING, RDFS_LABEL, NAME)], "nt")


def test_what_is_no_format_is_told() -> None:
    with pytest.raises(UsageError, match="'doc' is no format of RDF; take ttl"):
        graph_format("doc")
    with pytest.raises(UsageError, match="'image/png' is no format of solutions; take json"):
        result_format("image/png")


def test_broken_text_names_its_line() -> None:
    with pytest.raises(SyntaxError) as caught:
        list(parse("<urn:a> <urn:b>\n<urn:c> ; ; x", "ttl"))
    assert caught.value.lineno == 2


def test_results_are_solutions_or_a_truth() -> None:
    assert parse_results(b"?a\t?b\n1\t\n", "tsv").columns == ("a", "b")
    table = b'{"head": {"vars": ["a", "b"]}, "results": {"bindings": [{"a": {"type": "uri", "value": "urn:thing"}}]}}'
    columns, rows, truth = parse_results(table, "json")
    assert (columns, list(rows), truth) == (("a", "b"), [{"a": THING}], None)
    columns, rows, truth = parse_results(b'{"head": {}, "boolean": false}', "json")
    assert (columns, list(rows), truth) == ((), [], False)
