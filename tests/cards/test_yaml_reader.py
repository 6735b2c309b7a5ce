"""Cards as text: every scalar a string with its place, and nothing from outside expands or constructs."""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kg.cards import yaml_reader
from kg.cards.findings import Finding
from kg.cards.yaml_reader import MAX_BYTES, MAX_DEPTH, Reader, Text


def read(data: bytes | str) -> tuple[Any, list[Finding]]:
    """Read some bytes as a card."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "x.yaml"
        path.write_bytes(data.encode() if isinstance(data, str) else data)
        reader = Reader(path, "data/x.yaml")
        return reader.read(), reader.findings


def code(data: bytes | str) -> str:
    """Give the one kind of finding about some bytes."""
    (found,) = {finding.code for finding in read(data)[1]}
    return found


def depth_of(tree: Any) -> int:
    inner = tree.values() if isinstance(tree, dict) else tree if isinstance(tree, list) else ()
    return 0 if isinstance(tree, Text) else 1 + max(map(depth_of, inner), default=0)


def scalars(tree: Any) -> list[Text]:
    if isinstance(tree, dict):
        return [found for key, value in tree.items() for found in [key, *scalars(value)]]
    return [tree] if isinstance(tree, Text) else [found for item in tree for found in scalars(item)]


@pytest.mark.parametrize("scalar", ["NO", "on", "010", "1e3", "95.70", "2031-02-05", "~", "null", "0x1F", "12:30:00"])
def test_yaml_makes_no_guesses(scalar: str) -> None:
    assert read(f"key: {scalar}")[0] == {"key": scalar}


def test_scalars_know_their_place() -> None:
    tree, _ = read("a: b\nc:\n  - 安河\n  - 'd'\n")
    assert [(str(text), text.line, text.column) for text in scalars(tree)] == [
        ("a", 1, 1), ("b", 1, 4), ("c", 2, 1), ("安河", 3, 5), ("d", 4, 5),
    ]  # fmt: skip


def test_columns_count_characters_not_bytes() -> None:
    tree, _ = read("{安河: \N{BATTERY}, c: d}")
    assert [text.column for text in scalars(tree)] == [2, 6, 9, 12]


def test_an_empty_file_is_an_empty_card() -> None:
    assert read("") == ({}, [])
    assert read("# nothing yet\n") == ({}, [])


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"\xef\xbb\xbfa: b", "byte-order-mark"),
        ("a: b".encode("utf-16"), "byte-order-mark"),
        ("安: b".encode("gbk"), "encoding"),
        (b"a: \xed\xa0\x80", "encoding"),
        ("a: \x07", "control-character"),
        ("a: \x9b31m", "control-character"),
        ("a: \ufffe", "control-character"),
        ('a: "\\0"', "control-character"),
        ('a: "\\x1b[31m"', "control-character"),
        ('"\\b": a', "control-character"),
        ("a: [b", "yaml-syntax"),
        ("a: 'b", "yaml-syntax"),
        ("\ta: b", "yaml-syntax"),
        ('a: "\\ud800"', "yaml-syntax"),
        ("a: &x b\nc: *x", "yaml-feature"),
        ("a: *x", "yaml-feature"),
        ("a: !!python/object/apply:os.system [ls]", "yaml-feature"),
        ("a: !!int 3", "yaml-feature"),
        ("a: !mine b", "yaml-feature"),
        ("a: b\n---\nc: d", "yaml-feature"),
        ("a: b\na: c", "duplicate-key"),
        ("[a]: b", "wrong-shape"),
        ("? {a: b}\n: c", "wrong-shape"),
        ("[" * (MAX_DEPTH + 1), "wrong-shape"),
        (b"#" * (MAX_BYTES + 1), "file-too-large"),
    ],
)
def test_a_bad_file_is_a_finding(data: bytes | str, expected: str) -> None:
    assert code(data) == expected


def test_a_file_that_is_not_there_is_a_finding(tmp_path: Path) -> None:
    reader = Reader(tmp_path / "x.yaml", "data/x.yaml")
    assert reader.read() is None
    assert [finding.code for finding in reader.findings] == ["unreadable"]


def test_findings_name_the_line() -> None:
    assert [(finding.line, finding.column) for finding in read("a: b\n\nc: \x07d\n")[1]] == [(3, 4)]
    assert [(finding.line, finding.column) for finding in read(b"a: b\nc: \xff\n")[1]] == [(2, 1)]
    assert [(finding.line, finding.column) for finding in read("\x07a: b")[1]] == [(1, 1)]
    assert [(finding.line, finding.column) for finding in read("a: b\nc: d\na: e\n")[1]] == [(3, 1)]


def test_every_doubled_key_is_found_and_the_rest_is_read() -> None:
    tree, findings = read("a: 1\na: {x: y}\nb: 2\nb: 3\nc: 4\n")
    assert [finding.line for finding in findings] == [2, 4]
    assert tree == {"a": "1", "b": "2", "c": "4"}


def test_the_value_of_a_refused_key_takes_no_other_place() -> None:
    assert read("? [a, {b: c}]\n: {d: e}\nf: g\n")[0] == {"f": "g"}


def test_a_card_nests_as_deep_as_allowed() -> None:
    data = "[" * MAX_DEPTH + "]" * MAX_DEPTH
    assert depth_of(read(data)[0]) == MAX_DEPTH


@pytest.mark.parametrize(
    "data", ["[" * 200_000, "{a: " * 200_000, "- " * 200_000, "? " * 100_000, "a:\n" + " [" * 9999]
)
def test_deep_nesting_never_grows_our_stack(data: str) -> None:
    limit = sys.getrecursionlimit()
    try:
        sys.setrecursionlimit(200)
        assert read(data)[1]
    finally:
        sys.setrecursionlimit(limit)


def test_a_billion_laughs_are_not_heard() -> None:
    laughs = "a: &a [x, x]\n" + "".join(f"b{n}: &b{n} [*a, *a]\n" for n in range(30))
    assert code(laughs) == "yaml-feature"


marks = st.text(" \n\t-:?[]{},#&*!|>'\"%@`\\abc安\N{BATTERY}\ufeff\x85\u2028\r~0", max_size=60)


@given(st.binary(max_size=200) | marks.map(str.encode) | st.text(max_size=60).map(lambda text: text.encode()))
@example(b'"\\U00110000"')
@example(b"%YAML 9.9\n---\n")
@example(b"\xc2\x85: \xe2\x80\xa8")
def test_no_bytes_break_the_reader(data: bytes) -> None:
    tree, findings = read(data)
    assert tree is not None or findings
    if tree is not None:
        assert all(text.line >= 1 and text.column >= 1 for text in scalars(tree))
        assert not any(yaml_reader._CONTROL.search(text) for text in scalars(tree) if not findings)


# YAML takes these three for line breaks.
unbroken = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x85\u2028\u2029"))


@given(st.dictionaries(unbroken, unbroken))
def test_quoted_text_comes_back_as_written(facts: dict[str, str]) -> None:
    # JSON is YAML; what XML cannot carry is refused.
    tree, findings = read(json.dumps(facts, ensure_ascii=False))
    refused = any(yaml_reader._CONTROL.search(text) for entry in facts.items() for text in entry)
    assert refused == bool(findings)
    assert refused or tree == facts
