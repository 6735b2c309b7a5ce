"""Findings: a place, what is wrong there, what to do; the same for people, programs and GitHub."""

from __future__ import annotations

import ast
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import kg
from kg.cards.findings import CODES, Finding, in_order

FINDING = Finding("data/report.yaml", 3, 5, "unknown-key", "'capasity' is not a key here", "did you mean 'capacity'?")


def test_a_finding_is_a_sentence_with_its_place() -> None:
    assert str(FINDING) == "data/report.yaml:3: 'capasity' is not a key here; did you mean 'capacity'?"


def test_a_finding_about_a_whole_file_names_no_line() -> None:
    assert str(Finding("data", 0, 0, "unreadable", "it is away", "bring it back")) == "data: it is away; bring it back"


def test_programs_get_every_part() -> None:
    assert json.loads(json.dumps(FINDING.to_dict())) == {
        "file": "data/report.yaml", "line": 3, "column": 5, "code": "unknown-key",
        "message": "'capasity' is not a key here", "fix": "did you mean 'capacity'?",
    }  # fmt: skip


def test_github_gets_a_workflow_command() -> None:
    assert FINDING.to_github() == (
        "::error file=data/report.yaml,line=3,col=5,title=a key is none that the ontology knows here"
        "::'capasity' is not a key here; did you mean 'capacity'?"
    )


def test_github_needs_lines_from_one() -> None:
    assert "line=1,col=1," in Finding("data", 0, 0, "unreadable", "x", "y").to_github()


@pytest.mark.parametrize("code", ["shape:LandShape", "check:equal-ranks"])
def test_github_gets_the_kind_of_a_named_rule(code: str) -> None:
    assert f"title={CODES[code.partition(':')[0]]}::" in Finding("f", 1, 1, code, "x", "y").to_github()


@given(st.text(), st.text())
def test_no_text_can_start_another_workflow_command(file: str, message: str) -> None:
    line = Finding(file, 1, 1, "shape", message, "mend").to_github()
    assert "\n" not in line
    assert "\r" not in line
    assert line.count("::") >= 2
    properties = line.removeprefix("::error ").partition("::")[0]
    assert [part.partition("=")[0] for part in properties.split(",")] == ["file", "line", "col", "title"]


def test_findings_come_by_file_and_line_each_once() -> None:
    later, first, other = (Finding(file, line, 1, "shape", "m", "f") for file, line in (("a", 9), ("a", 2), ("b", 1)))
    assert in_order([other, later, first, later]) == [first, later, other]


def codes_reported(source: str) -> set[str]:
    """Give the constant codes in calls of `Finding(…)`, `Disagreement(…)` and `report(…)`."""
    found = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            at = {"Finding": 3, "Disagreement": 1, "report": 1, "_report": 2, "_finding": 1}.get(name)
            code = node.args[at] if at is not None and len(node.args) > at else None
            if isinstance(code, ast.Constant):
                found.add(str(code.value).partition(":")[0])
    return found


def test_the_kinds_of_findings_are_those_that_the_modules_report() -> None:
    modules = Path(kg.__file__).parent.rglob("*.py")
    assert set().union(*(codes_reported(path.read_text(encoding="utf-8")) for path in modules)) == set(CODES)


def test_the_test_above_sees_an_unknown_kind() -> None:
    assert codes_reported("self.report(place, 'no-such-code', 'm', 'f')") - set(CODES) == {"no-such-code"}
