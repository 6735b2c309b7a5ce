"""The verbs of a graph that ask: named questions, and words. `kg.graph.Graph` takes them over, and nobody else."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

from kg.entities.containment import contained_in
from kg.entities.finder import Finder, close_names
from kg.errors import NotFound, NotUnderstood
from kg.localization import translate
from kg.questions.answer import Answer, AnswerRequest, answer_rows, narrow
from kg.questions.binding import bind_known
from kg.questions.question import Question, complete
from kg.rdf import NamedNode
from kg.rdf.labels import label
from kg.rdf.namespaces import is_slug_path, shorten
from kg.rdf.store import facts
from kg.rdf.vocab import kg

if TYPE_CHECKING:
    from kg.analysis.base import Analysis
    from kg.names.index import NameIndex
    from kg.provenance.provenance import Provenance
    from kg.release.release import Release
    from kg.understanding.interpreter import Interpreter
    from kg.understanding.reading import QuestionReading, Understanding

__all__ = ["QuestionVerbs"]

_SHOWN = 200


class QuestionVerbs(ABC):
    """What can be asked of a graph by the name of a question, or in words."""

    release: Release

    @property
    @abstractmethod
    def provenance(self) -> Provenance:
        """What the statements of the release rest on."""

    @property
    @abstractmethod
    def finder(self) -> Finder:
        """What finds entities by their names."""

    @property
    @abstractmethod
    def names(self) -> NameIndex:
        """The index of the names of the release."""

    @abstractmethod
    def resolve(self, name: str, wanted: Sequence[str] = (), *, strict: bool = True) -> NamedNode:
        """Give the node of an id or a name; of a name of several things that of the wanted kinds."""

    @abstractmethod
    def analyse(self, verb: str, given: Mapping[str, str], language: str) -> Analysis:
        """Answer a named question that an analysis answers."""

    def questions(self) -> list[Question]:
        """Give the named questions of the release, in order of their names."""
        return list(self.release.questions.values())

    def question(self, name: str) -> Question:
        """Give one named question, by its name or its title."""
        found = self._question_named(name)
        if found is None:
            raise NotFound("question", name, close_names(name, self.release.questions))
        return found

    def _question_named(self, name: str) -> Question | None:
        if name in self.release.questions:
            return self.release.questions[name]
        text = name.strip().casefold()
        titled = [one for one in self.questions() if text in (title.casefold() for title in one.title.values())]
        return titled[0] if len(titled) == 1 else None

    def understand(self, text: str, *, language: str = "en") -> Understanding:
        """Say what a text asks: a name, SPARQL, or which named question with which values, with what else it may mean.

        `answer` is the reading that `ask` would answer; None where one has to choose, or nothing here covers it.
        """
        return self._interpreter.understand(text, language)

    @cached_property
    def _interpreter(self) -> Interpreter:
        from kg.understanding.interpreter import Interpreter

        release = self.release
        return Interpreter(release.store, self.finder, lambda: self.names, release.questions, release.wordings)

    def read_question(self, text: str, *, language: str = "en") -> Understanding | None:
        """Understand a text that `ask` is to answer; None for the name of a question, which needs no understanding.

        Raises NotUnderstood, with the questions that it may be, for one that is none of them for sure.
        """
        if self._question_named(text) is not None:
            return None
        found = self.understand(text, language=language)
        if found.answer is None:
            if is_slug_path(f"question/{text}") and not found.things:
                raise NotFound("question", text, close_names(text, self.release.questions))
            raise _not_understood(found)
        return found

    def ask(self, question: str, *, only: str | None = None, language: str = "en", **parameters: str) -> Answer:
        """Answer a named question, or one in words; parameters that are not given take the question's defaults.

        Words are answered where they mean one question for sure, which the notes of the answer name; else NotUnderstood
        names those they may mean. `only` keeps to the rows that name a thing, or something that lies in it.

        Each row says which claims it rests on. What the sources do not give is "not stated", which is not a no.
        """
        understanding = self.read_question(question, language=language)
        if understanding is not None and (reading := understanding.answer) is not None:
            narrowed = only or (reading.only.value if reading.only else None)
            given = {**reading.parameters, **parameters}
            answer = self.ask(reading.question, only=narrowed, language=language, **given)
            return replace(
                answer, notes=(translate("understood as {words}", language, words=reading.words), *answer.notes)
            )
        answer = self._answer(self.question(question), parameters, language)
        return answer if only is None else self._narrow(answer, only, language)

    def _answer(self, definition: Question, parameters: Mapping[str, str], language: str) -> Answer:
        values = complete(definition, parameters)
        store = self.release.store
        bindings = {
            parameter.name: bind_known(store, self.finder, parameter, values[parameter.name])
            for parameter in definition.parameters
            if values[parameter.name] or not definition.answered_by
        }
        if definition.answered_by:
            values |= {name: shorten(node.value) for name, node in bindings.items()}
            return replace(self.analyse(definition.answered_by, values, language), title=definition.title[language])
        rows, solutions = definition.lineage.solve(store, definition.text, bindings)
        about = AnswerRequest(
            definition.title[language], definition.columns, definition.absent, definition.lineage, solutions
        )
        answer = answer_rows(self.provenance, about, rows, language)
        noted = definition.notes.get(language) if len(answer) else None
        return replace(answer, notes=(noted,) if noted else ())

    def _narrow(self, answer: Answer, only: str, language: str) -> Answer:
        node = self.resolve(only)
        store = self.release.store
        inside = {node, *contained_in(store, node)}
        # A government lies nowhere; it is where it governs.
        inside |= {fact.subject for place in list(inside) for fact in facts(store, None, kg("governs"), place)}
        kept = narrow(answer, {shorten(one.value) for one in inside})
        name = label(store, node, language)
        note = translate(
            "only the rows that name {name}, or something that lies in it: {count} of {total}",
            language, name=name, count=len(kept), total=len(answer),
        )  # fmt: skip
        return replace(kept, notes=(note, *kept.notes))


def _not_understood(found: Understanding) -> NotUnderstood:
    """Make the error for a text that may not be answered: why not, and the questions that it may be."""
    reason = "it is SPARQL, which query runs" if found.sort == "sparql" else "it asks nothing that is covered here"
    if found.things:
        reason = f"it is the name of {' or '.join(one.entity for one in found.things)}, which show shows"
    elif found.unknown:
        reason = f"nothing here covers {', '.join(map(repr, found.unknown))}"
    elif found.readings:
        left = found.readings[0].left_out
        reason = f"no question here takes {', '.join(map(repr, left))}" if left else "it may be several questions"
    return NotUnderstood(found.text[:_SHOWN], reason, tuple(map(_suggestion, found.readings)))


def _suggestion(reading: QuestionReading) -> str:
    """Write a reading so that one can read it and ask it."""
    given = "".join(f" {name}={value}" for name, value in reading.parameters.items())
    only = f" only={reading.only.value}" if reading.only else ""
    return f"{reading.title} [{reading.question}{given}{only}]"
