"""One question held against texts: which values they give it, and how well its wordings say the rest."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from kg.localization import name_column
from kg.questions.question import Question
from kg.questions.wordings import QuestionWordings
from kg.understanding.lexicon import Token
from kg.understanding.mentions import Mention, Mentions, find_choices
from kg.understanding.ranker import Ranker, Score
from kg.understanding.reading import QuestionReading, Value
from kg.understanding.slots import NARROWING, Filling, Slot, SlotReader, assign

__all__ = ["QuestionReader"]

_SURE = 0.6
_ABOUT, _NO_TASK = 0.95, 0.9
_CANDIDATES, _WAYS = 6, 3


class _Way(NamedTuple):
    """One way to read a text as the question."""

    score: Score
    filled: Mapping[str, Filling]


class QuestionReader:
    """Reads texts as one question."""

    def __init__(self, question: Question, wordings: QuestionWordings, reader: SlotReader, ranker: Ranker) -> None:
        self._question = question
        self._wordings = wordings
        self._reader = reader
        self._ranker = ranker
        self._slots = reader.slots(question, wordings)
        self._default_words = [
            reader.words(slot.default) if slot.kind == "entity" and slot.default else frozenset()
            for slot in self._slots
        ]

    def read(self, mentions: Mentions, language: str) -> Iterator[QuestionReading]:
        """Give the best ways to read a text as the question, with different values."""
        found = [*mentions.found, *find_choices(mentions, self._wordings.choices)]
        candidates = {slot.name: self._candidates(slot, found) for slot in self._slots}
        best: dict[tuple[tuple[str, str], ...], _Way] = {}
        for filled in filter(self._reader.can_have, assign(self._slots, candidates)):
            way = self._score(mentions, filled)
            key = tuple(sorted((slot, one.value) for slot, one in filled.items()))
            if key not in best or best[key].score.value < way.score.value:
                best[key] = way
        for way in sorted(best.values(), key=lambda one: -one.score.value)[:_WAYS]:
            yield self._reading(mentions, self._narrowed(mentions, way), language)

    def about(self, mentions: Mentions, language: str) -> Iterator[QuestionReading]:
        """Give the question about what a text names, if that is the very sort of thing that it asks about alone."""
        named = [slot for slot in self._slots if slot.kind in ("entity", "concept")]
        best = next(iter(self._candidates(named[0], mentions.longest())), None) if len(named) == 1 else None
        if best is not None and best.fit >= _ABOUT:
            score = Score(best.fit if self._question.task else best.fit * _NO_TASK, (), ())
            yield self._reading(mentions, _Way(score, {named[0].name: best}), language)

    def _candidates(self, slot: Slot, mentions: Sequence[Mention]) -> list[Filling]:
        """Give the few best fillings of a slot; a longer name before one within it."""
        fillings = [one for mention in mentions for one in self._reader.fill(slot, mention)]
        fillings.sort(key=lambda one: (-one.fit - 0.1 * (one.mention.last - one.mention.first), one.mention.first))
        return list(dict.fromkeys(fillings))[:_CANDIDATES]

    def _score(self, mentions: Mentions, filled: Mapping[str, Filling]) -> _Way:
        taken = {one.mention.span for one in filled.values()}
        tokens = mentions.parse(self._ranker.lexicon, taken)
        # What a default is called is no foreign word where it is taken: there is one "Guizhou green chain".
        known = frozenset[str]().union(
            *(words for slot, words in zip(self._slots, self._default_words, strict=True) if slot.name not in filled)
        )
        kept = [one for one in tokens if not one.is_ignored]
        excused = frozenset(one for one in kept if _is_of(one, mentions, known))
        return _Way(self._ranker.score(self._question.name, kept, filled, excused), filled)

    def _narrowed(self, mentions: Mentions, way: _Way) -> _Way:
        """Narrow the rows to something that no parameter takes, where the question can be and nothing else is left."""
        foreign = [one for one in way.score.foreign if self._ranker.lexicon.matters(one)]
        if not foreign or not self._wordings.narrows:
            return way
        slot = self._reader.narrowing(self._wordings.narrows)
        free = [
            one
            for one in mentions.found
            if not any(one.overlaps(other.mention) for other in way.filled.values())
            and any(one.first <= token.first < one.last for token in foreign)
        ]
        best = next(iter(self._candidates(slot, free)), None)
        if best is None:
            return way
        again = self._score(mentions, {**way.filled, NARROWING: best})
        return again if again.score.value > way.score.value else way

    def _reading(self, mentions: Mentions, way: _Way, language: str) -> QuestionReading:
        score, filled = way
        values = tuple(
            self._value(slot.name, slot.kind, slot.default, filled.get(slot.name), language) for slot in self._slots
        )
        only = filled.get(NARROWING)
        narrowing = self._value(NARROWING, "entity", "", only, language) if only else None
        foreign = [one for one in score.foreign if self._ranker.lexicon.matters(one)]
        return QuestionReading(
            question=self._question.name,
            title=self._question.title.get(language, self._question.title["en"]),
            values=values,
            left_out=mentions.words(foreign),
            score=round(score.value, 3),
            is_sure=score.value >= _SURE and not foreign and not score.empty,
            only=narrowing,
        )

    def _value(self, name: str, kind: str, default: str, filled: Filling | None, language: str) -> Value:
        value = filled.value if filled else default
        label = self._reader.label(value, language) if kind in ("entity", "concept") else value
        words, guess = (filled.mention.text, filled.mention.guess) if filled else ("", "")
        return Value(name, value, label, words, guess, name_column(name, language))


def _is_of(token: Token, mentions: Mentions, words: frozenset[str]) -> bool:
    """Tell whether a word is one of some words."""
    return all(atom.key in words for atom in mentions.atoms[token.first : token.last])
