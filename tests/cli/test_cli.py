"""The command line: thin, quick, and never a traceback."""

from __future__ import annotations

import datetime
import io
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import click
import pytest

import kg
from kg import formats
from kg.cli import COMMANDS, group, run
from kg.errors import KgError, NotFound, QueryLimit, ReleaseError
from kg.names.index import Match
from kg.questions.answer import Answer
from kg.questions.question import Parameter
from kg.rdf.store import Store
from kg.settings import Settings
from kg.tables.table import FORMATS, Reference

MATCH = Match("https://w3id.org/zerocarbon/id/company/catl", "Company", "宁德时代", "zh", "alias", "pinyin", 88.0)
ANSWER = Answer(
    ("base", "capacity"),
    ((Reference("base/guian", "CATL Guizhou"), 60), (Reference("base/yanzhou", "Yanzhou"), None)),
    claims=(("claim/a",), ()),
    title="How large is each base?",
)
PARAMETERS = (
    Parameter("base", "entity", "", "the base", "基地"),
    Parameter("as_of", "date", "2025-05-17", "the day", "日期"),
)
QUESTION = SimpleNamespace(name="capacity", title={"en": "How large?", "zh": "多大?"}, parameters=PARAMETERS)


class FakeGraph:
    """Answers with what it was made with, and keeps what it was asked."""

    def __init__(self) -> None:
        self.asked: dict[str, Any] = {}
        self.matches = [MATCH]
        self.answer = ANSWER
        self.fault: BaseException | None = None

    def _note(self, **asked: Any) -> None:
        self.asked = asked
        if self.fault is not None:
            raise self.fault

    def find(self, text: str, *, kind: str | None = None, place: str | None = None, limit: int = 10) -> list[Match]:
        self._note(text=text, kind=kind, place=place, limit=limit)
        return self.matches

    # A store in which no name means anything.
    release = SimpleNamespace(store=Store())

    def resolve(self, name: str, *_: Any, **__: Any) -> None:
        raise NotFound("entity", name)

    def kinds_like(self, _: str) -> tuple[str, ...]:
        return ()

    def questions(self) -> list[SimpleNamespace]:
        return [QUESTION]

    def question(self, name: str) -> SimpleNamespace:
        if name != QUESTION.name:
            raise NotFound("question", name, (QUESTION.name,))
        return QUESTION

    def read_question(self, text: str, *, language: str = "en") -> None:
        """Take each text for the name of a question."""

    def ask(self, question: str, *, only: str | None = None, language: str = "en", **parameters: str) -> Answer:
        self._note(question=question, language=language, **parameters, **({"only": only} if only else {}))
        return self.answer

    def query(self, sparql: str, *, claims: bool = False, timeout: float = 10.0, **parameters: str) -> Answer:
        self._note(sparql=sparql, claims=claims, timeout=timeout, **parameters)
        return self.answer


@pytest.fixture
def graph(monkeypatch: pytest.MonkeyPatch) -> FakeGraph:
    fake = FakeGraph()
    monkeypatch.setattr(kg, "open", lambda _: fake)
    return fake


# The group


def test_help_names_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--help"]) == 0
    shown = capsys.readouterr().out
    assert all(f"  {name} " in shown for name in COMMANDS)


@pytest.mark.parametrize("name", COMMANDS)
def test_the_line_in_the_help_is_that_of_the_command(name: str) -> None:
    command = group.get_command(click.Context(group), name)
    assert command is not None
    assert command.name == name
    assert (command.help or "").partition("\n")[0] == COMMANDS[name].line


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run([name, "--help"]) == 0
    assert capsys.readouterr().out.startswith(f"Usage: kg {name}")


def test_help_loads_nothing_heavy() -> None:
    heavy = "{'pyoxigraph', 'rdflib', 'tantivy', 'rapidfuzz', 'rich', 'pypinyin', 'pandas', 'kg.graph'}"
    code = f"import sys; from kg.cli import run; run(['--help']); sys.exit(len({heavy} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code], check=False, capture_output=True).returncode == 0


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--version"]) == 0
    assert capsys.readouterr().out == f"kg {kg.__version__}\n"


def test_the_forms_are_those_of_tables() -> None:
    assert tuple(formats.TABLES) == FORMATS


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_scripts(shell: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["completion", shell]) == 0
    assert "_KG_COMPLETE" in capsys.readouterr().out


def test_completion_completes_commands() -> None:
    environment = {**os.environ, "_KG_COMPLETE": "bash_complete", "COMP_WORDS": "kg fi", "COMP_CWORD": "1"}
    done = subprocess.run([sys.executable, "-m", "kg"], env=environment, capture_output=True, text=True, check=False)
    assert done.stdout.split() == ["plain,find"]


