"""Whatever ends a build early, the release that was current stays current.

Builds run in processes of their own, forked from one that has everything imported, so that
they can be killed, starved of space or shut out. What they leave behind is looked at from here.
"""

from __future__ import annotations

import contextlib
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

import pytest

from kg.errors import InputError, Refused, ReleaseError
from kg.release.build import KEPT, build
from kg.release.manifest import write_manifest
from kg.release.release import open_release
from kg.release.seal import seal_of
from kg.release.verification import verify
from kg.settings import Settings
from tests.support.small import DOCUMENT, ONTOLOGY, write_cards

ROOT = Path(__file__).parents[2]
IS_ROOT = os.geteuid() == 0
NOBODY = 65534
KILLS = 100
# A build syncs some seventy times; a disk in memory has that done at once.
MEMORY = Path("/dev/shm")  # noqa: S108 - a folder of our own is made in it


def write_data(folder: Path, title: str) -> Path:
    """Write the small world as a data folder; another title makes another release."""
    (folder / "documents").mkdir(parents=True)
    (folder / "documents/report.yaml").write_text(DOCUMENT.replace("A report", title), encoding="utf-8")
    write_cards(folder)
    return folder


@pytest.fixture(scope="module")
def home() -> Iterator[Path]:
    """A folder that anybody may read, with the ontology's modules, a few queries and the small world thrice."""
    folder = Path(tempfile.mkdtemp(prefix="kg-build-", dir=MEMORY if os.access(MEMORY, os.W_OK) else None))
    folder.chmod(0o755)
    for name in ("rules", "questions"):
        (folder / "ontology" / name).mkdir(parents=True)
        for path in sorted((ONTOLOGY / name).glob("*.rq"))[:2]:
            shutil.copy(path, folder / "ontology" / name)
    for path in (*ONTOLOGY.glob("*.ttl"), ONTOLOGY / "context.jsonld"):
        shutil.copy(path, folder / "ontology")
    for name in ("first", "second", "third"):
        write_data(folder / name, f"The {name} report")
    yield folder
    shutil.rmtree(folder)


@pytest.fixture
def releases(home: Path) -> Iterator[Path]:
    """A folder for releases that anybody may reach."""
    folder = Path(tempfile.mkdtemp(prefix="releases-", dir=home))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


def settings(home: Path, data: str, releases: Path) -> Settings:
    return Settings(home / "ontology", home / data, releases)


def names_in(releases: Path) -> set[str]:
    """Name all that lies there but the lock, and the seals of releases that are there."""
    names = {path.name for path in releases.iterdir()}
    return names - {".lock"} - {seal_of(releases / name).name for name in names}


# ---------------------------------------------------------------------------------------------------------------------
# Builds in processes of their own

# Forks for every order: in a process that has used the engine, its threads would be missing after the fork.
FORKING = """
import json, os, sys, traceback
from pathlib import Path
import kg.release.build, kg.errors, kg.settings
for line in sys.stdin:
    order = json.loads(line)
    pid = os.fork()
    if not pid:
        steps = []
        try:
            exec(order["before"])
            home = Path(order["home"])
            chosen = kg.settings.Settings(home / "ontology", home / order["data"], Path(order["releases"]))
            said = str(kg.release.build.build(chosen, say=steps.append))
            kind = "built"
        except BaseException as error:
            kind, said = type(error).__name__, str(error)
            if not isinstance(error, kg.errors.KgError):
                said = traceback.format_exc()
        with open(order["answer"], "w") as file:
            json.dump([kind, said, steps], file)
        os._exit(0)
    print(pid, flush=True)
    print(os.waitpid(pid, 0)[1], flush=True)
"""


@dataclass(frozen=True)
class Outcome:
    """How a build ended: by a signal, or with the name of an error and what it said; and the last step it told."""

    signal: int
    kind: str = ""
    said: str = ""
    step: str = ""


