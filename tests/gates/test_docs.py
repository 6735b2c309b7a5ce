"""The documents: what they tell to type exists and does what they show; what exists is told."""

from __future__ import annotations

import ast
import contextlib
import importlib
import importlib.util
import inspect
import io
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import click
import pytest

from kg.cli import COMMANDS, group, run
from kg.graph import Graph

ROOT = Path(__file__).parents[2]
README, CONTRIBUTING = ROOT / "README.md", ROOT / "CONTRIBUTING.md"
PAGES = sorted(path for folder in (".", "data", "docs", "ontology") for path in (ROOT / folder).glob("*.md"))
MODULES = sorted(
    ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
    for path in (ROOT / "kg").rglob("*.py")
)

_FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_CODE = re.compile(r"`([^`\n]+)`")
_INDENTED = re.compile(r"^ {4}(?:\$ )?(kg .*)$", re.MULTILINE)


def fenced(text: str, language: str) -> list[str]:
    """Give the fenced blocks in a language."""
    return [block for found, block in _FENCE.findall(text) if found == language]


def transcripts(text: str) -> list[tuple[str, list[str]]]:
    """Give each `$ kg …` of the console blocks with the lines shown below it."""
    shown: list[tuple[str, list[str]]] = []
    for block in fenced(text, "console"):
        for line in block.splitlines():
            if line.startswith("$ "):
                shown.append((line.removeprefix("$ "), []))
            elif line.strip():
                shown[-1][1].append(line)
    return [(command, lines) for command, lines in shown if command.startswith("kg ")]


def commands(text: str) -> list[list[str]]:
    """Give every command line `kg …` of a page, split as a shell does."""
    spans = [code for code in _CODE.findall(_FENCE.sub("", text)) if re.match(r"kg( |$)", code)]
    lines = [*(command for command, _ in transcripts(text)), *spans, *_INDENTED.findall(text)]
    return [shlex.split(line, comments=True)[1:] for line in lines]


def options_of(words: list[str], graph: Graph) -> set[str]:
    """Give the options that a command line may have; those of a question are its parameters."""
    command = group.get_command(click.Context(group), words[0])
    assert command is not None, f"there is no command {words[0]!r}"
    known = {name for param in command.params for name in param.opts} | {"--help", "-h"}
    if words[0] == "ask" and (names := [word for word in words[1:] if not word.startswith("-")]):
        # Words are read as what they mean first; a name of one word stays a name, and has to exist.
        in_words = " " in names[0] or not names[0].isascii()
        question = graph.question(graph.understand(names[0]).readings[0].question if in_words else names[0])
        known |= {f"--{parameter.name.replace('_', '-')}" for parameter in question.parameters}
    return known


def problems(words: list[str], graph: Graph) -> list[str]:
    """Tell what of a command line does not exist."""
    if not words or words[0].startswith("-"):
        return [] if words in ([], ["--help"], ["--version"]) else [f"no option {words[0]}"]
    try:
        known = options_of(words, graph)
    except Exception as error:  # noqa: BLE001 - each is a problem of the page
        return [str(error)]
    given = [word.partition("=")[0] for word in words[1:] if re.match("-{1,2}[a-z]", word)]
    return [f"kg {words[0]} has no option {option}" for option in given if option not in known]


def test_the_pages_show_commands() -> None:
    shown = [command for page in PAGES for command, _ in transcripts(page.read_text("utf-8"))]
    assert len(transcripts(README.read_text("utf-8"))) >= 2
    assert len(shown) >= 12
    assert len(commands((ROOT / "docs" / "curating.md").read_text("utf-8"))) >= 3


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_every_command_line_names_what_exists(page: Path, graph: Graph) -> None:
    for words in commands(page.read_text("utf-8")):
        assert problems(words, graph) == [], words


@pytest.mark.parametrize(
    "bad", ["kg fnid x", "kg find --kinds x", "kg ask no-such-question", "kg ask base-operator --bse x", "kg --verison"]
)
def test_a_command_line_that_does_not_exist_is_seen(bad: str, graph: Graph) -> None:
    (words,) = commands(f"Type `{bad}` now.")
    assert problems(words, graph)


def test_command_lines_are_found_wherever_they_stand() -> None:
    page = "Run `kg check`.\n\n```console\n$ kg build --quiet  # now\nreleases/x\n$ make run\n```\n\n    kg verify\n"
    assert commands(page) == [["build", "--quiet"], ["check"], ["verify"]]
    assert transcripts(page) == [("kg build --quiet  # now", ["releases/x"])]


