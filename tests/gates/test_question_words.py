"""Every text of a named question that is shown stands in English and in Chinese; the gate says which does not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from markupsafe import escape

from kg.cli import run
from kg.errors import InputError
from kg.graph import Graph
from kg.languages import LANGUAGES
from kg.localization import name_column, translate
from kg.questions.loader import read_questions
from kg.questions.question import Question
from tests.support.small import ONTOLOGY
from tests.support.surfaces import serve_here

QUESTIONS = read_questions(ONTOLOGY / "questions")
HAN = re.compile("[\u4e00-\u9fff]")
# A name that is the same in both languages.
SAME = {"GWh"}


def texts(question: Question) -> Iterator[tuple[str, dict[str, str]]]:
    """Give each text of a question that is shown, by the language in which it is."""
    yield "title", dict(question.title)
    yield "note", dict(question.notes)
    for parameter in question.parameters:
        yield f"parameter {parameter.name}", {language: parameter.explain(language) for language in LANGUAGES}
        yield f"head {parameter.name}", {language: name_column(parameter.name, language) for language in LANGUAGES}
    for column in question.columns:
        yield f"head {column}", {language: name_column(column, language) for language in LANGUAGES}
    for word in (question.absent, *question.shapes, *(parameter.kind for parameter in question.parameters)):
        yield f"word {word}", {language: translate(word, language) for language in LANGUAGES}


def untold(question: Question) -> list[str]:
    """Name the texts of a question that a reader of one of the languages cannot read."""
    found = []
    for name, told in texts(question):
        english, chinese = (told.get(language, "") for language in ("en", "zh"))
        if not english.strip() or HAN.search(english.partition("亩")[0]):
            found.append(f"{name}: no English")
        if not HAN.search(chinese) and chinese not in SAME:
            found.append(f"{name}: no Chinese")
    return found


@pytest.mark.parametrize("question", QUESTIONS, ids=[question.name for question in QUESTIONS])
def test_every_text_of_a_question_is_told_in_both_languages(question: Question) -> None:
    assert untold(question) == []


def test_what_is_missing_is_named() -> None:
    question = next(one for one in QUESTIONS if one.name == "base-operator")
    bad = replace(
        question,
        notes={"en": "Counted once."},
        absent="nobody says so",
        columns=(*question.columns, "never_seen"),
        parameters=tuple(replace(one, help_zh="") for one in question.parameters),
    )
    assert untold(question) == []
    assert untold(bad) == [
        "note: no Chinese",
        "parameter base: no Chinese",
        "head never_seen: no Chinese",
        "word nobody says so: no Chinese",
    ]
    assert "title: no English" in untold(replace(question, title={"en": "谁？", "zh": "谁？"}))


HEADER = """\
# title-en: Who?
# title-zh: 谁？
# shape: lookup
# columns: base
{more}
SELECT ?base WHERE {{ ?base kg:operator ?who }}
"""


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ("# note-en: Counted once.", "note-zh"),
        ("# note-zh: 只计一次。", "note-en"),
        ("# parameter: base | entity | base/guian | the base", "说明"),
    ],
)
def test_a_question_that_tells_a_text_in_one_language_is_not_read(tmp_path: Path, more: str, told: str) -> None:
    (tmp_path / "who.rq").write_text(HEADER.format(more=more), encoding="utf-8")
    with pytest.raises(InputError, match=told):
        read_questions(tmp_path)


def test_a_reader_gets_the_note_in_his_language(
    graph: Graph, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    notes = graph.question("base-operator").notes
    monkeypatch.setenv("KG_RELEASES", str(graph.release.path))
    client = serve_here(graph)
    for language, other in (("en", "zh"), ("zh", "en")):
        assert graph.ask("base-operator", language=language).notes == (notes[language],)
        assert run(["ask", "base-operator", "--language", language]) == 0
        assert notes[language] in capsys.readouterr().err
        page = client.get("/questions/base-operator", params={"language": language}, headers={"accept": "text/html"})
        assert f"<bdi>{escape(notes[language])}</bdi>" in page.text
        assert f"<bdi>{escape(notes[other])}</bdi>" not in page.text
        answer = client.get("/api/v1/ask/base-operator", params={"language": language}).json()
        assert answer["notes"][-1] == notes[language]
    told = {one["name"]: one["notes"] for one in client.get("/api/v1/questions").json()["questions"]}
    assert told["base-operator"] == notes
