"""A release: the same bytes from the same cards, the same quads to every reader, and nothing that was not verified."""

from __future__ import annotations

import datetime
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
from rdflib.graph import DATASET_DEFAULT_GRAPH_ID

import kg
from kg.errors import QueryLimit, ReleaseError
from kg.rdf.namespaces import BASE
from kg.rdf.vocab import LEDGER
from kg.release.build import build
from kg.release.manifest import MANIFEST, write_manifest
from kg.release.release import FORMAT, Release, open_release
from kg.release.seal import seal_of
from kg.release.verification import verify
from kg.settings import Settings
from tests.support.small import DOCUMENT, ONTOLOGY, write_cards

ROOT = Path(__file__).parents[2]

DOCUMENTS = {
    "report": DOCUMENT,
    "early": "published: 2021-05-01",
    "that-year": "published: 2022",
    "interval": "published: 2021/2022-03",
    "undated": "",
}
OTHER = """\
id: document/{slug}
type: NewsArticle
title: {{en: Another report}}
publisher: company/anhe
{published}
language: en
sourceGrade: Press
claims:
  - id: claim/{slug}/operator
    evidence: Page
    says: {{id: base/luming, operator: company/anhe}}
"""


def small_ontology(folder: Path) -> Path:
    """Copy the ontology without shapes and checks, and with few questions."""
    for name in ("rules", "questions"):
        (folder / name).mkdir(parents=True)
        for path in sorted((ONTOLOGY / name).glob("*.rq"))[:2]:
            shutil.copy(path, folder / name)
    for path in (*ONTOLOGY.glob("*.ttl"), ONTOLOGY / "context.jsonld"):
        shutil.copy(path, folder)
    return folder


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small world with documents of several dates and of none."""
    folder = tmp_path_factory.mktemp("home")
    small_ontology(folder / "ontology")
    (folder / "data/documents").mkdir(parents=True)
    for slug, text in DOCUMENTS.items():
        card = text if slug == "report" else OTHER.format(slug=slug, published=text)
        (folder / f"data/documents/{slug}.yaml").write_text(card, encoding="utf-8")
    write_cards(folder / "data")
    return folder


def settings(home: Path, releases: Path) -> Settings:
    return Settings(home / "ontology", home / "data", releases)


@pytest.fixture(scope="module")
def built(home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A release of the small world."""
    return build(settings(home, tmp_path_factory.mktemp("built")))


@pytest.fixture
def copy(built: Path, tmp_path: Path) -> Path:
    """A copy of it, to be damaged."""
    return Path(shutil.copytree(built, tmp_path / built.name))


# ---------------------------------------------------------------------------------------------------------------------
# The same cards, the same bytes


def contents(release: Path) -> dict[str, bytes]:
    """Everything in a release but the store, whose files the engine numbers and dates as it likes."""
    files = (path for path in release.rglob("*") if path.is_file() and path.name != MANIFEST)
    return {
        name: path.read_bytes()
        for path in files
        if not (name := path.relative_to(release).as_posix()).startswith("store/")
    }


def test_a_build_makes_a_release_current(built: Path) -> None:
    releases = built.parent
    assert {path.name for path in releases.iterdir()} - {seal_of(built).name} == {built.name, "current", ".lock"}
    assert os.readlink(releases / "current") == built.name  # noqa: PTH115 - the link's own words are meant
    assert open_release(releases).path == open_release(built).path == built.resolve()
    facts = verify(releases)
    assert facts["id"] == built.name
    assert facts["as_of"] is None
    assert facts["left_out"] == []
    assert facts["documents"] == len(DOCUMENTS)


def test_two_builds_give_the_same_bytes(home: Path, built: Path, tmp_path: Path) -> None:
    again = build(settings(home, tmp_path / "releases"))
    assert again.name == built.name
    assert contents(again) == contents(built)
    assert "graph.nq" in contents(built)


BUILD = """
import sys
from pathlib import Path
from kg.release.build import build
from kg.settings import Settings
ontology, data, releases = map(Path, sys.argv[1:4])
print(build(Settings(ontology, data, releases, tuple(map(Path, sys.argv[4:])))))
"""


def build_elsewhere(chosen: Settings, cwd: Path, **environment: str) -> Path:
    """Build in a fresh interpreter, in another folder and with another environment."""
    folders = [chosen.ontology, chosen.data, chosen.releases, *chosen.documents]
    done = subprocess.run(
        [sys.executable, "-c", BUILD, *map(str, folders)],
        env=os.environ | {"PYTHONPATH": str(ROOT)} | environment,
        cwd=cwd,
        capture_output=True,
        text=True,
        check=True,
    )
    return Path(done.stdout.strip())


@pytest.mark.parametrize("seed", ["0", "1", "4294967295"])
def test_a_fresh_interpreter_gives_the_same_bytes(home: Path, built: Path, tmp_path: Path, seed: str) -> None:
    chosen = settings(home, tmp_path / "releases")
    again = build_elsewhere(
        chosen, tmp_path, PYTHONHASHSEED=seed, LC_ALL="C", TZ="Asia/Shanghai", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0"
    )
    assert again.name == built.name
    assert contents(again) == contents(built)


