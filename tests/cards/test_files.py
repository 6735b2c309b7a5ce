"""Cards become quads: claims their own graphs, the ledger what is known about them, and nothing is left out."""

from __future__ import annotations

import re
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.cards.files import Cards, claims_of, neighbourhood, read_cards
from kg.cards.yaml_reader import Text
from kg.checks.ids import mint_ids
from kg.errors import InputError
from kg.rdf.namespaces import expand, shorten
from kg.rdf.store import Store, facts, fill
from kg.rdf.vocab import ENTITIES, LEDGER
from kg.settings import Settings
from tests.support.small import DOCUMENT, edited, quads, world
from tests.support.small import ENTITIES as ENTITY_CARD

DATA = Path(__file__).parents[2] / "data"
EVIDENCE_OF_LAND = "claim/report/land#evidence"


def filled(cards: Cards) -> Store:
    store = Store()
    fill(store, quads(cards))
    return store


@pytest.fixture
def small(tmp_path: Path) -> Store:
    return filled(world(tmp_path))


def in_graph(store: Store, graph: str) -> set[str]:
    """Give the triples of a graph in short words."""

    def say(node: ox.NamedNode | ox.Literal) -> str:
        return shorten(node.value) if isinstance(node, ox.NamedNode) else repr(node.value)

    return {" ".join(map(say, fact.triple)) for fact in facts(store, graph=ox.NamedNode(expand(graph)))}


def about(store: Store, subject: str, graph: str = LEDGER.value) -> set[str]:
    return {line.partition(" ")[2] for line in in_graph(store, graph) if line.startswith(subject + " ")}


def test_a_claim_is_a_graph_of_its_own(small: Store) -> None:
    assert in_graph(small, "claim/report/operator") == {"base/luming kg:operator company/anhe"}


def test_a_value_node_is_named_after_its_claim_and_key(small: Store) -> None:
    assert in_graph(small, "claim/report/land") == {
        "base/luming kg:landArea claim/report/land#landArea",
        "claim/report/land#landArea rdf:type kg:Quantity",
        "claim/report/land#landArea kg:verbatim 'over 800 acres'",
        "claim/report/land#landArea kg:value '800'",
        "claim/report/land#landArea kg:unit unit:AC",
        "claim/report/land#landArea kg:bound kg:MoreThan",
        "claim/report/land#landArea kg:comparisonValue '323.748513792'",
        "claim/report/land#landArea kg:comparisonUnit unit:HA",
    }


def test_inner_nodes_are_named_by_the_path_of_keys(small: Store) -> None:
    assert in_graph(small, "claim/report/status") == {
        "base/luming kg:status claim/report/status#status",
        "claim/report/status#status rdf:type kg:StatusRecord",
        "claim/report/status#status kg:statusValue kg:Operating",
        "claim/report/status#status kg:asOf claim/report/status#status.asOf",
        "claim/report/status#status.asOf rdf:type kg:Date",
        "claim/report/status#status.asOf kg:verbatim 'February 2031'",
        "claim/report/status#status.asOf kg:edtf '2031-02'",
        "claim/report/status#status.asOf kg:earliest '2031-02-01'",
        "claim/report/status#status.asOf kg:latest '2031-02-28'",
    }


@pytest.mark.parametrize(("edtf", "told"), [("../2031", "latest '2031-12-31'"), ("2031/..", "earliest '2031-01-01'")])
def test_a_bound_of_a_date_has_one_end(tmp_path: Path, edtf: str, told: str) -> None:
    says = "landArea: {verbatim: over 800 acres, value: 800, unit: acre, bound: MoreThan}"
    graph = in_graph(filled(edited(tmp_path, (says, f"expectedLaunch: {{edtf: {edtf}}}"))), "claim/report/land")
    date = "claim/report/land#expectedLaunch"
    assert graph == {
        f"base/luming kg:expectedLaunch {date}", f"{date} rdf:type kg:Date", f"{date} kg:edtf '{edtf}'",
        f"{date} kg:{told}",
    }  # fmt: skip


