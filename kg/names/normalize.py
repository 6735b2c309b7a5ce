"""Search keys of names: what of a spelling counts when two names are compared.

A key drops what people type differently without meaning anything by it: case, width, brackets, dashes,
invisible characters, traditional or simplified characters. Legal forms (`kg.names.legal_forms`) go in a second,
weaker key only, since two companies may differ by nothing else. Keys for the sound of Chinese names are in
`kg.names.pinyin`, because the dictionary they need takes long to load; comparing by sound needs just `letters`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from kg.names.legal_forms import FORM_SIGNS, full_form, without_legal_form

__all__ = ["Name", "distinct_part", "ideographs", "letters", "ngrams", "normalize"]


@dataclass(frozen=True, order=True)
class Name:
    """One spelling under which an entity may be looked up.

    `entity` is an IRI, `kind` the local name of a class, `language` 'en', 'zh' or '',
    `field` 'name', 'alias' or 'identifier'.
    """

    entity: str
    kind: str
    text: str
    language: str
    field: str


# Han, kana and hangul: scripts whose words are not set apart by spaces, or are too short for 3-grams.
_CJK = "\u3005-\u3007\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff"
_CJK_RUN = re.compile(f"[{_CJK}]+")
_SPACE_BESIDE_CJK = re.compile(f"(?<=[{_CJK}]) | (?=[{_CJK}])")
_RUN = re.compile(f"[{_CJK}]+|[^{_CJK} ]+")

_APOSTROPHES = "'\u2018\u2019\u02bc\u02b9\u2032\u0060\u00b4"
_DOTTED_ABBREVIATION = re.compile(r"\b(?:[^\W\d_]\.){2,}")
# An apostrophe joins (Gui'an is Guian) where other signs part.
_JOINED = str.maketrans({"&": " and ", **dict.fromkeys(_APOSTROPHES, "")})

# Half the companies here are called by some of these, so that they tell none from another.
_COMMON_LATIN = frozenset(
    [
        "and",
        "of",
        "the",
        "for",
        "new",
        "international",
        "global",
        "world",
        "energy",
        "energies",
        "power",
        "battery",
        "batteries",
        "material",
        "materials",
        "technology",
        "technologies",
        "tech",
        "science",
        "industry",
        "industries",
        "industrial",
        "chemical",
        "chemicals",
        "electric",
        "motor",
        "motors",
        "auto",
        "automotive",
        "automobile",
        "resources",
        "mining",
        "minerals",
        "metals",
        "lithium",
        "solar",
        "group",
        "holding",
        "holdings",
        "china",
    ]
)
# What a trade adds (能源, 动力) does tell companies apart.
_COMMON_CHINESE = re.compile("(?:科技|技术|股份|集团|控股)$")
_SHORTEST_STEM = 2


def normalize(text: str) -> str:
    """Give the form of a name by which "the same name" is decided; '' where nothing can be read.

    >>> normalize("ＣＡＴＬ"), normalize("Gui’an New-District"), normalize("Co.,Ltd"), normalize("C.A.T.L.")
    ('catl', 'guian new district', 'co ltd', 'catl')
    >>> normalize("瓮福（集团） 公司"), normalize("比亞迪")
    ('瓮福集团公司', '比亚迪')
    """
    folded = _fold(text)
    joined = folded.translate(_JOINED)
    spoken = "".join(char if unicodedata.category(char)[0] in "LNM" else " " for char in joined)
    # A name of nothing but signs ("???") is compared by its signs.
    kept = spoken if spoken.strip() else folded
    return _SPACE_BESIDE_CJK.sub("", " ".join(kept.split()))


def distinct_part(name_key: str) -> str:
    """Give what of a key tells one name from another, without the words that many names share; '' if nothing is left.

    >>> distinct_part("honeywell international"), distinct_part("lx international"), distinct_part("new energy")
    ('honeywell', 'lx', '')
    >>> distinct_part("川恒股份"), distinct_part("容百科技"), distinct_part("远景动力")
    ('川恒', '容百', '远景动力')
    """
    words = [word for word in without_legal_form(name_key).split() if word not in _COMMON_LATIN]
    kept = " ".join(words)
    while len(shorter := _COMMON_CHINESE.sub("", kept)) >= _SHORTEST_STEM and shorter != kept:
        kept = shorter
    return kept


def ngrams(name_key: str) -> list[str]:
    """Cut a key into the pieces that are indexed: pairs of Chinese characters, threes of padded letters.

    A Chinese character that stands alone is a piece of its own. Each piece is given once.

    >>> ngrams("宁德时代"), ngrams("catl")
    (['宁德', '德时', '时代'], ['^^c', '^ca', 'cat', 'atl', 'tl$'])
    """
    pieces: dict[str, None] = {}
    for run in _RUN.findall(name_key):
        if _CJK_RUN.fullmatch(run):
            cut = [run[at : at + 2] for at in range(max(1, len(run) - 1))]
        else:
            padded = f"^^{run}$"
            cut = [padded[at : at + 3] for at in range(len(padded) - 2)]
        pieces.update(dict.fromkeys(cut))
    return list(pieces)


def ideographs(name_key: str) -> list[str]:
    """Give each Chinese character of a key once; indexed so that one character alone can be asked for.

    >>> ideographs("catl宁德")
    ['宁', '德']
    """
    return list(dict.fromkeys("".join(_CJK_RUN.findall(name_key))))


def letters(text: str) -> str:
    """Give the ASCII letters and digits of a text in one piece, to compare with pinyin.

    Accents are dropped, and v is u, since ü is typed as either. '' where the text holds Chinese characters.

    >>> letters("Níng dé"), letters("Lüye"), letters("lvye"), letters("宁德")
    ('ningde', 'luye', 'luye', '')
    """
    folded = unicodedata.normalize("NFKD", text.casefold())
    if _CJK_RUN.search(folded):
        return ""
    return "".join(char for char in folded if char.isascii() and char.isalnum()).replace("v", "u")


def _fold(text: str) -> str:
    """Unify case, width and kinds of characters; drop format characters, lone surrogates and dots of abbreviations."""
    seen = "".join(char for char in FORM_SIGNS.sub(full_form, text) if unicodedata.category(char) not in ("Cf", "Cs"))
    spaced = "".join(" " if unicodedata.category(char) == "Cc" else char for char in seen)
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", spaced).casefold())
    if _CJK_RUN.search(folded):
        folded = _simplify()(folded)
    return _DOTTED_ABBREVIATION.sub(lambda found: found[0].replace(".", ""), folded)


@cache
def _simplify() -> Callable[[str], str]:
    """Give what turns traditional characters into simplified ones; its dictionary is read when first needed."""
    from opencc import OpenCC

    convert: Callable[[str], str] = OpenCC("t2s").convert
    return convert
