"""The words of edges: what each kind of edge says from its source to its target, and from its target to its source.

They stand in the heads of the queries in `ontology/networks/`, and a release carries them. Whoever shows an edge takes
its words from here, so that the word and the direction agree in a table, a path, a picture and an export alike.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from kg.errors import InputError
from kg.languages import LANGUAGES

__all__ = ["EdgeWords", "read_words"]

_MAJORITY = 50.0
"""Above so many percent of the shares a holder is an owner."""


@dataclass(frozen=True)
class EdgeWords:
    """The two words of a kind of edge in each language: of the source about the target, and the other way round.

    `majority` are the words for more than half of the shares, where a kind tells shares.
    """

    reads: Mapping[str, tuple[str, str]]
    majority: Mapping[str, tuple[str, str]] | None = None

    def word(self, language: str, value: float | None = None, *, backward: bool = False) -> str:
        """Give the word that stands between source and target, or with `backward` between target and source.

        >>> words = EdgeWords({"en": ("holds shares in", "has as a shareholder")}, {"en": ("owns", "is owned by")})
        >>> words.word("en", 1.0), words.word("en", 65.0), words.word("en", 65.0, backward=True)
        ('holds shares in', 'owns', 'is owned by')
        """
        owned = self.majority is not None and value is not None and value > _MAJORITY
        words = self.majority if owned and self.majority else self.reads
        return words.get(language, words[LANGUAGES[0]])[backward]

    def to_dict(self) -> dict[str, Any]:
        """Give the words as plain values, for the release."""
        return {"reads": dict(self.reads), "majority": None if self.majority is None else dict(self.majority)}

    @classmethod
    def from_dict(cls, plain: Mapping[str, Any]) -> EdgeWords:
        """Read what `to_dict` gave."""
        return cls(_pairs(plain["reads"]), None if plain["majority"] is None else _pairs(plain["majority"]))


def _pairs(plain: Mapping[str, Any]) -> dict[str, tuple[str, str]]:
    return {language: (forward, backward) for language, (forward, backward) in plain.items()}


def read_words(texts: Mapping[str, str], file: str) -> dict[str, tuple[str, str]]:
    """Read `forward | backward` in each language; one word serves both ways of an edge that has none.

    >>> read_words({"en": "owns | is owned by", "zh": "与之合作:"}, "x.rq")
    {'en': ('owns', 'is owned by'), 'zh': ('与之合作:', '与之合作:')}
    """
    found: dict[str, tuple[str, str]] = {}
    for language, text in texts.items():
        words = [word.strip() for word in text.split("|")]
        if len(words) > 2 or not all(words):
            raise InputError(f"{file}: {text!r} is no 'word from source to target | word from target to source'")
        found[language] = (words[0], words[-1])
    return found
