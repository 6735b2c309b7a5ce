"""What is installed is enough: the core alone, and with each extra, without a package that it does not ask for.

A process stands for an environment: of the packages that are here it can import those that `pyproject.toml` asks for
and what these ask for, and no other. `make install-check` does the same with wheels in environments of their own.
"""

from __future__ import annotations

import importlib.metadata
import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterable
from pathlib import Path

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
EXTRAS = sorted(set(PROJECT["optional-dependencies"]) - {"dev"})

_START = """
import sys
class Absent:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in BLOCKED:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)
sys.meta_path.insert(0, Absent())
"""


def canonical(name: str) -> str:
    """Give the name of a distribution as indexes compare it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def installed_with(asked: Iterable[str]) -> set[str]:
    """Give the distributions that an installer brings for some requirements, from what each one here asks for."""
    found: set[str] = set()
    waiting = [(Requirement(line), "") for line in asked]
    while waiting:
        wanted, extra = waiting.pop()
        if wanted.marker is not None and not wanted.marker.evaluate({"extra": extra}):
            continue
        name = canonical(wanted.name)
        for part in ("", *wanted.extras):
            if f"{name}[{part}]" not in found:
                found.add(f"{name}[{part}]")
                waiting += [(Requirement(line), part) for line in _requirements(name)]
    return {name.partition("[")[0] for name in found}


def _requirements(name: str) -> list[str]:
    try:
        return importlib.metadata.requires(name) or []
    except importlib.metadata.PackageNotFoundError:
        # For another system, or another Python.
        return []


def absent_with(extra: str | None) -> set[str]:
    """Name the modules that are here and would not be there."""
    asked = [*PROJECT["dependencies"], *(PROJECT["optional-dependencies"][extra] if extra else ())]
    there = installed_with(asked)
    return {
        module
        for module, owners in importlib.metadata.packages_distributions().items()
        if not {canonical(owner) for owner in owners} & there and module != "kg"
    }


def run(extra: str | None, *words: str, release: Path | None = None) -> subprocess.CompletedProcess[str]:
    """Run a command where only the core and one extra are installed."""
    start = f"BLOCKED = {sorted(absent_with(extra))!r}{_START}"
    env = {key: value for key, value in os.environ.items() if key in ("PATH", "HOME", "LD_LIBRARY_PATH", "TMPDIR")}
    env |= {"PYTHONPATH": str(ROOT), "LC_ALL": "C.UTF-8"} | ({"KG_RELEASES": str(release.parent)} if release else {})
    command = [sys.executable, "-W", "error", "-c", f"{start}\nfrom kg.cli import main\nmain()", *words]
    return subprocess.run(
        command, env=env, input="", capture_output=True, text=True, encoding="utf-8", timeout=300, check=False
    )


def test_what_an_installer_brings_is_followed_to_the_end() -> None:
    assert {"rdflib", "pyparsing", "owlrl"} <= installed_with(["pyshacl>=0.30"])
    assert "ipython" in installed_with(["pyvis"])
    assert {"IPython", "pandas", "fastapi", "mcp", "pytest"} <= absent_with(None)
    assert "rdflib" not in absent_with(None)
    assert "pandas" not in absent_with("tables")


def test_what_is_absent_cannot_be_imported() -> None:
    code = f"BLOCKED = {{'json'}}{_START}\nimport json"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert "ModuleNotFoundError: No module named 'json'" in done.stderr


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--help"], "partners"),
        (["find", "宁德时代"], "company/catl"),
        (["ask", "base-operator"], "Shandong Times"),
        (["show", "base/guian"], "plannedCapacity"),
        (["query", "ASK { ?base a kg:Base }"], "true"),
        (["partners", "company/catl"], "Shandong"),
        (["export", "csv", "--help"], "csv"),
    ],
    ids=lambda given: given[0] if isinstance(given, list) else "",
)
def test_the_core_alone_answers(words: list[str], told: str, release_folder: Path) -> None:
    done = run(None, *words, release=release_folder)
    assert done.returncode == 0, done.stderr
    assert told in done.stdout


def test_the_core_alone_checks_cards() -> None:
    done = run(None, "check", str(ROOT / "data" / "documents" / "undated" / "shandong-times-60gwh.yaml"))
    assert (done.returncode, done.stdout) == (0, "")


HINTS = [
    ("server", ["serve"]),
    ("mcp", ["mcp"]),
    ("tables", ["export", "parquet"]),
    ("pictures", ["draw", "relations", "company/catl"]),
    ("read", ["read", "page.html"]),
]


@pytest.mark.parametrize(("extra", "words"), HINTS, ids=[extra for extra, _ in HINTS])
def test_a_missing_extra_is_named(extra: str, words: list[str], release_folder: Path, tmp_path: Path) -> None:
    goal = ["--output", str(tmp_path / "out.html")] if extra == "pictures" else []
    goal = ["--output", str(tmp_path / "out")] if extra == "tables" else goal
    if extra == "read":
        page = tmp_path / "page.html"
        page.write_text("<html><body><p>A capacity of 30 GWh.</p></body></html>", encoding="utf-8")
        words = ["read", str(page)]
    done = run(None, *words, *goal, release=release_folder)
    assert done.returncode == 2
    assert f"pip install 'zerocarbon-kg[{extra}]'" in done.stderr
    assert "Traceback" not in done.stderr


def test_each_extra_has_a_hint() -> None:
    assert [extra for extra, _ in sorted(HINTS)] == EXTRAS


def test_a_picture_as_svg_needs_no_extra(release_folder: Path, tmp_path: Path) -> None:
    goal = tmp_path / "catl.svg"
    done = run(None, "draw", "relations", "company/catl", "--output", str(goal), release=release_folder)
    assert (done.returncode, goal.read_text("utf-8")[:4]) == (0, "<svg")


@pytest.mark.parametrize("extra", ["pictures", "server"])
def test_pages_of_pictures_come_with_their_extra(extra: str, release_folder: Path, tmp_path: Path) -> None:
    goal = tmp_path / "catl.html"
    done = run(extra, "draw", "relations", "company/catl", "--output", str(goal), release=release_folder)
    assert (done.returncode, done.stderr.count("Error")) == (0, 0)
    assert goal.read_text("utf-8").startswith("<!DOCTYPE html>")


def test_tables_come_with_their_extra(release_folder: Path, tmp_path: Path) -> None:
    done = run("tables", "export", "parquet", "--output", str(tmp_path / "out"), release=release_folder)
    assert done.returncode == 0, done.stderr
    assert list((tmp_path / "out").rglob("*.parquet"))


@pytest.mark.parametrize("extra", ["mcp", "server"])
def test_the_tools_for_agents_come_with_their_extra(extra: str, release_folder: Path) -> None:
    # Nothing is asked, so that the server ends.
    done = run(extra, "mcp", release=release_folder)
    assert (done.returncode, done.stdout) == (0, ""), done.stderr


def test_the_server_comes_with_its_extra(release_folder: Path) -> None:
    # A port that does not exist: all is loaded before it is looked at.
    done = run("server", "serve", "--host", "203.0.113.1", "--port", "1", release=release_folder)
    assert "is not installed" not in done.stderr
    assert "203.0.113.1" in done.stderr


def locked() -> dict[str, str]:
    """Read the lock of development and CI: the version of each distribution."""
    text = (ROOT / "requirements-dev.txt").read_text("utf-8")
    return {canonical(name): version for name, version in re.findall(r"^([\w.-]+)==([^\s;\\]+)", text, re.MULTILINE)}


def out_of_lock(asked: Iterable[str], lock: dict[str, str]) -> list[str]:
    """Find requirements that the lock does not meet: run `make lock`."""
    wanted = [Requirement(line) for line in asked]
    return sorted(
        str(one)
        for one in wanted
        if lock.get(canonical(one.name)) is None or lock[canonical(one.name)] not in one.specifier
    )


def test_the_lock_meets_every_requirement() -> None:
    asked = [*PROJECT["dependencies"], *(line for lines in PROJECT["optional-dependencies"].values() for line in lines)]
    assert out_of_lock(asked, locked()) == []
    lock = {"click": "8.1.8"}
    assert out_of_lock(["click>=8.1,<9"], lock) == []
    assert out_of_lock(["click>=9", "polars"], lock) == ["click>=9", "polars"]
