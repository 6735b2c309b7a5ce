"""Keys of names: what is the same name, what is not, and what is cut into pieces."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.names.legal_forms import without_legal_form
from kg.names.normalize import ideographs, letters, ngrams, normalize

SAME = [
    ("CATL", "catl"),
    ("ＣＡＴＬ", "CATL"),
    ("C.A.T.L.", "CATL"),
    ("Gui'an", "Gui’an"),
    ("Gui'an", "Guian"),
    ("Co., Ltd.", "Co Ltd"),
    ("Hi-tech Park", "Hi–Tech  Park"),
    ("瓮福（集团）有限责任公司", "瓮福(集团) 有限责任公司"),
    ("CATL 贵州", "CATL贵州"),
    ("Zero\u200bCarbon", "ZeroCarbon"),
    ("Zero\u00a0Carbon", "zero carbon"),
    ("Research & Development", "research and development"),
    ("①号", "1号"),
]
DIFFERENT = [
    ("Envision", "Envision AESC"),
    ("远景能源", "远景动力"),
    ("Wengfu Group", "Wengfu"),
    ("phase one", "phase two"),
    ("Lüye", "Luye"),
    ("?", "!"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_spellings_of_one_name_have_one_key(one: str, other: str) -> None:
    assert normalize(one) == normalize(other)


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_different_names_have_different_keys(one: str, other: str) -> None:
    assert normalize(one) != normalize(other)


@pytest.mark.parametrize("blank", ["", " ", "\n\t", "\u200b", "\x00", "\ud800"])
def test_what_cannot_be_read_has_no_key(blank: str) -> None:
    assert normalize(blank) == ""


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("Contemporary Amperex Technology Co., Limited", "contemporary amperex technology"),
        ("宁德时代新能源科技股份有限公司", "宁德时代新能源科技"),
        ("瓮福（集团）有限责任公司", "瓮福"),
        ("贵州建筑集团有限公司", "贵州建筑"),
        ("Envision Group", "envision"),
        ("Smith & Co.", "smith"),
        ("宁德时代 Co., Ltd.", "宁德时代"),
        ("Group", "group"),
        ("集团有限公司", "集团"),
        ("Texaco", "texaco"),
        ("Cogroup", "cogroup"),
    ],
)
def test_the_legal_form_is_left_out(name: str, short: str) -> None:
    assert without_legal_form(normalize(name)) == short


def test_grams_join_no_two_words() -> None:
    assert ngrams("ab 宁德c") == ["^^a", "^ab", "ab$", "宁德", "^^c", "^c$"]


def test_a_lone_character_is_a_gram() -> None:
    assert ngrams("宁") == ["宁"]
    assert ideographs("a宁德宁") == ["宁", "德"]


@pytest.mark.parametrize(
    ("typed", "heard"), [("Níng Dé", "ningde"), ("gui'an", "guian"), ("lüye", "luye"), ("lvye", "luye"), ("宁de", "")]
)
def test_letters(typed: str, heard: str) -> None:
    assert letters(typed) == heard


@given(st.text())
def test_a_key_has_single_spaces_and_no_invisible_characters(text: str) -> None:
    made = normalize(text)
    assert made == " ".join(made.split())
    assert "\x00" not in made
    assert "\u200b" not in made


@given(st.text(alphabet=st.characters(codec="utf-8")))
def test_grams_hold_no_space_and_cover_every_key(text: str) -> None:
    pieces = ngrams(normalize(text))
    assert bool(pieces) == bool(normalize(text))
    assert not any(char.isspace() for piece in pieces for char in piece)


@given(st.text())
def test_a_legal_form_never_takes_the_whole_name(text: str) -> None:
    assert bool(without_legal_form(normalize(text))) == bool(normalize(text))
