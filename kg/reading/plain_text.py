"""Plain text: its encoding, and what its first lines tell of it: title, day, publisher, address, language.

The text stays as it is, but that lines end in one way and a mark at its beginning goes: positions count in what is
given here.
"""

from __future__ import annotations

import datetime
import re
from itertools import islice

from kg import __version__
from kg.errors import InputError
from kg.figures import read_dates
from kg.figures.languages import language_of
from kg.reading.source_text import SourceText
from kg.tables.encodings import decode

__all__ = ["decode_text", "first_day", "language_of_text", "named_source", "read_plain"]

# A page says its encoding itself, where its bytes do not.
_DECLARED = re.compile(
    rb"<(?:meta[^>]{0,200}charset|\?xml[^>]{0,100}encoding)\s*=\s*[\"']?\s*([A-Za-z0-9_-]{2,20})", re.IGNORECASE
)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufdd0-\ufdef\ufffe\uffff]")
_MOST_CONTROL = 0.01

_URL = re.compile(r"https?://[^\s|<>\"'）)]{4,500}")
_PARTS = re.compile(r"\s+[|｜]\s+")
_LABELLED_DAY = re.compile(
    r"(?:published(?: on)?|date|posted(?: on)?|updated|发布时间|发布日期|日期|时间|發布時間|發布日期)\s*[:：]"
    r"\s*([^\n|｜]{4,40})",
    re.IGNORECASE,
)
_LABELLED_SOURCE = re.compile(
    r"(?:^|[\s|｜(（])(?:source|publisher|来源|來源|稿源|信息来源)\s*[:：]\s*([^\n|｜)）]{2,80})", re.IGNORECASE
)
_HEAD_LINES, _HEAD_LENGTH, _LONGEST_TITLE = 8, 1_000, 300
_SENTENCE_END = re.compile(r"[.!?。！？]$")
_CJK = re.compile(r"[\u3400-\u9fff]")
_KANA, _HANGUL = re.compile(r"[\u3040-\u30ff]"), re.compile(r"[\uac00-\ud7af]")
_LETTER = re.compile(r"[^\W\d_\u2e80-\u9fff\uac00-\ud7af]")
# A Chinese sign says about as much as three letters.
_LETTERS_A_SIGN = 3
_SAMPLE = 20_000


def decode_text(data: bytes) -> tuple[str, str]:
    """Give the text of some bytes, and the name of the encoding where it is not UTF-8; InputError for what is no text.

    >>> decode_text("宁德时代在厦门建设新的电池基地，年产80吉瓦时。".encode("gbk"))
    ('宁德时代在厦门建设新的电池基地，年产80吉瓦时。', 'GB18030 (GBK)')
    """
    found = _DECLARED.search(data[:4_000])
    try:
        text, encoding = _declared(data, found[1].decode("ascii")) if found else decode(data)
    except InputError as error:
        raise InputError("it is no text in UTF-8, and what else it is cannot be told; save it as UTF-8") from error
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    if len(_CONTROL.findall(text[:_SAMPLE])) > _MOST_CONTROL * len(text[:_SAMPLE]):
        raise InputError("it holds signs that no text has; give plain text, HTML or PDF")
    return _CONTROL.sub(" ", text), encoding


def _declared(data: bytes, name: str) -> tuple[str, str]:
    """Decode a page as it says, unless it is UTF-8 or what it says is not so."""
    for encoding in ("utf-8", "gb18030" if name.lower() in ("gb2312", "gbk") else name):
        try:
            return data.decode(encoding), "" if encoding == "utf-8" else name
        except (UnicodeDecodeError, LookupError):
            continue
    return decode(data)


def read_plain(text: str) -> SourceText:
    """Read what the first lines tell: "Title | 2025-09-11 | https://…", or a line each.

    >>> head = read_plain("New base signed | 2025-09-11 | https://example.org/a\\n\\nThe contract is signed.")
    >>> head.title, head.published, head.url, head.language
    ('New base signed', '2025-09-11', 'https://example.org/a', 'en')
    """
    lines = [line.strip() for line in islice((line for line in text.split("\n") if line.strip()), _HEAD_LINES)]
    head = "\n".join(lines)[:_HEAD_LENGTH]
    title = _PARTS.split(lines[0])[0].lstrip("#").strip() if lines else ""
    url = _URL.search(head)
    return SourceText(
        "text",
        text,
        title if len(title) <= _LONGEST_TITLE and not _SENTENCE_END.search(title) else "",
        named_source(head),
        first_day(lines),
        language_of_text(text),
        url[0].rstrip(".,;") if url else "",
        "kg plain text",
        __version__,
    )


def named_source(head: str) -> str:
    """Give who is named as the source in the first lines, in their words."""
    found = _LABELLED_SOURCE.search(head)
    return found[1].strip() if found else ""


def first_day(lines: list[str]) -> str:
    """Give the day that the first lines name as that of the document: with a label, in a field, or where it begins.

    >>> first_day(["发布时间：2024年3月5日 来源：新华网"]), first_day(["GUIYANG, June 17, 2023 /PRNewswire/ -- The"])
    ('2024-03-05', '2023-06-17')
    """
    for line in lines:
        if (found := _LABELLED_DAY.search(line)) and (day := _whole_day(found[1])):
            return day
    for line in lines:
        fields = _PARTS.split(line)
        short = [one for one in fields if len(one) < 40] if len(fields) > 1 or len(line) < 60 else []
        dateline = re.match(r"[^.。]{0,60}?\d{4}\s?(?=/|--|—|–|-\s)", line)
        for part in [*short, *([dateline[0]] if dateline else [])]:
            if day := _whole_day(part):
                return day
    return ""


def _whole_day(text: str) -> str:
    for date in read_dates(text):
        first = date.first
        if first.year and first.months and first.days and first.days[0] == first.days[1] and not date.doubt:
            try:
                return datetime.date(first.year, first.months[0], first.days[0]).isoformat()
            except ValueError:
                continue
    return ""


def language_of_text(text: str) -> str:
    """Tell the language of a text by its script, and by its words where letters leave it open; '' where nothing does.

    >>> language_of_text("宁德时代（CATL）将建设电池基地"), language_of_text("CATL (宁德时代) will build a plant")
    ('zh', 'en')
    """
    sample = text[:_SAMPLE]
    signs, letters = len(_CJK.findall(sample)), len(_LETTER.findall(sample))
    if (kana := len(_KANA.findall(sample))) and kana * 5 > signs:
        return "ja"
    if len(_HANGUL.findall(sample)) * _LETTERS_A_SIGN > letters:
        return "ko"
    if signs * _LETTERS_A_SIGN > letters:
        return "zh"
    return language_of(_CJK.sub(" ", sample)) or ""