class Builder:
    """Runs builds one at a time in forked processes."""

    def __init__(self, home: Path, answers: Path) -> None:
        self.home = home
        self.answer = answers / "answer.json"
        self.process = subprocess.Popen(
            [sys.executable, "-c", FORKING],
            env=os.environ | {"PYTHONPATH": str(ROOT)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def start(self, data: str, releases: Path, before: str = "") -> int:
        """Start a build after running some lines in its process, and give the process's number."""
        self.answer.unlink(missing_ok=True)
        self.answer.touch()
        self.answer.chmod(0o666)
        order = {"home": str(self.home), "data": data, "releases": str(releases), "before": before}
        print(json.dumps(order | {"answer": str(self.answer)}), file=self._pipe(self.process.stdin), flush=True)
        return int(self._pipe(self.process.stdout).readline())

    def wait(self) -> Outcome:
        """Wait for the build that was started last."""
        status = int(self._pipe(self.process.stdout).readline())
        if os.WIFSIGNALED(status):
            return Outcome(os.WTERMSIG(status))
        kind, said, steps = json.loads(self.answer.read_text(encoding="utf-8"))
        return Outcome(0, kind, said, steps[-1] if steps else "")

    def run(self, data: str, releases: Path, before: str = "") -> Outcome:
        """Run a build to its end."""
        self.start(data, releases, before)
        return self.wait()

    @staticmethod
    def _pipe(pipe: IO[str] | None) -> IO[str]:
        assert pipe is not None
        return pipe


@pytest.fixture(scope="module")
def builder(home: Path) -> Iterator[Builder]:
    answers = home / "answers"
    answers.mkdir()
    made = Builder(home, answers)
    with made.process:
        yield made
        made.process.kill()


@pytest.fixture
def first(home: Path, builder: Builder, releases: Path) -> str:
    """The id of a first release, which is current in the folder of releases."""
    outcome = builder.run("first", releases)
    assert outcome.kind == "built", outcome
    return Path(outcome.said).name


def assert_stays(releases: Path, release: str) -> None:
    """The release is still current, and whole."""
    assert os.readlink(releases / "current") == release  # noqa: PTH115 - the link's own words are meant
    assert verify(releases)["id"] == release


# ---------------------------------------------------------------------------------------------------------------------
# Kills


def test_killed_a_hundred_times(builder: Builder, first: str, releases: Path) -> None:
    draw = random.Random(2023)  # noqa: S311 - repeatable on purpose
    current = second = Path(builder.run("second", releases).said).name
    whole = 1.0
    hits = remains = swaps = 0
    for _ in range(4 * KILLS):
        if hits == KILLS:
            break
        # Always the one that is not current, and from nothing, so that each build has all its steps to do.
        data, other = ("first", first) if current == second else ("second", second)
        shutil.rmtree(releases / other, ignore_errors=True)
        # On a slow machine it was old enough to be sealed when it was looked at.
        seal_of(releases / other).unlink(missing_ok=True)
        began = time.monotonic()
        pid = builder.start(data, releases)
        time.sleep(draw.uniform(0, whole))
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
        hit = builder.wait().signal == signal.SIGKILL
        now = verify(releases)["id"]
        assert now in (current, other)
        assert all(name.endswith(".tmp") for name in names_in(releases) - {first, second, "current"})
        if hit:
            hits += 1
            remains += any(name.endswith(".tmp") for name in names_in(releases))
            swaps += now != current
        else:
            # The delays are spread over the time that a build takes on this machine, now.
            whole = (whole + time.monotonic() - began) / 2
        current = now
    assert hits == KILLS
    assert remains > KILLS // 4
    assert builder.run("third", releases).kind == "built"
    assert not [name for name in names_in(releases) if name.endswith(".tmp")]
    assert verify(releases)["id"] not in (first, second)
    print(f"{hits} kills over {whole:.2f} s: {remains} left remains, {swaps} came after the swap")


# Kills the process right after the one call of some functions that has a number, which is right before the next.
AFTER_CALL = """
import itertools, signal
numbers = itertools.count(1)
def watch(module, name):
    call = getattr(module, name)
    def watched(*arguments, **more):
        steps.append(name)
        try:
            return call(*arguments, **more)
        finally:
            if next(numbers) == WANTED:
                os.kill(os.getpid(), signal.SIGKILL)
    setattr(module, name, watched)
for name in ("mkdir", "rename", "replace", "symlink", "unlink", "rmdir", "fsync"):
    watch(os, name)
"""


def after_call(number: int) -> str:
    return AFTER_CALL.replace("WANTED", str(number))


def calls_of(builder: Builder, data: str, releases: Path) -> list[str]:
    """Run a build to its end and give the calls that change or sync the folder, in order."""
    assert builder.run(data, releases, after_call(0)).kind == "built"
    calls: list[str] = json.loads(builder.answer.read_text(encoding="utf-8"))[2]
    return [name for name in calls if " " not in name]


def worth_killing(calls: list[str]) -> list[int]:
    """Number the calls at which a kill differs from one at the call before: of many in a row, first and last."""
    return [
        number
        for number, name in enumerate(calls, start=1)
        if name in ("rename", "replace", "symlink") or calls[number - 2 : number + 1] != [name] * 3
    ]


def test_killed_at_every_step_of_publishing(builder: Builder, first: str, releases: Path, tmp_path: Path) -> None:
    aside = tmp_path / "aside"
    shutil.copytree(releases, aside, symlinks=True)
    calls = calls_of(builder, "second", releases)
    assert {"rename", "replace", "symlink", "fsync", "mkdir"} <= set(calls)
    second = verify(releases)["id"]
    killed = 0
    for number in worth_killing(calls):
        shutil.rmtree(releases)
        shutil.copytree(aside, releases, symlinks=True)
        assert builder.run("second", releases, after_call(number)).signal == signal.SIGKILL
        killed += 1
        assert_stays(releases, second if "replace" in calls[:number] else first)
    # Fewer would mean that the calls are no longer watched: a build makes, syncs, renames, links and removes.
    assert killed >= 12
    assert builder.run("third", releases).kind == "built"
    assert not [name for name in names_in(releases) if name.endswith(".tmp")]
    print(f"{killed} kills at {len(calls)} calls")


def flip(path: Path, offset: int = 100) -> None:
    data = bytearray(path.read_bytes())
    data[offset % len(data)] ^= 1
    path.write_bytes(data)


def test_killed_while_a_damaged_release_is_replaced(
    builder: Builder, first: str, releases: Path, tmp_path: Path
) -> None:
    second = Path(builder.run("second", releases).said).name
    assert builder.run("first", releases).kind == "built"
    flip(releases / second / "graph.nq")
    aside = tmp_path / "aside"
    shutil.copytree(releases, aside, symlinks=True)
    calls = calls_of(builder, "second", releases)
    renames = [number for number, name in enumerate(calls, start=1) if name == "rename"]
    assert len(renames) >= 2
    for number in (renames[-2] - 1, renames[-2], renames[-1]):
        shutil.rmtree(releases)
        shutil.copytree(aside, releases, symlinks=True)
        assert builder.run("second", releases, after_call(number)).signal == signal.SIGKILL
        assert_stays(releases, first)
        assert builder.run("second", releases).kind == "built"
        assert_stays(releases, second)
        assert names_in(releases) == {first, second, "current"}


# ---------------------------------------------------------------------------------------------------------------------
# No space, no rights


def mount(*arguments: str) -> None:
    """Mount something, or skip the test where that is not allowed."""
    done = subprocess.run(["mount", *arguments], capture_output=True, text=True, check=False) if IS_ROOT else None
    if done is None or done.returncode:
        pytest.skip(f"mounting is not possible ({done.stderr.strip() if done else 'not root'})")


@pytest.fixture
def small_disk(home: Path) -> Iterator[Path]:
    """A file system of 64 MB and 1,000 files in memory."""
    folder = Path(tempfile.mkdtemp(prefix="disk-", dir=home))
    mount("-t", "tmpfs", "-o", "size=64m,nr_inodes=1000,mode=755", "none", str(folder))
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)
    folder.rmdir()


def assert_refused_for_space(outcome: Outcome) -> None:
    assert (outcome.kind, outcome.signal) == ("ReleaseError", 0), outcome
    assert "cannot be written (" in outcome.said, outcome
    assert "No space left on device" in outcome.said, outcome


def fill_disk(disk: Path, left: int) -> None:
    """Fill a disk but for some bytes."""
    ballast = disk / "ballast"
    ballast.unlink(missing_ok=True)
    state = os.statvfs(disk)
    with ballast.open("wb") as file:
        os.posix_fallocate(file.fileno(), 0, max(state.f_bavail * state.f_frsize - left, 1))


def test_full_disk(builder: Builder, small_disk: Path) -> None:
    releases = small_disk / "releases"
    first = Path(builder.run("first", releases).said).name
    used = sum(path.stat().st_blocks * 512 for path in releases.rglob("*"))
    steps, built = set(), 0
    for left in [*range(0, used, used // 16), 2 * used, 4 * used]:
        fill_disk(small_disk, left)
        outcome = builder.run("second", releases)
        if outcome.kind == "built":
            built += 1
            break
        assert_refused_for_space(outcome)
        assert_stays(releases, first)
        assert names_in(releases) == {first, "current"}
        steps.add(outcome.said.partition(": While")[0])
    assert built == 1
    assert len(steps) > 1, steps
    assert verify(releases)["id"] != first


# Builds once with too little space and, still holding the error, again with enough.
AGAIN = """
build = kg.release.build.build
def build_again(chosen, **more):
    try:
        build(chosen)
    except kg.errors.ReleaseError as error:
        held = error
        steps.append(str(held))
    Path(chosen.releases.parent, "ballast").unlink()
    return build(chosen)
kg.release.build.build = build_again
"""


def test_the_same_process_builds_again_once_there_is_room(builder: Builder, small_disk: Path) -> None:
    releases = small_disk / "releases"
    first = Path(builder.run("first", releases).said)
    fill_disk(small_disk, first.joinpath("graph.nq").stat().st_size + 100_000)
    outcome = builder.run("second", releases, AGAIN)
    assert outcome.kind == "built", outcome
    assert "store" in outcome.step
    assert "No space left on device" in outcome.step
    assert_stays(releases, Path(outcome.said).name)


def test_no_more_files(builder: Builder, small_disk: Path) -> None:
    """Another way for a disk to be full: each number of files left ends the build at another file."""
    releases = small_disk / "releases"
    first = Path(builder.run("first", releases).said).name
    ballast = small_disk / "ballast"
    ballast.mkdir()
    free = os.statvfs(small_disk).f_favail
    for number in range(free):
        (ballast / str(number)).touch()
    refused = 0
    for number in range(free):
        outcome = builder.run("second", releases)
        if outcome.kind == "built":
            break
        assert_refused_for_space(outcome)
        assert_stays(releases, first)
        assert names_in(releases) == {first, "current"}
        refused += 1
        for more in range(2):
            (ballast / str(2 * number + more)).unlink()
    assert refused > 10
    assert verify(releases)["id"] != first
    print(f"{refused} builds without another file")


@pytest.mark.parametrize("part", [0.0, 0.001, 0.1, 0.5, 0.9])
def test_files_of_limited_size(builder: Builder, first: str, releases: Path, part: float) -> None:
    """What a full disk is to root is a limit on the size of a file to anybody."""
    limit = int(part * max(path.stat().st_size for path in (releases / first).rglob("*")))
    before = f"import resource; resource.setrlimit(resource.RLIMIT_FSIZE, ({limit}, resource.RLIM_INFINITY))"
    # The answer is a file too.
    outcome = builder.run("second", releases, before + LIFT)
    assert (outcome.kind, outcome.signal) == ("ReleaseError", 0), outcome
    assert "File too large" in outcome.said
    assert_stays(releases, first)
    assert names_in(releases) == {first, "current"}


LIFT = """
import atexit
build = kg.release.build.build
def build_then_lift(*arguments, **more):
    try:
        return build(*arguments, **more)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
kg.release.build.build = build_then_lift
"""


def test_a_folder_that_may_not_be_written(builder: Builder, first: str, releases: Path) -> None:
    releases.chmod(0o555)
    (releases / ".lock").chmod(0o444)
    outcome = builder.run("second", releases, f"os.setuid({NOBODY})" if IS_ROOT else "")
    releases.chmod(0o755)
    (releases / ".lock").chmod(0o644)
    assert (outcome.kind, outcome.signal) == ("ReleaseError", 0), outcome
    assert "cannot be written (Permission denied); the last one stays" in outcome.said
    assert_stays(releases, first)
    assert builder.run("second", releases).kind == "built"


def test_a_folder_on_a_read_only_disk(builder: Builder, small_disk: Path) -> None:
    releases = small_disk / "releases"
    first = Path(builder.run("first", releases).said).name
    mount("-o", "remount,ro", str(small_disk))
    outcome = builder.run("second", releases)
    assert (outcome.kind, outcome.signal) == ("ReleaseError", 0), outcome
    assert "cannot be written (Read-only file system); the last one stays" in outcome.said
    assert_stays(releases, first)


@pytest.mark.parametrize("what", ["file", "below a file", "dangling link"])
def test_a_folder_that_cannot_be(home: Path, releases: Path, what: str) -> None:
    path = releases / "path"
    if what == "dangling link":
        path.symlink_to(releases / "none" / "none")
    else:
        path.touch()
    with pytest.raises(ReleaseError, match="cannot be written"):
        build(settings(home, "first", path / "below" if what == "below a file" else path))


def test_current_that_is_no_link_is_left_alone(home: Path, releases: Path) -> None:
    (releases / "current").mkdir()
    (releases / "current" / "mine").touch()
    with pytest.raises(ReleaseError, match="cannot be written"):
        build(settings(home, "first", releases))
    assert (releases / "current" / "mine").exists()


# ---------------------------------------------------------------------------------------------------------------------
# Findings, and builds at the same time


def test_a_refused_build_keeps_the_release(home: Path, releases: Path) -> None:
    first = build(settings(home, "first", releases))
    write_data(home / "bad", "Bad")
    card = home / "bad/documents/report.yaml"
    card.write_text(card.read_text(encoding="utf-8").replace("value: 800", "value: 80"), encoding="utf-8")
    with pytest.raises(Refused) as refused:
        build(settings(home, "bad", releases))
    assert refused.value.findings == (
        "bad/documents/report.yaml:19: 'over 800 acres' reads as more than 800 acre, not as 80 acre; "
        "write what is printed, or keep the words that carry it",
    )
    assert_stays(releases, first.name)
    assert names_in(releases) == {first.name, "current"}
    assert build(settings(home, "second", releases)).name != first.name
    shutil.rmtree(home / "bad")


@pytest.mark.parametrize("missing", ["ontology", "ontology/context.jsonld", "first", "first/documents"])
def test_missing_input_is_told_as_such(home: Path, releases: Path, tmp_path: Path, missing: str) -> None:
    release = build(settings(home, "first", releases))
    for name in ("ontology", "first"):
        shutil.copytree(home / name, tmp_path / name)
    gone = tmp_path / missing
    shutil.rmtree(gone) if gone.is_dir() else gone.unlink()
    with pytest.raises(InputError):
        build(settings(tmp_path, "first", releases))
    assert_stays(releases, release.name)
    assert names_in(releases) == {release.name, "current"}


# Stops once the build has its lock, and goes on when told to.
HOLD = """
import time
assemble = kg.release.build.assemble
def assemble_when_told(*arguments, **more):
    Path(order["releases"], "held").touch()
    while Path(order["releases"], "held").exists():
        time.sleep(0.01)
    return assemble(*arguments, **more)
kg.release.build.assemble = assemble_when_told
"""


def test_two_builds_at_once(home: Path, builder: Builder, first: str, releases: Path) -> None:
    builder.start("second", releases, HOLD)
    while not (releases / "held").exists():
        time.sleep(0.01)
    scratch = [name for name in names_in(releases) if name.endswith(".tmp")]
    for _ in range(3):
        with pytest.raises(ReleaseError, match="another build is under way; wait for it to end"):
            build(settings(home, "third", releases))
    assert [name for name in names_in(releases) if name.endswith(".tmp")] == scratch
    assert_stays(releases, first)
    (releases / "held").unlink()
    assert builder.wait().kind == "built"
    second = verify(releases)["id"]
    assert names_in(releases) == {first, second, "current"}
    assert build(settings(home, "third", releases)).name not in (first, second)


def test_a_killed_build_holds_no_lock(home: Path, builder: Builder, first: str, releases: Path) -> None:
    pid = builder.start("second", releases, HOLD)
    while not (releases / "held").exists():
        time.sleep(0.01)
    os.kill(pid, signal.SIGKILL)
    assert builder.wait().signal == signal.SIGKILL
    (releases / "held").unlink()
    assert build(settings(home, "third", releases)).name != first
    assert not [name for name in names_in(releases) if name.endswith(".tmp")]


# ---------------------------------------------------------------------------------------------------------------------
# What is in the folder


@pytest.mark.parametrize("name", ["graph.nq", "release.json", "questions.json", "MANIFEST.sha256", "store/CURRENT"])
def test_a_damaged_release_with_the_right_id_is_replaced(home: Path, releases: Path, name: str) -> None:
    first = build(settings(home, "first", releases))
    flip(first / name)
    with pytest.raises(ReleaseError):
        verify(releases)
    assert build(settings(home, "first", releases)) == first
    assert_stays(releases, first.name)
    assert names_in(releases) == {first.name, "current"}


def test_a_release_whose_names_are_of_an_older_version_is_replaced(home: Path, releases: Path) -> None:
    first = build(settings(home, "first", releases))
    meta = first / "names" / "meta.json"
    older = json.loads(meta.read_bytes())
    older["payload"] = json.dumps(json.loads(older["payload"]) | {"format": 0})
    meta.write_text(json.dumps(older), encoding="utf-8")
    write_manifest(first)
    with pytest.raises(ReleaseError, match="of another version; build the release again"):
        verify(releases)
    assert build(settings(home, "first", releases)) == first
    assert verify(releases)["id"] == first.name


def test_a_file_where_the_release_belongs_is_replaced(home: Path, releases: Path) -> None:
    first = build(settings(home, "first", releases))
    shutil.rmtree(first)
    first.touch()
    assert build(settings(home, "first", releases)) == first
    assert_stays(releases, first.name)


def test_a_good_release_is_not_written_again(home: Path, releases: Path) -> None:
    first = build(settings(home, "first", releases))
    build(settings(home, "second", releases))
    before = {path: path.stat().st_mtime_ns for path in first.rglob("*")}
    assert build(settings(home, "first", releases)) == first
    assert {path: path.stat().st_mtime_ns for path in first.rglob("*")} == before
    assert_stays(releases, first.name)


def test_earlier_releases_are_kept_for_a_rollback(home: Path, releases: Path, tmp_path: Path) -> None:
    (releases / "notes").mkdir()
    built: list[str] = []
    for number in range(KEPT + 2):
        data = write_data(tmp_path / str(number), f"Report number {number}")
        built.append(build(Settings(home / "ontology", data, releases)).name)
        # Folders are told apart by their times.
        os.utime(releases / built[-1], (number, number))
        assert names_in(releases) == {*built[-KEPT:], "current", "notes"}
    assert len(set(built)) == KEPT + 2
    for name in built[-KEPT:]:
        assert verify(releases / name)["id"] == name
    assert_stays(releases, built[-1])


def test_a_damaged_release_takes_no_good_ones_place(home: Path, releases: Path) -> None:
    built = [build(settings(home, name, releases)) for name in ("first", "second", "third")]
    for number, path in enumerate(built):
        os.utime(path, (number, number))
    flip(built[-1] / "graph.nq")
    assert build(settings(home, "third", releases)) == built[-1]
    assert names_in(releases) == {*(path.name for path in built), "current"}


@pytest.mark.parametrize("kind", ["folder", "file", "link", "dangling link"])
def test_remains_of_a_killed_build_go(home: Path, releases: Path, tmp_path: Path, kind: str) -> None:
    remains = releases / "build-1.tmp"
    kept = tmp_path / "kept"
    kept.mkdir()
    if kind == "folder":
        (remains / "store").mkdir(parents=True)
        (remains / "release.json").touch()
    elif kind == "file":
        remains.touch()
    else:
        remains.symlink_to(kept if kind == "link" else tmp_path / "none")
    first = build(settings(home, "first", releases))
    assert names_in(releases) == {first.name, "current"}
    assert kept.is_dir()


def test_a_reader_keeps_the_release_it_opened(home: Path, releases: Path, tmp_path: Path) -> None:
    build(settings(home, "first", releases))
    opened = open_release(releases)
    before = set(opened.store)
    for number in range(KEPT + 1):
        build(Settings(home / "ontology", write_data(tmp_path / str(number), f"Report number {number}"), releases))
    assert not opened.path.exists()
    assert set(opened.store) == before
    assert open_release(releases).id != opened.id


def test_steps_are_told(home: Path, releases: Path) -> None:
    steps: list[Any] = []
    build(settings(home, "first", releases), say=steps.append)
    assert len(steps) >= 3
    assert all(isinstance(step, str) and step for step in steps)
