"""The command line on real files: a release of the two articles, the data of this repository, documents to cite."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from kg.cli import run
from kg.release import release as releases_module
from kg.settings import Settings
from kg.tables.table import FORMATS
from tests.support.articles import copy_articles


@pytest.fixture
def releases(release_folder: Path) -> Path:
    """Give the folder of the release of the two articles."""
    return release_folder.parent


@pytest.fixture
def kg_real(releases: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., int]:
    monkeypatch.setenv("KG_RELEASES", str(releases))
    monkeypatch.delenv("KG_DOCUMENTS", raising=False)
    return lambda *arguments: run(arguments)


def test_find_for_real(kg_real: Callable[..., int], capsys: pytest.CaptureFixture[str]) -> None:
    assert kg_real("find", "宁德时代", "--format", "json", "--limit", "1") == 0
    (match,) = json.loads(capsys.readouterr().out)
    assert (match["entity"], match["certain"]) == ("company/catl", True)


@pytest.mark.parametrize("words", [("find", "CATL"), ("ask", "base-operator"), ("show", "base/guian"), ("coverage",)])
def test_a_command_opens_its_release_once(
    kg_real: Callable[..., int], monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
) -> None:
    """It takes most of the time that such a command has, and another release may be current a moment later."""
    opened: list[Path] = []
    load = releases_module.load_release

    def note(folder: Path) -> releases_module.Release:
        opened.append(folder)
        return load(folder)

    monkeypatch.setattr(releases_module, "load_release", note)
    assert kg_real(*words) == 0
    assert len(opened) == 1


def test_find_in_a_place_for_real(kg_real: Callable[..., int], capsys: pytest.CaptureFixture[str]) -> None:
    assert kg_real("find", "base", "--place", "Guizhou", "--kind", "Base", "--format", "json") == 0
    assert {match["entity"] for match in json.loads(capsys.readouterr().out)} == {"base/guian"}
    assert kg_real("find", "zzzz", "--place", "Guizhou") == 0
    assert "lies in 'Guizhou'" in capsys.readouterr().err


def test_match_for_real(kg_real: Callable[..., int], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "firms.csv"
    file.write_text("firm,town\nCATL,Ningde\nNobody Ltd.,\n", "utf-8")
    assert kg_real("match", str(file), "--column", "firm") == 0
    shown = capsys.readouterr()
    assert shown.out.splitlines()[1].startswith("CATL,Ningde,company/catl,CATL,Company,100.0,exact")
    assert shown.err == "2 rows, 1 matched\n"
    assert kg_real("match", str(file), "--column", "frm") == 2
    assert "did you mean 'firm'?" in capsys.readouterr().err
    file.write_text('firm\n"CATL\n', "utf-8")
    assert kg_real("match", str(file), "--column", "firm") == 1
    assert "line 2" in capsys.readouterr().err


def test_neighbours_for_real(kg_real: Callable[..., int], capsys: pytest.CaptureFixture[str]) -> None:
    assert kg_real("neighbours", "base/guian") == 0
    assert "\nphaseOf,phase of,in,1\n" in capsys.readouterr().out
    assert kg_real("neighbours", "base/guian", "--relation", "baseOf", "--format", "json") == 0
    neighbour, *_ = json.loads(capsys.readouterr().out)
    assert (neighbour["neighbour"], bool(neighbour["claims"])) == ("company/catl", True)
    assert kg_real("neighbours", "base/guian", "--relation", "ownedBy") == 0
    assert "no such ties" in capsys.readouterr().err


def test_claims_for_real(kg_real: Callable[..., int], capsys: pytest.CaptureFixture[str]) -> None:
    assert kg_real("claims", "base/yanzhou/phase-one", "--property", "landArea", "--format", "json") == 0
    assert "over 800 acres" in {claim["value"] for claim in json.loads(capsys.readouterr().out)}
    assert kg_real("claims", "place/china", "-q") == 0


@pytest.mark.parametrize("form", FORMATS)
def test_show_for_real(kg_real: Callable[..., int], form: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert kg_real("show", "CATL", "--format", form) == 0
    assert "company/catl" in capsys.readouterr().out or form in ("csv", "ndjson", "md")


def test_show_suggests_for_real(kg_real: Callable[..., int], capsys: pytest.CaptureFixture[str]) -> None:
    assert kg_real("show", "CATLL") == 2
    assert "did you mean 'CATL'" in capsys.readouterr().err


def test_query_for_real(kg_real: Callable[..., int], capsys: pytest.CaptureFixture[str]) -> None:
    sparql = "SELECT ?company WHERE { ?company a kg:Company }"
    assert kg_real("query", sparql, "--claims", "--format", "ndjson") == 0
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert {"company/catl"} <= {row["company"] for row in rows}


def test_a_query_that_is_none_for_real(kg_real: Callable[..., int], capsys: pytest.CaptureFixture[str]) -> None:
    assert kg_real("query", "SELEC") == 2
    assert len(capsys.readouterr().err.splitlines()) <= 2


def test_why_for_real(kg_real: Callable[..., int], capsys: pytest.CaptureFixture[str]) -> None:
    assert kg_real("why", "base/guian/phase-one", "plannedCapacity", "--format", "json") == 0
    (explanation,) = json.loads(capsys.readouterr().out)
    assert explanation["claims"]
    assert kg_real("why", "base/guian/phase-one", "plannedCapacity", "--format", "text") == 0
    assert "30 GWh" in capsys.readouterr().out


def test_check_for_real(kg_real: Callable[..., int], capsys: pytest.CaptureFixture[str]) -> None:
    assert kg_real("check", "--quiet") == 0
    assert capsys.readouterr().out == ""


def test_verify_for_real(kg_real: Callable[..., int], releases: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert kg_real("verify") == 0
    assert str(releases) in capsys.readouterr().err
    assert kg_real("verify", str(releases / "absent")) == 1


def test_every_question_is_listed_for_real(kg_real: Callable[..., int], capsys: pytest.CaptureFixture[str]) -> None:
    assert kg_real("ask", "--list", "--format", "ndjson") == 0
    listed = [json.loads(line)["question"] for line in capsys.readouterr().out.splitlines()]
    assert listed == [path.stem for path in sorted((Settings.read().ontology / "questions").glob("*.rq"))]


# check, on cards with a fault


@pytest.fixture
def faulty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    real = Settings.read({})
    (tmp_path / "ontology").symlink_to(real.ontology)
    data = tmp_path / "data"
    copy_articles(data)
    (data / "documents" / "broken.yaml").write_text("id: [", encoding="utf-8")
    monkeypatch.setenv("KG_HOME", str(tmp_path))
    monkeypatch.delenv("KG_DOCUMENTS", raising=False)
    return data / "documents"


@pytest.mark.usefixtures("faulty")
@pytest.mark.parametrize(("form", "start"), [("text", "data/documents/broken.yaml:"), ("github", "::error file=")])
def test_findings_are_exit_code_one(form: str, start: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["check", "--format", form]) == 1
    shown = capsys.readouterr()
    assert shown.out.startswith(start)
    assert "finding" in shown.err


@pytest.mark.usefixtures("faulty")
def test_findings_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["check", "--format", "json", "-q"]) == 1
    shown = capsys.readouterr()
    assert json.loads(shown.out)[0]["file"] == "data/documents/broken.yaml"
    assert shown.err == ""


def test_findings_can_be_narrowed_to_a_card(faulty: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["check", str(faulty / "broken.yaml")]) == 1
    sound = next(path for path in sorted(faulty.glob("*.yaml")) if path.name != "broken.yaml")
    capsys.readouterr()
    assert run(["check", str(sound)]) == 0
    assert capsys.readouterr().out == ""


@pytest.mark.usefixtures("faulty")
def test_a_build_with_findings_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("KG_RELEASES", str(tmp_path / "releases"))
    assert run(["build", "-q"]) == 1
    shown = capsys.readouterr()
    assert (shown.out, "kg check" in shown.err) == ("", True)
    assert not (tmp_path / "releases" / "current").exists()


def test_a_build_prints_its_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("KG_RELEASES", str(tmp_path))
    assert run(["build"]) == 0
    shown = capsys.readouterr()
    assert Path(shown.out.strip()).is_dir()
    assert "verifying" in shown.err


# cite


@pytest.fixture
def document(tmp_path: Path) -> Path:
    path = tmp_path / "a.txt"
    path.write_bytes("一年。\r\nIt makes 30 GWh a year, and 30 GWh more.".encode())
    return path


def test_cite_counts_code_points(document: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["cite", str(document), "makes", "30 GWh"]) == 0
    text = document.read_bytes().decode("utf-8")
    start, end = (int(part) for part in capsys.readouterr().out.replace(",", "").split() if part.isdigit())
    assert text[start:end] == "makes 30 GWh"


def test_cite_tells_how_many_places(document: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["cite", str(document), "30 GWh"]) == 1
    assert "2 places" in capsys.readouterr().err


def test_cite_refuses_other_encodings(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "gbk.txt").write_bytes("年产".encode("gbk"))
    assert run(["cite", str(tmp_path / "gbk.txt"), "x"]) == 1
    assert "not UTF-8" in capsys.readouterr().err


def test_match_takes_part_of_a_table_and_tells_how_to_read_on(
    kg_real: Callable[..., int], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "rows.csv").write_text("name\nCATL\n宁德时代\nnobody\n", encoding="utf-8")
    arguments = ("match", str(tmp_path / "rows.csv"), "--kind", "Company", "--format", "csv")
    assert kg_real(*arguments, "--limit", "1", "--offset", "1") == 0
    shown = capsys.readouterr()
    assert [line.split(",")[:2] for line in shown.out.splitlines()[1:]] == [["宁德时代", "company/catl"]]
    assert "2 to 2 of 3; read on with --offset 2" in shown.err


def test_people_read_every_answer_in_chinese_too(
    kg_real: Callable[..., int], capsys: pytest.CaptureFixture[str]
) -> None:
    """Heads, terms and standings; what programs take has the same words in both languages."""
    asked = {
        "show": (("base/yanzhou/phase-one",), ("占地面积", "多于53.33公顷")),
        "claims": (("base/yanzhou/phase-one", "--property", "landArea"), ("采信状态", "机器摘要", "被取代")),
        "conflicts": (("base/yanzhou/phase-one",), ("对立取值", "占地面积", "陈述")),
        "neighbours": (("company/catl",), ("方向", "相邻条目数")),
        "coverage": (("--section", "总计"), ("总计", "有答案的问题")),
        "find": (("宁德",), ("类别", "公司", "别名完全一致")),
        "partners": (("CATL",), ("的合作方", "合作方", "说明：")),
        "ask": (("base-operator",), ("运营方", "本次提问的是")),
    }
    for name, (arguments, words) in asked.items():
        assert kg_real(name, *arguments, "--format", "table", "--language", "zh") == 0
        shown = capsys.readouterr()
        for word in words:
            assert word in shown.out + shown.err, (name, word)
        if name in ("claims", "conflicts", "neighbours"):
            kg_real(name, *arguments, "--format", "csv", "--language", "zh")
            chinese = capsys.readouterr().out.splitlines()
            kg_real(name, *arguments, "--format", "csv")
            english = capsys.readouterr().out.splitlines()
            assert chinese[0] == english[0]
            assert len(chinese) == len(english)


def test_a_slip_in_an_id_leads_to_the_ids_alike(
    kg_real: Callable[..., int], capsys: pytest.CaptureFixture[str]
) -> None:
    assert kg_real("show", "company/catll") == 2
    assert "did you mean 'company/catl'" in capsys.readouterr().err


def test_a_thing_that_no_tie_names_has_its_name_in_the_title(
    kg_real: Callable[..., int], capsys: pytest.CaptureFixture[str]
) -> None:
    assert kg_real("impact", "topic/battery-swapping-models", "--format", "table") == 0
    title = capsys.readouterr().out.splitlines()[0]
    assert title.startswith("What a stop of ")
    assert "topic/" not in title
