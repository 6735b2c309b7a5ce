"""Releases: built beside, verified, renamed, then made current in one step; read-only ever after.

    releases/<id>/            one release: store/, names/, graph.nq, release.json, MANIFEST.sha256
    releases/current          link to the release that is served
    releases/<anything>.tmp   a build under way, or the remains of one that was killed

The id is the start of the SHA-256 of `graph.nq`, with the day of an `--as-of` build: the
same cards give the same id. Whatever ends a build early, the release that was current stays current.
"""

from __future__ import annotations

import contextlib
import datetime
import fcntl
import hashlib
import json
import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from kg import store as stores
from kg.assemble import assemble, published_by
from kg.card_checks import check_cards
from kg.cards import read_cards
from kg.documents import Texts
from kg.errors import KgError, Refused, ReleaseError
from kg.evidence import check_evidence
from kg.findings import Finding, in_order
from kg.footing import Footing, read_footing
from kg.manifest import verify_sums, write_manifest
from kg.name_index import build_index
from kg.names import Name
from kg.questions import Question, bind_defaults, read_questions
from kg.rules import Rule, read_rules
from kg.settings import Settings
from kg.terms import ENTITIES, KG, ONTOLOGY_GRAPH, PREFIXES
from kg.validate import graph_findings
from kg.vocabulary import load_vocabulary

__all__ = ["Release", "build", "open_release", "verify"]

CURRENT = "current"
FORMAT = 1
# Earlier releases stay for a rollback by hand.
KEPT = 3
_ID_LENGTH = 16


@dataclass(frozen=True)
class Release:
    """An opened release: its store, its questions and rules, and the facts in `release.json`."""

    path: Path
    facts: dict[str, Any]
    store: stores.Store
    questions: dict[str, Question]
    rules: dict[str, tuple[Rule, Footing]]

    @property
    def id(self) -> str:
        """The release's id."""
        return str(self.facts["id"])


def build(settings: Settings, as_of: datetime.date | None = None, say: Callable[[str], None] = lambda _: None) -> Path:
    """Build a release from the data folder, make it current, and give its folder.

    `as_of` takes only documents published by that day. `say` is told each step. Raises
    Refused when the check finds something, ReleaseError when the folder cannot be written.
    """
    try:
        settings.releases.mkdir(parents=True, exist_ok=True)
        with _lock(settings.releases):
            _remove_remains(settings.releases)
            scratch = settings.releases / f"build-{os.getpid()}.tmp"
            try:
                scratch.mkdir()
                _fill(scratch, settings, as_of, say)
                return _publish(scratch, settings.releases)
            finally:
                shutil.rmtree(scratch, ignore_errors=True)
    except OSError as error:
        what = error.strerror or str(error)
        raise ReleaseError(
            f"{settings.releases}: the release cannot be written ({what}); the last one stays"
        ) from error


