"""How wide a text is and how it is made to fit, without a browser: by the widths of Arial, a wide sign taking one em.

Texts from documents and cards are hostile: `clean` makes one harmless line of any text before it is measured or drawn.
"""

from __future__ import annotations

import re
import unicodedata

from kg.tables.cells import calm

__all__ = ["clean", "fit", "isolate", "line", "width_of", "wrap"]

# Widths of Arial in thousandths of an em, by what they have in common; a lower-case letter or digit is 556.
_WIDTHS = {
    **dict.fromkeys("ijl'|", 222), **dict.fromkeys(" !,./:;I[]\\ftr()-’", 300), **dict.fromkeys("cksvxyzJ", 500),
    # A Chinese font that steps in sets these two as wide as its own signs.
    **dict.fromkeys("ABEKPSVXYFTLZ&", 667), **dict.fromkeys("CDHNRUwGOQ", 745), **dict.fromkeys("mMW%@—…·", 900),
}  # fmt: skip
_USUAL = 556
# Where no Arial is at hand the next font is a little wider.
_MARGIN = 1.05
_ELLIPSIS = "…"
_ISOLATES = re.compile("([\u2068\u2069])")
_RIGHT_TO_LEFT = ("R", "AL", "AN")
# What XML forbids, what orders letters the other way round, and marks that are not seen.
_BARRED = re.compile("[\ud800-\udfff\ufffe\uffff\u061c\u200b\u200e\u200f\u2060-\u2064\ufeff]")
# A line may break after any sign of Chinese, Japanese or Korean and after a space, but not before a closing sign.
_WIDE = r"\u2e80-\u9fff\uac00-\ud7af\uff00-\uffef"
_PIECES = re.compile(rf"[{_WIDE}][，。、；：）》」]?|[^\s{_WIDE}]+\s*|\s+")


def clean(text: str) -> str:
    r"""Make one line of a text, without control characters and unseen marks.

    >>> clean("a\u202eb\nc\u200f")
    'a\ufffdb c'
    """
    return _BARRED.sub("", calm(text)).strip()


def line(text: str) -> str:
    r"""Make one line of a text whose parts are clean already; it keeps the isolates that were put around them.

    >>> line("\u2068a\u202eb\u2069 → c")
    '\u2068a\ufffdb\u2069 → c'
    """
    parts = _ISOLATES.split(text)
    return "".join(part if at % 2 else _BARRED.sub("", calm(part)) for at, part in enumerate(parts)).strip()


def isolate(text: str) -> str:
    r"""Close a text in itself where its letters are written from right to left: they leave what stands beside in place.

    A text without such letters needs no marks, which converters show as boxes and screen readers may name.

    >>> isolate("CATL"), isolate("\u05d0\u05d1")
    ('CATL', '\u2068\u05d0\u05d1\u2069')
    """
    words = clean(text)
    runs_left = any(unicodedata.bidirectional(sign) in _RIGHT_TO_LEFT for sign in words)
    return f"\u2068{words}\u2069" if runs_left else words


def width_of(text: str, size: float) -> float:
    """Estimate the width of a line set at `size`, in the same unit.

    >>> width_of("宁德", 10) > width_of("nd", 10)
    True
    """
    return sum(_em(sign) for sign in text) * size * _MARGIN / 1000


def _em(sign: str) -> int:
    if sign in _WIDTHS:
        return _WIDTHS[sign]
    if unicodedata.east_asian_width(sign) in "WF":
        return 1000
    unseen = unicodedata.combining(sign) or unicodedata.category(sign) == "Cf"
    return 0 if unseen else _USUAL if sign < "\u0250" else 700


def fit(text: str, width: float, size: float) -> str:
    """Cut a text to a width, with an ellipsis where something is left out.

    >>> fit("Contemporary Amperex Technology", 100, 12)
    'Contemporary…'
    """
    if width_of(text, size) <= width:
        return text
    taken = ""
    for sign in text:
        if width_of(taken + sign + _ELLIPSIS, size) > width:
            break
        taken += sign
    return taken.rstrip() + _ELLIPSIS


def wrap(text: str, width: float, size: float, most: int = 2) -> list[str]:
    """Break a text into at most so many lines of a width; the last is cut where more would follow.

    >>> wrap("CATL Guizhou Power Battery Manufacturing Base", 120, 12)
    ['CATL Guizhou', 'Power Battery Man…']
    """
    lines = [""]
    pieces = _PIECES.findall(text)
    for at, piece in enumerate(pieces):
        if width_of((lines[-1] + piece).rstrip(), size) <= width or not lines[-1]:
            lines[-1] += piece
        elif len(lines) < most:
            lines.append(piece)
        else:
            lines[-1] += "".join(pieces[at:])
            break
    return [fit(line.strip(), width, size) for line in lines]
