"""Answers: rows of cells that people and programs read, each with the claims it rests on."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.provenance.lineage_parser import parse_lineage
from kg.provenance.provenance import Provenance
from kg.questions.answer import Answer, AnswerRequest, answer_rows
from kg.rdf.namespaces import PREFIXES, expand
from kg.rdf.store import Node, Rows, select
from kg.tables.cells import shown_cell
from kg.tables.table import Cell, Date, Reference
from tests.support.small import edited, grounds_of

XSD = PREFIXES["xsd"]
AGAIN = """\
  - id: claim/report/again
    evidence: Page
    says: {id: base/luming, operator: company/anhe}
"""


@pytest.fixture(scope="module")
def provenance(tmp_path_factory: pytest.TempPathFactory) -> Provenance:
    return grounds_of(edited(tmp_path_factory.mktemp("cards"), more=AGAIN))


def answer(provenance: Provenance, text: str, language: str = "en", absent: str = "", **bindings: Node) -> Answer:
    """Answer a query with the claims of its rows."""
    columns, rows = select(provenance.store, text, bindings)
    lineage = parse_lineage(text)
    solutions = lineage.rows(provenance.store, bindings)
    return answer_rows(provenance, AnswerRequest("Title", tuple(columns), absent, lineage, solutions), rows, language)


def cell(provenance: Provenance, node: Node | None, language: str = "en") -> Cell:
    """Show one node as the cell of an answer."""
    rows: Rows = [{"x": node}] if node is not None else [{}]
    return answer_rows(provenance, AnswerRequest("", ("x",), "", None, []), rows, language).rows[0][0]


def number(text: str, datatype: str = "decimal") -> ox.Literal:
    return ox.Literal(text, datatype=ox.NamedNode(XSD + datatype))


@pytest.mark.parametrize(
    ("node", "expected"),
    [
        (None, None),
        (ox.Literal("words"), "words"),
        (ox.Literal("30"), "30"),
        (number("999999999999999999"), 10**18 - 1),
        (number("-1000000000000000000"), Decimal(-(10**18))),
        (ox.Literal("词", language="zh"), "词"),
        (number("30"), 30),
        (number("30.0"), 30),
        (number("53.3333333333"), Decimal("53.3333333333")),
        (number("5", "integer"), 5),
        (number("1e3", "double"), 1000),
        (number("INF", "double"), "INF"),
        (number("NaN", "double"), "NaN"),
        (number("many"), "many"),
        (number("true", "boolean"), True),
        (number("0", "boolean"), False),
        (number("2031-02-28", "date"), Date("2031-02-28")),
        (ox.NamedNode("http://example.org/x"), "http://example.org/x"),
    ],
)
def test_a_node_becomes_the_cell_that_suits_it(provenance: Provenance, node: Node | None, expected: Cell) -> None:
    got = cell(provenance, node)
    assert (got, type(got)) == (expected, Reference if isinstance(node, ox.NamedNode) else type(expected))


@pytest.mark.parametrize(("language", "shown"), [("en", "by 2030"), ("zh", "最迟2030年")])
def test_a_bound_of_a_date_is_shown_in_words(provenance: Provenance, language: str, shown: str) -> None:
    got = cell(provenance, ox.Literal("../2030"), language)
    assert got == "../2030"
    assert shown_cell(got, set(), language) == shown


def test_a_nameless_node_of_a_query_is_shown_as_it_is(provenance: Provenance) -> None:
    rows: Any = [{"x": ox.BlankNode("b")}]
    assert answer_rows(provenance, AnswerRequest("", ("x",), "", None, []), rows, "en").rows == (("_:b",),)


@pytest.mark.parametrize(("language", "name"), [("en", "Luming base"), ("zh", "路明基地"), ("fr", "Luming base")])
def test_an_entity_is_its_id_with_its_name_in_a_language(provenance: Provenance, language: str, name: str) -> None:
    got = cell(provenance, ox.NamedNode(expand("base/luming")), language)
    assert isinstance(got, Reference)
    assert (str(got), got.name) == ("base/luming", name)


def test_a_value_node_reads_as_printed(provenance: Provenance) -> None:
    got = cell(provenance, ox.NamedNode(expand("claim/report/land#landArea")))
    assert isinstance(got, Reference)
    assert got.name == "over 800 acres"


@given(st.text() | st.decimals().map(str), st.sampled_from(["decimal", "integer", "double", "boolean", "date"]))
def test_no_literal_of_any_datatype_breaks_an_answer(provenance: Provenance, text: str, datatype: str) -> None:
    cell(provenance, number(text, datatype))


def test_each_row_rests_on_the_claims_of_its_own_triples(provenance: Provenance) -> None:
    got = answer(provenance, "SELECT ?b ?c WHERE { ?b kg:operator ?c }")
    assert got.claims == (("claim/report/again", "claim/report/operator"),)
    assert got.title == "Title"


def test_an_inferred_row_rests_on_the_claims_of_its_premises(provenance: Provenance) -> None:
    got = answer(provenance, "SELECT ?s WHERE { ?b kg:currentStatus ?s }")
    assert got.claims == (("claim/report/status",),)


def test_a_counted_row_rests_on_all_that_was_counted(provenance: Provenance) -> None:
    got = answer(provenance, "SELECT (COUNT(*) AS ?n) WHERE { ?b kg:operator|kg:landArea ?x }")
    assert got.rows == ((2,),)
    assert got.claims == (("claim/report/again", "claim/report/land", "claim/report/operator"),)


def test_a_limit_does_not_lend_a_row_the_claims_of_others(provenance: Provenance) -> None:
    got = answer(provenance, "SELECT ?p ?x WHERE { <base/luming> ?p ?x . ?x a kg:Quantity } ORDER BY ?p LIMIT 1")
    assert got.claims == (("claim/report/land",),)


def test_names_and_terms_rest_on_no_claim(provenance: Provenance) -> None:
    got = answer(provenance, 'SELECT ?b WHERE { ?b rdfs:label "Luming base"@en }')
    assert got.claims == ((),)


def test_a_claim_asked_for_by_name_is_behind_the_row(provenance: Provenance) -> None:
    got = answer(provenance, "SELECT ?b WHERE { GRAPH ?claim { ?b kg:landArea ?v } }")
    assert got.claims == (("claim/report/land",),)


def test_a_value_that_was_given_narrows_rows_and_claims(provenance: Provenance) -> None:
    base = ox.NamedNode(expand("base/luming"))
    text = "SELECT ?b ?c WHERE { ?b kg:operator ?c }"
    assert answer(provenance, text, b=base).claims == (("claim/report/again", "claim/report/operator"),)
    assert answer(provenance, text, c=base).claims == ()


def test_without_a_lineage_claims_are_not_told(provenance: Provenance) -> None:
    assert answer_rows(provenance, AnswerRequest("", ("x",), "", None, []), [], "en").claims is None


def test_no_answer_is_not_stated_and_not_a_no(provenance: Provenance) -> None:
    nothing = answer(provenance, "SELECT ?b WHERE { ?b kg:ownedBy ?c }")
    assert (len(nothing), nothing.stated, nothing.absent) == (0, False, "not stated")
    empty = answer(provenance, "SELECT ?x WHERE { OPTIONAL { ?b kg:ownedBy ?x } }", absent="nobody says")
    assert (empty.rows, empty.stated, empty.absent) == (((None,),), False, "nobody says")
    assert answer(provenance, "SELECT ?b WHERE { ?b kg:operator ?c }").stated
