"""`kg build`: from cards to a release, beside the current one, verified, then made current in one step.

Whatever ends a build early, a kill, a full disk, a finding, the release that was current
stays current; what is left behind is removed by the next build.
"""

from __future__ import annotations

import contextlib
import datetime
import fcntl
import json
import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import Any

from kg import __version__
from kg.atomic import sync, sync_folder
from kg.cards.files import published_by, read_cards
from kg.cards.findings import Finding, in_order
from kg.cards.texts import Texts
from kg.checks.check import graph_findings, source_findings
from kg.checks.evidence import check_evidence
from kg.claims.assemble import assemble
from kg.claims.changes import compare, read_reasons
from kg.claims.coverage import measure_coverage
from kg.claims.grades import read_scales
from kg.claims.ledger import read_ledger
from kg.claims.rules import Rule
from kg.collector import collector_paused
from kg.errors import KgError, Refused, ReleaseError
from kg.names.indexer import build_index
from kg.networks.csr import write_arrays
from kg.networks.edges import find_edges
from kg.networks.loader import read_edge_kinds
from kg.networks.nodes import find_nodes
from kg.networks.storage import FOLDER as NETWORKS_FOLDER
from kg.networks.storage import read_networks, write_networks
from kg.ontology.vocabulary import load_vocabulary
from kg.parallel import in_background
from kg.provenance.lineage import Lineage
from kg.provenance.provenance import Provenance
from kg.questions.answer import find_answered
from kg.questions.loader import read_questions, read_rule_lineages
from kg.questions.wordings_reader import read_wordings
from kg.rdf import store as stores
from kg.rdf.store import Store
from kg.release.manifest import id_of, write_manifest
from kg.release.name_list import iterate_names
from kg.release.release import CURRENT, FORMAT, load_release, open_release
from kg.release.seal import remove_seal, seal_release
from kg.release.verification import verify_whole
from kg.settings import Settings

__all__ = ["KEPT", "build"]

