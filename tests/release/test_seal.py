"""Seals: a release that was summed is trusted while its files lie as they lay, and not a moment longer."""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import kg
from kg.errors import ReleaseError
from kg.release import manifest
from kg.release import seal as seals
from kg.release.build import KEPT, build
from kg.release.manifest import MANIFEST, verify_sums, write_manifest
from kg.release.release import open_release
from kg.release.seal import remove_seal, seal_of, seal_release, verify_all, verify_once
from kg.release.verification import verify
from tests.conftest import articles
from tests.support.seals import damage_below, flip, give_away


@pytest.fixture
def sums(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """Note each time that all files of a release are summed."""
    summed: list[Path] = []
    whole = verify_sums

    def note(folder: Path) -> None:
        summed.append(folder)
        whole(folder)

    monkeypatch.setattr(manifest, "verify_sums", note)
    return summed


@pytest.fixture
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let files be old enough for a seal a moment after they were written."""
    monkeypatch.setattr(seals, "SETTLED", 0)


@pytest.fixture
def folder(tmp_path: Path, at_once: None) -> Path:
    """A folder with a manifest, sealed."""
    made = tmp_path / "releases" / "0123456789abcdef"
    for name in ("graph.nq", "release.json", "store/CURRENT", "store/deep/file", "names/ü 山"):
        (made / name).parent.mkdir(parents=True, exist_ok=True)
        (made / name).write_text(f"what {name} holds", encoding="utf-8")
    write_manifest(made)
    seal_release(made)
    assert seal_of(made).is_file()
    return made


# ---------------------------------------------------------------------------------------------------------------------
# What is trusted


def test_a_sealed_release_is_not_summed_again(folder: Path, sums: list[Path]) -> None:
    for _ in range(3):
        verify_once(folder)
    assert sums == []


def test_an_unsealed_release_is_summed_and_sealed(folder: Path, sums: list[Path]) -> None:
    before = seal_of(folder).read_bytes()
    remove_seal(folder)
    verify_once(folder)
    verify_once(folder)
    assert sums == [folder]
    assert seal_of(folder).read_bytes() == before
    assert not list(folder.parent.glob(".*.tmp"))


@pytest.mark.parametrize("name", ["graph.nq", "store/deep/file", "names/ü 山", MANIFEST])
@pytest.mark.parametrize("keep_times", [False, True])
def test_a_flipped_byte_of_a_sealed_release_is_seen(folder: Path, name: str, *, keep_times: bool) -> None:
    flip(folder / name, keep_times=keep_times)
    for _ in range(2):
        with pytest.raises(ReleaseError, match="the release is damaged"):
            verify_once(folder)
    assert not seal_of(folder).exists()


def add(folder: Path) -> None:
    (folder / "store" / "more").touch()


def take(folder: Path) -> None:
    (folder / "store" / "deep" / "file").unlink()


def rename(folder: Path) -> None:
    (folder / "graph.nq").rename(folder / "graph.nt")


def replace(folder: Path) -> None:
    """Put another file there that has the size and the times of the first, but for those that nobody can set."""
    path = folder / "graph.nq"
    facts = path.stat()
    other = folder.parent / "other"
    other.write_bytes(path.read_bytes()[:-1] + b"X")
    os.utime(other, ns=(facts.st_atime_ns, facts.st_mtime_ns))
    other.replace(path)


def link(folder: Path) -> None:
    """A link to the very file: it can be led elsewhere without the file's being touched."""
    aside = folder.parent / "aside"
    shutil.copy2(folder / "graph.nq", aside)
    flip(aside)
    (folder / "graph.nq").unlink()
    (folder / "graph.nq").symlink_to(aside)


def pipe(folder: Path) -> None:
    (folder / "graph.nq").unlink()
    os.mkfifo(folder / "graph.nq")


@pytest.mark.parametrize("change", [add, take, rename, replace, link, pipe])
def test_another_change_of_a_sealed_release_is_seen(folder: Path, change: Callable[[Path], None]) -> None:
    change(folder)
    with pytest.raises(ReleaseError, match="the release is damaged"):
        verify_once(folder)


@pytest.mark.parametrize("sealed", [True, False])
def test_a_link_to_the_very_bytes_is_no_file_of_a_release(folder: Path, *, sealed: bool) -> None:
    """What it leads to can be changed without a trace in the release."""
    aside = folder.parent / "aside"
    (folder / "graph.nq").rename(aside)
    (folder / "graph.nq").symlink_to(aside)
    if not sealed:
        remove_seal(folder)
    for _ in range(2):
        with pytest.raises(ReleaseError, match=r"graph\.nq is a link"):
            verify_once(folder)
    assert not seal_of(folder).exists()


def test_a_copy_is_summed_once(folder: Path, sums: list[Path]) -> None:
    """`cp -a` keeps the times that can be kept, and takes the seal along."""
    copies = Path(shutil.copytree(folder.parent, folder.parent.with_name("copies"), symlinks=True))
    copy = copies / folder.name
    assert seal_of(copy).read_bytes() == seal_of(folder).read_bytes()
    verify_once(copy)
    verify_once(copy)
    assert sums == [copy]
    assert seal_of(copy).read_bytes() != seal_of(folder).read_bytes()


def test_a_moved_release_keeps_its_seal(folder: Path, sums: list[Path]) -> None:
    moved = folder.parent.with_name("elsewhere")
    folder.parent.rename(moved)
    verify_once(moved / folder.name)
    assert sums == []


# ---------------------------------------------------------------------------------------------------------------------
# What full sums see


def test_a_byte_below_the_file_system_is_seen_by_full_sums_alone(folder: Path) -> None:
    damage_below(folder, "graph.nq")
    verify_once(folder)
    with pytest.raises(ReleaseError, match=r"graph\.nq was changed"):
        verify_all(folder)
    # Once it is known, it is known to all.
    with pytest.raises(ReleaseError, match=r"graph\.nq was changed"):
        verify_once(folder)


def test_who_asks_for_full_sums_gets_them(tmp_path: Path, release_folder: Path, at_once: None) -> None:
    copy = Path(shutil.copytree(release_folder, tmp_path / release_folder.name))
    assert kg.open(copy).release.id == copy.name
    damage_below(copy, "coverage.md")
    assert kg.open(copy).release.id == copy.name
    seal = seal_of(copy).read_bytes()
    for check in (
        lambda: kg.open(copy, full_sums=True),
        lambda: open_release(copy, full_sums=True),
        lambda: verify(copy),
    ):
        seal_of(copy).write_bytes(seal)
        with pytest.raises(ReleaseError, match=r"coverage\.md was changed"):
            check()


# ---------------------------------------------------------------------------------------------------------------------
# When there is no seal


def test_a_young_file_is_not_sealed(folder: Path, sums: list[Path], monkeypatch: pytest.MonkeyPatch) -> None:
    """It may change again within one tick of the clock, and nothing would tell."""
    monkeypatch.setattr(seals, "SETTLED", 3_600_000_000_000)
    remove_seal(folder)
    verify_once(folder)
    verify_once(folder)
    assert len(sums) == 2
    assert not seal_of(folder).exists()


def test_a_change_while_the_sums_are_made_is_not_sealed(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = verify_sums

    def change(of: Path) -> None:
        whole(of)
        flip(of / "graph.nq")

    remove_seal(folder)
    with monkeypatch.context() as during:
        during.setattr(manifest, "verify_sums", change)
        verify_once(folder)
    assert not seal_of(folder).exists()
    with pytest.raises(ReleaseError, match=r"graph\.nq was changed"):
        verify_once(folder)


# Root may write everywhere, so somebody else opens it.
OPEN_TWICE = """
import os, sys
from pathlib import Path
from kg.release import manifest, seal
summed, whole = [], manifest.verify_sums
manifest.verify_sums = lambda folder: (summed.append(folder), whole(folder))
if os.geteuid() == 0:
    os.setuid(65534)
folder = Path(sys.argv[1])
assert not os.access(folder.parent, os.W_OK)
seal.verify_once(folder)
seal.verify_once(folder)
print(len(summed))
"""


def test_a_place_that_cannot_be_written_is_summed_each_time(folder: Path) -> None:
    remove_seal(folder)
    for path in folder.parents:
        if path.name.startswith(("pytest-", "popen-")) or path.name == folder.parents[1].name:
            path.chmod(0o755)
    folder.parent.chmod(0o555)
    try:
        done = subprocess.run(
            [sys.executable, "-c", OPEN_TWICE, str(folder)], capture_output=True, text=True, check=False
        )
    finally:
        folder.parent.chmod(0o755)
    assert (done.stdout, done.stderr) == ("2\n", "")
    assert not seal_of(folder).exists()


def test_where_no_seal_can_be_written_a_release_opens_all_the_same(
    folder: Path, sums: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> int:
        raise PermissionError("read-only")

    remove_seal(folder)
    monkeypatch.setattr(os, "open", refuse)
    verify_once(folder)
    verify_once(folder)
    assert len(sums) == 2
    monkeypatch.undo()
    flip(folder / "graph.nq")
    with pytest.raises(ReleaseError, match=r"graph\.nq was changed"):
        verify_once(folder)


def test_where_files_have_no_time_of_change_a_release_is_summed_each_time(
    folder: Path, sums: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as elsewhere:
        elsewhere.setattr(os, "name", "nt")
        verify_once(folder)
        verify_once(folder)
    assert len(sums) == 2


@pytest.mark.parametrize("what", ["empty", "half", "other bytes", "more", "folder", "pipe", "link", "dangling link"])
def test_something_else_in_the_place_of_the_seal(folder: Path, sums: list[Path], what: str) -> None:
    seal = seal_of(folder)
    data = seal.read_bytes()
    seal.unlink()
    aside = folder.parent / "aside"
    if what == "folder":
        seal.mkdir()
    elif what == "pipe":
        os.mkfifo(seal)
    elif what in ("link", "dangling link"):
        seal.symlink_to(aside)
        if what == "link":
            aside.write_bytes(data)
    else:
        seal.write_bytes({"empty": b"", "half": data[: len(data) // 2], "more": data + b"\n"}.get(what, b"\xff\x00"))
    verify_once(folder)
    assert sums == [folder]
    if what == "link":
        assert aside.read_bytes() == data
    if what != "folder":
        assert stat.S_ISREG(seal.lstat().st_mode)
        assert seal.read_bytes() == data


def test_a_seal_of_a_stranger_says_nothing(folder: Path, sums: list[Path], monkeypatch: pytest.MonkeyPatch) -> None:
    """Where all may write, as in /tmp, anybody can lay one beside a release that only its owner can change."""
    give_away(seal_of(folder), monkeypatch)
    verify_once(folder)
    assert sums == [folder]


# ---------------------------------------------------------------------------------------------------------------------
# Builds


def test_builds_seal_what_they_publish_and_leave_no_seal_behind(
    tmp_path: Path, release_folder: Path, at_once: None, sums: list[Path]
) -> None:
    releases = tmp_path / "releases"
    olden = [Path(shutil.copytree(release_folder, releases / str(number))) for number in range(KEPT + 1)]
    for number, one in enumerate(olden):
        os.utime(one, (number, number))
        seal_release(one)
    made = build(articles(tmp_path))
    assert sums[-1] == made
    sums.clear()
    assert open_release(releases).id == made.name
    assert sums == []
    kept = {path.name for path in releases.iterdir() if path.is_dir() and not path.is_symlink()}
    assert len(kept) == KEPT
    assert {path.name for path in releases.glob(".*.seal")} == {seal_of(releases / name).name for name in kept}
