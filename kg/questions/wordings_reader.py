"""Reads the wordings of an ontology's questions, and says what is wrong with them.

It is needed where a release is built; a release holds what was read (`kg.questions.wordings`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

from kg.errors import InputError
from kg.languages import LANGUAGES
from kg.questions.question import Question
from kg.questions.wordings import SLOT, QuestionWordings, Wordings, listed_words
from kg.regular_file import read_regular

__all__ = ["FILE", "check_wordings", "read_wordings"]

FILE = "wordings.yaml"


def read_wordings(folder: Path, questions: Iterable[Question]) -> Wordings:
    """Read the wordings of an ontology's `questions/` folder; none where there is no such file.

    Raises InputError that names every question without a wording in a language, and every slot that is no parameter.
    """
    path = folder / FILE
    if not path.exists():
        return Wordings()
    try:
        content = yaml.safe_load(read_regular(path))
        wordings = Wordings(
            {name: _of_question(one) for name, one in content["questions"].items()},
            meanings={name: listed_words(words) for name, words in content["meanings"].items()},
            terms={name: listed_words(words) for name, words in content["terms"].items()},
            titled=tuple(content["titled"]),
            light=tuple(content["light"]),
            names=listed_words(content["names"]),
            ignored=listed_words(content["ignored"]),
        )
    except (OSError, yaml.YAMLError, KeyError, AttributeError, TypeError) as error:
        raise InputError(f"{path}: the wordings cannot be read ({error})") from error
    wrong = list(check_wordings(wordings, questions))
    if wrong:
        raise InputError(f"{path}: " + "; ".join(wrong))
    return wordings


def _of_question(content: Mapping[str, Any]) -> QuestionWordings:
    choices = {name: listed_words(words) for name, words in content.get("choices", {}).items()}
    texts = {language: tuple(content.get(language, ())) for language in LANGUAGES}
    return QuestionWordings(texts, listed_words(content.get("takes", {})), choices, tuple(content.get("narrows", ())))


def check_wordings(wordings: Wordings, questions: Iterable[Question]) -> Iterator[str]:
    """Say what is wrong: a question without a wording in a language, a slot or a name that is no parameter."""
    yield from (f"{one!r} is light and no meaning" for one in wordings.light if one not in wordings.meanings)
    parameters = {one.name: {parameter.name for parameter in one.parameters} for one in questions}
    for name in parameters.keys() - wordings.questions.keys():
        yield f"{name} has no wordings"
    for name, one in wordings.questions.items():
        if name not in parameters:
            yield f"{name} is no question"
            continue
        named = {*one.takes, *one.choices}
        for language in LANGUAGES:
            texts = one.texts.get(language, ())
            if not texts:
                yield f"{name} has no wording in {language}"
            named.update(slot for text in texts for slot in SLOT.findall(text))
            yield from (f"{name}: {text!r} has a sign of a slot left over" for text in texts if _is_broken(text))
        for unknown in sorted(named - parameters[name]):
            yield f"{name} has no parameter {unknown!r}"


def _is_broken(text: str) -> bool:
    return any(sign in SLOT.sub("", text) for sign in "{}")
