"""One way of writing for the signs that texts print in several: widths, spaces, fractions, traditional digits."""

from __future__ import annotations

import re
import unicodedata

__all__ = ["normalize"]

_FRACTIONS = {"½": "5", "¼": "25", "¾": "75"}
_FRACTION = re.compile(r"(\d*)\s?([½¼¾])")

# A small figure above a word is a note, above a metre or a foot it is a power.
_NOTE = re.compile(r"(?<![mtM])[¹²³⁰⁴-⁹]+")

# Characters of numbers, bounds and rates; what units are called is for the ontology.
_SAME = str.maketrans(
    "萬億餘約過於達產處幾數兩點個〇○壹貳贰參叁肆伍陸陆柒捌玖拾佰仟’‘´′−﹣從後將僅産簽節條",
    "万亿余约过于达产处几数两点个零零一二二三三四五六六七八九十百千''''--从后将仅产签节条",
)

# Korean magnitudes behind digits, as Chinese ones: 1조2000억 is 1,200 billion. Elsewhere the syllables are words.
_HANGUL = {"천": "千", "백": "百", "십": "十", "만": "万", "억": "亿", "조": "万亿"}
# 조 alone is an article of a law as well.
_HANGUL_POWER = "(?:[천백십]?[만억천]|조(?= ?(?:[\\d천백]|원|달러|유로|위안|엔)))"
_HANGUL_NUMERAL = re.compile(rf"\d ?{_HANGUL_POWER}(?: ?[\d,.]+ ?{_HANGUL_POWER})*")

_HANGUL_DATE = re.compile(r"(?<=\d) ?([년월일])")
_HANGUL_PERIODS = {"년": "年", "월": "月", "일": "日"}


def normalize(text: str) -> str:
    """Write a text with plain digits, spaces and marks.

    >>> normalize("１０ＧＷｈ"), normalize("10萬㎡"), normalize("2½ years"), normalize("1조 2천억원")
    ('10GWh', '10万m2', '2.5 years', '1万亿2千亿원')
    """
    plain = _FRACTION.sub(lambda found: f"{found[1] or '0'}.{_FRACTIONS[found[2]]}", text)
    plain = unicodedata.normalize("NFKC", _NOTE.sub("", plain)).translate(_SAME)
    plain = re.sub(r"[\t\r\n\u2009\u202f\u00a0]", " ", plain)
    plain = _HANGUL_DATE.sub(lambda found: _HANGUL_PERIODS[found[1]], plain)
    return _HANGUL_NUMERAL.sub(_write_in_chinese, plain)


def _write_in_chinese(numeral: re.Match[str]) -> str:
    return "".join(_HANGUL.get(sign, sign) for sign in numeral[0].replace(" ", ""))
