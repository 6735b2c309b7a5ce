"""What `kg verify` finds though the sums are right: a store that does not find all, a query that does not run."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.errors import QueryError, ReleaseError
from kg.rdf import store as stores
from kg.rdf.store import Store
from kg.release import verification
from kg.release.build import build
from kg.release.manifest import id_of, write_manifest
from kg.release.release import load_release
from kg.release.verification import verify, verify_whole
from kg.settings import Settings
from tests.support.small import DOCUMENT, ONTOLOGY, store, write_cards

QUESTION = """\
# title-en: Who runs a base?
# title-zh: 谁运营某基地?
# shape: lookup
# columns: company
SELECT ?company WHERE { ?base kg:operator ?company }
"""


def folder_with(home: Path, question: str) -> Settings:
    """Lay out the small world with one question."""
    for name in ("ontology/rules", "ontology/questions", "data/documents"):
        (home / name).mkdir(parents=True)
    for path in (*ONTOLOGY.glob("*.ttl"), ONTOLOGY / "context.jsonld"):
        shutil.copy(path, home / "ontology")
    (home / "ontology" / "questions" / "runs.rq").write_text(question, encoding="utf-8")
    (home / "data/documents/report.yaml").write_text(DOCUMENT, encoding="utf-8")
    write_cards(home / "data")
    return Settings(home / "ontology", home / "data", home / "releases")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A release of the small world."""
    return build(folder_with(tmp_path_factory.mktemp("home"), QUESTION))


def with_question(built: Path, folder: Path, name: str, text: str) -> Path:
    """Copy a release and change what a question says, with id and sums to match."""
    copy = Path(shutil.copytree(built, folder / "copy"))
    questions = json.loads((copy / "questions.json").read_text("utf-8"))
    place = questions[0] if name == "text" else questions[0]["lineage"]
    assert place[name] != text
    place[name] = text
    (copy / "questions.json").write_text(json.dumps(questions), encoding="utf-8")
    facts = json.loads((copy / "release.json").read_text("utf-8"))
    (copy / "release.json").write_text(json.dumps(facts | {"id": id_of(copy, None)}), encoding="utf-8")
    write_manifest(copy)
    return copy


def test_a_whole_release_is_verified(built: Path) -> None:
    assert verify(built)["id"] == built.name
    assert verify_whole(built).id == built.name


@pytest.mark.parametrize("name", ["text", "solutions"])
@pytest.mark.parametrize(
    "text", ["SELECT ?company WHERE {", "ASK { ?s ?p ?o }", "SELECT ?s { SERVICE <urn:x> { ?s ?p ?o } }"]
)
def test_a_query_that_does_not_run_is_named(built: Path, tmp_path: Path, name: str, text: str) -> None:
    copy = with_question(built, tmp_path, name, text)
    assert verify_whole(copy).id == load_release(copy).id
    with pytest.raises(QueryError, match=r"^the question runs: "):
        verify(copy)


def test_a_query_that_does_not_run_stops_the_build(tmp_path: Path) -> None:
    chosen = folder_with(tmp_path, QUESTION.replace("{ ?base", "{ SERVICE <urn:x> { ?s ?p ?company } ?base"))
    with pytest.raises(QueryError, match=r"^the question runs: "):
        build(chosen)
    assert not list(chosen.releases.glob("[!.]*"))


def test_a_store_that_finds_all_is_told_from_one_that_does_not() -> None:
    held = store('x:a x:p x:b, "b"@en ; x:q "x:p" . x:g { x:a x:p x:b . x:b x:r "y" }')
    lines = stores.dump_lines(held)
    assert verification._finds_all(held, lines)
    for quad in list(held):
        lacking = Store()
        lacking.extend(one for one in held if one != quad)
        assert not verification._finds_all(lacking, lines)


def test_a_store_whose_list_of_a_property_is_not_whole_is_refused(built: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As after a fault of the engine: what it dumps is whole, what it finds is not."""
    whole = stores.select
    label = ox.NamedNode("http://www.w3.org/2000/01/rdf-schema#label")

    def lacking(of: Store, text: str, bindings: dict[str, stores.Node] | None = None) -> tuple[list[str], stores.Rows]:
        names, rows = whole(of, text, bindings)
        return (names, []) if bindings == {"property": label} else (names, rows)

    monkeypatch.setattr(stores, "select", lacking)
    with pytest.raises(ReleaseError, match="the store does not find all that it holds; build the release again"):
        verify_whole(built)
