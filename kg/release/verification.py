"""Verifies a release: its sums, its id, and that store, arrays, names and queries hold what they should.

Loads numpy, which nobody who only opens a release should pay for.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from itertools import zip_longest
from pathlib import Path
from typing import Any

from kg.errors import ReleaseError
from kg.names.index import NameIndex
from kg.networks.csr import verify_arrays
from kg.networks.storage import read_networks
from kg.questions.answer import find_answered
from kg.rdf import NamedNode
from kg.rdf import store as stores
from kg.release.json_files import check_json_files, read_json
from kg.release.manifest import id_of
from kg.release.release import Release, load_release, open_release
from kg.release.seal import verify_all

__all__ = ["check_for_serving", "verify", "verify_whole"]

_COUNT = """SELECT ?property (COUNT(*) AS ?number) WHERE {
  { ?subject ?property ?value } UNION { GRAPH ?graph { ?subject ?property ?value } }
} GROUP BY ?property"""


def verify(path: Path) -> dict[str, Any]:
    """Check a release through and through, and give its facts: all that `verify_whole` checks, and every query runs.

    Raises ReleaseError on the first thing that does not hold, QueryError for a query.
    """
    release = verify_whole(path)
    # The store on disk, which holds the same quads, takes three times as long to answer.
    find_answered(stores.read_dump(release.path / "graph.nq"), release.questions.values())
    return release.facts


def verify_whole(path: Path) -> Release:
    """Check sums, id, dump against store, arrays and names of a release, and give it open.

    What a release holds beside the graph may be of an older version though its id is the same. That its queries run is
    not looked at: they do if they did on the graph that it was built from, or in another release of this id. Raises
    ReleaseError as `verify` does.
    """
    release = open_release(path, full_sums=True)
    _check_parts(release.path)
    if id_of(release.path, release.facts["as_of"]) != release.id:
        raise ReleaseError(f"{path}: the id is not that of what the release holds; build the release again")
    lines = stores.dump_lines(release.store)
    with (release.path / "graph.nq").open("rb") as dump:
        same = all(line == dumped for line, dumped in zip_longest(lines, dump))
    if not same or len(lines) != release.facts["quads"]:
        raise ReleaseError(f"{path}: the store and the dump do not hold the same quads; build the release again")
    if not _finds_all(release.store, lines):
        raise ReleaseError(f"{path}: the store does not find all that it holds; build the release again")
    return release


def _finds_all(store: stores.Store, lines: Iterable[bytes]) -> bool:
    """Tell whether the store finds all statements by their properties, as queries do.

    To dump a store, its lists by subject are read; queries go by those by property.
    """
    expected = Counter(line.split(b" ", 2)[1] for line in lines)
    for written, number in expected.items():
        name = NamedNode(written[1:-1].decode("utf-8"))
        _, rows = stores.select(store, _COUNT, {"property": name})
        if sum(int(row["number"].value) for row in rows) != number:
            return False
    return True


def check_for_serving(folder: Path) -> dict[str, Any]:
    """Check all that can be read wrongly of a release before it is served, and give its facts: it may be of any make.

    Sums, form, JSON files, questions, rules, networks and names; the store is opened. Raises ReleaseError, or whatever
    a reader raises of files that are nothing like ours.
    """
    verify_all(folder)
    # One of another format has other files; that is told before any of them is missed.
    facts: dict[str, Any] = read_json(folder, "release.json")
    release = load_release(folder)
    _check_parts(folder)
    _ = release.questions, release.rules
    return facts


def _check_parts(folder: Path) -> None:
    """Check what a release holds beside the graph: its JSON files, networks and names."""
    check_json_files(folder)
    verify_arrays(folder, read_networks(folder))
    NameIndex(folder / "names")
