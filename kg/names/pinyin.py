"""How a Chinese name is typed by ear: its pinyin in one piece, and the first letters.

Needed only where an index is written. Nothing that answers questions may import this module: the
dictionary behind it takes a fifth of a second to load.
"""

from __future__ import annotations

from kg.names.normalize import letters, normalize

__all__ = ["pinyin_keys"]


def pinyin_keys(text: str) -> tuple[str, str]:
    """Give the joined pinyin and the initials of a name; two empty strings for a name without Chinese.

    >>> pinyin_keys("宁德时代"), pinyin_keys("CATL贵州"), pinyin_keys("CATL")
    (('ningdeshidai', 'ndsd'), ('catlguizhou', 'catlgz'), ('', ''))
    """
    name = normalize(text)
    if letters(name) or not name:
        return "", ""
    # A check of one card, too, does without the dictionary.
    from pypinyin import Style, lazy_pinyin

    return letters("".join(lazy_pinyin(name))), letters("".join(lazy_pinyin(name, style=Style.FIRST_LETTER)))
