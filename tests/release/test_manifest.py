"""One flipped byte anywhere, and a release is not opened.

Damage is done to a copy of a release and mended again; that the mended copy opens shows
each time that it was this damage that was seen.
"""

from __future__ import annotations

import contextlib
import os
import random
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import kg
from kg.errors import ReleaseError
from kg.release import release as releases
from kg.release.build import build
from kg.release.manifest import MANIFEST, verify_sums, write_manifest
from kg.settings import Settings
from tests.support.small import DOCUMENT, ONTOLOGY, write_cards


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A release of the small world."""
    home = tmp_path_factory.mktemp("manifest")
    for name in ("ontology/rules", "ontology/questions", "data/documents"):
        (home / name).mkdir(parents=True)
    for path in (*ONTOLOGY.glob("*.ttl"), ONTOLOGY / "context.jsonld"):
        shutil.copy(path, home / "ontology")
    (home / "data/documents/report.yaml").write_text(DOCUMENT, encoding="utf-8")
    write_cards(home / "data")
    return build(Settings(home / "ontology", home / "data", home / "releases"))


@pytest.fixture(autouse=True)
def nothing_is_answered(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """Note each time that a release is loaded, which must never be before its manifest was checked."""
    loaded: list[Path] = []
    load = releases.load_release

    def note(folder: Path) -> releases.Release:
        loaded.append(folder)
        return load(folder)

    monkeypatch.setattr(releases, "load_release", note)
    return loaded


def files_of(release: Path) -> list[Path]:
    return sorted(path for path in release.rglob("*") if path.is_file())


NAMES = ("graph.nq", "release.json", "questions.json", "rules.json", MANIFEST, "store/CURRENT", "names/meta.json")


@contextlib.contextmanager
def changed(path: Path, data: bytes) -> Iterator[None]:
    """Give a file other bytes for a while."""
    before = path.read_bytes()
    assert data != before
    path.write_bytes(data)
    try:
        yield
    finally:
        path.write_bytes(before)


def assert_refused(release: Path, loaded: list[Path]) -> str:
    """It is not opened, under either of its names, and nothing of it was read but sums."""
    said = ""
    for path in (release, release.parent):
        with pytest.raises(ReleaseError) as refused:
            kg.open(path)
        said = str(refused.value)
    assert not loaded
    return said


def assert_opens(release: Path) -> None:
    assert kg.open(release).release.id == release.name


def test_a_whole_release_opens(release: Path, nothing_is_answered: list[Path]) -> None:
    assert_opens(release)
    assert nothing_is_answered == [release.resolve()]
    names = {path.relative_to(release).as_posix() for path in files_of(release)}
    assert names >= set(NAMES)


def test_the_manifest_is_what_sha256sum_reads(release: Path) -> None:
    program = shutil.which("sha256sum") or shutil.which("shasum")
    if program is None:
        pytest.skip("neither sha256sum nor shasum is installed")
    command = [program, "-c", MANIFEST] if program.endswith("sha256sum") else [program, "-a", "256", "-c", MANIFEST]
    done = subprocess.run(command, cwd=release, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert len(done.stdout.splitlines()) == len(files_of(release)) - 1
    assert done.stderr == ""
    with changed(release / "release.json", (release / "release.json").read_bytes() + b"\n"):
        assert subprocess.run(command, cwd=release, capture_output=True, check=False).returncode == 1


# ---------------------------------------------------------------------------------------------------------------------
# Flipped bytes


def flips(size: int, draw: random.Random, more: int) -> Iterator[tuple[int, int]]:
    """Choose places in a file, its first and last byte among them, and what to flip there."""
    if size:
        for place in {0, size - 1, *(draw.randrange(size) for _ in range(more))}:
            yield place, draw.choice((1, 2, 4, 8, 16, 32, 64, 128, 255))


def test_one_flipped_byte_anywhere(release: Path, nothing_is_answered: list[Path]) -> None:
    draw = random.Random(60)  # noqa: S311 - repeatable on purpose
    seen = 0
    touched: set[Path] = set()
    for path in files_of(release):
        data = path.read_bytes()
        for place, bits in flips(len(data), draw, 6):
            flipped = bytearray(data)
            flipped[place] ^= bits
            with changed(path, bytes(flipped)):
                assert_refused(release, nothing_is_answered)
            seen += 1
            touched.add(path)
    assert touched == {path for path in files_of(release) if path.stat().st_size}
    assert seen > 100
    assert_opens(release)
    print(f"{seen} flips in {len(touched)} files")


def places_in_manifest(text: bytes) -> Iterator[int]:
    """Choose places of every kind, in the first, a middle and the last line: digits, blanks, the name, the end."""
    lines = text.splitlines(keepends=True)
    starts = [sum(map(len, lines[:number])) for number in range(len(lines))]
    for number in (0, len(lines) // 2, len(lines) - 1):
        start, line = starts[number], lines[number]
        yield from (start, start + 31, start + 63, start + 64, start + 65, start + 66)
        yield from (start + (66 + len(line)) // 2, start + len(line) - 2, start + len(line) - 1)


def test_one_flipped_bit_in_the_manifest(release: Path, nothing_is_answered: list[Path]) -> None:
    path = release / MANIFEST
    text = path.read_bytes()
    tried = {(place, 1 << bit) for place in places_in_manifest(text) for bit in range(8)}
    draw = random.Random(95)  # noqa: S311 - repeatable on purpose
    tried |= {(draw.randrange(len(text)), 1 << draw.randrange(8)) for _ in range(100)}
    for place, bit in sorted(tried):
        flipped = bytearray(text)
        flipped[place] ^= bit
        with changed(path, bytes(flipped)):
            said = assert_refused(release, nothing_is_answered)
        assert "build it again" in said or "build the release again" in said
    assert len(tried) > 250
    assert_opens(release)
    print(f"{len(tried)} flips in the manifest")


# ---------------------------------------------------------------------------------------------------------------------
# Bytes cut off and added


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    "change",
    [
        lambda _: b"",
        lambda data: data[:-1],
        lambda data: data[1:],
        lambda data: data[: len(data) // 2],
        lambda data: data + b"\n",
        lambda data: data + b"\x00",
        lambda data: b"\xef\xbb\xbf" + data,
        lambda data: data * 2,
        lambda data: data.replace(b"\n", b"\r\n"),
    ],
    ids=["empty", "last", "first", "half", "line", "nul", "bom", "twice", "crlf"],
)
def test_bytes_cut_off_and_added(
    release: Path, nothing_is_answered: list[Path], name: str, change: Callable[[bytes], bytes]
) -> None:
    data = change((release / name).read_bytes())
    with changed(release / name, data):
        said = assert_refused(release, nothing_is_answered)
    assert "build it again" in said or "build the release again" in said
    if name != MANIFEST:
        assert f"{name} was changed" in said


@pytest.mark.parametrize(
    "change",
    [
        lambda lines: lines[1:],
        lambda lines: [*lines, lines[0]],
        lambda lines: [*lines, "0" * 64 + lines[0][64:]],
        lambda lines: [line.upper() for line in lines],
        lambda lines: [line.replace("  ", " *") for line in lines],
        lambda lines: ["# sums", *lines],
        lambda lines: ["", *lines],
        lambda lines: [lines[0] + " ", *lines[1:]],
        lambda lines: [lines[0][:66] + "./" + lines[0][66:], *lines[1:]],
        lambda lines: ["0" * 64 + "  ../current/release.json", *lines],
        lambda lines: ["0" * 64 + f"  {MANIFEST}", *lines],
    ],
    ids=["less", "twice", "two sums", "upper", "binary", "comment", "empty", "blank", "dot", "outside", "itself"],
)
def test_a_manifest_of_another_form(
    release: Path, nothing_is_answered: list[Path], change: Callable[[list[str]], list[str]]
) -> None:
    path = release / MANIFEST
    lines = path.read_text(encoding="utf-8").splitlines()
    with changed(path, "".join(f"{line}\n" for line in change(lines)).encode()):
        assert_refused(release, nothing_is_answered)


def test_the_order_of_the_lines_says_nothing(release: Path) -> None:
    path = release / MANIFEST
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    with changed(path, "".join(reversed(lines)).encode()):
        verify_sums(release)


# ---------------------------------------------------------------------------------------------------------------------
# Files taken away, added, renamed, exchanged


def test_any_file_taken_away(release: Path, nothing_is_answered: list[Path]) -> None:
    for path in files_of(release):
        aside = release.parent.parent / "aside"
        path.rename(aside)
        said = assert_refused(release, nothing_is_answered)
        aside.rename(path)
        name = path.relative_to(release).as_posix()
        assert said == (
            f"{release}: this is no release; run kg build first"
            if name == MANIFEST
            else f"{release}: the release is damaged: {name} is missing; build it again with kg build"
        )
    assert_opens(release)


def test_any_file_renamed(release: Path, nothing_is_answered: list[Path]) -> None:
    for path in files_of(release):
        path.rename(path.with_name(path.name + "~"))
        assert_refused(release, nothing_is_answered)
        path.with_name(path.name + "~").rename(path)
    assert_opens(release)


@pytest.mark.parametrize(
    "name", ["new", ".hidden", "store/999999.sst", "store/new/file", "names/.lock", "MANIFEST", "山"]
)
@pytest.mark.parametrize("data", [b"", b"x"])
def test_a_file_added(release: Path, nothing_is_answered: list[Path], name: str, data: bytes) -> None:
    path = release / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(data)
    said = assert_refused(release, nothing_is_answered)
    path.unlink()
    if not any(path.parent.iterdir()):
        path.parent.rmdir()
    assert f"{name} is not in the manifest" in said
    assert_opens(release)


def test_two_files_exchanged(release: Path, nothing_is_answered: list[Path]) -> None:
    one, other = release / "questions.json", release / "rules.json"
    with changed(one, other.read_bytes() + b" "), changed(other, one.read_bytes()):
        said = assert_refused(release, nothing_is_answered)
    assert "questions.json was changed and 1 more problems" in said


@pytest.mark.parametrize("kind", ["folder", "pipe", "dangling link", "link to itself", "link to a folder"])
@pytest.mark.parametrize("name", ["release.json", MANIFEST])
def test_something_else_in_a_files_place(
    release: Path, nothing_is_answered: list[Path], tmp_path: Path, kind: str, name: str
) -> None:
    path, aside = release / name, tmp_path / "aside"
    shutil.move(path, aside)
    if kind == "folder":
        path.mkdir()
    elif kind == "pipe":
        os.mkfifo(path)
    else:
        path.symlink_to({"dangling link": tmp_path / "none", "link to itself": path}.get(kind, tmp_path))
    assert_refused(release, nothing_is_answered)
    path.rmdir() if kind == "folder" else path.unlink()
    shutil.move(aside, path)
    assert_opens(release)


@pytest.mark.parametrize("name", ["release.json", MANIFEST])
@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read(release: Path, nothing_is_answered: list[Path], name: str) -> None:
    (release / name).chmod(0)
    assert_refused(release, nothing_is_answered)
    (release / name).chmod(0o644)


# ---------------------------------------------------------------------------------------------------------------------
# The functions themselves


def test_a_manifest_holds_whatever_is_there(tmp_path: Path) -> None:
    for name in ("a", "b/c", "b/ü 山", "b/.hidden", "z"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(name, encoding="utf-8")
    write_manifest(tmp_path)
    verify_sums(tmp_path)
    lines = (tmp_path / MANIFEST).read_text(encoding="utf-8").splitlines()
    assert [line[66:] for line in lines] == ["a", "b/.hidden", "b/c", "b/ü 山", "z"]
    before = (tmp_path / MANIFEST).read_bytes()
    write_manifest(tmp_path)
    assert (tmp_path / MANIFEST).read_bytes() == before


def test_the_first_problem_is_named_and_the_others_counted(tmp_path: Path) -> None:
    for name in ("a", "b", "c"):
        (tmp_path / name).write_text(name, encoding="utf-8")
    write_manifest(tmp_path)
    (tmp_path / "a").unlink()
    (tmp_path / "b").write_text("B", encoding="utf-8")
    (tmp_path / "d").touch()
    with pytest.raises(ReleaseError, match=r"damaged: a is missing and 2 more problems; build it again with kg build$"):
        verify_sums(tmp_path)


def test_a_folder_without_files_is_no_release(tmp_path: Path) -> None:
    with pytest.raises(ReleaseError, match="this is no release"):
        verify_sums(tmp_path)
    (tmp_path / MANIFEST).touch()
    with pytest.raises(ReleaseError, match="the manifest is not well formed"):
        verify_sums(tmp_path)
