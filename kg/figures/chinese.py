"""Chinese numerals, and digits with Chinese magnitudes: 三千, 一百二十万, 1.5万亿, 3亿5千万, 10余万."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

__all__ = ["NUMERAL", "Numeral", "parse_numeral"]

_DIGITS = {sign: number for number, sign in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2, "廿": 20}
_SMALL = {"十": 10, "百": 100, "千": 1000}
_LARGE = {"万": 10**4, "亿": 10**8, "兆": 10**12}

_SIGNS = "零〇一二两三四五六七八九廿"
_POWERS = "十百千万亿兆"
_DIGIT = r"\d+(?:[.,]\d+)*"

# A power of ten, but not where it begins a unit: 千瓦 is a kilowatt, 百分 per cent.
_POWER = r"(?:[十万亿]|兆(?=[元円圆ウ원])|百(?!分)|千(?![瓦克米伏安焦卡]))"

# A run that holds at least one Chinese sign; 余 and 多 may stand inside it, 几, 数 and 上 before it.
_GOES_ON = (
    rf"(?:[{_SIGNS}](?!期)|点(?=[{_SIGNS}])|{_POWER}|[余多几](?={_POWER})|(?<=[{_POWERS}]){_DIGIT}(?={_POWER})"
    rf"|(?<=[万亿])\d{{1,4}}(?![\d.,]))*"
)
NUMERAL = re.compile(rf"[几数上]{_POWER}+|{_DIGIT} ?[余多]?{_POWER}{_GOES_ON}|(?:[{_SIGNS}]|{_POWER}){_GOES_ON}")


@dataclass(frozen=True)
class Numeral:
    """What a numeral says: its number, the power of ten that it ends in, and two ways of being inexact.

    `more` tells that more is meant (余), `order` that only an order of magnitude is named.
    """

    value: Decimal
    scale: Decimal = Decimal(1)
    more: bool = False
    order: bool = False


def parse_numeral(text: str) -> Numeral | None:
    """Read a Chinese numeral, or give None where it is none.

    >>> parse_numeral("一百二十万"), parse_numeral("10余万")  # doctest: +ELLIPSIS
    (Numeral(value=Decimal('1200000'), scale=Decimal('10000')...), Numeral(..., more=True, order=False))
    >>> parse_numeral("五六百") is None
    True
    """
    plain = re.sub(r"[余多]", "", text.replace(" ", ""))
    more = len(plain) < len(text.replace(" ", ""))
    order = plain[0] in "几数上百千万亿" or "几" in plain
    whole, point, rest = plain.lstrip("几数上").replace("几", "").partition("点")
    if point:
        return _with_point(whole, rest)
    value = _evaluate(whole)
    return None if value is None else Numeral(value, _scale(whole), more, order)


def _scale(text: str) -> Decimal:
    """Give the large powers that a numeral ends in, which a range may share: 5至6万."""
    found = re.search(r"(?<=[^万亿])[万亿]+$", text)
    return Decimal(10) ** sum(4 if sign == "万" else 8 for sign in found[0]) if found else Decimal(1)


def _with_point(whole: str, rest: str) -> Numeral | None:
    """Read 三点五亿: digits behind the point, and then magnitudes."""
    found = re.fullmatch(rf"([{_SIGNS}]+)([{_POWERS}]*)", rest)
    base = _evaluate(whole)
    scale = _evaluate("一" + found[2]) if found and found[2] else Decimal(1)
    if found is None or base is None or scale is None:
        return None
    decimals = "".join(str(_DIGITS[sign]) for sign in found[1])
    return Numeral((base + Decimal(f"0.{decimals}")) * scale)


def _evaluate(text: str) -> Decimal | None:
    """Add up digits and powers; None where two digits stand side by side ("五六百") or powers fall into disorder."""
    if re.fullmatch(rf"[{_SIGNS}]+", text):
        if len(text) == 1 or re.search("[零〇]", text) or len(text) >= 4:
            return Decimal("".join(str(_DIGITS[sign]) for sign in text))
        return None
    total = section = Decimal(0)
    current: Decimal | None = None
    last = Decimal(0)
    for sign in re.findall(rf"{_DIGIT}|.", text):
        if sign in _SMALL:
            last = Decimal(_SMALL[sign])
            section += (Decimal(1) if current is None else current) * last
            current = None
        elif sign in _LARGE:
            last = Decimal(_LARGE[sign])
            gathered = section + (current or 0)
            if last > total > 0:
                total = (total + gathered) * last
            else:
                total += (Decimal(1) if current is None and not section and not total else gathered) * last
            section, current = Decimal(0), None
        elif sign in "零〇":
            current, last = None, Decimal(10)
        elif current is not None or (not (number := _number(sign)) and number != 0):
            return None
        else:
            current = number
    if current is not None and last > 10 and current < 10:
        current *= last / 10  # 三千五 is 3500, 一万八 is 18000; 一百零五 has its nought
    return total + section + (current or 0)


def _number(sign: str) -> Decimal | None:
    if sign in _DIGITS:
        return Decimal(_DIGITS[sign])
    plain = sign.replace(",", "") if re.fullmatch(r"\d{1,3}(,\d{3})*(\.\d+)?|\d+(\.\d+)?", sign) else ""
    return Decimal(plain) if plain else None
