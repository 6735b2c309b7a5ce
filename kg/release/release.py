"""Releases: what one is and how it is opened; `kg.release.build` makes them, `kg.release.verification` verifies them.

    releases/<id>/            one release, read-only ever after:
        graph.nq              all quads, sorted: the dump that is published
        store/  names/        the same quads and their names, indexed
        questions.json  rules.json  release.json  coverage.json  coverage.md  changes.json
        networks/             who is tied to whom: edges, nodes, and the same as arrays
        MANIFEST.sha256       the sum of every file
    releases/current          link to the release that is served
    releases/<anything>.tmp   a build under way, or the remains of one that was killed

The id is the start of the SHA-256 of the dump, the questions, the rules and the kinds of edges,
with the day of an `--as-of` build: the same cards and ontology give the same id.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.claims.rules import Rule
from kg.errors import ReleaseError
from kg.provenance.lineage import Lineage
from kg.questions.question import Question
from kg.rdf import store as stores
from kg.release.manifest import verify_sums

__all__ = ["CURRENT", "FORMAT", "Release", "id_of", "load_release", "open_release"]

CURRENT = "current"
FORMAT = 3
_ID_LENGTH = 16


@dataclass(frozen=True)
class Release:
    """An opened release: its store, its questions and rules, and the facts in `release.json`."""

    path: Path
    facts: dict[str, Any]
    store: stores.Store
    questions: dict[str, Question]
    rules: dict[str, tuple[Rule, Lineage]]

    @property
    def id(self) -> str:
        """The release's id."""
        return str(self.facts["id"])


def id_of(folder: Path, as_of: str | None) -> str:
    """Compute a release's id from what it holds; the rest of it follows from that."""
    digest = hashlib.sha256()
    for name in ("graph.nq", "questions.json", "rules.json", "networks/kinds.json"):
        digest.update((folder / name).read_bytes())
    return digest.hexdigest()[:_ID_LENGTH] + (f"-as-of-{as_of}" if as_of else "")


def open_release(path: Path) -> Release:
    """Open a release, or the current one of a folder of releases; its manifest is checked first."""
    folder = path / CURRENT if (path / CURRENT).is_symlink() else path
    if not folder.is_dir():
        raise ReleaseError(f"{path}: there is no release; run kg build first")
    # One release from here on, even if another is made current meanwhile.
    folder = folder.resolve()
    verify_sums(folder)
    return load_release(folder)


def load_release(folder: Path) -> Release:
    """Load a release whose files are known to be whole."""
    facts = _read_json(folder / "release.json")
    if facts["format"] != FORMAT:
        raise ReleaseError(
            f"{folder}: the release has format {facts['format']}, this kg reads {FORMAT}; build it again"
        )
    questions = [Question.from_dict(entry) for entry in _read_json(folder / "questions.json")]
    rules = [
        (Rule(**entry["rule"]), Lineage.from_dict(entry["lineage"])) for entry in _read_json(folder / "rules.json")
    ]
    return Release(
        path=folder,
        facts=facts,
        store=stores.open_read_only(folder / "store"),
        questions={question.name: question for question in questions},
        rules={rule.name: (rule, lineage) for rule, lineage in rules},
    )


def _read_json(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))
