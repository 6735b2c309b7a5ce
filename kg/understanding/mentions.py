"""What a text names: spans of its words with everything that each may mean."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from kg.entities.finder import Finder
from kg.names.index import MAX_TEXT, NameIndex
from kg.names.normalize import normalize
from kg.questions.wordings import Wordings, Words
from kg.rdf.namespaces import KG, shorten
from kg.rdf.nodes import find_node
from kg.rdf.store import Store
from kg.understanding.atoms import Atom, join_keys, split_atoms
from kg.understanding.gazetteer import Gazetteer
from kg.understanding.lexicon import Lexicon, Token
from kg.understanding.literals import Literal, find_literals

__all__ = ["CHOICE", "Meaning", "Mention", "MentionFinder", "Mentions", "find_choices", "longest"]

CHOICE = "choice:"
"""What a choice is said to be, before the name of its parameter."""

_LONGEST_CHOICE = 6

_GUESSES, _REACH = 3, 2
# Below, two names look alike by accident; a Chinese name of four characters with one slip has 66.
_ALIKE, _ALIKE_HAN, _MARGIN = 74.0, 65.0, 4.0
_SURE_REASONS = ("exact", "same without legal form", "same but for common words", "pinyin", "id that")
_GUESS_REASONS = (*_SURE_REASONS, "similar spelling", "similar pinyin", "same words")


class Meaning(NamedTuple):
    """What a mention may mean: a class with an id or a term, or a kind of literal with its value.

    `rank` is how far from its own the name is, the least the best.
    """

    kind: str
    value: str
    rank: int = 0
    last: str = ""


@dataclass(frozen=True)
class Mention:
    """A span of atoms that names something.

    `is_hard` tells that its words are no words of questions, so that it may not be left out of account; `guess` is the
    name that was taken for it where it is spelled otherwise.
    """

    first: int
    last: int
    text: str
    meanings: tuple[Meaning, ...]
    is_hard: bool
    guess: str = ""

    @property
    def span(self) -> tuple[int, int]:
        """The atoms from and before which it stands."""
        return self.first, self.last

    def overlaps(self, other: Mention) -> bool:
        """Tell whether two mentions share a word."""
        return self.first < other.last and other.first < self.last


def longest(mentions: Iterable[Mention]) -> list[Mention]:
    """Keep the longest of mentions that overlap."""
    kept: list[Mention] = []
    for one in sorted(mentions, key=lambda one: (one.first - one.last, one.first)):
        if not any(one.overlaps(other) for other in kept):
            kept.append(one)
    return kept


@dataclass(frozen=True)
class Mentions:
    """A text taken apart: its atoms, and every mention, those within others too."""

    text: str
    atoms: list[Atom]
    found: tuple[Mention, ...]
    _parsed: dict[tuple[tuple[int, int], ...], list[Token]] = field(default_factory=dict, repr=False, compare=False)

    def parse(self, lexicon: Lexicon, taken: Iterable[tuple[int, int]] = ()) -> list[Token]:
        """Part the text into words where some spans are taken, which many questions ask alike."""
        spans = tuple(sorted(set(taken)))
        if spans not in self._parsed:
            self._parsed[spans] = lexicon.parse(self.atoms, spans)
        return self._parsed[spans]

    def longest(self) -> list[Mention]:
        """Give the mentions that may not be left out of account, the longest where some overlap."""
        return longest(one for one in self.found if one.is_hard or one.span == (0, len(self.atoms)))

    def words(self, tokens: Iterable[Token]) -> tuple[str, ...]:
        """Give the words of tokens as they stand in the text, neighbours in one piece."""
        pieces: list[tuple[int, int]] = []
        for token in tokens:
            start, end = self.atoms[token.first].start, self.atoms[token.last - 1].end
            if pieces and not self.text[pieces[-1][1] : start].strip():
                pieces[-1] = pieces[-1][0], end
            else:
                pieces.append((start, end))
        return tuple(self.text[start:end] for start, end in pieces)


class MentionFinder:
    """Finds what texts name in a release."""

    def __init__(
        self, store: Store, finder: Finder, lexicon: Lexicon, names: Callable[[], NameIndex], wordings: Wordings
    ) -> None:
        self._store = store
        self._finder = finder
        self._lexicon = lexicon
        self._names = names
        self._gazetteer = Gazetteer(names(), finder.schema(), finder.called_after(), wordings)

    def find(self, text: str) -> Mentions:
        """Find the mentions of a text."""
        literals = find_literals(text)
        atoms = split_atoms(text)
        found = [one for literal in literals if (one := self._of_literal(text, atoms, literal)) is not None]
        taken = [one for one in found if one.meanings[0].kind not in ("number", "days")]
        for (first, last), bearers in self._gazetteer.spans(atoms).items():
            words = text[atoms[first].start : atoms[last - 1].end]
            meanings = tuple(Meaning(one.kind, shorten(one.entity), one.rank) for one in bearers)
            mention = Mention(first, last, words, meanings, not self._lexicon.knows(atoms[first:last]))
            if not self._is_idle(words, atoms[first:last]) and not any(mention.overlaps(other) for other in taken):
                found.append(mention)
        found += self._guesses(text, atoms, found)
        return Mentions(text, atoms, tuple(found))

    def _is_idle(self, words: str, atoms: Sequence[Atom]) -> bool:
        """Tell whether a name is written as a word that asks nothing: "in" is no India."""
        return not words.isupper() and not any(map(self._lexicon.matters, self._lexicon.parse(atoms)))

    def _of_literal(self, text: str, atoms: Sequence[Atom], literal: Literal) -> Mention | None:
        inside = [at for at, atom in enumerate(atoms) if literal.start <= atom.start < literal.end]
        if not inside:
            return None
        first, last = inside[0], inside[-1] + 1
        words = text[literal.start : literal.end]
        if literal.kind != "id":
            meaning = Meaning(literal.kind, literal.values[0], last=literal.values[-1])
            return Mention(first, last, words, (meaning,), is_hard=True)
        node = find_node(self._store, literal.values[0])
        if node is None:
            return None
        kinds = self._finder.kinds_like(node) or ("",)
        meanings = tuple(Meaning(kind, shorten(node.value)) for kind in kinds)
        if node.value.startswith(KG) and node.value.removeprefix(KG) in self._finder.schema().properties:
            meanings = (*meanings, Meaning("Property", shorten(node.value)))
        return Mention(first, last, words, meanings, is_hard=True)

    def _guesses(self, text: str, atoms: Sequence[Atom], found: Sequence[Mention]) -> Iterator[Mention]:
        """Look for names with a slip in what nothing else explains."""
        taken = sorted({one.span for one in longest(one for one in found if one.is_hard)})
        unknown = [token for token in self._lexicon.parse(atoms, taken) if token.is_unknown]
        runs: list[tuple[int, int]] = []
        for token in unknown:
            if runs and runs[-1][1] == token.first:
                runs[-1] = (runs[-1][0], token.last)
            else:
                runs.append((token.first, token.last))
        for first, last in runs[:_GUESSES]:
            for begin, end in self._around(atoms, first, last):
                guess = self._guess(text[atoms[begin].start : atoms[end - 1].end])
                if guess is not None:
                    yield Mention(begin, end, text[atoms[begin].start : atoms[end - 1].end], *guess)
                    break

    def _around(self, atoms: Sequence[Atom], first: int, last: int) -> Iterator[tuple[int, int]]:
        """Give the spans of which an unknown run may be a part as a name, the longest first."""
        begin, end = first, last
        while begin > max(0, first - _REACH) and not self._lexicon.ignores(atoms[begin - 1]):
            begin -= 1
        while end < min(len(atoms), last + _REACH) and not self._lexicon.ignores(atoms[end]):
            end += 1
        yield from dict.fromkeys(((begin, end), (first, end), (begin, last), (first, last)))

    def _guess(self, words: str) -> tuple[tuple[Meaning, ...], bool, str] | None:
        if len(normalize(words)) < _SHORTEST_GUESS or len(words) > MAX_TEXT:
            return None
        matches = self._names().find(words, limit=6)
        if not matches:
            return None
        best = matches[0]
        least = _ALIKE if words.isascii() else _ALIKE_HAN
        if not best.reason.startswith(_GUESS_REASONS) or best.score < least:
            return None
        near = [match for match in matches if match.score > best.score - _MARGIN]
        meanings = tuple(Meaning(match.kind, shorten(match.entity), 3) for match in near)
        return meanings, True, best.label


_SHORTEST_GUESS = 4


def find_choices(mentions: Mentions, choices: Mapping[str, Words]) -> Iterator[Mention]:
    """Find the words for values of parameters in a text."""
    atoms = mentions.atoms
    for parameter, values in choices.items():
        forms = {join_keys(split_atoms(word), stemmed=True): value for value, words in values.items() for word in words}
        for first in range(len(atoms)):
            for last in range(first + 1, min(len(atoms), first + _LONGEST_CHOICE) + 1):
                value = forms.get(join_keys(atoms[first:last], stemmed=True))
                if value is not None:
                    words = mentions.text[atoms[first].start : atoms[last - 1].end]
                    yield Mention(first, last, words, (Meaning(f"{CHOICE}{parameter}", value),), is_hard=False)
