"""Each named question has wordings in both languages, whose slots are its parameters. Bad examples prove the gate."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from kg.errors import InputError
from kg.languages import LANGUAGES
from kg.questions.loader import read_questions
from kg.questions.wordings import SLOT, QuestionWordings, Wordings
from kg.questions.wordings_reader import FILE, check_wordings, read_wordings
from tests.support.small import ONTOLOGY, vocabulary

FOLDER = ONTOLOGY / "questions"
QUESTIONS = read_questions(FOLDER)
WORDINGS = read_wordings(FOLDER, QUESTIONS)


def test_each_question_has_wordings_in_both_languages() -> None:
    assert list(check_wordings(WORDINGS, QUESTIONS)) == []
    assert WORDINGS.questions.keys() == {one.name for one in QUESTIONS}
    for name, one in WORDINGS.questions.items():
        assert all(len(one.texts[language]) >= 2 for language in LANGUAGES), name


def test_a_parameter_that_has_no_default_in_words_can_be_said() -> None:
    said = {name: {slot for texts in one.texts.values() for text in texts for slot in SLOT.findall(text)}
            for name, one in WORDINGS.questions.items()}  # fmt: skip
    unsaid = {
        f"{one.name}.{parameter.name}"
        for one in QUESTIONS
        for parameter in one.parameters
        if parameter.kind == "entity" and parameter.name not in said[one.name]
    }
    assert unsaid == set()


def test_classes_and_terms_are_those_of_the_ontology() -> None:
    known = set(vocabulary().superclasses)
    own = {"Property", "Measure", "Quoted"}
    for name, one in WORDINGS.questions.items():
        kinds = {kind for takes in one.takes.values() for kind in takes} | set(one.narrows)
        assert kinds <= known | own, name
    assert set(WORDINGS.titled) <= known
    assert WORDINGS.terms.keys() <= vocabulary().individuals.keys()


def test_no_word_both_means_something_and_is_ignored() -> None:
    meant = {word for words in WORDINGS.meanings.values() for language in LANGUAGES for word in words[language]}
    assert not meant & {word for language in LANGUAGES for word in WORDINGS.ignored[language]}


def test_wordings_survive_the_release() -> None:
    assert Wordings.from_dict(WORDINGS.to_dict()) == WORDINGS


def wrong(**changed: QuestionWordings) -> list[str]:
    return list(check_wordings(replace(WORDINGS, questions={**WORDINGS.questions, **changed}), QUESTIONS))


@pytest.mark.parametrize(
    ("texts", "problem"),
    [
        ({"en": ("who runs {base}",)}, "base-operator has no wording in zh"),
        ({"en": ("who runs {site}",), "zh": ("谁 运营 {base}",)}, "base-operator has no parameter 'site'"),
        ({"en": ("who runs {base",), "zh": ("谁 运营 {base}",)}, "has a sign of a slot left over"),
    ],
)
def test_a_wording_that_is_wrong_is_told(texts: dict[str, tuple[str, ...]], problem: str) -> None:
    assert wrong() == []
    assert problem in " ".join(wrong(**{"base-operator": QuestionWordings(texts)}))


def test_a_question_without_wordings_and_wordings_without_a_question_are_told() -> None:
    assert wrong(**{"base-operater": QuestionWordings({"en": ("x",), "zh": ("x",)})}) == [
        "base-operater is no question"
    ]
    fewer = {name: one for name, one in WORDINGS.questions.items() if name != "base-operator"}
    assert list(check_wordings(replace(WORDINGS, questions=fewer), QUESTIONS)) == ["base-operator has no wordings"]


def test_a_file_that_cannot_be_read_is_an_input_error(tmp_path: Path) -> None:
    assert read_wordings(tmp_path, ()) == Wordings()
    for text in ("questions: [", "questions: 1", "{}", "a: \x00"):
        (tmp_path / FILE).write_text(text, encoding="utf-8")
        with pytest.raises(InputError, match="the wordings cannot be read"):
            read_wordings(tmp_path, ())
