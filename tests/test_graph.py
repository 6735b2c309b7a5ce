"""The opened graph: find, show, ask, query and why, with names and values from outside bound and never pasted in."""

from __future__ import annotations

import contextlib
import json
from dataclasses import asdict
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import kg
from kg.errors import KgError, NotFound, QueryError, QueryLimit, ReleaseError, UsageError
from kg.graph import Graph, open_graph
from kg.names.indexer import build_index
from kg.names.normalize import Name
from kg.questions.loader import read_questions
from kg.rdf.namespaces import BASE, KG, expand
from kg.rdf.store import facts, open_read_only, write_dump, write_store
from kg.release.release import Release
from kg.tables.table import Reference
from tests.support.small import edited, grounds_of, rules

MORE = """\
  - id: claim/report/smaller
    evidence: Page
    rank: Preferred
    note: {en: Surveyed.}
    says: {id: base/luming, landArea: {verbatim: 800 mu, value: 800, unit: mu}}
"""
QUESTION = """\
# title-en: Who runs a base?
# title-zh: 谁运营某基地?
# shape: lookup
# parameter: base | entity | base/luming | the base | 基地
# parameter: status | concept | Operating | its status | 状态
# parameter: above | number | 10 | its least land | 最小占地
# parameter: language | text | en | of the name | 名称的语言
# columns: company, name, land
SELECT ?base ?status ?above ?language ?company ?name ?land WHERE {
  ?base kg:operator ?company ; kg:currentStatus ?status ; kg:landArea/kg:comparisonValue ?land .
  ?company rdfs:label ?name .
  FILTER(?land >= ?above && LANG(?name) = ?language)
}
"""


def names(graph_of: ox.Store) -> list[Name]:
    """Give the names of the small world's entities, and one name that two of them share."""
    label = ox.NamedNode("http://www.w3.org/2000/01/rdf-schema#label")
    entities = ox.NamedNode("https://w3id.org/zerocarbon/graph/entities")
    kinds = {"company": "Company", "base": "Base", "place": "Place"}
    own = [
        Name(iri, kinds[iri.removeprefix(BASE).partition("/")[0]], fact.object.value, "en", "name")
        for fact in facts(graph_of, None, label, None, entities)
        if (iri := fact.subject.value)
    ]
    return [*own, *(Name(expand(name), "Base", "Namesake", "en", "alias") for name in ("base/luming", "place/luming"))]


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Graph:
    folder = tmp_path_factory.mktemp("release")
    store = grounds_of(edited(folder, more=MORE)).store
    for name in ("names", "questions"):
        (folder / name).mkdir()
    build_index(names(store), folder / "names")
    write_dump(store, folder / "graph.nq")
    write_store(folder / "graph.nq", folder / "store")
    (folder / "questions" / "runs.rq").write_text(QUESTION, encoding="utf-8")
    questions = [question.to_dict() for question in read_questions(folder / "questions")]
    (folder / "questions.json").write_text(json.dumps(questions), encoding="utf-8")
    made_of = [{"rule": asdict(rule), "lineage": lineage.to_dict()} for rule, lineage in rules().values()]
    (folder / "rules.json").write_text(json.dumps(made_of), encoding="utf-8")
    return Graph(Release(folder, {"id": "small"}, open_read_only(folder / "store")))


def test_the_package_opens_a_graph(release_folder: Path) -> None:
    assert kg.open is open_graph
    assert isinstance(kg.open(release_folder), kg.Graph)
    assert isinstance(kg.open(str(release_folder.parent)), Graph)
    assert issubclass(ReleaseError, kg.KgError)


def test_without_a_path_the_settings_name_the_release(release_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KG_RELEASES", str(release_folder.parent))
    assert kg.open().release.path == release_folder.resolve()


def test_a_release_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ReleaseError, match="run kg build first"):
        kg.open(tmp_path / "away")


def test_the_package_has_no_other_names() -> None:
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        kg.nothing  # noqa: B018 - it is asked for on purpose


@pytest.mark.parametrize(
    "name",
    ["base/luming", BASE + "base/luming", "Luming base", "luming BASE", "路明基地"],
)
def test_an_entity_is_found_by_id_iri_or_its_own_name(small: Graph, name: str) -> None:
    assert small.resolve(name).value == BASE + "base/luming"


@pytest.mark.parametrize("name", ["Operating", "kg:Operating", KG + "Operating"])
def test_a_term_is_found_by_its_name(small: Graph, name: str) -> None:
    assert small.resolve(name).value == KG + "Operating"


