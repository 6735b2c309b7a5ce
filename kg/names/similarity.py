"""How like a question a name is, and the words to say why.

No scorer from a library is right for these names: they call "Envision" and "Envision AESC" the same, and
CATL and 宁德时代 strangers. So each way of being alike is tried by itself and has its own range of scores;
only the last resort is a measure of spelling.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from rapidfuzz import fuzz

from kg.names.legal_forms import without_legal_form
from kg.names.normalize import distinct_part, letters

__all__ = ["EXACT", "SLIPS", "IndexedName", "NameQuery", "similarity"]

EXACT = 100.0

SLIPS = frozenset({"similar spelling", "similar pinyin"})
"""The reasons that suppose a slip in what was typed."""

# Below these two spellings look alike by accident (远景能源 and 远景动力, two companies, have 50).
_ALIKE = 60.0
_PARTLY_ALIKE = 78.0
_SOUND_ALIKE = 80.0


@dataclass(frozen=True)
class NameQuery:
    """A question for a name: its key, that without the legal form or common words, and its letters for pinyin."""

    key: str
    short: str
    sound: str
    distinct: str

    @classmethod
    def of(cls, name_key: str) -> NameQuery:
        """Prepare a key once for many comparisons."""
        return cls(name_key, without_legal_form(name_key), letters(name_key), distinct_part(name_key))


class IndexedName(NamedTuple):
    """A name in the index, as far as comparing needs it.

    `short` is its key without the legal form, `joined` and `initials` are its pinyin.
    """

    key: str
    short: str
    joined: str
    initials: str
    field: str

    @classmethod
    def of(cls, name_key: str, sound: tuple[str, str], field: str) -> IndexedName:
        """Prepare a name once for many comparisons."""
        return cls(name_key, without_legal_form(name_key), *sound, field)


def similarity(query: NameQuery, known: IndexedName) -> tuple[float, str] | None:
    """Give the best score from 0 to 100 and its reason, or None where nothing is alike.

    >>> similarity(NameQuery.of("envision"), IndexedName.of("envision group", ("", ""), "name"))
    (93.6, 'same without legal form')
    >>> similarity(NameQuery.of("ndsd"), IndexedName.of("宁德时代", ("ningdeshidai", "ndsd"), "alias"))
    (80.0, 'pinyin initials')
    """
    if query.key == known.key:
        return EXACT, f"exact {known.field}"
    found = [*_spelled(query, known), *_distinctly(query, known), *_sounded(query, known)]
    found = found or [*_roughly(query, known)]
    if not found:
        return None
    score, reason = max(found)
    return round(float(score), 1), reason


def _spelled(query: NameQuery, known: IndexedName) -> Iterator[tuple[float, str]]:
    """Ways of being alike to the letter."""
    name, text = known.key, query.key
    share = min(len(text), len(name)) / max(len(text), len(name))
    if " " in text + name and text.replace(" ", "") == name.replace(" ", ""):
        yield 98, "exact but for spaces"
    if query.short == known.short:
        yield 90 + 5 * fuzz.ratio(text, name) / 100, "same without legal form"
    if name.startswith(text):
        yield 74 + 15 * share, "prefix"
    elif f" {text}" in f" {name}":
        yield 66 + 20 * share, "contains"
    elif text in name:
        # Inside one word of letters it may be chance; Chinese has no words to be inside of, and of several words the
        # outer ones were only cut.
        yield (65 + 20 * share if " " in text or not text.isascii() else 58 + 15 * share), "contains"
    elif len(name) > 1 and f" {name} " in f" {text} ":
        yield 55 + 20 * share, "part of the question"
    elif " " in text and set(text.split()) <= set(name.split()):
        yield 55 + 15 * share, "same words"


def _distinctly(query: NameQuery, known: IndexedName) -> Iterator[tuple[float, str]]:
    """Being alike in what tells a name from others: 川恒股份 is 贵州川恒化工 and no other 股份."""
    stem = query.distinct
    if not stem or stem == query.key:
        return
    other = distinct_part(known.short)
    if stem == other:
        yield 84, "same but for common words"
    elif stem in other and not stem.isascii():
        yield 60 + 20 * len(stem) / len(other), "same but for common words"


def _sounded(query: NameQuery, known: IndexedName) -> Iterator[tuple[float, str]]:
    """Ways of being alike by ear. One letter is the initial of too many names to mean any."""
    if len(query.sound) < 2 or not known.joined:
        return
    share = len(query.sound) / len(known.joined)
    if query.sound == known.joined:
        yield 88, "pinyin"
    elif known.joined.startswith(query.sound):
        yield 70 + 15 * share, "pinyin prefix"
    elif len(query.sound) > 3 and query.sound in known.joined:
        yield 52 + 15 * share, "pinyin contains"
    if query.sound == known.initials:
        yield 80, "pinyin initials"
    elif known.initials.startswith(query.sound):
        yield 56 + 15 * len(query.sound) / len(known.initials), "pinyin initials"


def _alike_by_common_words_only(query: NameQuery, known: IndexedName) -> bool:
    """Tell whether two names differ in all but words that many names share: Honeywell and LX, both International."""
    if query.distinct == query.short:
        return False
    other = distinct_part(known.short)
    return bool(query.distinct and other) and fuzz.ratio(query.distinct, other) < _ALIKE


def _roughly(query: NameQuery, known: IndexedName) -> Iterator[tuple[float, str]]:
    """Spelling and sound with slips in them; never more than 90, so never above a plain likeness of the whole."""
    if _alike_by_common_words_only(query, known):
        return
    # With a cutoff a ratio that cannot reach it is given up early, as 0.
    whole = max(
        fuzz.ratio(query.key, known.key, score_cutoff=_ALIKE),
        fuzz.ratio(query.short, known.short, score_cutoff=_ALIKE),
        fuzz.token_sort_ratio(query.key, known.key, score_cutoff=_ALIKE) if " " in query.key else 0,
    )
    if whole:
        yield whole * 0.88, "similar spelling"
    if 4 <= len(query.key) < len(known.key):
        part = fuzz.partial_ratio(query.key, known.key, score_cutoff=_PARTLY_ALIKE)
        if part:
            yield part * 0.7, "similar spelling"
    if known.joined and query.sound:
        ratio = fuzz.ratio(query.sound, known.joined, score_cutoff=_SOUND_ALIKE)
        if ratio:
            yield ratio * 0.7, "similar pinyin"
