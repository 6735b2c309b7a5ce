"""Wordings of the named questions: how people ask each of them, and which words mean the same, in both languages.

They are data beside the questions, `ontology/questions/wordings.yaml`, and go into the release. A wording has the
parameters of its question in braces ("who supplies {customer} with {product}"); in Chinese its words stand apart by
spaces, which tell where a word ends and are not looked for. What is asked is matched with them in `kg.understanding`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

__all__ = ["SLOT", "QuestionWordings", "Wordings", "Words", "listed_words"]

SLOT = re.compile(r"\{([a-z_]+)\}")
"""A parameter of a question in one of its wordings."""

Words = Mapping[str, tuple[str, ...]]
"""Texts by the language that they are in, or by what they are words for."""


@dataclass(frozen=True)
class QuestionWordings:
    """How a question is asked in each language.

    takes    the classes of what a parameter may be, where those of its default say too little
    choices  the words for the values of a parameter that is no thing with a name
    narrows  the classes of what its rows may be narrowed to, where no parameter takes it
    """

    texts: Words
    takes: Words = field(default_factory=dict)
    choices: Mapping[str, Words] = field(default_factory=dict)
    narrows: tuple[str, ...] = ()

    @classmethod
    def from_dict(cls, facts: Mapping[str, Any]) -> QuestionWordings:
        """Read what `Wordings.to_dict` wrote of one question."""
        choices = {name: listed_words(words) for name, words in facts["choices"].items()}
        return cls(listed_words(facts["texts"]), listed_words(facts["takes"]), choices, tuple(facts["narrows"]))


@dataclass(frozen=True)
class Wordings:
    """All wordings, by question.

    meanings  words that mean the same
    terms     what people call terms of the ontology, beside their labels
    titled    the classes of what has a title, of which people say a part, rather than a name
    light     the meanings that ask for a column rather than for a question, and may be left out of account
    names     how one asks for a thing itself, with `{name}` in its place
    ignored   words that ask nothing
    """

    questions: Mapping[str, QuestionWordings] = field(default_factory=dict)
    meanings: Mapping[str, Words] = field(default_factory=dict)
    terms: Mapping[str, Words] = field(default_factory=dict)
    titled: tuple[str, ...] = ()
    light: tuple[str, ...] = ()
    names: Words = field(default_factory=dict)
    ignored: Words = field(default_factory=dict)

    def to_dict(self) -> dict[str, Any]:
        """Give the wordings as plain values, for the release."""
        return asdict(self)

    @classmethod
    def from_dict(cls, facts: Mapping[str, Any]) -> Wordings:
        """Read what `to_dict` wrote."""
        questions = {name: QuestionWordings.from_dict(one) for name, one in facts["questions"].items()}
        return cls(
            questions,
            meanings={name: listed_words(words) for name, words in facts["meanings"].items()},
            terms={name: listed_words(words) for name, words in facts["terms"].items()},
            titled=tuple(facts["titled"]),
            light=tuple(facts["light"]),
            names=listed_words(facts["names"]),
            ignored=listed_words(facts["ignored"]),
        )


def listed_words(texts: Mapping[str, Iterable[str]]) -> Words:
    """Give texts as they are kept."""
    return {name: tuple(words) for name, words in texts.items()}
