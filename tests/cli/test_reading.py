"""`kg read` gives what a document prints, and what it gives can be cited."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kg.cards.texts import digest_of, slice_digest
from kg.cli import run

TEXT = "新基地 | 2024-03-05\n\n基地规划年产能30GWh。\n"


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "base.txt"
    path.write_bytes(TEXT.encode("gbk"))
    return path


def test_programs_take_json_and_the_text_has_its_digest(article: Path, capsys: pytest.CaptureFixture[str]) -> None:
    goal = article.with_name("out.txt")
    assert run(["read", str(article), "--format", "json", "--text", str(goal), "--quiet"]) == 0
    output, notes = capsys.readouterr()
    given = json.loads(output)
    text = goal.read_text("utf-8")
    assert (text, notes) == (TEXT, "")
    assert given["document"]["sha256"] == digest_of(goal.read_bytes())
    assert given["document"]["length"] == len(text)
    [figure] = [fact for fact in given["facts"] if fact["kind"] == "figure"]
    assert slice_digest(text[figure["start"] : figure["end"]]) == figure["digest"]
    assert (figure["value"], figure["unit"], figure["mode"]) == ("30", "GWh-per-year", "Planned")


def test_people_take_a_table(article: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["read", str(article)]) == 0
    output, notes = capsys.readouterr()
    assert "published: 2024-03-05" in output
    assert "GWh-per-year" in output
    assert "2 figures and dates" in notes


def test_the_text_is_written_over_nothing(article: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = article.read_bytes()
    assert run(["read", str(article), "--text", str(article)]) == 1
    assert "name another" in capsys.readouterr().err
    assert article.read_bytes() == before


def test_what_is_no_document_is_told_in_a_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "picture.txt"
    path.write_bytes(b"\x89PNG" + bytes(100))
    assert run(["read", str(path)]) == 1
    assert capsys.readouterr().err.splitlines() == [f"kg: {path}: it is a picture; give plain text, HTML or PDF"]
