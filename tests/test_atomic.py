"""Writing all or nothing: what was there stays until the new thing is whole, and nobody's work is replaced."""

from __future__ import annotations

import os
from functools import partial
from pathlib import Path

import pytest

from kg.atomic import atomic_file, atomic_folder
from kg.errors import OutputError


def everything(_: Path) -> bool:
    return True


def nothing(_: Path) -> bool:
    return False


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_file_appears_when_it_is_whole(tmp_path: Path) -> None:
    target = tmp_path / "a.txt"
    with atomic_file(target) as scratch:
        scratch.write_text("new")
        assert not target.exists()
    assert target.read_text() == "new"
    assert names(tmp_path) == ["a.txt"]


def test_what_fails_half_way_leaves_what_was_there(tmp_path: Path) -> None:
    target = tmp_path / "a.txt"
    target.write_text("old")
    with pytest.raises(ZeroDivisionError), atomic_file(target, force=True) as scratch:  # noqa: PT012 - half a file
        scratch.write_text("half")
        raise ZeroDivisionError
    assert target.read_text() == "old"
    assert names(tmp_path) == ["a.txt"]


def test_a_file_is_replaced_only_on_demand(tmp_path: Path) -> None:
    target = tmp_path / "a.txt"
    target.write_text("old")
    with pytest.raises(OutputError, match=r"a\.txt: the file is there already; .* --force"), atomic_file(target):
        pytest.fail("it must be refused before anything is written")
    with atomic_file(target, force=True) as scratch:
        scratch.write_text("new")
    assert target.read_text() == "new"


def test_a_file_that_came_meanwhile_stays(tmp_path: Path) -> None:
    target = tmp_path / "a.txt"
    with pytest.raises(OutputError, match="there already"), atomic_file(target) as scratch:  # noqa: PT012
        scratch.write_text("new")
        target.write_text("somebody else's")
    assert target.read_text() == "somebody else's"
    assert names(tmp_path) == ["a.txt"]


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="is a folder; name a file in it"), atomic_file(tmp_path, force=True):
        pytest.fail("it must be refused")


def test_a_pipe_or_a_device_is_never_replaced(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with pytest.raises(OutputError, match="no ordinary file"), atomic_file(pipe, force=True):
        pytest.fail("it must be refused")
    assert pipe.is_fifo()


def test_a_folder_that_is_missing_is_told(tmp_path: Path) -> None:
    target = tmp_path / "missing" / "a.txt"
    with pytest.raises(OutputError, match=r"a\.txt: cannot be written \(No such file"), atomic_file(target) as scratch:
        scratch.write_text("x")


def test_a_folder_appears_when_it_is_whole(tmp_path: Path) -> None:
    target = tmp_path / "out"
    with atomic_folder(target, nothing) as scratch:
        (scratch / "a").write_text("1")
        assert not target.exists()
    assert names(target) == ["a"]
    assert names(tmp_path) == ["out"]


def test_an_empty_folder_may_be_filled(tmp_path: Path) -> None:
    target = tmp_path / "out"
    target.mkdir()
    with atomic_folder(target, nothing) as scratch:
        (scratch / "a").write_text("1")
    assert names(target) == ["a"]


def test_somebodys_folder_is_never_replaced(tmp_path: Path) -> None:
    target = tmp_path / "home"
    target.mkdir()
    (target / "thesis.txt").write_text("years of work")
    for force in (False, True):
        with pytest.raises(OutputError, match="the folder is not empty"), atomic_folder(target, nothing, force=force):
            pytest.fail("it must be refused")
    with pytest.raises(OutputError, match="not empty"), atomic_folder(target, everything):
        pytest.fail("it must be refused")
    assert names(target) == ["thesis.txt"]


def test_an_earlier_export_is_replaced_whole(tmp_path: Path) -> None:
    target = tmp_path / "out"
    target.mkdir()
    (target / "old").write_text("1")
    with atomic_folder(target, everything, force=True) as scratch:
        (scratch / "new").write_text("2")
        assert names(target) == ["old"]
    assert names(target) == ["new"]
    assert names(tmp_path) == ["out"]


def test_a_folder_that_fails_half_way_leaves_the_earlier_one(tmp_path: Path) -> None:
    target = tmp_path / "out"
    target.mkdir()
    (target / "old").write_text("1")
    with pytest.raises(ZeroDivisionError), atomic_folder(target, everything, force=True) as scratch:  # noqa: PT012
        (scratch / "new").write_text("2")
        raise ZeroDivisionError
    assert names(target) == ["old"]
    assert names(tmp_path) == ["out"]


def test_the_earlier_folder_comes_back_when_the_last_step_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "out"
    target.mkdir()
    (target / "old").write_text("1")

    refill = partial(atomic_folder, is_ours=everything, force=True)

    def refuse(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with pytest.raises(OutputError, match="No space left"), refill(target) as scratch:  # noqa: PT012
        (scratch / "new").write_text("2")
        monkeypatch.setattr(Path, "replace", refuse)
    assert names(target) == ["old"]
    assert names(tmp_path) == ["out"]