def test_a_document_is_found_by_its_id(small: Graph) -> None:
    assert small.resolve("document/report").value == BASE + "document/report"


@pytest.mark.parametrize(
    "name",
    ["", " ", "\n", "nobody", "base/nobody", "http://example.org/x", "a b:c", "<>", "x" * 5000, "Lumin"],
)
def test_what_no_entity_is_called_is_not_found(small: Graph, name: str) -> None:
    with pytest.raises(NotFound):
        small.resolve(name)


def test_a_name_of_two_entities_is_not_guessed(small: Graph) -> None:
    with pytest.raises(NotFound) as error:
        small.resolve("Namesake")
    assert set(error.value.suggestions) <= {"base/luming", "place/luming", "Namesake"}
    assert error.value.suggestions


def test_a_slip_brings_a_suggestion(small: Graph) -> None:
    with pytest.raises(NotFound, match="did you mean 'Luming base'"):
        small.resolve("Lumingg base")


def test_find_takes_in_the_classes_below_a_class(small: Graph) -> None:
    assert [match.kind for match in small.find("Luming", kind="Site")] == ["Base"]
    with pytest.raises(NotFound):
        small.find("Luming", kind="Sitee")


def test_show_gives_an_entity(small: Graph) -> None:
    assert small.show("Luming base").id == "base/luming"


def test_questions_are_listed_and_looked_up(small: Graph) -> None:
    assert [question.name for question in small.questions()] == ["runs"]
    assert small.question("runs").title["zh"] == "谁运营某基地?"
    with pytest.raises(NotFound, match="no question is called 'run'; did you mean 'runs'"):
        small.question("run")


def test_a_question_is_answered_with_its_defaults(small: Graph) -> None:
    answer = small.ask("runs")
    assert answer.title == "Who runs a base?"
    assert answer.columns == ("company", "name", "land")
    assert [str(cell) for cell in answer.rows[0]] == ["company/anhe", "Anhe Batteries", "53.3333333333"]
    assert answer.claims == (("claim/report/operator", "claim/report/smaller", "claim/report/status"),)


def test_a_question_is_answered_in_chinese(small: Graph) -> None:
    answer = small.ask("runs", language="zh")
    company = answer.rows[0][0]
    assert answer.title == "谁运营某基地?"
    assert isinstance(company, Reference)
    assert company.name == "安河电池"


@pytest.mark.parametrize(
    ("parameters", "rows"),
    [({"base": "Luming base"}, 1), ({"base": "place/luming"}, 0), ({"status": "Announced"}, 0), ({"above": "53"}, 1),
     ({"above": "54"}, 0)],
)  # fmt: skip
def test_parameters_narrow_the_answer(small: Graph, parameters: dict[str, str], rows: int) -> None:
    assert len(small.ask("runs", **parameters)) == rows


@pytest.mark.parametrize(
    ("parameters", "kind"),
    [
        ({"base": "nobody"}, NotFound),
        ({"status": "Runing"}, NotFound),
        ({"status": "} DROP ALL {"}, UsageError),
        ({"above": "many"}, UsageError),
        ({"nothing": "x"}, UsageError),
    ],
)
def test_a_parameter_that_makes_no_sense_is_told(small: Graph, parameters: dict[str, str], kind: type[KgError]) -> None:
    with pytest.raises(kind):
        small.ask("runs", **parameters)


def test_a_query_of_your_own_is_run(small: Graph) -> None:
    answer = small.query("SELECT ?base ?land WHERE { ?base kg:landArea/kg:value ?land }")
    assert (answer.columns, [str(cell) for cell in answer.rows[0]]) == (("base", "land"), ["base/luming", "800"])
    assert answer.claims is None


def test_a_query_tells_its_claims_on_request(small: Graph) -> None:
    answer = small.query("SELECT ?base WHERE { ?base kg:operator ?who } LIMIT 1", claims=True)
    assert answer.claims == (("claim/report/operator",),)


def test_ids_and_texts_are_bound_to_the_variables_of_a_query(small: Graph) -> None:
    text = "SELECT ?base ?who WHERE { ?base kg:operator ?who }"
    assert len(small.query(text, base="base/luming")) == 1
    assert len(small.query(text, who="base/luming")) == 0
    assert small.query("SELECT ?x ?name WHERE { ?x skos:altLabel ?n BIND(STR(?n) AS ?name) }", name="Anhe").stated