def test_several_nodes_under_a_key_are_numbered(tmp_path: Path) -> None:
    parties = "party: [{partyOrganisation: company/anhe}]"
    says = "landArea: {verbatim: over 800 acres, value: 800, unit: acre, bound: MoreThan}"
    graph = in_graph(filled(edited(tmp_path, (says, parties))), "claim/report/land")
    assert "claim/report/land#party.1 kg:partyOrganisation company/anhe" in graph


def test_an_entity_may_hold_value_nodes_named_after_it(tmp_path: Path) -> None:
    extent = "name: {en: Luming}\n    extent: {value: 150, unit: mu, verbatim: 150亩}"
    graph = in_graph(filled(edited(tmp_path, ("name: {en: Luming}", extent))), ENTITIES.value)
    assert "place/luming kg:extent place/luming#extent" in graph
    assert "place/luming#extent kg:comparisonValue '10'" in graph


@pytest.mark.parametrize(
    ("value", "unit", "compared"),
    [("15", "mu", "1"), ("800", "mu", "53.3333333333"), ("30", "GWh-per-year", "30"), ("200", "MWh", "0.2"),
     ("0.001", "m2", "0.0000001"), ("1461", "day", "4"), ("15000000000", "CNY", "15000000000"), ("0", "ha", "0")],
)  # fmt: skip
def test_a_value_is_compared_in_the_unit_of_its_kind(tmp_path: Path, value: str, unit: str, compared: str) -> None:
    cards = edited(tmp_path, ("value: 800, unit: acre", f"value: {value}, unit: {unit}"))
    graph = in_graph(filled(cards), "claim/report/land")
    assert f"claim/report/land#landArea kg:comparisonValue '{compared}'" in graph


def test_numbers_and_days_have_their_datatypes(small: Store) -> None:
    graph = ox.NamedNode(expand("claim/report/status"))
    datatypes = {
        shorten(fact.object.datatype.value) for fact in facts(small, graph=graph) if isinstance(fact.object, ox.Literal)
    }
    assert datatypes == {"xsd:string", "xsd:date"}
    assert '"800"^^<http://www.w3.org/2001/XMLSchema#decimal>' in {str(fact.object) for fact in facts(small)}


def test_bound_mode_and_rank_have_defaults(tmp_path: Path) -> None:
    store = filled(edited(tmp_path, (", bound: MoreThan", "")))
    assert "claim/report/land#landArea kg:bound kg:Exactly" in in_graph(store, "claim/report/land")
    assert {"kg:mode kg:Stated", "kg:rank kg:Normal"} <= about(store, "claim/report/operator")


def test_mode_and_rank_that_are_given_stand_alone(tmp_path: Path) -> None:
    store = filled(edited(tmp_path, ("mode: Planned", "mode: Planned\n    rank: Deprecated\n    note: {en: x}")))
    ledger = about(store, "claim/report/land")
    assert {line for line in ledger if line.startswith(("kg:mode", "kg:rank", "kg:note"))} == {
        "kg:mode kg:Planned", "kg:rank kg:Deprecated", "kg:note 'x'",
    }  # fmt: skip


def test_the_ledger_knows_document_and_claims(small: Store) -> None:
    ledger = about(small, "document/report")
    assert {"rdf:type kg:NewsArticle", "kg:publisher company/anhe", "kg:sourceGrade kg:Press"} <= ledger
    assert {"kg:published '2022-02'", "kg:publishedLatest '2022-02-28'"} <= ledger
    assert {line for line in ledger if line.startswith("kg:makesClaim")} == {
        f"kg:makesClaim claim/report/{name}" for name in ("operator", "land", "status")
    }


def test_evidence_is_a_node_of_the_ledger(small: Store) -> None:
    assert f"kg:evidence {EVIDENCE_OF_LAND}" in about(small, "claim/report/land")
    start = DOCUMENT.split("id: claim/report/land")[1].split("start: ")[1].split(",")[0]
    assert {"rdf:type kg:Evidence", f"kg:start '{start}'"} <= about(small, EVIDENCE_OF_LAND)


