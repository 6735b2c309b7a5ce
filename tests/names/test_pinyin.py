"""The sound of Chinese names, as it is typed."""

from __future__ import annotations

import pytest

from kg.names.pinyin import pinyin_keys


@pytest.mark.parametrize(
    ("name", "joined", "initials"),
    [
        ("宁德", "ningde", "nd"),
        ("贵安新区", "guianxinqu", "gaxq"),
        ("重庆", "chongqing", "cq"),
        ("绿叶", "luye", "ly"),
        ("瓮福（集团）", "wengfujituan", "wfjt"),
        ("CATL 贵州", "catlguizhou", "catlgz"),
        ("CATL", "", ""),
        ("", "", ""),
    ],
)
def test_sounds(name: str, joined: str, initials: str) -> None:
    assert pinyin_keys(name) == (joined, initials)
