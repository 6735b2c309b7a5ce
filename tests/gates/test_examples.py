"""Every kind of finding, every shape and every check is proved by a bad example, and the good one is clean.

A bad example is a small file that describes an edit of the good data folder and names the
one finding that must come of it. What no card can bring about, since the cards are checked
before the graph, is added to the graph as `facts` and must offend one shape.
"""

from __future__ import annotations

import shutil
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
import yaml
from rdflib import Graph
from rdflib.namespace import SH

from kg.cards.files import read_cards
from kg.cards.findings import CODES
from kg.checks.check import Report, check
from kg.checks.shapes import run_shapes
from kg.claims.assemble import assemble
from kg.ontology.vocabulary import load_vocabulary
from kg.rdf.namespaces import BASE, PREFIXES, shorten
from kg.settings import Settings
from kg.sparql.query_file import read_query_file

ONTOLOGY = Path(__file__).parents[2] / "ontology"
GOOD = ONTOLOGY / "examples" / "good"
SHAPES = sorted((ONTOLOGY / "shapes").glob("*.ttl"))
CHECKS = sorted((ONTOLOGY / "checks").glob("*.rq"))

# Found where the accepted view is made, not by a query.
BUILT_IN_CHECKS = {"equal-ranks"}


@dataclass(frozen=True)
class Case:
    """A bad example: how it changes the good folder, and the finding it must bring."""

    name: str
    code: str
    expects: dict[str, Any]
    replace: tuple[dict[str, str], ...]
    add: tuple[dict[str, Any], ...]
    facts: str

    @classmethod
    def read(cls, path: Path) -> Case:
        """Read a bad example; a key that means nothing would be an example that proves nothing."""
        tree = yaml.safe_load(path.read_text(encoding="utf-8"))
        assert set(tree) <= {"expects", "replace", "add", "facts"}, path.name
        assert set(tree["expects"]) <= {"code", "file", "line", "words", "focus"}, path.name
        expects = tree["expects"]
        replace, add = tuple(tree.get("replace", ())), tuple(tree.get("add", ()))
        return cls(path.stem, expects["code"], expects, replace, add, tree.get("facts", ""))

    def apply(self, data: Path) -> None:
        """Change a copy of the good folder."""
        for edit in self.replace:
            path = data / edit["file"]
            text = path.read_text(encoding="utf-8")
            assert text.count(edit["old"]) == 1, f"{self.name}: {edit['old']!r} stands {text.count(edit['old'])} times"
            path.write_text(text.replace(edit["old"], edit["new"]), encoding="utf-8")
        for edit in self.add:
            path = data / edit["file"]
            path.parent.mkdir(exist_ok=True)
            added = (
                bytes.fromhex(edit["bytes"]) if "bytes" in edit else edit["text"].encode() * int(edit.get("times", 1))
            )
            with path.open("ab") as file:
                file.write(added)


CASES = [Case.read(path) for path in sorted((ONTOLOGY / "examples" / "bad").glob("*.yaml"))]
OF_CARDS = [case for case in CASES if not case.facts]
OF_FACTS = [case for case in CASES if case.facts]


def run(data: Path, folder: Path) -> Report:
    return check(Settings(ONTOLOGY, data, folder / "releases", (data / "texts",)))


def named(cases: list[Case]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("case", cases, ids=[case.name for case in cases])


def test_the_good_example_is_clean(tmp_path: Path) -> None:
    report = run(GOOD, tmp_path)
    assert [str(finding) for finding in report.findings] == []
    assert report.counts["texts at hand"] == len(list((GOOD / "texts").glob("*.txt")))


def test_example_texts_say_that_they_are_invented() -> None:
    for path in (GOOD / "texts").glob("*.txt"):
        first = path.read_text(encoding="utf-8").splitlines()[0]
        assert "invented example" in first or "虚构示例" in first, path.name


@named(OF_CARDS)
def test_a_bad_card_brings_its_finding_and_no_other(case: Case, tmp_path: Path) -> None:
    data = tmp_path / "data"
    shutil.copytree(GOOD, data)
    case.apply(data)
    findings = run(data, tmp_path).findings
    told = [str(finding) for finding in findings]
    assert {finding.code for finding in findings} == {case.code}, told
    assert f"data/{case.expects['file']}" in {finding.file for finding in findings}
    if "line" in case.expects:
        assert case.expects["line"] in {finding.line for finding in findings}
    if "words" in case.expects:
        assert all(case.expects["words"] in words for words in told), told


@pytest.fixture(scope="module")
def offences() -> dict[str, set[tuple[str, str]]]:
    """Which shapes are offended, with which message, at which node, when all bad facts are added to the good graph."""
    store = ox.Store()
    assemble(read_cards(GOOD), load_vocabulary(ONTOLOGY), ONTOLOGY, store)
    prefixes = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in PREFIXES.items())
    for case in OF_FACTS:
        store.extend(ox.parse(prefixes + case.facts, format=ox.RdfFormat.TURTLE, base_iri=BASE))
    found: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for violation in run_shapes(store, ONTOLOGY / "shapes"):
        found[shorten(violation.focus)].add((f"shape:{violation.rule}", violation.message))
    return found