@contextlib.contextmanager
def _lock(folder: Path) -> Iterator[None]:
    with (folder / ".lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise ReleaseError(f"{folder}: another build is under way; wait for it to end") from error
        yield


def _remove_remains(folder: Path) -> None:
    for path in folder.glob("*.tmp"):
        if path.is_symlink() or path.is_file():
            path.unlink()
        else:
            shutil.rmtree(path)


def _fill(folder: Path, settings: Settings, as_of: datetime.date | None, say: Callable[[str], None]) -> None:
    """Write everything of a release into a scratch folder, and verify it there."""
    say("checking the cards")
    vocabulary = load_vocabulary(settings.ontology)
    cards = read_cards(settings.data)
    evidence = check_evidence(cards, Texts.of(settings.documents))
    _refuse([*cards.findings, *check_cards(cards, vocabulary), *evidence.findings])
    say("assembling the graph")
    # In memory first: joins over a store on disk that is still growing take a hundred times as long.
    store = ox.Store()
    view = assemble(cards, vocabulary, settings.ontology, store)
    say("checking the graph")
    _refuse(graph_findings(cards, settings.ontology, store, view))
    left_out: list[str] = []
    if as_of is not None:
        # Checked as a whole, cut after: what an earlier day does not know yet is no fault of the cards.
        cards, left_out = published_by(cards, as_of)
        store = ox.Store()
        view = assemble(cards, vocabulary, settings.ontology, store)
    say("writing the release")
    quads = stores.write_dump(store, folder / "graph.nq")
    stores.write_store(store, folder / "store")
    _write_names(store, folder / "names")
    digest = hashlib.sha256((folder / "graph.nq").read_bytes()).hexdigest()
    facts = {
        "format": FORMAT,
        "id": digest[:_ID_LENGTH] + (f"-as-of-{as_of.isoformat()}" if as_of else ""),
        "as_of": as_of.isoformat() if as_of else None,
        "left_out": left_out,
        "documents": len(cards.documents),
        "accepted_claims": len(view.accepted),
        "corroborating_claims": len(view.corroborates),
        "quads": quads,
        "positions_checked": evidence.checked,
    }
    _write_json(folder / "release.json", facts)
    _write_json(
        folder / "questions.json", [entry.to_dict() for entry in read_questions(settings.ontology / "questions")]
    )
    _write_json(folder / "rules.json", [_rule_facts(rule) for rule in read_rules(settings.ontology / "rules")])
    write_manifest(folder)
    say("verifying the release")
    verify(folder)


def _refuse(findings: list[Finding]) -> None:
    if findings:
        raise Refused(tuple(str(finding) for finding in in_order(findings)))


def _write_json(path: Path, facts: Any) -> None:
    path.write_text(json.dumps(facts, ensure_ascii=False, indent=1) + "\n", encoding="utf-8", newline="\n")


def _rule_facts(rule: Rule) -> dict[str, Any]:
    return {"rule": rule.__dict__, "footing": read_footing(rule.text).to_dict()}


def _write_names(store: stores.Store, folder: Path) -> None:
    folder.mkdir()
    build_index(_names(store), folder)


def _names(store: stores.Store) -> Iterator[Name]:
    """Give every name of the entities and of the ontology's concepts."""
    fields = {
        PREFIXES["rdfs"] + "label": "name",
        PREFIXES["skos"] + "altLabel": "alias",
        PREFIXES["skos"] + "notation": "identifier",
    }
    kinds: dict[ox.NamedNode, str] = {}
    for graph in (ENTITIES, ONTOLOGY_GRAPH):
        for fact in stores.facts(store, None, ox.NamedNode(PREFIXES["rdf"] + "type"), None, ox.NamedNode(graph)):
            if fact.object.value.startswith(KG):
                kinds.setdefault(fact.subject, fact.object.value.removeprefix(KG))
    for graph in (ENTITIES, ONTOLOGY_GRAPH):
        for predicate, field in fields.items():
            for fact in stores.facts(store, None, ox.NamedNode(predicate), None, ox.NamedNode(graph)):
                if fact.subject in kinds:
                    language, text = stores.text_of(fact.object)
                    yield Name(fact.subject.value, kinds[fact.subject], text, language.partition("-")[0], field)


def _publish(scratch: Path, releases: Path) -> Path:
    """Rename a verified scratch folder to its id and make it current; both steps are atomic."""
    _sync(scratch)
    target = releases / str(json.loads((scratch / "release.json").read_text(encoding="utf-8"))["id"])
    if target.exists() and not _is_good(target):
        target.rename(releases / f"damaged-{os.getpid()}.tmp")
    if not target.exists():
        scratch.rename(target)
    link = releases / f"link-{os.getpid()}.tmp"
    link.symlink_to(target.name)
    link.replace(releases / CURRENT)
    _sync_folder(releases)
    _remove_old(releases, target)
    return target


def _is_good(folder: Path) -> bool:
    try:
        verify(folder)
    except KgError:
        return False
    return True


def _sync(folder: Path) -> None:
    """Force a folder's files to the disk, so that a rename never outruns them."""
    for path in sorted(folder.rglob("*")):
        if path.is_dir():
            _sync_folder(path)
        else:
            with path.open("rb") as file:
                os.fsync(file.fileno())
    _sync_folder(folder)


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _remove_old(releases: Path, current: Path) -> None:
    others = [path for path in releases.iterdir() if (path / "release.json").is_file() and not path.is_symlink()]
    others = sorted((path for path in others if path != current), key=lambda path: path.stat().st_mtime, reverse=True)
    for path in others[KEPT - 1 :]:
        shutil.rmtree(path, ignore_errors=True)
    _remove_remains(releases)


def open_release(path: Path) -> Release:
    """Open a release, or the current one of a folder of releases; its manifest is checked first."""
    folder = path / CURRENT if (path / CURRENT).is_symlink() else path
    if not folder.is_dir():
        raise ReleaseError(f"{path}: there is no release; run kg build first")
    # One release from here on, even if another is made current meanwhile.
    folder = folder.resolve()
    verify_sums(folder)
    facts = _read_json(folder / "release.json")
    if facts["format"] != FORMAT:
        raise ReleaseError(
            f"{folder}: the release has format {facts['format']}, this kg reads {FORMAT}; build it again"
        )
    questions = [Question.from_dict(entry) for entry in _read_json(folder / "questions.json")]
    rules = [
        (Rule(**entry["rule"]), Footing.from_dict(entry["footing"])) for entry in _read_json(folder / "rules.json")
    ]
    return Release(
        path=folder,
        facts=facts,
        store=stores.open_read_only(folder / "store"),
        questions={question.name: question for question in questions},
        rules={rule.name: (rule, footing) for rule, footing in rules},
    )


def _read_json(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


def verify(path: Path) -> dict[str, Any]:
    """Check a release through and through, and give its facts: sums, dump against store, every query runs.

    Raises ReleaseError on the first thing that does not hold.
    """
    release = open_release(path)
    dump = (release.path / "graph.nq").read_bytes()
    if hashlib.sha256(dump).hexdigest()[:_ID_LENGTH] != release.id[:_ID_LENGTH]:
        raise ReleaseError(f"{path}: the dump is not the one the id was made of; build the release again")
    dumped = set(ox.parse(dump, format=ox.RdfFormat.N_QUADS))
    if dumped != set(release.store) or len(dumped) != release.facts["quads"]:
        raise ReleaseError(f"{path}: the store and the dump do not hold the same quads; build the release again")
    for question in release.questions.values():
        bindings = bind_defaults(question)
        stores.select(release.store, question.text, bindings)
        question.footing.rows(release.store, bindings)
    return release.facts