@pytest.mark.parametrize("text", ['"} DROP ALL {"', "'", '"""', "\\", "?x", "<x>", "company/anhe>", "line\nbreak", ""])
def test_a_text_from_outside_is_a_value_and_nothing_else(small: Graph, text: str) -> None:
    answer = small.query("SELECT ?given WHERE { VALUES ?x { 1 } }", given=text)
    assert len(answer) == 1


def test_a_bad_query_is_told(small: Graph) -> None:
    with pytest.raises(QueryError):
        small.query("SELECT ?x WHERE {")
    with pytest.raises(QueryError):
        small.query("INSERT DATA { <x> <x> <x> }")


@pytest.mark.parametrize("claims", [False, True])
def test_a_query_ends_at_its_deadline_with_claims_or_without(small: Graph, claims: bool) -> None:
    endless = "SELECT ?a WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l } "
    with pytest.raises(QueryLimit):
        small.query(endless + ("LIMIT 1" if claims else "ORDER BY ?l LIMIT 1"), claims=claims, timeout=1.5)


def test_why_gives_the_claims(small: Graph) -> None:
    (explanation,) = small.why("base/luming", "operator")
    assert explanation.kind == "claims"
    assert [claim.id for claim in explanation.claims] == ["claim/report/operator"]


def test_why_tells_what_was_outranked_too(small: Graph) -> None:
    kinds = {claim.id: one.kind for one in small.why("base/luming", "landArea") for claim in one.claims}
    assert kinds == {"claim/report/smaller": "claims", "claim/report/land": "ranked below"}


@pytest.mark.parametrize("target", ["over 800 acres", "claim/report/land#landArea"])
def test_why_takes_a_figure_as_printed(small: Graph, target: str) -> None:
    (explanation,) = small.why("base/luming", "kg:landArea", target)
    assert explanation.kind == "ranked below"


@pytest.mark.parametrize("target", ["company/anhe", BASE + "company/anhe", "Anhe Batteries"])
def test_why_takes_an_entity_by_id_or_name(small: Graph, target: str) -> None:
    (explanation,) = small.why("Luming base", "operator", target)
    assert explanation.kind == "claims"


def test_why_of_what_nothing_says_is_unknown(small: Graph) -> None:
    (explanation,) = small.why("base/luming", "operator", "place/luming")
    assert explanation.kind == "unknown"
    assert explanation.triple == ("base/luming", "operator", "place/luming")
    assert [one.kind for one in small.why("base/luming", "ownedBy")] == ["unknown"]


def test_why_of_an_unknown_property_suggests_one(small: Graph) -> None:
    with pytest.raises(NotFound, match="'operator'"):
        small.why("base/luming", "operatr")
    with pytest.raises(NotFound):
        small.why("base/luming", "no such\nproperty")


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=30) | st.just("\ud800") | st.just("base/\ud800"))
def test_no_name_breaks_anything(small: Graph, text: str) -> None:
    for verb in (small.resolve, small.show, small.suggest, small.question, lambda name: small.why(name, name)):
        with contextlib.suppress(KgError):
            verb(text)


# rdflib 7.6 warns of its own parts.
@pytest.mark.filterwarnings("ignore:.* is deprecated:DeprecationWarning")
def test_the_graph_in_rdflib_holds_the_same_quads(small: Graph) -> None:
    dataset = small.as_rdflib()
    named = {str(one.identifier): len(one) for one in dataset.graphs() if len(one)}
    counted: dict[str, int] = {}
    for fact in facts(small.release.store):
        name = fact.graph.value if isinstance(fact.graph, ox.NamedNode) else "urn:x-rdflib:default"
        counted[name] = counted.get(name, 0) + 1
    assert named == counted
    answer = dataset.query("SELECT ?who { ?b <https://w3id.org/zerocarbon/ontology#operator> ?who }")
    assert [str(row) for row in answer] == [f"(rdflib.term.URIRef('{BASE}company/anhe'),)"]


def test_a_graph_says_what_it_holds(graph: Graph) -> None:
    assert repr(graph).startswith(
        f"<Graph of release {graph.release.id}: {graph.release.facts['documents']:,} documents, "
    )
    assert f"{len(graph.questions())} questions>" in repr(graph)


def test_matches_have_short_ids_and_are_a_table(graph: Graph) -> None:
    found = graph.find("宁德时代", kind="Company")
    assert found[0].entity == "company/catl"
    assert graph.resolve(found[0].entity) == graph.resolve("company/catl")
    table = found.to_table()
    assert table.columns == ("entity", "kind", "name", "why", "score", "certain")
    assert table.records()[0]["entity"] == "company/catl"
    assert len(found.df()) == len(found)
    assert "<td>company/catl</td>" in found._repr_html_()
