"""Addresses and languages of the pages, without a server."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.server.web.layout import Page, languages_of
from kg.server.web.messages import LANGUAGES, words_in

PAGE = Page("/mounted", "/search", {"text": "a b", "language": "en"}, "zh", kept_language=True, release="r")


NO_ADDRESSES = [
    "javascript:alert(1)",
    "data:text/html,x",
    "vbscript:x",
    "//evil",
    "http://",
    "http://[",
    "https://a b",
    'https://a"b',
    "https://x\ny",
    "ftp://x",
    "file:///etc",
    "",
    None,
]


@pytest.mark.parametrize("text", NO_ADDRESSES)
def test_only_addresses_of_the_web_become_links(text: str | None) -> None:
    assert PAGE.href(text) is None


@given(st.text())
def test_whatever_becomes_a_link_is_a_path_here_or_on_the_web(text: str) -> None:
    href = PAGE.href(text)
    assert href is None or href.startswith(("/mounted/", "http://", "https://"))
    assert href is None or not set(href) & set("\"'<> \n")


def test_links_keep_the_root_and_the_language() -> None:
    assert PAGE.href("company/catl") == "/mounted/id/company/catl?language=zh"
    assert PAGE.address("/id/company/catl.ttl", claims=1, empty="") == "/mounted/id/company/catl.ttl?claims=1"
    assert PAGE.in_language("en") == "/mounted/search?text=a+b&language=en"
    assert PAGE.href("https://example.org/x?y=1") == "https://example.org/x?y=1"


@given(st.text())
def test_any_header_orders_the_languages(text: str) -> None:
    assert sorted(languages_of(text)) == sorted(LANGUAGES)


def test_both_languages_have_all_words() -> None:
    english, chinese = words_in("en"), words_in("zh")
    assert english.keys() == chinese.keys()
    assert all(english.values())
    assert all(chinese.values())
