"""HTML: the main text of a page without what stands around it, and what its head tells of it, by trafilatura."""

from __future__ import annotations

import importlib
import importlib.metadata
import re
from typing import Any
from urllib.parse import urlsplit

from kg.errors import InputError
from kg.reading.plain_text import first_day, language_of_text, named_source
from kg.reading.source_text import SourceText

__all__ = ["is_markup", "read_markup"]

_MARKUP = re.compile(r"<(?:!doctype\s+html|html|head|body|article|meta|div|table|section)\b", re.IGNORECASE)
_BEGIN = 4_000
_LANGUAGE = re.compile(r"<html[^>]{0,300}\blang\s*=\s*[\"']?([A-Za-z]{2,3})\b", re.IGNORECASE)
# Tags that may be open at once: a page that people made has a few dozen, and to walk a tree takes a stack.
_DEEPEST = 2_000
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)\b[^<>]*?(/?)>")
_EMPTY = frozenset(
    ("area", "base", "br", "col", "embed", "hr", "img", "input", "li", "link", "meta", "option", "p", "param", "source")
) | {"td", "th", "tr", "track", "wbr"}
_SPACES = re.compile(r"[ \t\u00a0]+")


def is_markup(text: str) -> bool:
    """Tell whether a text is a page in HTML.

    >>> is_markup("<!DOCTYPE html><html>"), is_markup("at < 5 GWh")
    (True, False)
    """
    return _MARKUP.search(text, 0, _BEGIN) is not None


def read_markup(text: str) -> SourceText:
    """Read the main text of a page; ModuleNotFoundError where trafilatura is not installed."""
    trafilatura = importlib.import_module("trafilatura")
    if _depth(text) > _DEEPEST:
        raise InputError(f"the page is nested over {_DEEPEST:,} deep; save its text")
    page = trafilatura.bare_extraction(text, with_metadata=True, include_comments=False, include_tables=True)
    if page is None or not (page.text or "").strip():
        raise InputError("the page has no main text; save what you read as plain text")
    main = _SPACES.sub(" ", page.text).strip()
    head = [line for line in main.split("\n") if line.strip()][:8]
    found = _LANGUAGE.search(text)
    url = page.url or ""
    return SourceText(
        "html",
        main,
        _one_line(page.title),
        named_source("\n".join(head)) or _one_line(page.sitename) or (urlsplit(url).hostname or ""),
        page.date or first_day(head),
        language_of_text(main) or (found[1].lower() if found else ""),
        url,
        "trafilatura",
        importlib.metadata.version("trafilatura"),
    )


def _one_line(words: Any) -> str:
    return " ".join(str(words or "").split())


def _depth(text: str) -> int:
    """Count how deep tags are nested at most; those that close by themselves do not count."""
    depth = deepest = 0
    for tag in _TAG.finditer(text):
        if tag[3] or tag[2].lower() in _EMPTY:
            continue
        depth = max(0, depth - 1) if tag[1] else depth + 1
        deepest = max(deepest, depth)
    return deepest
