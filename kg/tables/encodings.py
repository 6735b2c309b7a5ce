"""Which encoding the bytes of somebody's table are in: a mark says so, they are UTF-8, or it is the likely one.

charset-normalizer tells the likely one. It goes by how often letters follow each other, which a few names in Chinese
are too short for: there the share of common characters decides.
"""

from __future__ import annotations

import codecs
import re

from charset_normalizer import from_bytes

from kg.errors import InputError

__all__ = ["decode"]

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_OF_TWO_BYTES = ("gb18030", "big5", "shift_jis", "euc_kr")
_OF_ONE_BYTE = ("cp1250", "cp1252", "cp1251")
_NAMES = {
    "gb18030": "GB18030 (GBK)",
    "big5": "Big5",
    "shift_jis": "Shift JIS",
    "euc_kr": "EUC-KR",
    "cp1250": "Windows-1250",
    "cp1251": "Windows-1251",
    "cp1252": "Windows-1252",
    "utf-16-le": "UTF-16",
    "utf-16-be": "UTF-16",
    "utf-32-le": "UTF-32",
    "utf-32-be": "UTF-32",
}
# Bytes of the library's choice: below, its statistics have too little to go by.
_ENOUGH = 60
_SAMPLE = 200_000
_PAIRS = re.compile(rb"[\x80-\xff].")
# The characters of GB 2312 in daily use, and its signs; letters of Korea and Japan.
_COMMON_PAIR = re.compile(rb"[\xb0-\xd7\xa1-\xa3][\xa1-\xfe]")
_KANA = re.compile("[\u3041-\u30ff]")
# What names and heads are full of, in Chinese and in Korean; bytes of the one are rare syllables of the other.
_COMMON_CHINESE = frozenset(
    "公司有限股份科技集团能源新材料电池中国时代技术工业汽车名称城市地区省县产业化学实大小上下人民年月日时间项目"
    "单位企北南东西山江河海湖川广安天华金石油钢铁铝铜锂矿制造生态环保股高第一二三三四五六电力网水火风光动机电子信息投资控发"
)
_COMMON_KOREAN = frozenset(
    "이다의는에가을로하고사지기리시인자도대스어아주나정부한전제서국구수보해일상원은동성요마장라공비소조과신화업회명경안"
    "삼엘지케온현차포코울특별광역산용연구학술에너머터재료전력배식유"
)
_LETTER_IN_A_WORD = re.compile(r"[A-Za-z][\u00c0-\u024f]|[\u00c0-\u024f][A-Za-z]|[\u0400-\u04ff]{3}")
_MOSTLY = 0.9
_SHORTEST = 8


def decode(data: bytes) -> tuple[str, str]:
    """Give the text of some bytes, and the name of their encoding where it is not UTF-8.

    >>> decode("名称\\n宁德时代\\n".encode("gbk"))
    ('名称\\n宁德时代\\n', 'GB18030 (GBK)')
    >>> decode("name\\tGWh\\n".encode("utf-16")), decode(b"name")
    (('name\\tGWh\\n', 'UTF-16'), ('name', ''))
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _decoded(data[len(mark) :], encoding), _NAMES.get(encoding, "")
    if b"\0" in data[:_SAMPLE]:
        return _without_mark(data)
    try:
        return data.decode("utf-8"), ""
    except UnicodeDecodeError as error:
        likely = _likely(data)
        if likely is None:
            line = data.count(b"\n", 0, error.start) + 1
            raise InputError(
                f"line {line}: the file is not UTF-8, and what else it is cannot be told; save it as CSV UTF-8"
            ) from error
        return _decoded(data, likely), _NAMES[likely]


def _decoded(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        name = _NAMES.get(encoding, "UTF-8")
        line = data.count("\n".encode(encoding), 0, error.start) + 1
        raise InputError(f"line {line}: the file begins as {name} but is not; save it as CSV UTF-8") from error


def _without_mark(data: bytes) -> tuple[str, str]:
    """Read what holds zero bytes: UTF-16 without its mark, or no text."""
    sample = data[:_SAMPLE]
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    for here, there, encoding in ((odd, even, "utf-16-le"), (even, odd, "utf-16-be")):
        if len(data) >= _SHORTEST and len(data) % 2 == 0 and here > _MOSTLY * len(sample) / 4 and not there:
            return _decoded(data, encoding), _NAMES[encoding]
    line = data.count(b"\n", 0, data.index(b"\0")) + 1
    raise InputError(
        f"line {line}: the file holds bytes of zero, so it is no text; save the table as CSV or as a workbook"
    )


def _likely(data: bytes) -> str | None:
    """Tell the encoding that some bytes are most likely in."""
    sample = data if len(data) <= _SAMPLE else data[: data.rfind(b"\n", 0, _SAMPLE) + 1 or _SAMPLE]
    pairs = _PAIRS.findall(sample)
    guess = _guess(sample)
    if 2 * len(pairs) < _ENOUGH and _is_common_chinese(sample, guess):
        return "gb18030"
    if guess in _OF_ONE_BYTE and not _LETTER_IN_A_WORD.search(sample.decode(guess)):
        return None
    return guess


def _guess(sample: bytes) -> str | None:
    best = from_bytes(sample, cp_isolation=[*_OF_TWO_BYTES, *_OF_ONE_BYTE]).best()
    return best.encoding if best is not None and best.encoding in _NAMES else None


def _is_common_chinese(sample: bytes, guess: str | None) -> bool:
    """Tell whether bytes are Chinese of daily use, and no words in the letters of the language that was guessed."""
    pairs = _PAIRS.findall(sample)
    common = sum(_COMMON_PAIR.fullmatch(pair) is not None for pair in pairs)
    try:
        chinese = sample.decode("gb18030")
        other = sample.decode(guess) if guess in ("shift_jis", "euc_kr") else ""
    except UnicodeDecodeError:
        return False
    korean = sum(char in _COMMON_KOREAN for char in other) > sum(char in _COMMON_CHINESE for char in chinese)
    return common >= _MOSTLY * len(pairs) and not korean and not _KANA.search(other)
