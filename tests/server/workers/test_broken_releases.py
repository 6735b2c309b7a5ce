"""Whatever is wrong with a release that is made current, it is refused with its reason; the next good one is taken."""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from kg.errors import ReleaseError
from kg.release.json_files import JSON_FILES, check_json_files, read_json
from kg.release.manifest import write_manifest
from tests.server.workers.test_swap import make_current, release_named
from tests.support.serving import Server, eventually, serving

Break = Callable[[Path], None]
DEEP = "[" * 100_000


def written(name: str, text: str) -> Break:
    """Write a file anew, and its sums with it, as whoever could make releases would."""

    def change(folder: Path) -> None:
        (folder / name).write_text(text, encoding="utf-8")
        write_manifest(folder)

    return change


def altered(name: str, alter: Callable[[Any], Any]) -> Break:
    def change(folder: Path) -> None:
        facts = json.loads((folder / name).read_text("utf-8"))
        written(name, json.dumps(alter(facts)))(folder)

    return change


def spoiled(name: str) -> Break:
    """Write over a file, and leave its sum."""

    def change(folder: Path) -> None:
        (folder / name).write_bytes(b"\xff\n")

    return change


def without(key: str) -> Callable[[dict[str, Any]], dict[str, Any]]:
    return lambda facts: {name: value for name, value in facts.items() if name != key}


def link_outside(folder: Path) -> None:
    outside = folder.parent / f"{folder.name}.outside"
    shutil.move(folder / "coverage.md", outside)
    (folder / "coverage.md").symlink_to(outside)
    write_manifest(folder)


def folder_outside(folder: Path) -> None:
    (folder / "more").symlink_to(folder.parent)


def pipe(folder: Path) -> None:
    (folder / "coverage.md").unlink()
    os.mkfifo(folder / "coverage.md")


def no_store(folder: Path) -> None:
    shutil.rmtree(folder / "store")
    write_manifest(folder)


def no_arrays(folder: Path) -> None:
    for path in (folder / "networks" / "arrays").iterdir():
        path.write_bytes(b"")
    write_manifest(folder)


BROKEN: dict[str, tuple[Break, str]] = {
    **{f"{name} too deep": (written(name, DEEP), f"{name} is not JSON") for name in JSON_FILES},
    **{f"{name} null": (written(name, "null"), f"{name} is not as this kg reads it") for name in JSON_FILES},
    "no id": (altered("release.json", without("id")), '"id" is a required property'),
    "no quads": (altered("release.json", without("quads")), '"quads" is a required property'),
    "no format": (altered("release.json", without("format")), '"format" is a required property'),
    "an id that is a path": (altered("release.json", lambda facts: facts | {"id": "../x"}), "release.json is not as"),
    "another format": (
        altered("release.json", lambda facts: facts | {"format": 99, "software": "9.9.9"}),
        r"the release has format 99 \(kg 9.9.9\), this kg",
    ),
    "cut off": (written("questions.json", '[{"name": "x"'), "questions.json is not JSON"),
    "a question without a text": (altered("questions.json", lambda all_: [without("text")(all_[0])]), "questions.json"),
    "not UTF-8": (spoiled("rules.json"), "rules.json was changed"),
    "a strange file": (written("more.json", "{}"), "no release of this kg has more.json"),
    "a link": (link_outside, "coverage.md is a link"),
    "a link to a folder": (folder_outside, "more is not in the manifest"),
    "a pipe": (pipe, "coverage.md is no file"),
    "no store": (no_store, "."),
    "empty arrays": (no_arrays, "."),
    "no manifest": (lambda folder: (folder / "MANIFEST.sha256").unlink(), "this is no release"),
    "a manifest of nothing": (spoiled("MANIFEST.sha256"), "the manifest"),
}  # fmt: skip


@pytest.fixture(scope="module")
def releases(release_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("broken") / "releases"
    folder.mkdir()
    for name in ("first", "second"):
        release_named(name, release_folder, folder)
    make_current(folder, "first")
    return folder


@pytest.fixture(scope="module")
def server(releases: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with serving(releases, tmp_path_factory.mktemp("server"), "--access-log", "none") as running:
        yield running
        assert running.process.poll() is None
        assert "Traceback" not in running.log.read_text("utf-8")


def health(server: Server) -> Any:
    reply = server.ask("/health")
    assert reply.status == 200
    return reply.json()


def refused_for(server: Server, reason: str) -> bool:
    return re.search(reason, health(server)["refused"] or "") is not None


def refuse(server: Server, releases: Path, spoil: Break, reason: str) -> None:
    """Make a broken release current, and wait until it is refused."""
    make_current(releases, "first")
    assert eventually(lambda: health(server)["refused"] is None and health(server)["release"] == "first", 30)
    broken = releases / "broken"
    shutil.rmtree(broken, ignore_errors=True)
    shutil.copytree(releases / "second", broken)
    spoil(broken)
    make_current(releases, "broken")
    assert eventually(lambda: refused_for(server, reason), 30), health(server)
    assert health(server)["release"] == "first"


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_release_is_refused_with_its_reason(server: Server, releases: Path, name: str) -> None:
    refuse(server, releases, *BROKEN[name])
    figures = server.ask("/metrics")
    assert figures.status == 200
    assert "kg_release_refused 1.0" in figures.body.decode()
    assert server.ask("/api/v1/find?text=catl").status == 200


@pytest.mark.parametrize("sort", ["dangling", "file", "loop"])
def test_a_link_that_leads_nowhere_is_told(server: Server, releases: Path, sort: str) -> None:
    make_current(releases, "first")
    assert eventually(lambda: health(server)["refused"] is None, 30)
    (releases / "current").unlink()
    if sort == "file":
        (releases / "current").write_text("first")
    else:
        (releases / "current").symlink_to("gone" if sort == "dangling" else "current")
    assert eventually(lambda: refused_for(server, "this is no link|leads to no release"), 10), health(server)
    assert server.ask("/api/v1/find?text=catl").status == 200


def test_the_next_good_release_is_taken_all_the_same(server: Server, releases: Path) -> None:
    refuse(server, releases, *BROKEN["no id"])
    make_current(releases, "second")
    assert eventually(lambda: health(server)["release"] == "second", 40)
    assert health(server)["refused"] is None
    # Each reason stands once in the log, however often the release was tried.
    told = [line for line in server.log.read_text("utf-8").splitlines() if "the new release is not served" in line]
    assert told
    assert all(one != following for one, following in pairwise(told))
    assert "kg_release_refused 0.0" in server.ask("/metrics").body.decode()


def test_every_json_file_of_a_release_has_a_schema(release_folder: Path) -> None:
    check_json_files(release_folder)
    present = {path.relative_to(release_folder).as_posix() for path in release_folder.rglob("*.json")}
    assert present == set(JSON_FILES)
    assert read_json(release_folder, "release.json")["software"]


@pytest.mark.parametrize("name", JSON_FILES)
def test_what_is_no_such_file_is_told_by_name(release_folder: Path, tmp_path: Path, name: str) -> None:
    (tmp_path / name).parent.mkdir(exist_ok=True)
    for text, told in ((DEEP, "is not JSON"), ("7", "is not as this kg reads it"), ('{"a": ', "is not JSON")):
        (tmp_path / name).write_text(text)
        with pytest.raises(ReleaseError, match=f"{name} {told}"):
            read_json(tmp_path, name)
    (tmp_path / name).unlink()
    with pytest.raises(ReleaseError, match=f"{name} cannot be read"):
        read_json(tmp_path, name)
