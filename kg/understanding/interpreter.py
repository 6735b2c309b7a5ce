"""From a text to what it asks: its names, the questions that fit, and whether one of them may be answered."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace

from kg.entities.finder import Finder
from kg.figures.normal_form import normalize as plain_signs
from kg.names.index import NameIndex
from kg.questions.question import Question
from kg.questions.wordings import Wordings
from kg.rdf.store import Store
from kg.understanding.lexicon import Lexicon
from kg.understanding.mentions import MentionFinder, Mentions
from kg.understanding.question_reader import QuestionReader
from kg.understanding.ranker import Ranker
from kg.understanding.reading import QuestionReading, Understanding
from kg.understanding.slots import SlotReader
from kg.understanding.thing_reader import ThingReader

__all__ = ["LONGEST", "Interpreter"]

LONGEST = 400
"""Characters of a text that are looked at; a question that people ask has fewer."""

_READINGS = 5
_WORTH, _MARGIN = 0.3, 0.025
_SPARQL = re.compile(
    r"\s*(?:(?:PREFIX|BASE)\b.*?<|(?:SELECT|ASK|CONSTRUCT)\b.*\{|DESCRIBE\s+(?:<|\w*:))", re.IGNORECASE | re.DOTALL
)


class Interpreter:
    """Understands texts by the questions and the names of a release."""

    def __init__(
        self,
        store: Store,
        finder: Finder,
        names: Callable[[], NameIndex],
        questions: Mapping[str, Question],
        wordings: Wordings,
    ) -> None:
        self._lexicon = Lexicon(wordings)
        self._ranker = Ranker(wordings, self._lexicon)
        self._mentions = MentionFinder(store, finder, self._lexicon, names, wordings)
        self._names = ThingReader(store, wordings)
        reader = SlotReader(store, finder)
        self._questions = {
            name: QuestionReader(questions[name], one, reader, self._ranker)
            for name, one in wordings.questions.items()
            if name in questions
        }

    def understand(self, text: str, language: str = "en") -> Understanding:
        """Say what a text asks; never an error, whatever the text."""
        if _SPARQL.match(text[: 4 * LONGEST]):
            return Understanding(text, "sparql")
        shown = plain_signs(text[: LONGEST + 1].encode("utf-8", "ignore").decode("utf-8"))
        if not shown.strip() or len(text) > LONGEST:
            return Understanding(text, "nothing")
        mentions = self._mentions.find(shown)
        things = self._names.things(mentions, language)
        readings = () if things and self._names.is_whole(mentions) else tuple(self._readings(mentions, language))
        # "Who is chairman of CATL" asks for a person, though there is a post of that name.
        if things and not (readings and readings[0].is_sure):
            return Understanding(text, "name", tuple(self._about(mentions, language)), tuple(things))
        named = [one.span for one in mentions.longest()]
        unknown = mentions.words(one for one in mentions.parse(self._lexicon, named) if one.is_unknown)
        return Understanding(text, "question" if readings else "nothing", readings, (), unknown)

    def _readings(self, mentions: Mentions, language: str) -> list[QuestionReading]:
        """Give the questions that a text may ask, the best first, and say whether the first stands out."""
        found: list[QuestionReading] = []
        for name in self._ranker.candidates(mentions.parse(self._lexicon)):
            if name in self._questions:
                found += self._questions[name].read(mentions, language)
        found = sorted((one for one in found if one.score >= _WORTH), key=lambda one: (-one.score, one.question))
        # What a text gives in so many words may be the default as well.
        kept: dict[tuple[str, ...], QuestionReading] = {}
        for one in found:
            kept.setdefault(one.key, one)
        found = list(kept.values())
        # Where all that is named is the value of a parameter, rows need not be narrowed.
        rivals = [one for one in found[1:2] if found[0].only is not None or one.only is None]
        if rivals and found[0].score - rivals[0].score < _MARGIN:
            found[0] = replace(found[0], is_sure=False)
        return found[:_READINGS]

    def _about(self, mentions: Mentions, language: str) -> list[QuestionReading]:
        """Give questions that one can ask about what a text names: those that take nothing else, tasks first."""
        found = [one for reader in self._questions.values() for one in reader.about(mentions, language)]
        return sorted(found, key=lambda one: (-one.score, one.question))[:_READINGS]
