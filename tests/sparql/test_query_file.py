"""Query files: comment lines at the head say what a query is for; the file is SPARQL as it stands."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.claims.rules import read_rules
from kg.errors import InputError
from kg.rdf.namespaces import RULE
from kg.sparql.query_file import Header, read_query_file

RULE_TEXT = (
    "# title: A title\n# reason: Since it is so\n# title-zh: 题名\n# reason-zh: 因其如此\n"
    "CONSTRUCT { ?a kg:feeds ?b } WHERE { ?b kg:feeds ?a }\n"
)


def header(folder: Path, text: str) -> Header:
    path = folder / "x.rq"
    path.write_text(text, encoding="utf-8")
    return read_query_file(path)[0]


def test_a_header_is_the_comment_lines_at_the_head(tmp_path: Path) -> None:
    read = header(tmp_path, "# title: One: two\n#shape:list\n\n# columns: late\n")
    assert read.entries == (("title", "One: two"), ("shape", "list"))


def test_a_line_may_go_on_below(tmp_path: Path) -> None:
    read = header(tmp_path, "# reason: first\n#   second 第二\n#   third: too\n# title: x\n")
    assert read.one("reason") == "first second 第二 third: too"


def test_a_plain_comment_is_no_entry(tmp_path: Path) -> None:
    assert header(tmp_path, "# Just words\n#\n# title: x\n# Title: y\n").entries == (("title", "x"),)


def test_a_key_may_stand_several_times(tmp_path: Path) -> None:
    read = header(tmp_path, "# parameter: a\n# parameter: b\n")
    assert read.all("parameter") == ["a", "b"]
    assert read.all("nothing") == []


@pytest.mark.parametrize(("text", "count"), [("# a: b\n", 0), ("# title: a\n# title: b\n", 2), ("# title:  \n", 0)])
def test_a_key_needed_once_must_stand_once(tmp_path: Path, text: str, count: int) -> None:
    with pytest.raises(InputError, match=rf"x\.rq: the header has {count} lines '# title: …'"):
        header(tmp_path, text).one("title")


def test_the_text_is_the_whole_file(tmp_path: Path) -> None:
    path = tmp_path / "x.rq"
    path.write_text(RULE_TEXT, encoding="utf-8")
    assert read_query_file(path)[1] == RULE_TEXT


@pytest.mark.parametrize("data", [b"# title: \xff", None])
def test_a_file_that_cannot_be_read_is_named(tmp_path: Path, data: bytes | None) -> None:
    path = tmp_path / "x.rq"
    if data is not None:
        path.write_bytes(data)
    with pytest.raises(InputError, match=r"x\.rq: the query file cannot be read"):
        read_query_file(path)


def test_rules_are_read_by_name_and_know_their_graph(tmp_path: Path) -> None:
    for name in ("b-rule", "a-rule"):
        (tmp_path / f"{name}.rq").write_text(RULE_TEXT)
    (tmp_path / "notes.txt").write_text("no rule")
    rules = read_rules(tmp_path)
    assert [rule.iri for rule in rules] == [RULE + "a-rule", RULE + "b-rule"]
    assert (rules[0].title, rules[0].reason, rules[0].text) == ("A title", "Since it is so", RULE_TEXT)
    assert (rules[0].title_zh, rules[0].reason_zh) == ("题名", "因其如此")


@pytest.mark.parametrize("missing", ["title", "reason", "title-zh", "reason-zh"])
def test_a_rule_without_title_or_reason_is_refused(tmp_path: Path, missing: str) -> None:
    (tmp_path / "a-rule.rq").write_text(RULE_TEXT.replace(f"# {missing}:", "# x:"))
    with pytest.raises(InputError, match=f"# {missing}: …"):
        read_rules(tmp_path)


@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text("#: ab-\n\t", max_size=80))
def test_no_text_breaks_a_header(tmp_path: Path, text: str) -> None:
    assert all(key and words == words.strip() for key, words in header(tmp_path, text).entries)
