"""How like a question a name is: which way of being alike counts more than which."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.names.normalize import normalize
from kg.names.pinyin import pinyin_keys
from kg.names.similarity import EXACT, SLIPS, IndexedName, NameQuery, similarity


def compare(asked: str, name: str, field: str = "name") -> tuple[float, str] | None:
    return similarity(NameQuery.of(normalize(asked)), IndexedName.of(normalize(name), pinyin_keys(name), field))


def score(asked: str, name: str) -> float:
    found = compare(asked, name)
    return found[0] if found else 0.0


@pytest.mark.parametrize("field", ["name", "alias", "identifier"])
def test_exact(field: str) -> None:
    assert compare("CATL", "catl", field) == (EXACT, f"exact {field}")


@pytest.mark.parametrize(
    ("asked", "better", "worse"),
    [
        ("Envision", "Envision Group", "Envision AESC"),
        ("Envision", "Envision AESC", "Grand Envision"),
        ("Envision", "Grand Envision", "Reenvision"),
        ("宁德", "宁德市", "宁德时代新能源科技股份有限公司"),
        ("ningde", "宁德", "宁德时代"),
        ("ndsd", "宁德时代", "宁德时代新能源"),
        ("Shandong Tims", "Shandong Times", "Shandong Times New Energy Technology"),
        ("Contemporery Amprex", "Contemporary Amperex Technology", "Temporary Staffing Agency"),
    ],
)
def test_the_better_match_scores_more(asked: str, better: str, worse: str) -> None:
    assert score(asked, better) > score(asked, worse)


@pytest.mark.parametrize(
    ("asked", "name"), [("远景能源", "远景动力"), ("CATL", "BYD"), ("n", "宁德"), ("zz", "Ningde"), ("德", "Ningde")]
)
def test_strangers_are_not_alike(asked: str, name: str) -> None:
    assert compare(asked, name) is None


def test_a_slip_never_beats_what_was_spelled_right() -> None:
    found = compare("Envison Group Limitd", "Envision Group Limited")
    assert found is not None
    assert found[1] in SLIPS
    assert found[0] < score("Envision", "Envision Group")


@given(st.text(min_size=1), st.text(min_size=1))
def test_any_two_texts_can_be_compared(asked: str, name: str) -> None:
    if normalize(asked) and normalize(name):
        found = compare(asked, name)
        assert found is None or 0 < found[0] <= EXACT
        assert (found is not None and found[0] == EXACT) == (normalize(asked) == normalize(name))


@pytest.mark.parametrize(
    ("asked", "part_of", "like"),
    [
        ("泰材新能源集团有限公司", "厦门隆泰材新能源集团有限公司", "合肥泰达新能源集团有限公司"),
        ("oltline Power Chemicals", "Silvervoltline Power Chemicals GmbH", "Lotuslinegate Power Chemicals"),
    ],
)
def test_a_part_to_the_letter_beats_what_is_merely_like_it(asked: str, part_of: str, like: str) -> None:
    assert score(asked, part_of) > score(asked, like)


@pytest.mark.parametrize(
    ("asked", "name", "reason"),
    [
        ("JinkoSolar", "Jinko Solar", "exact but for spaces"),
        ("Honeywell International, Inc.", "Honeywell", "same but for common words"),
        ("川恒股份", "贵州川恒化工股份有限公司", "same but for common words"),
        ("寧德時代", "宁德时代", "exact name"),
    ],
)
def test_what_tells_a_name_from_others_counts(asked: str, name: str, reason: str) -> None:
    found = compare(asked, name)
    assert found is not None
    assert found[1] == reason


@pytest.mark.parametrize(
    ("asked", "name"),
    [
        ("Honeywell International, Inc.", "LX International"),
        ("Senior Technology Material", "Capchem Technology Material"),
        ("远景动力", "远景能源"),
    ],
)
def test_words_that_many_names_share_make_no_likeness(asked: str, name: str) -> None:
    assert compare(asked, name) is None


def test_a_stem_is_better_found_in_the_company_than_in_its_subsidiary() -> None:
    assert score("容百科技", "宁波容百新能源科技股份有限公司") > score("容百科技", "贵州容百锂电材料湖北仙桃有限公司")