def test_page_evidence_is_the_one_page_node(tmp_path: Path) -> None:
    start = DOCUMENT.index("evidence: ")
    old = DOCUMENT[start : DOCUMENT.index("}", start) + 1]
    store = filled(edited(tmp_path, (old, "evidence: Page")))
    assert "kg:evidence kg:Page" in about(store, "claim/report/operator")
    assert about(store, "claim/report/operator#evidence") == set()


def _page_of(folder: Path, evidence: str, figure: str = "value: 800, unit: acre") -> Store:
    """Put other evidence under every claim of the small card, and another figure under the one on land."""
    text = re.sub(r"evidence: \{[^}]*\}", f"evidence: {evidence}", DOCUMENT)
    text = re.sub(r"landArea: \{[^}]*\}", f"landArea: {{{figure}}}", text)
    return filled(world(folder, text))


@pytest.mark.parametrize(
    ("evidence", "strength", "node"),
    [
        ("Page", "Page", set()),
        ("Compiled", "Compiled", set()),
        ("{readOn: 2031-01-02}", "Page", {"rdf:type kg:PageEvidence", "kg:readOn '2031-01-02'"}),
        (
            "{printed: [59 ha, ground], readOn: 2031-01-02}",
            "Printed",
            {"rdf:type kg:PrintedEvidence", "kg:readOn '2031-01-02'", "kg:printed '59 ha'", "kg:printed 'ground'"},
        ),
    ],
)
def test_evidence_has_four_strengths(tmp_path: Path, evidence: str, strength: str, node: set[str]) -> None:
    store = _page_of(tmp_path, evidence)
    assert f"kg:strength kg:{strength}" in about(store, "claim/report/operator")
    assert about(store, "claim/report/operator#evidence") == node


def test_a_position_is_the_strongest_evidence(small: Store) -> None:
    assert "kg:strength kg:Position" in about(small, "claim/report/land")


@pytest.mark.parametrize(
    ("evidence", "figure", "bound"),
    [
        ("Page", "value: 59, unit: ha", "BoundNotStated"),
        ("Compiled", "value: 59, unit: ha", "BoundNotStated"),
        ("{readOn: 2031-01-02}", "value: 59, unit: ha", "BoundNotStated"),
        ("{printed: 59 ha, readOn: 2031-01-02}", "value: 59, unit: ha", "Exactly"),
        ("Page", "verbatim: 59 ha, value: 59, unit: ha", "Exactly"),
        ("{printed: 59 ha, readOn: 2031-01-02}", "value: 59, unit: ha, bound: About", "About"),
    ],
)
def test_a_bound_that_was_not_read_is_not_exact(tmp_path: Path, evidence: str, figure: str, bound: str) -> None:
    store = _page_of(tmp_path, evidence, figure)
    assert f"claim/report/land#landArea kg:bound kg:{bound}" in in_graph(store, "claim/report/land")


def test_an_undated_document_has_no_last_day(tmp_path: Path) -> None:
    ledger = about(filled(edited(tmp_path, ("published: 2022-02\n", ""))), "document/report")
    assert not any(line.startswith("kg:published") for line in ledger)


def test_entities_stand_in_the_graph_of_entities(small: Store) -> None:
    assert about(small, "company/anhe", ENTITIES.value) == {
        "rdf:type kg:Company", "rdfs:label 'Anhe Batteries'", "rdfs:label '安河电池'", "skos:altLabel 'Anhe'",
    }  # fmt: skip


def test_judgements_stand_in_the_ledger(small: Store) -> None:
    assert {"rdf:type kg:Judgement", "kg:leftEntity base/luming", "kg:verdict kg:DifferentEntity"} <= about(
        small, "judgement/body-and-place"
    )


def test_all_stands_in_a_named_graph_and_has_a_name(small: Store) -> None:
    assert list(facts(small, graph=ox.DefaultGraph())) == []
    assert not any(isinstance(node, ox.BlankNode) for quad in small for node in (quad.subject, quad.object))


def test_a_minted_id_under_a_key_of_concepts_is_an_id(tmp_path: Path) -> None:
    store = filled(edited(tmp_path, ("operator: company/anhe", "plannedProduct: company/anhe")))
    assert in_graph(store, "claim/report/operator") == {"base/luming kg:plannedProduct company/anhe"}


