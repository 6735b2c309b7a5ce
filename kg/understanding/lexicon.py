"""The words in which questions are asked: what each means, which ask nothing, and a text parted into them."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from rapidfuzz import fuzz, process

from kg.languages import LANGUAGES
from kg.questions.wordings import SLOT, Wordings
from kg.understanding.atoms import Atom, join_keys, split_atoms

__all__ = ["NEGATION", "Lexicon", "Token"]

NEGATION = "not"
"""The meaning of words that turn a question around; it is never left out of account."""

_LONGEST = 8
_SLIP = 82.0
_SHORTEST_SLIP = 4
_UNKNOWN_COST, _WORD_COST, _SLIP_COST = 10.0, 1.0, 4.0


class Token(NamedTuple):
    """A word of a text with what it may mean; no meaning is known where `meanings` are empty.

    `first` and `last` are the atoms from and before which it stands.
    """

    meanings: frozenset[str]
    first: int
    last: int
    is_ignored: bool = False

    @property
    def is_unknown(self) -> bool:
        """Whether nothing here has the word."""
        return not self.meanings and not self.is_ignored


class Lexicon:
    """The meanings of words, and how much each tells one question from another."""

    def __init__(self, wordings: Wordings) -> None:
        self._exact: dict[str, set[str]] = defaultdict(set)
        self._forms: dict[str, set[str]] = defaultdict(set)
        for meaning, words in wordings.meanings.items():
            for form in _all(words):
                self._add(form, meaning)
        self._ignored = {_form(form) for form in _all(wordings.ignored)} - self._forms.keys()
        for one in wordings.questions.values():
            for word in _own_words(one.texts):
                form = _form(word)
                if form and form not in self._forms and form not in self._ignored:
                    self._add(word, f"={form}")
        self._weights: Mapping[str, float] = {}
        self._weighed: dict[frozenset[str], float] = {}
        self._near = lru_cache(maxsize=10_000)(self._nearest)
        self._light = frozenset(wordings.light)
        self._words = [form for form in self._forms if form.isascii() and " " not in form and len(form) > 3]

    def _add(self, words: str, meaning: str) -> None:
        """Note what words mean as they stand, and bent in other ways: an operator is known from an operation."""
        self._exact[join_keys(split_atoms(words))].add(meaning)
        self._forms[_form(words)].add(meaning)

    def weigh(self, questions: Iterable[frozenset[str]]) -> None:
        """Learn how rare each meaning is among the questions, each given by all its meanings."""
        every = list(questions)
        counted = Counter(meaning for one in every for meaning in one)
        self._weights = {
            meaning: 0.3 + math.log((len(every) + 1) / (number + 0.5)) for meaning, number in counted.items()
        }

    def weight(self, meanings: frozenset[str]) -> float:
        """Give how much a word tells; a word of many meanings tells little."""
        known = self._weighed.get(meanings)
        if known is None:
            weights = [self._weights.get(one, 0.0) for one in meanings]
            known = self._weighed[meanings] = sum(weights) / len(weights) if weights else 0.0
        return known

    def matters(self, token: Token) -> bool:
        """Tell whether a word may not be left out of account."""
        return not token.is_ignored and (token.is_unknown or not token.meanings <= self._light)

    def knows(self, atoms: Sequence[Atom]) -> bool:
        """Tell whether a text is made of known words alone."""
        return not any(token.is_unknown for token in self.parse(atoms))

    def ignores(self, atom: Atom) -> bool:
        """Tell whether a word by itself asks nothing."""
        return atom.stem in self._ignored

    def parse(self, atoms: Sequence[Atom], taken: Iterable[tuple[int, int]] = ()) -> list[Token]:
        """Part atoms into words, as few and as well known as can be; spans that are `taken` stand apart."""
        tokens: list[Token] = []
        start = 0
        for first, last in [*sorted(taken), (len(atoms), len(atoms))]:
            tokens += self._parse(atoms, start, first)
            start = max(start, last)
        return tokens

    def _parse(self, atoms: Sequence[Atom], start: int, end: int) -> list[Token]:
        best: list[tuple[float, int, Token | None]] = [(0.0, start, None)]
        for at in range(start + 1, end + 1):
            choices = []
            for first in range(max(start, at - _LONGEST), at):
                token = self._token(atoms, first, at)
                if token is not None:
                    choices.append((best[first - start][0] + _WORD_COST, first, token))
            alone = self._unknown(atoms, at - 1)
            choices.append((best[at - 1 - start][0] + alone[0], at - 1, alone[1]))
            best.append(min(choices, key=lambda choice: (choice[0], -choice[1])))
        found = []
        at = end
        while at > start:
            _, first, token = best[at - start]
            if token is not None:
                found.append(token)
            at = first
        return found[::-1]

    def _token(self, atoms: Sequence[Atom], first: int, last: int) -> Token | None:
        exact = self._exact.get(join_keys(atoms[first:last]))
        form = join_keys(atoms[first:last], stemmed=True)
        if exact or form in self._forms:
            return Token(frozenset(exact or self._forms[form]), first, last)
        return Token(frozenset(), first, last, is_ignored=True) if form in self._ignored else None

    def _unknown(self, atoms: Sequence[Atom], at: int) -> tuple[float, Token]:
        """Give a word that is not known as it stands: with a slip, or not at all."""
        word = atoms[at].stem
        if len(word) >= _SHORTEST_SLIP and word.isascii() and word.isalpha():
            near = self._near(word)
            if near is not None:
                return _SLIP_COST, Token(frozenset(self._forms[near]), at, at + 1)
        return _UNKNOWN_COST, Token(frozenset(), at, at + 1)

    def _nearest(self, word: str) -> str | None:
        """Give the known word that one with a slip in it is most like."""
        found = process.extractOne(word, self._words, scorer=fuzz.ratio, score_cutoff=_SLIP)
        return found[0] if found else None


def _all(words: Mapping[str, Sequence[str]]) -> Iterator[str]:
    for language in LANGUAGES:
        yield from words.get(language, ())


def _form(text: str) -> str:
    return join_keys(split_atoms(text), stemmed=True)


def _own_words(texts: Mapping[str, Sequence[str]]) -> Iterator[str]:
    """Give the words of wordings, one by one."""
    for text in _all(texts):
        yield from SLOT.sub(" ", text).split()
