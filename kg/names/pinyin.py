"""How a Chinese name is typed by ear: its pinyin in one piece, and the first letters.

Needed only where an index is written. Nothing that answers questions may import this module: the
dictionary behind it takes a fifth of a second to load.
"""

from __future__ import annotations

from kg.names.normalize import key, letters

__all__ = ["sounds"]


def sounds(text: str) -> tuple[str, str]:
    """Give the joined pinyin and the initials of a name; two empty strings for a name without Chinese.

    >>> sounds("宁德时代"), sounds("CATL贵州"), sounds("CATL")
    (('ningdeshidai', 'ndsd'), ('catlguizhou', 'catlgz'), ('', ''))
    """
    name = key(text)
    if letters(name) or not name:
        return "", ""
    # A check of one card, too, does without the dictionary.
    from pypinyin import Style, lazy_pinyin

    return letters("".join(lazy_pinyin(name))), letters("".join(lazy_pinyin(name, style=Style.FIRST_LETTER)))