def test_every_command_is_in_the_readme() -> None:
    text = README.read_text("utf-8")
    assert [name for name in COMMANDS if not re.search(rf"kg {name}\b", text)] == []
    assert len(text.splitlines()) <= 120


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_every_option_that_is_named_exists(page: Path) -> None:
    known = {name for one in COMMANDS for param in params(one) for name in param.opts} | {"--help", "--editable"}
    known |= {name for param in group.params for name in param.opts}
    named = set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", _FENCE.sub("", page.read_text("utf-8"))))
    assert named <= known


def params(name: str) -> list[click.Parameter]:
    command = group.get_command(click.Context(group), name)
    assert command is not None
    return command.params


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_every_question_and_file_that_is_named_exists(page: Path, graph: Graph) -> None:
    text = page.read_text("utf-8")
    names = {question.name for question in graph.questions()}
    for words in set(re.findall(r"\bask\(\"([^\"]+)\"", text)) - names:
        assert graph.understand(words).answer is not None, words
    for link in re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", text):
        assert link.startswith("https://") or (page.parent / link).exists(), link


def pattern(line: str) -> str:
    """Make a pattern of a line that is shown: spaces count once, `…` stands for anything."""
    return r".*".join(r"\s+".join(map(re.escape, part.split())) for part in line.split("…"))


def unlike(shown: list[str], printed: str) -> list[str]:
    """Give the lines shown that are not printed, in this order; what is left out must be shown as …."""
    rest = [line for line in printed.splitlines() if line.strip("─ ")]
    missing: list[str] = []
    skips = False
    for line in (line for line in shown if line.strip("─ ")):
        if line.strip() == "…":
            skips = True
            continue
        looked_at = rest if skips else rest[:1]
        at = next((at for at, other in enumerate(looked_at) if re.fullmatch(rf"\s*{pattern(line)}\s*", other)), None)
        if at is None:
            missing.append(line)
        else:
            rest, skips = rest[at + 1 :], False
    return missing


EXAMPLES = [(page.stem, command, shown) for page in PAGES for command, shown in transcripts(page.read_text("utf-8"))]