@named(OF_FACTS)
def test_bad_facts_offend_their_shape_and_no_other(case: Case, offences: dict[str, set[tuple[str, str]]]) -> None:
    (found,) = offences[case.expects["focus"]]
    assert found[0] == case.code
    assert case.expects["words"] in found[1]


def test_bad_facts_offend_no_shape_elsewhere(offences: dict[str, set[tuple[str, str]]]) -> None:
    assert sorted(offences) == sorted(case.expects["focus"] for case in OF_FACTS)


def test_a_case_is_named_after_its_finding() -> None:
    for case in CASES:
        assert case.name.partition("--")[0] == case.code.replace(":", "-"), case.name


def test_every_kind_of_finding_has_a_case() -> None:
    assert {case.code.partition(":")[0] for case in CASES} == set(CODES)


def test_every_check_has_a_case() -> None:
    proved = {case.code.removeprefix("check:") for case in CASES if case.code.startswith("check:")}
    assert proved == {path.stem for path in CHECKS} | BUILT_IN_CHECKS


def test_every_check_says_what_it_finds_and_why() -> None:
    for path in CHECKS:
        header, _ = read_query_file(path)
        assert header.one("title")
        assert header.one("reason")
        assert header.one("severity") in ("error", "warning"), path.name


def messages(language: str) -> dict[str, list[str]]:
    """Give the messages of every node shape in a language, those of its property shapes as well."""
    found: dict[str, list[str]] = {}
    for path in SHAPES:
        graph = Graph().parse(path, format="turtle")
        for shape in graph.subjects(predicate=None, object=SH.NodeShape):
            owners = [shape, *graph.objects(shape, SH.property)]
            texts = [text for owner in owners for text in graph.objects(owner, SH.message)]
            name = shorten(str(shape)).removeprefix("kg:")
            found[name] = sorted(str(text) for text in texts if getattr(text, "language", None) == language)
    return found


def test_every_constraint_of_every_shape_has_a_case() -> None:
    unproved = {
        (name, text)
        for name, texts in messages("en").items()
        for text in texts
        if not any(case.code == f"shape:{name}" and case.expects["words"] in text for case in CASES)
    }
    assert unproved == set()


def test_a_case_means_one_constraint() -> None:
    known = messages("en")
    for case in CASES:
        if case.code.startswith("shape:"):
            meant = [text for text in known[case.code.removeprefix("shape:")] if case.expects["words"] in text]
            assert len(meant) == 1, case.name


def test_messages_say_what_to_do_in_two_languages() -> None:
    english, chinese = messages("en"), messages("zh")
    for name, texts in english.items():
        assert texts, name
        assert all("; " in text for text in texts), name
        assert len(chinese[name]) == len(texts)
        assert all("；" in text for text in chinese[name]), name


def test_every_property_shape_has_a_message() -> None:
    for path in SHAPES:
        graph = Graph().parse(path, format="turtle")
        for shape in graph.subjects(predicate=None, object=SH.NodeShape):
            for inner in graph.objects(shape, SH.property):
                assert graph.value(inner, SH.message), f"{shape}: a constraint without a message"


def test_an_edit_that_does_not_fit_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("one one", encoding="utf-8")
    case = Case("name", "code", {}, ({"file": "a.yaml", "old": "one", "new": ""},), (), "")
    with pytest.raises(AssertionError, match="2 times"):
        case.apply(tmp_path)
