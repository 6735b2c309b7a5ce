"""Verifies a release: its sums, its id, and that store, arrays, names and queries hold what they should.

Loads numpy, which nobody who only opens a release should pay for.
"""

from __future__ import annotations

from functools import partial
from itertools import zip_longest
from pathlib import Path
from typing import Any

from kg.errors import ReleaseError
from kg.names.index import NameIndex
from kg.networks.csr import verify_arrays
from kg.networks.storage import read_networks
from kg.parallel import map_threads
from kg.questions.question import Question, bind_defaults
from kg.rdf import store as stores
from kg.release.manifest import id_of
from kg.release.release import Release, open_release

__all__ = ["verify", "verify_whole"]


def verify(path: Path) -> dict[str, Any]:
    """Check a release through and through, and give its facts: all that `verify_whole` checks, and every query runs.

    Raises ReleaseError on the first thing that does not hold.
    """
    release = verify_whole(path)
    map_threads(partial(_run, release.store), release.questions.values())
    return release.facts


def verify_whole(path: Path) -> Release:
    """Check sums, id, dump against store, arrays and names of a release, and give it open.

    What a release holds beside the graph may be of an older version though its id is the same. That its queries run is
    not looked at: they do if those of another release of this id do. Raises ReleaseError as `verify` does.
    """
    release = open_release(path, full_sums=True)
    verify_arrays(release.path, read_networks(release.path))
    NameIndex(release.path / "names")
    if id_of(release.path, release.facts["as_of"]) != release.id:
        raise ReleaseError(f"{path}: the id is not that of what the release holds; build the release again")
    lines = stores.dump_lines(release.store)
    with (release.path / "graph.nq").open("rb") as dump:
        same = all(line == dumped for line, dumped in zip_longest(lines, dump))
    if not same or len(lines) != release.facts["quads"]:
        raise ReleaseError(f"{path}: the store and the dump do not hold the same quads; build the release again")
    return release


def _run(store: stores.Store, question: Question) -> None:
    """Run a question with its defaults, and the query that finds what its rows rest on."""
    bindings = bind_defaults(question)
    stores.select(store, question.text, bindings)
    question.lineage.rows(store, bindings)