@pytest.mark.parametrize(
    ("page", "command", "shown"), EXAMPLES, ids=[f"{page}: {text[:60]}" for page, text, _ in EXAMPLES]
)
def test_the_pages_show_what_is_printed(
    page: str, command: str, shown: list[str], wide_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = shlex.split(command, comments=True)[1:]
    form = {"why": "text", "coverage": "md"}.get(words[0], "table")
    if "--format" not in words and any("--format" in param.opts for param in params(words[0])):
        words += ["--format", form]
    monkeypatch.setenv("KG_RELEASES", str(wide_folder.parent))
    monkeypatch.setenv("COLUMNS", "400")
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        assert run(words) == 0
    assert unlike(shown, printed.getvalue()) == []


def test_what_is_not_printed_is_seen() -> None:
    assert unlike(["a  1", "b 2"], "a 1\nb   2\n") == []
    assert unlike(["a …"], "a long story\n") == []
    assert unlike(["a 1", "b 3"], "a 1\nb 2\n") == ["b 3"]
    assert unlike(["b 2", "a 1"], "a 1\nb 2\n") == ["b 2"]
    assert unlike(["b 2"], "a 1\nb 2\n") == ["b 2"], "what comes first is shown first"
    assert unlike(["…", "b 2"], "a 1\nb 2\n") == []


def told(block: str, names: dict[str, object]) -> Iterator[tuple[str, object, object]]:
    """Run a block of Python, and give each expression with the value that its comment tells."""
    for statement in ast.parse(block).body:
        last = block.splitlines()[(statement.end_lineno or 1) - 1]
        source = ast.unparse(statement)
        comment = last.partition("  # ")[2]
        if isinstance(statement, ast.Expr) and re.match(r"['\"\[({\d]", comment):
            yield source, eval(source, names), ast.literal_eval(comment)  # noqa: S307 - our own README
        else:
            exec(source, names)  # noqa: S102 - our own README


def test_the_python_of_the_pages_runs(wide_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KG_RELEASES", str(wide_folder.parent))
    blocks = [block for page in PAGES for block in fenced(page.read_text("utf-8"), "python")]
    assert blocks
    for block in blocks:
        for source, value, comment in told(block, {}):
            assert value == comment, source


def test_a_comment_that_is_wrong_is_seen() -> None:
    assert [(value, comment) for _, value, comment in told("x = 1\nx + 1  # 3\nx  # one\n", {})] == [(2, 3)]


def public(module: ModuleType) -> Iterator[tuple[str, object]]:
    """Give the functions, classes and methods that a module offers."""
    for name in module.__all__:
        thing = getattr(module, name)
        if getattr(thing, "__module__", None) != module.__name__ or not (inspect.isclass(thing) or callable(thing)):
            continue
        yield name, thing
        for key, value in vars(thing).items() if inspect.isclass(thing) else ():
            if not key.startswith("_") and (inspect.isfunction(value) or isinstance(value, property)):
                yield f"{name}.{key}", value


@pytest.mark.parametrize("name", MODULES)
def test_every_public_name_says_what_it_is_for(name: str) -> None:
    module = importlib.import_module(name)
    assert [own for own, thing in public(module) if not (getattr(thing, "__doc__", None) or "").strip()] == []


def test_a_name_that_says_nothing_is_seen() -> None:
    module = ModuleType("kg.silent")
    exec("class A:\n    '''An A.'''\n    def b(self): ...\n__all__ = ['A']", vars(module))  # noqa: S102 - ours
    assert [own for own, thing in public(module) if not getattr(thing, "__doc__", None)] == ["A.b"]


def test_the_makefile_calls_commands_that_exist(graph: Graph) -> None:
    called = re.findall(r"\$\(BIN\)/(kg .*)", (ROOT / "Makefile").read_text("utf-8"))
    assert called
    for line in called:
        assert problems(shlex.split(line)[1:], graph) == [], line


# --- pages that follow from code, data and ontology --------------------------------------


def written(name: str) -> ModuleType:
    """Load a module of `tools/`, which is no package."""
    spec = importlib.util.spec_from_file_location(name, ROOT / "tools" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("name", ["python", "ontology"])
def test_a_page_that_is_made_is_as_it_would_be_made(name: str) -> None:
    made = getattr(written("write_docs"), f"{name}_page")()
    assert (ROOT / "docs" / f"{name}.md").read_text("utf-8") == made, "run make docs"


def paths_in(table: str) -> set[str]:
    """Give the files and folders that the cells of a table name."""
    return {code for code in _CODE.findall(table) if "/" in code and not code.startswith(("make", "."))}


def test_what_to_touch_exists() -> None:
    table = CONTRIBUTING.read_text("utf-8").partition("## To add X")[2].partition("\n## ")[0]
    assert len(paths_in(table)) >= 15
    assert {path for path in paths_in(table) if not (ROOT / path).exists()} == set()
    assert paths_in("| a page | `kg/nothing.py`, then `make docs` |") == {"kg/nothing.py"}


def test_the_readme_tells_the_figures_of_the_release(wide_graph: Graph) -> None:
    page = README.read_text("utf-8")
    tool = written("write_docs")
    assert tool.with_figures(page, wide_graph) == page, "run make docs"
    assert tool.with_figures("<!-- figures -->\nold\n<!-- end of figures -->", wide_graph).count("claims") >= 2


@pytest.mark.parametrize("path", sorted((ROOT / "examples").glob("*.py")), ids=lambda path: path.stem)
def test_an_example_runs(path: Path, wide_folder: Path) -> None:
    env = os.environ | {"KG_RELEASES": str(wide_folder.parent), "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, str(path)], env=env, capture_output=True, text=True, check=False, timeout=300
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip()


def test_docs_without_a_release_are_written_but_for_the_figures(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tool = written("write_docs")
    (tmp_path / "docs").mkdir()
    monkeypatch.setattr(tool, "ontology_page", lambda: "ontology")
    monkeypatch.setattr(tool, "ROOT", tmp_path)
    monkeypatch.setenv("KG_RELEASES", str(tmp_path / "releases"))
    with pytest.raises(SystemExit, match=r"figures of README\.md are not: .*kg build"):
        tool.main()
    assert (tmp_path / "docs" / "ontology.md").read_text("utf-8") == "ontology"
    assert (tmp_path / "docs" / "python.md").read_text("utf-8").startswith("# Python")
