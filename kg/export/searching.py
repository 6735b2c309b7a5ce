"""A full-text index in SQLite that finds Chinese, from one character up, by plain words.

The tokenizer of FTS5 takes a run of Chinese for one word, so that no part of a name is found; its trigram tokenizer
finds nothing shorter than three characters, and 宁德 has two. So every part of a run, up to `LONGEST` characters, is
indexed as a word of its own: a search for it, as Datasette puts it, is an exact word.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

__all__ = ["LONGEST", "search_text"]

LONGEST = 12
_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+")


def search_text(names: Iterable[str]) -> str:
    """Give the words under which something with these names is found.

    >>> search_text(["CATL", "宁德时代"])
    'CATL 代 宁 宁德 宁德时 宁德时代 德 德时 德时代 时 时代'
    """
    words: list[str] = []
    parts: set[str] = set()
    for name in names:
        # Apart from what is beside them, for the tokenizer would join A and 宁德 to one word.
        words += _HAN.sub(" ", name).split()
        for run in _HAN.findall(name):
            parts.add(run)
            parts |= {run[at : at + size] for at in range(len(run)) for size in range(1, LONGEST + 1)}
    return " ".join([*dict.fromkeys(words), *sorted(parts)])
