"""Releases: what one is and how it is opened; `kg.release.build` makes them, `kg.release.verification` verifies them.

    releases/<id>/            one release, read-only ever after:
        graph.nq              all quads, sorted: the dump that is published
        store/  names/        the same quads and their names, indexed
        questions.json  wordings.json  rules.json  release.json  coverage.json  coverage.md  changes.json
        networks/             who is tied to whom: edges, nodes, and the same as arrays
        MANIFEST.sha256       the sum of every file
    releases/current          link to the release that is served
    releases/.<id>.seal       how its files lay when they were summed (`kg.release.seal`)
    releases/<anything>.tmp   a build under way, or the remains of one that was killed

The id is the start of the SHA-256 of the dump, the questions with their wordings, the rules and the kinds of edges,
with the day of an `--as-of` build: the same cards and ontology give the same id.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from kg import __version__
from kg.claims.rules import Rule
from kg.errors import ReleaseError
from kg.provenance.lineage import Lineage
from kg.questions.question import Question
from kg.questions.wordings import Wordings
from kg.rdf import store as stores
from kg.release.seal import verify_all, verify_once

__all__ = ["CURRENT", "FORMAT", "Release", "load_release", "open_release"]

CURRENT = "current"
FORMAT = 4


@dataclass(frozen=True)
class Release:
    """An opened release: its store and the facts in `release.json`; its questions and rules are read when asked for."""

    path: Path
    facts: dict[str, Any]
    store: stores.Store

    @property
    def id(self) -> str:
        """The release's id."""
        return str(self.facts["id"])

    @cached_property
    def questions(self) -> dict[str, Question]:
        """The named questions, in order of their names."""
        questions = [Question.from_dict(entry) for entry in _read_json(self.path / "questions.json")]
        return {question.name: question for question in questions}

    @cached_property
    def wordings(self) -> Wordings:
        """How the named questions are asked in words."""
        return Wordings.from_dict(_read_json(self.path / "wordings.json"))

    @cached_property
    def rules(self) -> dict[str, tuple[Rule, Lineage]]:
        """The rules by which statements were inferred, each with what its conclusions rest on."""
        rules = [
            (Rule(**entry["rule"]), Lineage.from_dict(entry["lineage"]))
            for entry in _read_json(self.path / "rules.json")
        ]
        return {rule.name: (rule, lineage) for rule, lineage in rules}


def open_release(path: Path, *, full_sums: bool = False) -> Release:
    """Open a release, or the current one of a folder of releases, once it is known to be whole.

    It is by its seal, or else by the sums of all its files, which `full_sums` asks for whatever the seal says.
    """
    folder = path / CURRENT if (path / CURRENT).is_symlink() else path
    if not folder.is_dir():
        raise ReleaseError(f"{path}: there is no release; run kg build first")
    # One release from here on, even if another is made current meanwhile.
    folder = folder.resolve()
    (verify_all if full_sums else verify_once)(folder)
    return load_release(folder)


def load_release(folder: Path) -> Release:
    """Load a release whose files are known to be whole."""
    facts = _read_json(folder / "release.json")
    if facts["format"] != FORMAT:
        raise ReleaseError(
            f"{folder}: the release has format {facts['format']} (kg {facts.get('software', 'of before')}), "
            f"this kg ({__version__}) reads {FORMAT}; build it again"
        )
    return Release(folder, facts, stores.open_read_only(folder / "store"))


def _read_json(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))
