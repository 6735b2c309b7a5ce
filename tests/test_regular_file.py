"""What is no file (a pipe, a socket, a device, a folder, a link to nothing) is told in a line, and never waited for."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kg.cards.texts import Texts
from kg.checks.check import check
from kg.checks.shapes import run_shapes
from kg.errors import InputError, Refused
from kg.ontology.source import read_context
from kg.ontology.vocabulary import load_vocabulary
from kg.rdf.store import Store
from kg.regular_file import open_regular, read_regular
from kg.release.build import build
from kg.settings import Settings
from kg.sparql.query_file import read_query_file

ROOT = Path(__file__).parents[1]
GOOD = ROOT / "ontology" / "examples" / "good"
HANG_SECONDS = 60


def bind_socket(path: Path) -> None:
    # Bound by its name alone: the whole path may be longer than an address of a socket.
    before = Path.cwd()
    os.chdir(path.parent)
    try:
        with socket.socket(socket.AF_UNIX) as bound:
            bound.bind(path.name)
    finally:
        os.chdir(before)


MADE: dict[str, Callable[[Path], None]] = {
    "it is a pipe": os.mkfifo,
    "it is a socket": bind_socket,
    "it is a device": lambda path: path.symlink_to("/dev/zero"),
    "it is a folder": Path.mkdir,
    "No such file": lambda path: path.symlink_to("nowhere"),
    "Too many levels of symbolic links": lambda path: path.symlink_to(path.name),
}
SPECIAL = pytest.mark.parametrize(("told", "make"), MADE.items())


@pytest.fixture(autouse=True)
def _no_hang() -> Iterator[None]:
    """End a test that waits for what never comes: the alarm breaks a blocked call."""

    def hang(_: int, __: object) -> None:
        raise AssertionError("it hangs")

    before = signal.signal(signal.SIGALRM, hang)
    signal.alarm(HANG_SECONDS)
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    shutil.copytree(GOOD, tmp_path / "data")
    return Settings(ROOT / "ontology", tmp_path / "data", tmp_path / "releases")


def test_a_file_is_read_whole_also_behind_a_link(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"1\r\n2")
    (tmp_path / "b").symlink_to("a")
    assert read_regular(tmp_path / "a") == read_regular(tmp_path / "b") == b"1\r\n2"


@SPECIAL
def test_what_is_no_file_is_told(tmp_path: Path, told: str, make: Callable[[Path], None]) -> None:
    make(tmp_path / "x")
    with pytest.raises(OSError, match=told):
        open_regular(tmp_path / "x")


def test_what_is_exchanged_between_two_looks_is_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "x").write_text("a file")
    honest = Path.stat

    def look(path: Path, **named: bool) -> os.stat_result:
        facts = honest(path, **named)
        path.unlink()
        os.mkfifo(path)
        return facts

    monkeypatch.setattr(Path, "stat", look)
    opened = len(list(Path("/proc/self/fd").iterdir()))
    with pytest.raises(OSError, match="it is a pipe"):
        open_regular(tmp_path / "x")
    assert len(list(Path("/proc/self/fd").iterdir())) == opened


@SPECIAL
def test_a_card_that_is_no_file_is_a_finding(settings: Settings, told: str, make: Callable[[Path], None]) -> None:
    names = ("documents/x.yaml", "entities/x.yaml", "judgements/x.yaml", "withdrawn.csv")
    for name in names:
        (settings.data / name).parent.mkdir(exist_ok=True)
        (settings.data / name).unlink(missing_ok=True)
        make(settings.data / name)
    found = [one for one in check(settings).findings if one.code == "unreadable"]
    assert [one.file for one in found] == [f"data/{name}" for name in names]
    assert all(told in one.message for one in found)
    # Where one card is checked, the others are looked through for their ids.
    alone = check(settings, [settings.data / "documents" / "hupan-ribao-2024-03-06.yaml"])
    assert alone.findings == ()


@SPECIAL
def test_what_is_no_file_in_an_ontology_is_told(tmp_path: Path, told: str, make: Callable[[Path], None]) -> None:
    for name in ("x.ttl", "x.rq", "context.jsonld"):
        make(tmp_path / name)
    with pytest.raises(InputError, match=told):
        load_vocabulary(tmp_path)
    with pytest.raises(InputError, match=told):
        read_query_file(tmp_path / "x.rq")
    with pytest.raises(InputError, match=told):
        read_context(tmp_path)
    with pytest.raises(InputError, match=told):
        run_shapes(Store(), tmp_path)


@SPECIAL
def test_among_texts_only_files_are_read(tmp_path: Path, told: str, make: Callable[[Path], None]) -> None:
    assert told
    (tmp_path / "a.txt").write_text("words")
    make(tmp_path / "b.txt")
    assert set(Texts.of([tmp_path]).by_stem) == {"a"}


def run(*arguments: str, home: Path, releases: Path) -> tuple[int, list[str]]:
    """Run a command as a user does; gives how it ended and the lines it wrote to standard error."""
    environment = {**os.environ, "KG_HOME": str(home), "KG_RELEASES": str(releases)}
    ended = subprocess.run(
        [sys.executable, "-m", "kg", *arguments],
        cwd=ROOT, env=environment, capture_output=True, timeout=HANG_SECONDS, check=False,
    )  # fmt: skip
    return ended.returncode, ended.stderr.decode().splitlines()


@pytest.mark.parametrize("command", ["check", "build"])
@pytest.mark.parametrize("name", ["data/documents/x.yaml", "ontology/x.ttl", "ontology/rules/x.rq"])
def test_a_pipe_ends_a_command_in_a_line(tmp_path: Path, command: str, name: str) -> None:
    shutil.copytree(GOOD, tmp_path / "data")
    shutil.copytree(ROOT / "ontology", tmp_path / "ontology")
    os.mkfifo(tmp_path / name)
    code, lines = run(command, "--quiet", home=tmp_path, releases=tmp_path / "releases")
    assert code == 1
    assert sum("pipe" in line for line in lines) == (0 if command == "check" and name.startswith("data") else 1), lines
    assert not any("Traceback" in line for line in lines)


@pytest.mark.parametrize("name", ["release.json", "MANIFEST.sha256", "coverage.json", "store/CURRENT"])
def test_a_pipe_in_a_release_ends_a_command_in_a_line(release_folder: Path, tmp_path: Path, name: str) -> None:
    folder = tmp_path / "releases" / release_folder.name
    shutil.copytree(release_folder, folder)
    (folder.parent / "current").symlink_to(folder.name)
    (folder / name).unlink()
    os.mkfifo(folder / name)
    for command in (("verify",), ("serve", "--port", "0"), ("find", "CATL")):
        code, lines = run(*command, home=ROOT, releases=folder.parent)
        assert (code, len([line for line in lines if line.startswith("kg: ")])) == (1, 1), lines
        assert not any("Traceback" in line for line in lines)


def test_a_pipe_in_place_of_the_lock_of_builds_is_not_waited_for(settings: Settings) -> None:
    settings.releases.mkdir()
    os.mkfifo(settings.releases / ".lock")
    # It gets as far as the cards.
    os.mkfifo(settings.data / "documents" / "x.yaml")
    with pytest.raises(Refused):
        build(settings)