def folder_with(folder: Path, **files: str) -> Path:
    for name, text in files.items():
        path = folder / "data" / name.replace("__", "/")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.with_suffix(".yaml").write_text(text, encoding="utf-8")
    return folder / "data"


def test_a_data_folder_is_read_with_all_its_files(tmp_path: Path) -> None:
    data = folder_with(
        tmp_path,
        documents__deep__report=DOCUMENT,
        entities__all=ENTITY_CARD,
        judgements__all="judgements: []",
        other="x: y",
    )
    cards = read_cards(data)
    assert [card.shown for card in cards.documents] == ["data/documents/deep/report.yaml"]
    assert [card.slug for card in (*cards.documents, *cards.entities)] == ["report", "all"]
    assert len(claims_of(cards.documents[0])) == 3
    assert (len(cards.judgements), cards.findings) == (1, [])


def test_a_file_that_is_no_mapping_is_a_finding(tmp_path: Path) -> None:
    cards = read_cards(folder_with(tmp_path, documents__report=DOCUMENT, entities__a="- x", entities__b="a: [b"))
    assert [(finding.file, finding.code) for finding in cards.findings] == [
        ("data/entities/a.yaml", "wrong-shape"), ("data/entities/b.yaml", "yaml-syntax"),
    ]  # fmt: skip


def test_a_folder_without_cards_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such data folder"):
        read_cards(tmp_path / "away")
    with pytest.raises(InputError, match="no document cards"):
        read_cards(tmp_path)


def test_one_card_can_be_read_alone_and_the_ids_of_others_are_known(tmp_path: Path) -> None:
    other = DOCUMENT.replace("report", "other")
    data = folder_with(tmp_path, documents__report=DOCUMENT, documents__other=other, entities__all=ENTITY_CARD)
    cards = read_cards(data, {data / "documents" / "report.yaml"})
    assert [card.slug for card in cards.documents] == ["report"]
    assert len(cards.entities) == 1
    assert cards.unread == {
        "document/other": "NewsArticle",
        **{f"claim/other/{name}": "Claim" for name in ("operator", "land", "status")},
    }


def test_ids_are_picked_from_real_cards_as_reading_finds_them() -> None:
    data = Settings.read({}).data
    cards = read_cards(data)
    picked = mint_ids(read_cards(data, {cards.documents[0].path})).kinds
    assert len(picked) > 300
    assert picked == mint_ids(cards).kinds


def test_a_neighbourhood_is_what_is_named_near_and_far(tmp_path: Path) -> None:
    cards = edited(tmp_path, ("name: {en: Luming}", FAR))
    (kept,) = neighbourhood(cards).entities
    assert [entity["id"] for entity in kept.tree[Text("entities")]] == ["company/anhe", "base/luming"]
    (kept,) = neighbourhood(edited(tmp_path, ("name: {en: Luming}", FAR), ("operator: company/anhe", NEAR))).entities
    assert len(kept.tree[Text("entities")]) == 4


NEAR = "locatedIn: place/luming"
FAR = "name: {en: Luming}\n    locatedIn: place/anhui\n  - {id: place/anhui, type: Place, name: {en: Anhui}}"


@pytest.mark.parametrize("claims", ["x", "[]", "{a: b}", "[x, [y]]"])
def test_claims_of_any_shape_are_gone_through(tmp_path: Path, claims: str) -> None:
    cards = world(tmp_path, document=f"id: document/report\nclaims: {claims}")
    assert claims_of(cards.documents[0]) == []


def test_every_file_of_the_data_can_be_read_by_a_person() -> None:
    lengths = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in DATA.rglob("*.yaml")}
    assert len(lengths) > 1000
    # A list of entities is looked up in, a document is read.
    most = {path: 1000 if "documents" in path.parts else 2000 for path in lengths}
    # A data set with a line for each national park is a list too, and one document.
    most |= {path: 2000 for path in lengths if path.name == "atlas-park-catalog-2026.yaml"}
    assert {path.name: length for path, length in lengths.items() if length > most[path]} == {}
