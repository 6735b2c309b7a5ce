"""Other forms of a name that people type: words outside and inside of brackets, codes of exchanges, short place names.

Names are written once, in full; what follows from them by a rule is not written a second time. Whether a form is
somebody else's name is known only where all names are (`kg.release.name_list`), so that every form here is a proposal.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

__all__ = ["code_forms", "name_parts", "phase_forms", "short_place_names"]

_BRACKETED = re.compile(r"(?P<outside>.*\S)\s*[(（](?P<inside>[^()（）]+)[)）]\s*$")
_SLASH = re.compile(r"\s+/\s+")
# What stands in such brackets says something about the thing; it is no name of it.
_NOTE = re.compile(
    r"\b(?:now|former|formerly|previously|subsidiary|unit|parent|brand|venture|joint|company|planned|page|see|of|by|in)\b"
    r"|^[a-z]|[:,;、]|公司$"
)
_FORMER = re.compile(r"^(?:former|formerly|previously)\s+(.+)$")

# Exchanges by the name that the cards write, with the marks that people write before or after a code.
_EXCHANGES = {
    "SZSE": ("SZ", "XSHE"),
    "SSE": ("SH", "SS", "XSHG"),
    "BSE": ("BJ", "XBSE"),
    "HKEX": ("HK", "XHKG", "SEHK"),
    "KRX": ("KS", "XKRX"),
    "TSE": ("T", "TYO", "XTKS"),
    "NYSE": ("N", "XNYS"),
    "NASDAQ": ("O", "XNAS"),
    "ASX": ("AX", "XASX"),
}
_HONG_KONG_DIGITS = 5
_MAINLAND_CODE = re.compile(r"\d{6}")

_PEOPLES = (
    "布依族|土家族|维吾尔|蒙古族|朝鲜族|哈萨克|柯尔克孜|哈尼族|景颇族|傈僳族|"
    "壮族|回族|苗族|侗族|藏族|羌族|彝族|白族|傣族|黎族"
)
_AREA = re.compile(
    rf"(?P<short>[\u4e00-\u9fff]{{2,}}?)(?:{_PEOPLES})*"
    r"(?:特别行政区|自治区|自治州|自治县|自治旗|地区|新区|省|市|州|盟|县|区|旗)$"
)


def name_parts(name: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Give the names that stand outside of the last brackets of a name, or beside a slash, and those within.

    A note in brackets is no name; that the thing was called otherwise before is one.

    >>> name_parts("Commercial Aircraft Corporation of China (COMAC)")
    (('Commercial Aircraft Corporation of China',), ('COMAC',))
    >>> name_parts("Groupe PSA (now Stellantis)"), name_parts("Canmax Technologies (formerly Tianhua)")
    ((('Groupe PSA',), ()), (('Canmax Technologies',), ('Tianhua',)))
    >>> name_parts("Billy-Berclau / Douvrin"), name_parts("ISO 50001")
    ((('Billy-Berclau', 'Douvrin'), ()), ((), ()))
    """
    bracketed = _BRACKETED.match(name)
    if not bracketed:
        sides = _SLASH.split(name)
        return (tuple(sides) if len(sides) > 1 else ()), ()
    former = _FORMER.match(bracketed["inside"])
    inside = former[1] if former else bracketed["inside"]
    noted = not former and _NOTE.search(inside)
    return (bracketed["outside"],), (() if noted else tuple(_SLASH.split(inside)))


def code_forms(notation: str) -> Iterator[str]:
    """Give the forms in which a code of an exchange is typed; none for another notation.

    >>> list(code_forms("SZSE 300750"))
    ['SZSE:300750', '300750.SZ', 'SZ300750', 'SZ.300750', '300750.XSHE', 'XSHE300750', 'XSHE.300750', '300750']
    >>> list(code_forms("HKEX 0175"))[:4]
    ['HKEX:0175', '0175.HK', 'HK0175', 'HK.0175']
    >>> list(code_forms("GB/T 36276"))
    []
    """
    exchange, _, code = notation.partition(" ")
    if not code or exchange not in _EXCHANGES:
        return
    codes = [code]
    if exchange == "HKEX":
        codes += [code.zfill(_HONG_KONG_DIGITS), *([code.lstrip("0")] if code.startswith("0") else [])]
    for each in dict.fromkeys(codes):
        yield f"{exchange}:{each}"
        for mark in _EXCHANGES[exchange]:
            yield from (f"{each}.{mark}", f"{mark}{each}", f"{mark}.{each}")
    if _MAINLAND_CODE.fullmatch(code):
        yield code


_PHASE = re.compile(r"(?P<of>.*?):? Phase (?P<number>I{1,3}|IV|V)$", re.IGNORECASE)
_PHASE_NUMBERS = {"I": ("one", "1"), "II": ("two", "2"), "III": ("three", "3"), "IV": ("four", "4"), "V": ("five", "5")}
_CHINESE_PHASE = re.compile(r"(?P<of>[\u4e00-\u9fff]{2,})基地(?P<number>[一二三四五]期)$")


def phase_forms(name: str) -> Iterator[str]:
    """Give the forms in which people type the name of a phase: its number in words and digits, without the base.

    >>> list(phase_forms("Yanzhou Phase I")), list(phase_forms("兖州基地一期"))
    (['Yanzhou Phase one', 'Yanzhou Phase 1', 'phase one of Yanzhou', 'phase 1 of Yanzhou'], ['兖州一期'])
    >>> list(phase_forms("Phase Motion"))
    []
    """
    if found := _PHASE.fullmatch(name):
        numbers = _PHASE_NUMBERS[found["number"].upper()]
        yield from (f"{found['of']} Phase {number}" for number in numbers)
        yield from (f"phase {number} of {found['of']}" for number in numbers)
    if found := _CHINESE_PHASE.fullmatch(name):
        yield found["of"] + found["number"]


def short_place_names(name: str) -> Iterator[str]:
    """Give the name of a Chinese area without what it is and the peoples it is named after.

    >>> [*short_place_names("济宁市"), *short_place_names("黔南布依族苗族自治州"), *short_place_names("内蒙古自治区")]
    ['济宁', '黔南', '内蒙古']
    >>> list(short_place_names("法国"))
    []
    """
    if found := _AREA.fullmatch(name):
        yield found["short"]
