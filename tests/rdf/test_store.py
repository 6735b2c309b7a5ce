"""The store: one door to the engine; values are bound and never become part of a query."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import QueryError, ReleaseError
from kg.rdf import store as stores
from kg.rdf.namespaces import KG
from kg.rdf.store import (
    Fact,
    Store,
    construct,
    facts,
    fill,
    graphs_with,
    has_rows,
    holds,
    read_term,
    select,
    text_of,
    value_of,
)
from tests.support.small import store

X = "https://example.org/"
A, B, P, G = (ox.NamedNode(X + name) for name in "abpg")
DEFAULT = ox.DefaultGraph()
XSD = "http://www.w3.org/2001/XMLSchema#"


@pytest.fixture(scope="module")
def small() -> Store:
    return store('x:a x:p x:b, "b"@en, 1.50 . x:g { x:a x:p x:b, x:c . x:b x:q "x" }')


def test_facts_match_a_pattern(small: Store) -> None:
    assert {str(fact.object) for fact in facts(small, A, P, None, DEFAULT)} == {
        f"<{X}b>", '"b"@en', f'"1.5"^^<{XSD}decimal>',
    }  # fmt: skip
    assert len(list(facts(small, A))) == 5
    assert len(list(facts(small))) == 6


def test_a_fact_knows_its_triple(small: Store) -> None:
    (fact,) = facts(small, graph=G, predicate=ox.NamedNode(X + "q"))
    assert isinstance(fact, Fact)
    assert fact.triple == (B, ox.NamedNode(X + "q"), ox.Literal("x"))


def test_a_literal_is_subject_of_nothing(small: Store) -> None:
    assert list(facts(small, ox.Literal("b"))) == []


def test_holds_looks_into_one_graph(small: Store) -> None:
    assert holds(small, (A, P, B), DEFAULT)
    assert holds(small, (A, P, ox.NamedNode(X + "c")), G)
    assert not holds(small, (A, P, ox.NamedNode(X + "c")), DEFAULT)


def test_only_named_graphs_are_named(small: Store) -> None:
    assert list(graphs_with(small, (A, P, B))) == [G]


def test_of_several_values_the_first_in_order_is_given(small: Store) -> None:
    assert value_of(small, A, P, G) == B
    assert value_of(small, B, P, G) is None


def test_text_and_language_of_a_literal() -> None:
    assert text_of(ox.Literal("安", language="zh")) == ("zh", "安")
    assert text_of(ox.Literal("5")) == ("", "5")
    assert text_of(A) == ("", X + "a")


TERMS = (
    st.text().map(ox.Literal)
    | st.text().map(lambda text: ox.Literal(text, language="en"))
    | st.integers().map(ox.Literal)
    | st.sampled_from([A, ox.NamedNode(KG + "安?x")])
)


@given(TERMS)
def test_a_term_comes_back_from_its_text(term: stores.Node) -> None:
    assert read_term(str(term)) == term


def test_prefixes_need_no_declaration(small: Store) -> None:
    assert select(small, "SELECT ?k { VALUES ?k { kg:Phase } }")[1] == [{"k": ox.NamedNode(KG + "Phase")}]


def test_select_names_columns_and_leaves_unbound_cells_out(small: Store) -> None:
    names, rows = select(small, f"SELECT ?s ?o {{ VALUES ?s {{ <{X}a> }} OPTIONAL {{ ?s <{X}none> ?o }} }}")
    assert (names, rows) == (["s", "o"], [{"s": A}])


@given(st.text())
def test_a_bound_text_is_a_value_whatever_it_holds(text: str) -> None:
    filled = Store()
    fill(filled, [ox.Quad(A, P, ox.Literal(text))])
    query = f"SELECT ?s ?o {{ ?s <{X}p> ?o }}"
    assert select(filled, query, {"o": ox.Literal(text)})[1] == [{"s": A, "o": ox.Literal(text)}]
    assert select(filled, query, {"o": ox.Literal(text + "x")})[1] == []


def test_a_binding_narrows_the_answer(small: Store) -> None:
    query = f"SELECT ?s ?o {{ ?s <{X}p> ?o }}"
    assert len(select(small, query)[1]) == 3
    assert select(small, query, {"o": B})[1] == [{"s": A, "o": B}]


@pytest.mark.parametrize(
    "text", ["SELECT", "ASK {}", "CONSTRUCT { ?s ?p ?o } { ?s ?p ?o }", "DROP ALL", "SELECT ?x { ?x no:prefix ?y }"]
)
def test_what_is_no_select_is_told(small: Store, text: str) -> None:
    with pytest.raises(QueryError):
        select(small, text)


def test_whether_there_is_a_row_is_told(small: Store) -> None:
    assert has_rows(small, "SELECT ?s { ?s ?p ?o }")
    assert has_rows(small, "SELECT ?s { ?s ?p ?o }", {"s": A})
    assert not has_rows(small, "SELECT ?s { ?s ?p ?o }", {"s": P})
    with pytest.raises(QueryError):
        has_rows(small, "ASK { ?s ?p ?o }")


def test_a_dump_is_read_back(small: Store, tmp_path: Path) -> None:
    stores.write_dump(small, tmp_path / "graph.nq")
    assert set(stores.read_dump(tmp_path / "graph.nq")) == set(small)


def test_no_query_changes_the_store(small: Store) -> None:
    before = len(small)
    with pytest.raises(QueryError):
        select(small, f"INSERT DATA {{ <{X}n> <{X}n> <{X}n> }}")
    assert len(small) == before


def test_construct_gives_triples(small: Store) -> None:
    assert list(construct(small, "CONSTRUCT { ?o ?p ?s } { ?s ?p ?o FILTER(ISIRI(?o)) }")) == [(B, P, A)]
    with pytest.raises(QueryError, match="no CONSTRUCT"):
        list(construct(small, "SELECT * {}"))


def test_a_dump_is_the_same_bytes_for_the_same_quads(small: Store, tmp_path: Path) -> None:
    turned = Store()
    fill(turned, reversed(list(small)))
    assert stores.write_dump(small, tmp_path / "a.nq") == stores.write_dump(turned, tmp_path / "b.nq") == 6
    assert (tmp_path / "a.nq").read_bytes() == (tmp_path / "b.nq").read_bytes()
    assert set(ox.parse(path=tmp_path / "a.nq", format=ox.RdfFormat.N_QUADS)) == set(small)


def test_a_fill_that_fails_adds_nothing() -> None:
    def broken() -> object:
        yield ox.Quad(A, P, B)
        raise OSError("away")

    filled = Store()
    with pytest.raises(OSError, match="away"):
        fill(filled, broken())  # type: ignore[arg-type]
    assert len(filled) == 0


def test_lines_of_a_dump_are_the_quads_in_order_whatever_they_hold() -> None:
    odd = ["a\nb", "\r\u2028\x85", 'a"b\\', "\t\x0b\x0c\x1c", "电池 🔋"]
    filled = Store()
    fill(filled, [ox.Quad(A, P, ox.Literal(text), graph) for text in odd for graph in (ox.DefaultGraph(), B)])
    assert b"".join(stores.dump_lines(filled)).decode() == "".join(sorted(f"{quad} .\n" for quad in filled))
    assert len(stores.dump_lines(filled)) == 10


def test_a_store_on_disk_is_opened_for_reading_only(tmp_path: Path) -> None:
    written = Store(str(tmp_path / "store"))
    fill(written, [ox.Quad(A, P, B)])
    written.flush()
    del written
    opened = stores.open_read_only(tmp_path / "store")
    assert len(opened) == 1
    with pytest.raises(RuntimeError, match="read-write"):
        opened.add(ox.Quad(A, P, A))


def test_a_store_is_copied_to_disk_whole(small: Store, tmp_path: Path) -> None:
    stores.write_dump(small, tmp_path / "graph.nq")
    stores.write_store(tmp_path / "graph.nq", tmp_path / "store")
    assert set(stores.open_read_only(tmp_path / "store")) == set(small)


def test_a_store_that_is_not_there_is_a_release_error(tmp_path: Path) -> None:
    with pytest.raises(ReleaseError, match="build the release again"):
        stores.open_read_only(tmp_path / "away")
