"""A text taken apart: words of letters, single Chinese characters, and where each stands."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

import tantivy

from kg.names.normalize import normalize

__all__ = ["Atom", "join_keys", "split_atoms", "stem"]

_HAN = "\u3005-\u3007\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff"
_ATOM = re.compile(rf"[{_HAN}]|(?:(?![{_HAN}])[^\W_])+(?:['’](?:(?![{_HAN}])[^\W_])+)*")
_POSSESSIVE = re.compile(r"['’]s?$")
_IS_HAN = re.compile(f"[{_HAN}]")
# English alone is stemmed; of other languages there are names only, which are looked for as they stand.
_STEMMER = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.raw()).filter(tantivy.Filter.stemmer("English")).build()


class Atom(NamedTuple):
    """A word or a Chinese character: its key, that of its stem, and its place in the text."""

    key: str
    stem: str
    start: int
    end: int
    is_han: bool


def split_atoms(text: str) -> list[Atom]:
    """Take a text apart; signs part words and are none.

    >>> [atom.key for atom in split_atoms("CATL's suppliers: 磷酸鐵鋰")]
    ['catl', 'suppliers', '磷', '酸', '铁', '锂']
    """
    return [
        Atom(key, key if is_han else stem(key), found.start(), found.end(), is_han)
        for found in _ATOM.finditer(text)
        if (key := _key(found[0]))
        for is_han in (_IS_HAN.match(found[0]) is not None,)
    ]


@lru_cache(maxsize=20_000)
def _key(word: str) -> str:
    return normalize(_POSSESSIVE.sub("", word))


@lru_cache(maxsize=20_000)
def stem(key: str) -> str:
    """Give the stem of each English word of a key.

    >>> stem("suppliers"), stem("battery manufacturing")
    ('supplier', 'batteri manufactur')
    """
    return " ".join(stem for word in key.split() for stem in _STEMMER.analyze(word))


def join_keys(atoms: Sequence[Atom], *, stemmed: bool = False) -> str:
    """Join the keys of neighbouring atoms as a name is written: a space between words of letters alone.

    >>> join_keys(split_atoms("Hunan Yuneng 湖南"))
    'hunan yuneng湖南'
    """
    joined, letters_before = "", False
    for atom in atoms:
        joined += (" " if letters_before and not atom.is_han else "") + (atom.stem if stemmed else atom.key)
        letters_before = not atom.is_han
    return joined