def test_every_rule_and_question_gives_the_same_bytes(tmp_path: Path) -> None:
    """As above, with the whole ontology, its shapes and checks, and the cards of its examples."""
    data = ONTOLOGY / "examples" / "good"
    one = build(Settings(ONTOLOGY, data, tmp_path / "one", (data / "texts",)))
    other = build_elsewhere(
        Settings(ONTOLOGY, data, tmp_path / "other", (data / "texts",)), tmp_path, PYTHONHASHSEED="77"
    )
    assert other.name == one.name
    assert contents(other) == contents(one)


def test_other_cards_questions_and_rules_give_other_ids(home: Path, built: Path, tmp_path: Path) -> None:
    ids = {built.name}
    for number, name in enumerate(("data/entities/company.yaml", "ontology/questions", "ontology/rules")):
        changed = Path(shutil.copytree(home, tmp_path / str(number)))
        if name.endswith(".yaml"):
            path = changed / name
            path.write_text(path.read_text(encoding="utf-8").replace("Anhe]", "Anhe B]"), encoding="utf-8")
        else:
            min((changed / name).glob("*.rq")).unlink()
        ids.add(build(settings(changed, tmp_path / "releases")).name)
    assert len(ids) == 4


# ---------------------------------------------------------------------------------------------------------------------
# The dump, read by others


def as_oxigraph(node: rdflib.term.Node) -> ox.NamedNode | ox.Literal:
    """Say an rdflib term as the engine says it; blank nodes are none of them."""
    if isinstance(node, rdflib.URIRef):
        return ox.NamedNode(str(node))
    assert isinstance(node, rdflib.Literal)
    if node.language:
        return ox.Literal(str(node), language=node.language)
    return ox.Literal(str(node), datatype=ox.NamedNode(str(node.datatype)) if node.datatype else None)


def as_quads(dataset: rdflib.Dataset) -> set[ox.Quad]:
    quads = set()
    for subject, predicate, value, graph in dataset.quads():
        name = graph.identifier if isinstance(graph, rdflib.Graph) else graph
        place = ox.DefaultGraph() if name in (None, DATASET_DEFAULT_GRAPH_ID) else ox.NamedNode(str(name))
        who, what = as_oxigraph(subject), as_oxigraph(predicate)
        assert isinstance(who, ox.NamedNode)
        assert isinstance(what, ox.NamedNode)
        quads.add(ox.Quad(who, what, as_oxigraph(value), place))
    return quads


# rdflib 7.6 warns of its own parts.
@pytest.mark.filterwarnings("ignore:Dataset.default_context is deprecated:DeprecationWarning")
def test_rdflib_and_the_engine_read_the_same_quads(release_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rdflib, "NORMALIZE_LITERALS", False)
    lines = (release_folder / "graph.nq").read_text(encoding="utf-8").splitlines(keepends=True)
    # rdflib takes a minute for a quarter of a million lines.
    step = max(1, len(lines) // 20_000)
    text = "".join(lines[::step])
    dataset = rdflib.Dataset()
    dataset.parse(data=text, format="nquads")
    assert as_quads(dataset) == set(ox.parse(text, format=ox.RdfFormat.N_QUADS))


def test_the_dump_is_the_store_in_order(release_folder: Path) -> None:
    text = (release_folder / "graph.nq").read_text(encoding="utf-8")
    lines = text.splitlines()
    assert lines == sorted(lines)
    assert "_:" not in text
    opened = open_release(release_folder)
    assert set(ox.parse(text, format=ox.RdfFormat.N_QUADS)) == set(opened.store)
    assert len(lines) == opened.facts["quads"]


# ---------------------------------------------------------------------------------------------------------------------
# As of a day


def documents_in(release: Release) -> set[str]:
    """Give the documents that a release's ledger or any of its claim graphs knows of."""
    names = {node.value for quad in release.store for node in (quad.subject, quad.graph_name) if hasattr(node, "value")}
    parts = (name.removeprefix(BASE).split("/") for name in names if name.startswith(BASE))
    return {part[1] for part in parts if part[0] in ("document", "claim")}


@pytest.mark.parametrize(
    ("day", "kept"),
    [
        ("2021-04-30", set()),
        ("2021-05-01", {"early"}),
        ("2022-02-27", {"early"}),
        ("2022-02-28", {"early", "report"}),
        ("2022-03-30", {"early", "report"}),
        ("2022-03-31", {"early", "report", "interval"}),
        ("2022-12-30", {"early", "report", "interval"}),
        ("2022-12-31", {"early", "report", "interval", "that-year"}),
        ("9999-12-31", {"early", "report", "interval", "that-year"}),
    ],
)
def test_as_of_leaves_out_later_and_undated_documents(home: Path, tmp_path: Path, day: str, kept: set[str]) -> None:
    folder = build(settings(home, tmp_path), as_of=datetime.date.fromisoformat(day))
    facts = verify(tmp_path)
    assert facts["as_of"] == day
    assert facts["left_out"] == sorted(set(DOCUMENTS) - kept)
    assert facts["documents"] == len(kept)
    assert folder.name == facts["id"]
    assert folder.name.endswith(f"-as-of-{day}")
    assert documents_in(open_release(folder)) == kept
    assert facts["accepted_claims"] == (0 if not kept else 3 if "report" in kept else 1)


def test_as_of_never_says_more_than_the_whole(home: Path, built: Path, tmp_path: Path) -> None:
    cut = open_release(build(settings(home, tmp_path), as_of=datetime.date(2021, 12, 31)))
    whole = set(open_release(built).store)
    more = {quad for quad in cut.store if quad not in whole}
    assert not more
    assert {quad.graph_name for quad in cut.store} >= {LEDGER, ox.DefaultGraph()}


# ---------------------------------------------------------------------------------------------------------------------
# Opening and verifying


@pytest.mark.parametrize("what", ["nothing", "file", "empty folder", "dangling current", "current is a file"])
def test_where_no_release_is_none_is_opened(tmp_path: Path, what: str) -> None:
    path = tmp_path / "releases"
    if what == "file":
        path.touch()
    elif what != "nothing":
        path.mkdir()
        if what == "dangling current":
            (path / "current").symlink_to("gone")
        elif what == "current is a file":
            (tmp_path / "file").touch()
            (path / "current").symlink_to(tmp_path / "file")
    with pytest.raises(ReleaseError, match="run kg build first"):
        kg.open(path)


def rewrite(release: Path, name: str, **changes: object) -> None:
    """Change facts in a release and write the manifest anew, as somebody who knows it would."""
    path = release / name
    facts = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps(facts | changes), encoding="utf-8")
    write_manifest(release)


