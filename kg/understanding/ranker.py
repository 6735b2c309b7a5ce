"""How well a wording says what a text says: the share of telling words and values that both have.

A word tells the more, the fewer questions have it. What the text has beyond the wording counts against it, and so does
what the wording has beyond the text; which side of a value a word stands on tells who owns and who is owned.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from kg.questions.wordings import SLOT, Wordings
from kg.understanding.atoms import split_atoms
from kg.understanding.lexicon import Lexicon, Token
from kg.understanding.slots import NARROWING, Filling

__all__ = ["Ranker", "Score", "WordingPattern"]

_VALUE, _UNASKED_VALUE, _EMPTY_SLOT = 2.6, 1.6, 2.6
_NARROWING, _NARROWING_COST = 1.2, 0.8
_MISSING, _LOOSE, _FOREIGN, _UNKNOWN = 0.55, 0.35, 0.9, 3.2
_ORDER, _OF_VALUES = 0.18, 3
_WORDLESS = 0.5
_MOST_PATTERNS = 90


class WordingPattern(NamedTuple):
    """A wording prepared: its words in order, and its slots, each with the number of words before it."""

    question: str
    words: tuple[frozenset[str], ...]
    slots: tuple[tuple[str, int], ...]
    meanings: frozenset[str]


class Score(NamedTuple):
    """How well a pattern fits, from 0 to 1; `foreign` are the tokens that its question does not explain."""

    value: float
    foreign: tuple[Token, ...]
    empty: tuple[str, ...]


class Ranker:
    """The wordings of all questions, to be held against texts."""

    def __init__(self, wordings: Wordings, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self.patterns: dict[str, list[WordingPattern]] = {}
        for name, one in wordings.questions.items():
            self.patterns[name] = [self._pattern(name, text) for texts in one.texts.values() for text in texts]
        self._meanings = {
            name: frozenset[str]().union(*(one.meanings for one in patterns))
            for name, patterns in self.patterns.items()
        }
        lexicon.weigh(self._meanings.values())
        self._wordless = sorted(
            {one.question for patterns in self.patterns.values() for one in patterns if not one.words}
        )
        self._holding: dict[str, list[WordingPattern]] = defaultdict(list)
        for patterns in self.patterns.values():
            for pattern in patterns:
                for meaning in pattern.meanings:
                    self._holding[meaning].append(pattern)

    def _pattern(self, question: str, text: str) -> WordingPattern:
        words: list[frozenset[str]] = []
        slots = []
        at = 0
        for found in [*SLOT.finditer(text), None]:
            words += self._words(text[at : found.start() if found else len(text)])
            if found:
                slots.append((found[1], len(words)))
                at = found.end()
        return WordingPattern(question, tuple(words), tuple(slots), frozenset[str]().union(*words))

    def _words(self, text: str) -> list[frozenset[str]]:
        return [token.meanings for token in self.lexicon.parse(split_atoms(text)) if token.meanings]

    def candidates(self, tokens: Iterable[Token]) -> list[str]:
        """Name the questions that share telling words with a text, the most first."""
        sums: dict[int, float] = defaultdict(float)
        known: dict[int, WordingPattern] = {}
        for token in tokens:
            seen = set()
            for meaning in token.meanings:
                for pattern in self._holding.get(meaning, ()):
                    if id(pattern) not in seen:
                        seen.add(id(pattern))
                        known[id(pattern)] = pattern
                        sums[id(pattern)] += self.lexicon.weight(token.meanings)
        ordered = sorted(sums, key=lambda one: (-sums[one] / (1 + 0.1 * len(known[one].words)), known[one]))
        return list(dict.fromkeys([*self._wordless, *(known[one].question for one in ordered[:_MOST_PATTERNS])]))

    def score(
        self, question: str, tokens: Sequence[Token], filled: Mapping[str, Filling], excused: frozenset[Token]
    ) -> Score:
        """Hold a text, its words and its values, against all wordings of a question; excused words may be left over."""
        scores = (self._score(one, tokens, filled, excused) for one in self.patterns[question])
        return max(scores, key=lambda score: score.value)

    def _score(
        self,
        pattern: WordingPattern,
        tokens: Sequence[Token],
        filled: Mapping[str, Filling],
        excused: frozenset[Token],
    ) -> Score:
        weight = self.lexicon.weight
        meanings = frozenset[str]().union(*(token.meanings for token in tokens))
        hits = missing = 0.0
        for word in pattern.words:
            if word.isdisjoint(meanings):
                missing += weight(word)
            else:
                hits += weight(word)
        of_question = self._meanings[pattern.question]
        loose = foreign = 0.0
        outside = []
        unknown_before = -1
        for token in tokens:
            if token.meanings & pattern.meanings or token.is_ignored or token in excused:
                continue
            if token.meanings & of_question:
                loose += weight(token.meanings)
                continue
            outside.append(token)
            if not token.is_unknown:
                foreign += max(weight(token.meanings), 1.0)
            elif token.first != unknown_before:
                foreign += _UNKNOWN
            unknown_before = token.last if token.is_unknown else -1
        slots = [name for name, _ in pattern.slots]
        empty = tuple(name for name in slots if name not in filled)
        weights = {name: _value_weight(name, slots) for name in filled}
        good = hits + sum(one.fit * weights[name] for name, one in filled.items())
        unfit = sum((1 - one.fit) * weights[name] for name, one in filled.items())
        unfit += _NARROWING_COST if NARROWING in filled else 0.0
        bad = unfit + _MISSING * missing + _LOOSE * loose + _FOREIGN * foreign + _EMPTY_SLOT * len(empty)
        value = good / (good + max(bad, 0.0)) if good else 0.0
        # A value alone asks nothing, unless a wording has no more.
        value *= _WORDLESS if pattern.words and not hits else 1.0
        return Score(value * (1 - _ORDER + _ORDER * self._order(pattern, tokens, filled)), tuple(outside), empty)

    @staticmethod
    def _order(pattern: WordingPattern, tokens: Sequence[Token], filled: Mapping[str, Filling]) -> float:
        """Give the share of words that stand on the same side of the values as in the wording."""
        same = compared = 0
        for at_slot, (name, before) in enumerate(pattern.slots):
            one = filled.get(name)
            if one is None:
                continue
            for token in tokens:
                sides = {at < before for at, word in enumerate(pattern.words) if word & token.meanings}
                if len(sides) == 1:
                    compared += 1
                    same += (token.first < one.mention.first) in sides
            for other, _ in pattern.slots[at_slot + 1 :]:
                if other in filled:
                    compared += _OF_VALUES
                    same += _OF_VALUES * (one.mention.first <= filled[other].mention.first)
        return same / compared if compared else 0.5


def _value_weight(name: str, slots: Sequence[str]) -> float:
    """Give what a value counts: one that the wording has a slot for most."""
    return _NARROWING if name == NARROWING else _VALUE if name in slots else _UNASKED_VALUE