# Errors


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["fnid", "CATL"], "did you mean 'find'?"),
        (["find"], "kg find --help"),
        (["find", "x", "--lmit", "3"], "--limit"),
        (["find", "x", "--limit", "0"], "--limit"),
        (["find", "x", "--format", "xlsx"], "ndjson"),
        (["ask"], "kg ask --list"),
        (["ask", "--base", "x", "capacity"], "kg ask --list"),
        (["ask", "capacity", "stray"], "--name value"),
        (["ask", "capacity", "--base"], "has no value"),
        (["ask", "capacity", "--base", "x", "-p", "base=y"], "twice"),
        (["ask", "capacity", "-p", "language=zh"], "language"),
        (["query", "x", "-p", "novalue"], "NAME=VALUE"),
        (["query", "x", "-p", "timeout=3"], "timeout"),
        (["query", "x", "--timeout", "0"], "--timeout"),
        (["cite", "absent.txt", "words"], "absent.txt"),
        (["build", "--as-of", "May"], "%Y-%m-%d"),
        (["completion", "tcsh"], "bash"),
    ],
)
def test_wrong_usage(arguments: list[str], words: str, graph: FakeGraph, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(arguments) == 2
    shown = capsys.readouterr()
    assert shown.out == ""
    assert words in shown.err
    assert shown.err.startswith("kg: ")
    assert len(shown.err.splitlines()) <= 2
    assert graph.asked == {}


def test_no_command_shows_the_help(capsys: pytest.CaptureFixture[str]) -> None:
    assert run([]) == 2
    assert "Commands:" in capsys.readouterr().err


@pytest.mark.parametrize(
    "fault", [NotFound("entity", "Shandong Tims", ("Shandong Times",)), ReleaseError("no release"), QueryLimit("slow")]
)
def test_an_error_is_one_line_and_its_exit_code(
    fault: KgError, graph: FakeGraph, capsys: pytest.CaptureFixture[str]
) -> None:
    graph.fault = fault
    assert run(["find", "x"]) == fault.exit_code
    assert capsys.readouterr().err == f"kg: {fault}\n"


def test_an_unreadable_file_is_no_traceback(graph: FakeGraph, capsys: pytest.CaptureFixture[str]) -> None:
    graph.fault = PermissionError(13, "Permission denied", "releases/current")
    assert run(["find", "x"]) == 1
    assert "releases/current" in capsys.readouterr().err


def test_an_interrupt_is_130(graph: FakeGraph) -> None:
    graph.fault = KeyboardInterrupt()
    assert run(["find", "x"]) == 130


def test_a_closed_pipe_is_quiet() -> None:
    read, written = os.pipe()
    os.close(read)
    done = subprocess.run(
        [sys.executable, "-m", "kg", "completion", "zsh"], stdout=written, stderr=subprocess.PIPE, check=False
    )
    os.close(written)
    assert (done.returncode, done.stderr) == (141, b"")


def test_chinese_is_written_whatever_the_locale(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("年产30吉瓦时", encoding="utf-8")
    environment = {**os.environ, "LC_ALL": "POSIX", "PYTHONIOENCODING": "ascii", "PYTHONCOERCECLOCALE": "0"}
    command = [sys.executable, "-m", "kg", "cite", str(tmp_path / "a.txt"), "千"]
    done = subprocess.run(command, env=environment, capture_output=True, check=False)
    assert (done.returncode, "千" in done.stderr.decode("utf-8")) == (1, True)


# find


def test_find_in_a_pipe_is_csv(graph: FakeGraph, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["find", "ningde", "--kind", "Company", "--place", "Fujian", "--limit", "3"]) == 0
    assert graph.asked == {"text": "ningde", "kind": "Company", "place": "Fujian", "limit": 3}
    assert capsys.readouterr().out == (
        "entity,kind,name,why,score,certain\ncompany/catl,Company,宁德时代,pinyin,88.0,false\n"
    )


def test_find_nothing_is_no_failure(graph: FakeGraph, capsys: pytest.CaptureFixture[str]) -> None:
    graph.matches = []
    assert run(["find", "zzzz", "--format", "json"]) == 0
    shown = capsys.readouterr()
    assert json.loads(shown.out) == []
    assert "'zzzz'" in shown.err


def test_quiet_is_quiet(graph: FakeGraph, capsys: pytest.CaptureFixture[str]) -> None:
    graph.matches = []
    assert run(["find", "zzzz", "-q"]) == 0
    assert capsys.readouterr().err == ""


# ask


@pytest.mark.parametrize(
    "arguments",
    [
        ["--base", "base/guian", "--as-of=2025-05-17"],
        ["-p", "base=base/guian", "--as-of", "2025-05-17"],
        ["-p", "base=base/guian", "-p", "as_of=2025-05-17", "--format", "csv"],
    ],
)
def test_ask_with_parameters(graph: FakeGraph, arguments: list[str]) -> None:
    assert run(["ask", "capacity", *arguments]) == 0
    assert graph.asked == {"question": "capacity", "language": "en", "base": "base/guian", "as_of": "2025-05-17"}


def test_ask_for_programs_has_claims_and_ids(graph: FakeGraph, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["ask", "capacity", "--format", "json", "--language", "zh"]) == 0
    first, second = json.loads(capsys.readouterr().out)
    assert first == {"base": "base/guian", "base_name": "CATL Guizhou", "capacity": 60, "claims": ["claim/a"]}
    assert second["capacity"] is None
    assert graph.asked["language"] == "zh"


@pytest.mark.usefixtures("graph")
def test_ask_for_people(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["ask", "capacity", "--format", "table"]) == 0
    shown = capsys.readouterr().out
    assert shown.startswith("How large is each base?\n\n")
    assert "CATL Guizhou" in shown
    assert "not stated" in shown
    assert "claim/a" not in shown


@pytest.mark.usefixtures("graph")
@pytest.mark.parametrize("form", ["table", "md"])
def test_ask_shows_claims_to_people_on_request(form: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["ask", "capacity", "--claims", "--format", form]) == 0
    assert "claim/a" in capsys.readouterr().out


@pytest.mark.parametrize(("form", "out", "err"), [("table", "not stated\n", ""), ("csv", "base\n", "not stated\n")])
def test_no_answer_is_not_stated_and_no_failure(
    form: str, out: str, err: str, graph: FakeGraph, capsys: pytest.CaptureFixture[str]
) -> None:
    graph.answer = Answer(("base",), (), title="Which?")
    assert run(["ask", "capacity", "--as-of", "2025-05-17", "--format", form]) == 0
    shown = capsys.readouterr()
    assert (shown.out.removeprefix("Which?\n\n"), shown.err) == (out, err)


@pytest.mark.usefixtures("graph")
def test_ask_lists_questions_and_their_parameters(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["ask", "--list"]) == 0
    assert capsys.readouterr().out == 'question,title,title_zh,parameters\ncapacity,How large?,多大?,"base, as_of"\n'
    assert run(["ask", "capacity", "--list", "--format", "table"]) == 0
    shown = capsys.readouterr().out
    assert "--as-of" in shown
    assert "required" in shown


@pytest.mark.usefixtures("graph")
def test_an_unknown_question_is_told_with_the_nearest(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["ask", "--list", "capacty"]) == 2
    assert "did you mean 'capacity'" in capsys.readouterr().err


def test_a_default_that_was_taken_is_told(graph: FakeGraph, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["ask", "capacity", "--base", "base/guian"]) == 0
    assert capsys.readouterr().err == "asked with as-of 2025-05-17; ask with --as-of for another\n"
    assert run(["ask", "capacity", "--as-of", "2024-01-01", "-q"]) == 0
    assert capsys.readouterr().err == ""
    assert graph.asked["as_of"] == "2024-01-01"


def test_what_was_cut_is_told_with_the_next_part(graph: FakeGraph, capsys: pytest.CaptureFixture[str]) -> None:
    asked = ["ask", "capacity", "--as-of", "2024-01-01", "--limit", "1"]
    assert run(asked) == 0
    first = capsys.readouterr()
    assert ("base/guian" in first.out, "base/yanzhou" in first.out) == (True, False)
    assert first.err == "1 to 1 of 2; read on with --offset 1\n"
    assert run([*asked, "--offset", "1"]) == 0
    second = capsys.readouterr()
    assert ("base/yanzhou" in second.out, second.err) == (True, "")
    assert graph.asked["question"] == "capacity"


# query


def test_query(graph: FakeGraph, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["query", "SELECT", "--claims", "--timeout", "2.5", "-p", "base=base/guian"]) == 0
    assert graph.asked == {"sparql": "SELECT", "claims": True, "timeout": 2.5, "base": "base/guian"}
    assert capsys.readouterr().out.startswith("base,base_name,capacity,claims\n")


def test_query_from_standard_input(graph: FakeGraph, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("SELECT ?宁德"))
    assert run(["query", "-"]) == 0
    assert graph.asked["sparql"] == "SELECT ?宁德"


# build


def test_build_takes_a_day(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def build(settings: Settings, day: datetime.date | None, say: Callable[[str], None]) -> Path:
        say("building")
        return Path(f"releases/{day}-{settings.documents[0]}")

    monkeypatch.setattr("kg.release.build.build", build)
    assert run(["build", "--as-of", "2023-12-31", "--documents", "texts"]) == 0
    assert capsys.readouterr() == ("releases/2023-12-31-texts\n", "building\n")
    assert run(["build", "--documents", "texts", "-q"]) == 0
    assert capsys.readouterr() == ("releases/None-texts\n", "")