def test_a_release_of_another_format_is_not_opened(copy: Path) -> None:
    rewrite(copy, "release.json", format=99)
    with pytest.raises(ReleaseError, match=rf"has format 99 \(kg \S+\), this kg \(\S+\) reads {FORMAT}; build"):
        kg.open(copy)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"id": "0" * 16}, "the id is not that of what the release holds"),
        ({"as_of": "2022-01-01"}, "the id is not that of what the release holds"),
        ({"quads": 1}, "do not hold the same quads"),
    ],
)
def test_facts_are_verified(copy: Path, changes: dict[str, object], message: str) -> None:
    rewrite(copy, "release.json", **changes)
    with pytest.raises(ReleaseError, match=message):
        verify(copy)


def test_the_store_is_verified_against_the_dump(copy: Path) -> None:
    store = ox.Store(str(copy / "store"))
    quad = next(iter(store))
    store.remove(quad)
    store.add(ox.Quad(quad.subject, quad.predicate, ox.Literal("another"), quad.graph_name))
    store.flush()
    del store
    write_manifest(copy)
    assert kg.open(copy).release.id == copy.name
    with pytest.raises(ReleaseError, match="do not hold the same quads"):
        verify(copy)


def test_the_dump_is_verified_against_the_id(copy: Path) -> None:
    dump = copy / "graph.nq"
    dump.write_text("".join(dump.read_text(encoding="utf-8").splitlines(keepends=True)[1:]), encoding="utf-8")
    write_manifest(copy)
    with pytest.raises(ReleaseError, match="the id is not that of what the release holds"):
        verify(copy)


def test_verifying_and_asking_change_nothing(copy: Path) -> None:
    before = {path: (path.stat().st_mtime_ns, path.stat().st_size) for path in copy.rglob("*")}
    verify(copy)
    opened = kg.open(copy)
    opened.find("Anhe")
    opened.query("SELECT ?s { ?s ?p ?o } LIMIT 1")
    assert {path: (path.stat().st_mtime_ns, path.stat().st_size) for path in copy.rglob("*")} == before


def test_a_release_is_opened_for_reading_only(copy: Path) -> None:
    opened = open_release(copy)
    with pytest.raises((OSError, RuntimeError)):
        opened.store.add(next(iter(opened.store)))


# ---------------------------------------------------------------------------------------------------------------------
# A foreign query with its claims


def test_the_claims_of_a_foreign_query_are_found(built: Path) -> None:
    answer = kg.open(built).query("SELECT ?by { <base/luming> kg:operator ?by }", claims=True)
    assert answer.claims == (tuple(f"claim/{slug}/operator" for slug in sorted(DOCUMENTS)),)


def test_the_claims_of_a_foreign_query_are_sought_under_its_limits(built: Path) -> None:
    """With its LIMIT the query ends at once; without, as its claims need it, it would never end."""
    opened = kg.open(built)
    text = "SELECT ?a { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } LIMIT 1"
    assert len(opened.query(text).rows) == 1
    with pytest.raises(QueryLimit):
        opened.query(text, claims=True, timeout=20)


def test_a_number_that_is_none_is_shown_as_it_is(built: Path) -> None:
    assert kg.open(built).query('SELECT ("many"^^xsd:integer AS ?n) {}').rows == (("many",),)
