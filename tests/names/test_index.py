"""Finding entities by what people call them."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import InputError, NotFound, ReleaseError
from kg.names.index import MAX_TEXT, Match, NameIndex
from kg.names.indexer import build_index
from kg.names.normalize import Name, normalize

ENTITIES = {
    "company/catl": "CATL|alias, 宁德时代|alias, 300750.SZ|identifier, 宁德时代新能源科技股份有限公司|name, "
    "Contemporary Amperex Technology Co. Limited|name",
    "company/envision": "Envision Group|name, 远景科技集团|name",
    "company/envision-aesc": "Envision AESC|name, 远景动力|name",
    "company/envision-energy": "Envision Energy|name, 远景能源有限公司|name",
    "company/shandong-times": "Shandong Times New Energy Technology Co. Ltd.|name, 山东时代新能源科技有限公司|name",
    "company/wengfu": "Wengfu Group|name, 瓮福（集团）有限责任公司|name",
    "government/jining": "Jining City|name, 济宁市|name, 济宁市人民政府|alias",
    "place/jining": "Jining City|name, 济宁市|name",
    "place/ningde": "Ningde|name, 宁德市|name, 宁德|alias",
    "place/guian": "Gui'an New District|name, 贵安新区|name",
    "park/zhangjiang-guian": "Shanghai Zhangjiang (Gui'an) Hi-tech Park|name, 上海张江（贵安）高科技园|name",
}


def names() -> list[Name]:
    listed = []
    for entity, spellings in ENTITIES.items():
        for spelling in spellings.split(", "):
            text, field = spelling.split("|")
            language = "en" if text.isascii() else "zh"
            listed.append(Name(entity, entity.split("/")[0].title(), text, language, field))
    return listed


NAMES = names()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("names")
    build_index(NAMES, made)
    return made


@pytest.fixture(scope="module")
def lookup(folder: Path) -> NameIndex:
    return NameIndex(folder)


@pytest.mark.parametrize(
    ("text", "entity", "reason"),
    [
        ("CATL", "company/catl", "exact alias"),
        ("ｃａｔｌ", "company/catl", "exact alias"),
        ("300750.sz", "company/catl", "exact identifier"),
        ("宁德", "place/ningde", "exact alias"),
        ("贵安", "place/guian", "prefix"),
        ("远景动", "company/envision-aesc", "prefix"),
        ("ningde", "place/ningde", "exact name"),
        ("ning de shi dai", "company/catl", "pinyin"),
        ("níngdéshídài", "company/catl", "pinyin"),
        ("ningdeshid", "company/catl", "pinyin prefix"),
        ("guianxinqu", "place/guian", "pinyin"),
        ("guian", "place/guian", "prefix"),
        ("ndsd", "company/catl", "pinyin initials"),
        ("Contemporery Amprex", "company/catl", "similar spelling"),
        ("Conte", "company/catl", "prefix"),
        ("Shandong Tims New Energy", "company/shandong-times", "similar spelling"),
        ("ningdshidai", "company/catl", "similar pinyin"),
        ("瓮福集团", "company/wengfu", "same without legal form"),
        ("瓮福", "company/wengfu", "same without legal form"),
        ("Zhangjiang Park", "park/zhangjiang-guian", "same words"),
        ("Amperex", "company/catl", "contains"),
        ("动力", "company/envision-aesc", "contains"),
        ("动", "company/envision-aesc", "contains"),
        ("what did CATL sign", "company/catl", "part of the question"),
    ],
)
def test_the_first_match_and_why(lookup: NameIndex, text: str, entity: str, reason: str) -> None:
    first = lookup.find(text)[0]
    assert (first.entity, first.reason) == (entity, reason)


def test_a_match_tells_the_spelling_that_matched(lookup: NameIndex) -> None:
    assert lookup.find("宁德时代")[0] == Match(
        "company/catl", "Company", "宁德时代", "zh", "alias", "exact alias", 100.0, certain=True
    )


def test_envision_is_not_envision_aesc(lookup: NameIndex) -> None:
    group, *others = lookup.find("Envision")
    assert group.entity == "company/envision"
    aesc = next(match for match in others if match.entity == "company/envision-aesc")
    assert aesc.score < group.score
    assert not any(match.certain for match in [group, *others])


def test_two_companies_that_share_a_first_word_are_not_alike(lookup: NameIndex) -> None:
    assert [match.entity for match in lookup.find("远景动力")] == ["company/envision-aesc"]


@pytest.mark.parametrize("text", ["Jining", "jining", "济宁"])
def test_both_bearers_of_a_name_are_listed(lookup: NameIndex, text: str) -> None:
    assert {match.entity for match in lookup.find(text)[:2]} == {"government/jining", "place/jining"}


def test_a_shared_name_is_certain_for_none_until_the_kind_is_known(lookup: NameIndex) -> None:
    assert [match.certain for match in lookup.find("济宁市") if match.score == 100] == [False, False]
    (match,) = (match for match in lookup.find("济宁市", kind="Government") if match.score == 100)
    assert match.certain


def test_only_the_exact_name_is_certain(lookup: NameIndex) -> None:
    assert [match.entity for match in lookup.find("Ningde") if match.certain] == ["place/ningde"]


def test_each_entity_once(lookup: NameIndex) -> None:
    entities = [match.entity for match in lookup.find("宁德时代新能源科技")]
    assert len(entities) == len(set(entities))


def test_best_first(lookup: NameIndex) -> None:
    scores = [match.score for match in lookup.find("宁德时代")]
    assert scores == sorted(scores, reverse=True)


def test_kinds_narrow(lookup: NameIndex) -> None:
    assert {match.kind for match in lookup.find("宁德", kind="Company")} == {"Company"}
    assert {match.kind for match in lookup.find("济宁", kind=["Place", "Government"])} == {"Place", "Government"}
    assert lookup.find("宁德", kind=["Nothing"]) == []
    assert lookup.find("宁德", kind=[]) == []


@pytest.mark.parametrize("kind", ["Compny", "company"])
def test_an_unknown_kind_is_told_with_the_nearest(lookup: NameIndex, kind: str) -> None:
    with pytest.raises(NotFound, match="Company") as caught:
        lookup.find("CATL", kind=kind)
    assert caught.value.suggestions == ("Company",)


def test_a_name_that_exists_was_typed_without_slips(lookup: NameIndex) -> None:
    assert "Ningde" in {match.label for match in lookup.find("Jiningde")}
    assert {match.label for match in lookup.find("Ningde")}.isdisjoint({"Jining City"})


def test_the_kinds_are_known(lookup: NameIndex) -> None:
    assert lookup.kinds() == ["Company", "Government", "Park", "Place"]


def test_the_limit_limits(lookup: NameIndex) -> None:
    assert len(lookup.find("Envision", limit=2)) == 2


def test_nonsense_finds_nothing(lookup: NameIndex) -> None:
    assert lookup.find("zzzz") == []


@pytest.mark.parametrize("text", ["", "  ", "\u200b", "\x00", "\ud800", "x" * (MAX_TEXT + 1), "宁" * 10_000])
def test_a_useless_text_is_refused(lookup: NameIndex, text: str) -> None:
    with pytest.raises(InputError, match="give"):
        lookup.find(text)


@pytest.mark.parametrize("limit", [0, -1, 1001])
def test_a_useless_limit_is_refused(lookup: NameIndex, limit: int) -> None:
    with pytest.raises(InputError, match="limit"):
        lookup.find("CATL", limit=limit)


@pytest.mark.parametrize("text", ["*", "key:catl", "CATL OR 宁德", "[* TO *]", 'a" AND "b', "{}", "~", "a\x00b", "\\"])
def test_query_syntax_is_only_text(lookup: NameIndex, text: str) -> None:
    assert not any(match.certain for match in lookup.find(text))


def test_the_sign_of_any_matches_nothing(lookup: NameIndex) -> None:
    assert lookup.find("*") == []


@given(st.text(max_size=MAX_TEXT))
@settings(max_examples=200)
def test_any_text_is_safe(lookup: NameIndex, text: str) -> None:
    if normalize(text):
        assert all(0 <= match.score <= 100 for match in lookup.find(text))
    else:
        with pytest.raises(InputError):
            lookup.find(text)


@given(st.text(alphabet=st.characters(categories=["Cs", "Cc", "Cf", "Lo"]), max_size=50))
def test_suggesting_never_fails(lookup: NameIndex, text: str) -> None:
    assert len(lookup.suggest(text)) <= 3


@given(st.sampled_from(NAMES))
def test_every_name_finds_its_entity_by_exact_text(lookup: NameIndex, name: Name) -> None:
    matches = lookup.find(name.text)
    (own,) = (match for match in matches if match.entity == name.entity)
    assert own.score == matches[0].score == 100


@given(st.lists(st.text(alphabet=st.characters(codec="utf-8"), min_size=1, max_size=40).filter(normalize), min_size=1))
@settings(max_examples=20, deadline=None)
def test_every_name_of_any_kind_is_found_again(tmp_path_factory: pytest.TempPathFactory, texts: list[str]) -> None:
    made = tmp_path_factory.mktemp("any")
    build_index([Name(f"e{number}", "Any", text, "", "name") for number, text in enumerate(texts)], made)
    lookup = NameIndex(made)
    for number, text in enumerate(texts):
        matches = lookup.find(text, limit=1000)
        assert next(match.score for match in matches if match.entity == f"e{number}") == matches[0].score == 100


def test_suggestions_are_names(lookup: NameIndex) -> None:
    assert lookup.suggest("Envison AESC")[0] == "Envision AESC"
    assert lookup.suggest("x" * 10_000) == []
    assert lookup.suggest("") == []


def test_an_absent_index_is_told(tmp_path: Path) -> None:
    with pytest.raises(ReleaseError, match="build the release again"):
        NameIndex(tmp_path)


@pytest.mark.parametrize("pattern", ["*.idx", "*.store", "meta.json"])
def test_a_file_cut_short_is_told(tmp_path: Path, pattern: str) -> None:
    build_index(NAMES, tmp_path)
    (path,) = tmp_path.glob(pattern)
    path.write_bytes(path.read_bytes()[:-9])
    with pytest.raises(ReleaseError, match="build the release again"):
        NameIndex(tmp_path)


def test_an_index_of_another_version_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.names.indexer.FORMAT", 0)
    build_index(NAMES, tmp_path)
    with pytest.raises(ReleaseError, match="build the release again"):
        NameIndex(tmp_path)


def test_reading_writes_nothing(folder: Path) -> None:
    before = sorted(path.name for path in folder.iterdir())
    NameIndex(folder).find("CATL")
    assert sorted(path.name for path in folder.iterdir()) == before


READ = """
import os, sys
from pathlib import Path
from kg.names.index import NameIndex
if os.geteuid() == 0:
    os.setuid(65534)
folder = Path(sys.argv[1])
assert not os.access(folder, os.W_OK)
assert NameIndex(folder).find("CATL")[0].certain
"""


def test_a_folder_one_may_not_write_is_read(folder: Path) -> None:
    for path in [*folder.parents, folder]:
        if path.owner() != "root" or path.name.startswith(("pytest-", "popen-")):
            path.chmod(0o755)
    folder.chmod(0o555)
    done = subprocess.run([sys.executable, "-c", READ, str(folder)], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_asking_loads_no_dictionary_of_pinyin() -> None:
    code = "import sys, kg.names.index; sys.exit('pypinyin' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