# Earlier releases stay for a rollback by hand.
KEPT = 3


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
                with collector_paused():
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
    # A pipe that lies there is not waited for.
    handle = os.open(folder / ".lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NONBLOCK, 0o666)
    with os.fdopen(handle, "w") as file:
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
    evidence = check_evidence(cards, Texts.of(settings.documents), vocabulary.unit_words, vocabulary.events)
    _refuse(source_findings(cards, vocabulary, evidence))
    say("assembling the graph")
    # In memory first: joins over a store on disk that is still growing take a hundred times as long.
    store = Store()
    view = assemble(cards, vocabulary, settings.ontology, store)
    say("checking the graph")
    _refuse(graph_findings(cards, settings.ontology, store, view))
    left_out: list[str] = []
    if as_of is not None:
        # Checked as a whole, cut after: what an earlier day does not know yet is no fault of the cards.
        cards, left_out = published_by(cards, as_of)
        store = Store()
        view = assemble(cards, vocabulary, settings.ontology, store)
    say("writing the release")
    quads = stores.write_dump(store, folder / "graph.nq")
    with in_background(partial(stores.write_store, folder / "graph.nq", folder / "store")) as stored:
        rules = _write_queries(settings.ontology, folder)
        _write_networks(settings.ontology, folder, store, rules)
        stored()
    # Not beside the store: of a disk that both have filled, the names could only say that a thread was killed.
    _write_names(store, folder / "names")
    day = as_of.isoformat() if as_of else None
    facts = {
        "format": FORMAT,
        "software": __version__,
        "id": id_of(folder, day),
        "as_of": day,
        "left_out": left_out,
        "documents": len(cards.documents),
        "accepted_claims": len(view.accepted),
        "corroborating_claims": len(view.corroborates),
        "quads": quads,
        "positions_checked": evidence.checked,
    }
    _write_json(folder / "release.json", facts)
    _write_reports(folder, store, settings.releases)
    write_manifest(folder)
    say("verifying the release")
    # Its questions were run for the reports, on the graph that its store has to hold.
    verify_whole(folder)


def _write_queries(ontology: Path, folder: Path) -> list[tuple[Rule, Lineage]]:
    """Write the questions and the rules, each with what its rows rest on; gives the rules."""
    questions = read_questions(ontology / "questions")
    _write_json(folder / "questions.json", [entry.to_dict() for entry in questions])
    _write_json(folder / "wordings.json", read_wordings(ontology / "questions", questions).to_dict())
    rules = read_rule_lineages(ontology / "rules")
    _write_json(
        folder / "rules.json", [{"rule": asdict(rule), "lineage": lineage.to_dict()} for rule, lineage in rules]
    )
    return rules


def _write_networks(ontology: Path, folder: Path, store: stores.Store, rules: list[tuple[Rule, Lineage]]) -> None:
    """Write who is tied to whom, each edge with the claims behind it."""
    kinds = read_edge_kinds(ontology / "networks")
    named = {rule.name: (rule, lineage) for rule, lineage in rules}
    edges = find_edges(store, Provenance(store, named), kinds)
    write_networks(folder / NETWORKS_FOLDER, kinds, edges, find_nodes(store, edges), read_scales(store))
    write_arrays(folder / NETWORKS_FOLDER, read_networks(folder))


def _write_reports(folder: Path, store: stores.Store, releases: Path) -> None:
    """Write what the release covers, and what changed since the one that is current."""
    claims = read_ledger(store)
    questions = load_release(folder).questions.values()
    sections = measure_coverage(store, find_answered(store, questions), claims)
    _write_json(folder / "coverage.json", {section.title: section.table.records() for section in sections})
    pages = [f"## {section.title}\n\n{section.table.to_markdown()}" for section in sections]
    (folder / "coverage.md").write_text("# Coverage\n\n" + "\n".join(pages), encoding="utf-8", newline="\n")
    changes: dict[str, Any] = {"since": None, "claims": []}
    with contextlib.suppress(ReleaseError):
        before = open_release(releases, full_sums=True)
        changes = {
            "since": before.id,
            "claims": compare(read_ledger(before.store), claims, read_reasons(store)).records(),
        }
    _write_json(folder / "changes.json", changes)


def _refuse(findings: list[Finding]) -> None:
    if findings:
        raise Refused(tuple(str(finding) for finding in in_order(findings)))


def _write_json(path: Path, facts: Any) -> None:
    path.write_text(json.dumps(facts, ensure_ascii=False, indent=1) + "\n", encoding="utf-8", newline="\n")


def _write_names(store: stores.Store, folder: Path) -> None:
    folder.mkdir()
    build_index(iterate_names(store), folder)


def _publish(scratch: Path, releases: Path) -> Path:
    """Rename a verified scratch folder to its id and make it current; both steps are atomic."""
    sync(scratch)
    target = releases / str(json.loads((scratch / "release.json").read_text(encoding="utf-8"))["id"])
    # First what a full disk can forbid; after it only names change.
    link = releases / f"link-{os.getpid()}.tmp"
    link.symlink_to(target.name)
    if target.exists() and not _is_good(target):
        target.rename(releases / f"damaged-{os.getpid()}.tmp")
    if not target.exists():
        scratch.rename(target)
    seal_release(target)
    link.replace(releases / CURRENT)
    sync_folder(releases)
    _remove_old(releases, target)
    return target


def _is_good(folder: Path) -> bool:
    """Tell whether a release that is there already is whole; sums alone would believe a manifest written anew."""
    try:
        return verify_whole(folder).id == folder.name
    except KgError:
        return False


def _remove_old(releases: Path, current: Path) -> None:
    _remove_remains(releases)
    others = [path for path in releases.iterdir() if (path / "release.json").is_file() and not path.is_symlink()]
    others = sorted((path for path in others if path != current), key=lambda path: path.stat().st_mtime, reverse=True)
    for path in others[KEPT - 1 :]:
        remove_seal(path)
        shutil.rmtree(path, ignore_errors=True)
