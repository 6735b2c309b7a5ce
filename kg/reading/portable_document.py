"""PDF: its text page by page, by pypdf; what it unpacks to is bounded for each page and in all."""

from __future__ import annotations

import importlib
import importlib.metadata
import io
import logging
import re
import sys
import warnings
from typing import Any

from kg.errors import InputError
from kg.reading.plain_text import first_day, language_of_text, named_source
from kg.reading.source_text import SourceText

__all__ = ["is_pdf", "read_pdf"]

_BEGIN = 1_024
_MOST_PAGES = 3_000
_LONGEST = 20_000_000
_EVERY = 10
_DAY = re.compile(r"D:(\d{4})(\d{2})(\d{2})")
# Lines of one paragraph: Chinese goes on without a blank, other words with one.
_BREAK_IN_CHINESE = re.compile(r"(?<=[\u3400-\u9fff，、；：])[ \t]*\n[ \t]*(?=[\u3400-\u9fff0-9A-Za-z，、；：（(])")
_BREAK_IN_A_LINE = re.compile(r"(?<=[^\n.!?。！？:：;；])[ \t]*\n[ \t]*(?=[a-z0-9(])")
_HYPHEN = re.compile(r"(?<=[a-z])-[ \t]*\n[ \t]*(?=[a-z])")


def is_pdf(data: bytes) -> bool:
    """Tell whether bytes are a PDF."""
    return b"%PDF-" in data[:_BEGIN]


def read_pdf(data: bytes) -> SourceText:
    """Read the text of all pages; ModuleNotFoundError where pypdf is not installed."""
    pypdf = importlib.import_module("pypdf")
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    warnings.simplefilter("ignore")
    reader = pypdf.PdfReader(io.BytesIO(data))
    if reader.is_encrypted and not reader.decrypt(""):
        raise InputError("the PDF is locked by a password; save it without one")
    count = len(reader.pages)
    if count > _MOST_PAGES:
        raise InputError(f"the PDF has {count:,} pages; the limit is {_MOST_PAGES:,}")
    text = "\n\n".join(_pages(reader, count)).strip()
    lines = [line.strip() for line in text[:2_000].split("\n") if line.strip()][:8]
    about = reader.metadata or {}
    return SourceText(
        "pdf",
        text,
        _words(about.get("/Title")) or (lines[0] if lines else ""),
        named_source("\n".join(lines)) or _words(about.get("/Author")),
        first_day(lines) or _day(about.get("/CreationDate")),
        language_of_text(text),
        "",
        "pypdf",
        importlib.metadata.version("pypdf"),
        (f"{count} pages",),
    )


def _pages(reader: Any, count: int) -> list[str]:
    pages, length = [], 0
    for number in range(count):
        page = join_lines(reader.pages[number].extract_text())
        pages.append(page)
        length += len(page)
        if length > _LONGEST:
            raise InputError(f"the text of the PDF has over {_LONGEST:,} characters by page {number + 1}; cut it")
        if number % _EVERY == _EVERY - 1:
            sys.stderr.write(f"page {number + 1} of {count}\n")
            sys.stderr.flush()
    return pages


def join_lines(text: str) -> str:
    """Join the lines of a paragraph that a page broke.

    >>> join_lines("年产30\\nGWh的电池\\n基地"), join_lines("a capac-\\nity of\\n30 GWh.\\nNext")
    ('年产30 GWh的电池基地', 'a capacity of 30 GWh.\\nNext')
    """
    joined = _BREAK_IN_CHINESE.sub("", _HYPHEN.sub("", text))
    return re.sub(r"(?<=\d)[ \t]*\n[ \t]*(?=[A-Za-z])", " ", _BREAK_IN_A_LINE.sub(" ", joined))


def _words(value: Any) -> str:
    words = " ".join(str(value or "").split())
    # What programs put there is the name of a file.
    return (
        "" if re.search(r"\.(?:docx?|pdf|indd|xlsx?|pptx?)$|^(?:Microsoft|untitled)", words, re.IGNORECASE) else words
    )


def _day(value: Any) -> str:
    found = _DAY.match(str(value or ""))
    return "-".join(found.groups()) if found else ""
