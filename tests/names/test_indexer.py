"""The index of names as files: reproducible, refused where it would do harm."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import InputError, ReleaseError
from kg.names.index import NameIndex
from kg.names.indexer import MAX_NAME, build_index
from kg.names.normalize import Name

NAMES = [Name(f"https://x/{number}", "Place", f"place 济宁 {number}", "zh", "name") for number in range(300)]


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_the_same_names_give_the_same_bytes(tmp_path: Path) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    one.mkdir()
    other.mkdir()
    build_index(NAMES, one)
    build_index([*reversed(NAMES), NAMES[0]], other)
    assert contents(one) == contents(other)


def test_no_lock_and_no_machinery_is_left(tmp_path: Path) -> None:
    build_index(NAMES, tmp_path)
    assert not [name for name in contents(tmp_path) if name.startswith(".")]


def test_no_names_make_an_index_that_finds_nothing(tmp_path: Path) -> None:
    build_index([], tmp_path)
    assert len(NameIndex(tmp_path)) == 0
    assert NameIndex(tmp_path).find("anything") == []


@pytest.mark.parametrize("text", ["", " ", "\u200b", "x" * (MAX_NAME + 1)])
def test_a_useless_name_is_refused_with_its_entity(tmp_path: Path, text: str) -> None:
    with pytest.raises(InputError, match=r"https://x/bad"):
        build_index([Name("https://x/bad", "Place", text, "", "name")], tmp_path)
    assert contents(tmp_path) == {}


def test_a_folder_in_use_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(ReleaseError, match="not an empty folder"):
        build_index(NAMES, tmp_path)
    assert contents(tmp_path) == {"mine.txt": b"mine"}


def test_an_absent_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ReleaseError, match="not an empty folder"):
        build_index(NAMES, tmp_path / "absent")
