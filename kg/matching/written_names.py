"""How names stand in the cells of tables: with a second name, a code, parents or a note in brackets, or after a slash.

Which of the parts are names of what is not known here; see `kg.matching.name_reader`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

__all__ = ["NameParts", "is_sum", "name_parts", "without_marks"]

_BRACKETS = re.compile(r"^(?P<before>.*\S)\s*[(（\[【](?P<inside>[^()（）\[\]【】]+)[)）\]】]\s*$", re.DOTALL)
_BESIDE = re.compile(
    r"\s*[|｜／＼\\；;]\s*|、|\s*[：:]\s+|\s+[/–—-]+\s+"
    r"|(?<=[^\W\d_])/(?=[^\W\d_])|\s+(?:[afd]/?[kb]/?a|formerly|又名|原名)\s+"
)
_LISTED = re.compile(r"\s*[,，、;；/+＋&]\s*|\s+(?:and|und|et)\s+")
# What a bracket says of the name in it: 简称, 股票代码, formerly.
# The number of a row before a name, and the sign of a footnote behind it.
_MARKS = re.compile(
    r"^\s*(?:[(（]?\d{1,4}[.)）、]\s*(?=\D)|[\u2460-\u2473]\s*)|[\u00b9\u00b2\u00b3\u2070-\u2079\u2020\u2021]+\s*$"
)
_SUMS = frozenset({"total", "subtotal", "sub-total", "grand total", "sum", "average", "合计", "总计", "小计", "平均"})
_REMARK = re.compile(
    r"^(?:以下)?(?:简称|下称|又称|原名|证券代码|股票代码|代码)\s*[为:：]?\s*"
    r"|^(?:formerly|stock code|ticker|code|aka|a/k/a)\s*:?\s+",
    re.IGNORECASE,
)
_HAN = r"\u3400-\u9fff"
# What stands between a name in Chinese and one in Latin letters.
_GAP = r"[\s|｜/／＼\\、，,；;：:=＝_]+"
# 宁德时代 and CATL beside each other, each of two signs or more.
_TWO_SCRIPTS = re.compile(
    rf"^(?P<han>[{_HAN}]{{2,}}[{_HAN}（）()]*){_GAP}(?P<latin>[^{_HAN}]*[A-Za-z][^{_HAN}]+)$"
    rf"|^(?P<latin_first>[^{_HAN}]*[A-Za-z][^{_HAN}]*?){_GAP}(?P<han_last>[{_HAN}]{{2,}}[{_HAN}（）()]*)$"
)


@dataclass(frozen=True)
class NameParts:
    """A name, names beside it of the same weight, and what stands in brackets behind, which may be no name at all."""

    name: str
    beside: tuple[str, ...] = ()
    notes: tuple[tuple[str, ...], ...] = ()


def name_parts(text: str) -> NameParts | None:
    """Take a text apart; None where it is of one piece.

    Each note is given as the texts that it may be read as: whole, or as a list.

    >>> name_parts("宁德时代（股票代码：300750）")
    NameParts(name='宁德时代', beside=(), notes=(('300750',),))
    >>> name_parts("Ultium Cells (GM, LG Energy Solution)").notes
    (('GM, LG Energy Solution', 'GM', 'LG Energy Solution'),)
    >>> name_parts("CATL 宁德时代"), name_parts("LG化学"), name_parts("CATL")
    (NameParts(name='CATL', beside=('宁德时代',), notes=()), None, None)
    >>> name_parts("宁德时代｜CATL").beside, name_parts("CATL：宁德时代").beside
    (('CATL',), ('宁德时代',))
    """
    notes: list[tuple[str, ...]] = []
    while found := _BRACKETS.match(text):
        text = found["before"].strip()
        notes.insert(0, _note(found["inside"]))
    first, *beside = [part.strip() for part in _side_by_side(text) if part.strip()] or [text]
    return NameParts(first, tuple(beside), tuple(notes)) if beside or notes else None


def _note(inside: str) -> tuple[str, ...]:
    whole = _REMARK.sub("", inside.strip()).strip()
    listed = [part for part in _LISTED.split(whole) if part]
    return (whole, *listed) if len(listed) > 1 else (whole,)


def _side_by_side(text: str) -> list[str]:
    pieces = _BESIDE.split(text)
    found = _TWO_SCRIPTS.match(text) if len(pieces) == 1 else None
    return [part for part in found.groups() if part] if found else pieces


def without_marks(text: str) -> str:
    """Give a name without the number before it and the sign of a footnote behind it; nothing where it has neither.

    >>> without_marks("CATL\u00b9"), without_marks("12. CATL\u2020"), without_marks("CATL"), without_marks("3M")
    ('CATL', 'CATL', '', '')
    """
    bare = _MARKS.sub("", text).strip()
    return bare if bare != text.strip() else ""


def is_sum(text: str) -> bool:
    """Tell whether a cell rather names the last row of a table than anything: a company was once called Total.

    >>> is_sum("Total"), is_sum(" 合计 "), is_sum("TotalEnergies")
    (True, True, False)
    """
    return text.strip().strip(":：").casefold() in _SUMS
