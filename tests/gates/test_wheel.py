"""The wheel: it carries all that a release needs, and works alone in an empty folder."""

from __future__ import annotations

import ast
import json
import os
import re
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Iterable
from email.parser import Parser
from pathlib import Path

import pytest
from hatchling.build import build_wheel

import kg
from kg.errors import MissingExtra

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
# Modules that are imported by another name than they are installed by.
INSTALLED_AS = {
    "charset_normalizer": "charset-normalizer",
    "python_calamine": "python-calamine",
    "yaml": "pyyaml",
    "mcp_types": "mcp",
    "text_to_num": "text2num",
}
# What a framework is made of and says so: it comes with it.
COMES_WITH = {"starlette": "fastapi", "pydantic": "fastapi", "anyio": "fastapi"}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel in this process, from the files as they are."""
    folder = tmp_path_factory.mktemp("wheel")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(ROOT)
        return folder / build_wheel(str(folder))


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Unpack the wheel as an installer does."""
    folder = tmp_path_factory.mktemp("installed")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder)
    return folder


def files(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def kept(folder: str) -> set[str]:
    """Name the files of a folder of the checkout, without what tools leave behind."""
    return {f"{folder}/{name}" for name in files(ROOT / folder) if "__pycache__" not in name and "/." not in f"/{name}"}


def test_it_carries_the_package_the_ontology_the_data_and_nothing_else(installed: Path) -> None:
    inside = {name for name in files(installed) if ".dist-info/" not in name}
    assert inside == kept("kg") | {f"kg/share/{name}" for name in kept("ontology") | kept("data")}
    assert {path.name for path in installed.iterdir()} == {"kg", f"zerocarbon_kg-{PROJECT['version']}.dist-info"}
    data = {".ttl", ".rq", ".yaml", ".jsonld", ".json", ".csv", ".md", ".txt", ".xml"}
    pages = {".html", ".jinja", ".css", ".js", ".svg"}
    assert {Path(name).suffix for name in inside} <= {".py", ".typed"} | data | pages


def test_its_description_is_that_of_the_project(installed: Path) -> None:
    (folder,) = installed.glob("*.dist-info")
    about = Parser().parsestr((folder / "METADATA").read_text("utf-8"))
    assert (about["Name"], about["Version"]) == (MissingExtra.distribution, kg.__version__)
    assert {path.name for path in (folder / "licenses").iterdir()} == {
        "LICENSE", "LICENSE-DATA", "LICENSES-THIRD-PARTY.md",
    }  # fmt: skip
    assert "kg = kg.cli:main" in (folder / "entry_points.txt").read_text("utf-8")
    assert (installed / "kg" / "py.typed").is_file()


def imported(source: str) -> set[str]:
    """Name the packages that a module imports, early or late."""
    nodes = list(ast.walk(ast.parse(source)))
    names = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    names |= {node.module for node in nodes if isinstance(node, ast.ImportFrom) and node.module}
    return {name.partition(".")[0] for name in names}


def test_every_package_that_is_imported_is_a_dependency() -> None:
    sources = [path.read_text("utf-8") for path in (ROOT / "kg").rglob("*.py")]
    foreign = set().union(*map(imported, sources)) - sys.stdlib_module_names - {"kg"}
    extras = [lines for extra, lines in PROJECT["optional-dependencies"].items() if extra != "dev"]
    declared = {re.split("[<>=~]", line)[0] for lines in (PROJECT["dependencies"], *extras) for line in lines}
    assert {(INSTALLED_AS | COMES_WITH).get(name, name.replace("_", "-")) for name in foreign} <= declared


def test_an_import_is_seen_wherever_it_stands() -> None:
    assert imported("import a.b\ndef f():\n    from c.d import e") == {"a", "c"}


def run(installed: Path, empty: Path, *words: str) -> str:
    """Run a command of the unpacked package as a process that knows nothing of the checkout."""
    clean = {
        key: value for key, value in os.environ.items() if key in ("PATH", "HOME", "SYSTEMROOT", "LD_LIBRARY_PATH")
    }
    env = clean | {"PYTHONPATH": str(installed), "PYTHONDONTWRITEBYTECODE": "1", "LC_ALL": "C"}
    done = subprocess.run(
        [sys.executable, "-P", "-W", "error", *words], cwd=empty, env=env, capture_output=True, text=True, timeout=900,
        check=False, encoding="utf-8",
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_it_builds_verifies_and_answers_in_an_empty_folder(installed: Path, tmp_path: Path) -> None:
    before = files(installed)
    code = "import kg, sys; sys.stdout.write(kg.__file__)"
    assert run(installed, tmp_path, "-c", code) == str(installed / "kg" / "__init__.py")
    built = run(installed, tmp_path, "-m", "kg", "build").strip()
    assert (tmp_path / built / "release.json").is_file()
    run(installed, tmp_path, "-m", "kg", "verify")
    answer = run(installed, tmp_path, "-m", "kg", "ask", "base-operator", "--format", "json")
    assert all(record["claims"] for record in json.loads(answer))
    query = "SELECT ?base WHERE { ?base a kg:Base }"
    assert "base/guian" in run(installed, tmp_path, "-m", "kg", "query", query)
    assert files(installed) == before
    assert {path.name for path in tmp_path.iterdir()} == {"releases"}


def test_each_extra_that_an_error_names_exists() -> None:
    named = re.findall(
        r'MissingExtra\([^,]+, "(\w+)"', "".join(p.read_text("utf-8") for p in (ROOT / "kg").rglob("*.py"))
    )
    assert set(named) >= {"server", "mcp", "tables"}
    assert set(named) <= set(PROJECT["optional-dependencies"])


def unlicensed(assets: Iterable[Path], page: str) -> list[str]:
    """Find files of others that the page of licences does not name, and licences beside them that it does not print."""
    words = " ".join(page.split())
    return [
        path.name
        for path in assets
        if (path.name.endswith(".LICENSE.txt") and " ".join(path.read_text("utf-8").split()) not in words)
        or (path.suffix != ".txt" and f"`{path.relative_to(ROOT).as_posix()}`" not in page)
    ]


def test_what_others_made_is_named_with_its_licence(installed: Path) -> None:
    page = (ROOT / "LICENSES-THIRD-PARTY.md").read_text("utf-8")
    licensed = [path.name.removesuffix(".LICENSE.txt") for path in (ROOT / "kg").rglob("*.LICENSE.txt")]
    others = [
        path
        for folder in (ROOT / "kg").rglob("assets")
        for path in folder.iterdir()
        if path.name.split(".")[0] in licensed
    ]
    assert len(others) == 4
    assert unlicensed(others, page) == []
    assert len(unlicensed(others, "")) == 4
    # The wheel has no other file that is generated: minified scripts and outlines are these.
    assert {name for name in files(installed) if re.search(r"\.min\.|outlines\.json", name)} == {
        path.relative_to(ROOT).as_posix() for path in others if path.suffix != ".txt"
    }
    versions = re.findall(r'"([\w-]+)@([\d.]+)"', (ROOT / "tools" / "renew_assets.py").read_text("utf-8"))
    assert all(f"{name} {version}" in page for name, version in versions)
    assert len(versions) == 3


def test_no_text_tells_people_to_install_what_is_not_ours() -> None:
    pages = [*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md"), *(ROOT / "kg").rglob("*.py")]
    told = {name for page in pages for name in re.findall(r"pip install '?([\w-]+)", page.read_text("utf-8"))}
    assert told - {MissingExtra.distribution} == set()
