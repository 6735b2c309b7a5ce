"""Document texts: found by digest, cited by code points."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.cards.texts import Texts, cite, digest_of, slice_digest
from kg.errors import InputError

# One, two, three and four bytes in UTF-8, marks that join, an emoji of several code points.
letters = st.sampled_from([*"aé安河\N{BATTERY}\u0301\u200d", "\N{WOMAN}\u200d\N{WRENCH}", "\r\n"])
texts = st.lists(letters, max_size=12).map("".join)


def read(evidence: str) -> tuple[int, int, str]:
    """Read a line that `cite` printed."""
    found = re.fullmatch(r"\{start: (\d+), end: (\d+), digest: ([0-9a-f]{12})\}", evidence)
    assert found
    return int(found[1]), int(found[2]), found[3]


def test_a_digest_is_what_sha256sum_prints() -> None:
    assert digest_of(b"abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"


@given(texts)
def test_a_slice_digest_is_the_start_of_the_whole_one(text: str) -> None:
    assert slice_digest(text) == hashlib.sha256(text.encode()).hexdigest()[:12]


@given(texts, texts, texts)
def test_positions_count_code_points(before: str, words: str, after: str) -> None:
    text = f"{before}[{words}]{after}"
    start, end, digest = read(cite(text, f"[{words}]"))
    assert text[start:end] == f"[{words}]"
    assert digest == slice_digest(f"[{words}]")


@given(texts, texts)
def test_a_span_runs_from_first_to_last_words(between: str, after: str) -> None:
    text = f"x<{between}>{after}>"
    start, end, _ = read(cite(text, "<", ">"))
    assert text[start:end] == f"<{between}>"


def test_last_words_may_overlap_the_first_but_never_shorten_the_span() -> None:
    text = "makes 30 GWh a year"
    assert read(cite(text, "30 GWh", "GWh a"))[:2] == (6, 14)
    assert read(cite(text, "30 GWh", "30"))[:2] == (6, 12)
    assert read(cite(text, "makes", "ma"))[:2] == (0, 5)


@pytest.mark.parametrize(
    ("text", "first", "last", "words"),
    [
        ("a b a", "a", None, "'a' stands at 2 places"),
        ("aaa", "aa", None, "'aa' stands at 2 places"),
        ("a b", "c", None, "'c' stands at 0 places"),
        ("", "", None, "'' stands at 1 places"),
        ("a b", "", None, "'' stands at 4 places"),
        ("last first", "first", "last", "'last' does not follow 'first'"),
    ],
)
def test_words_that_fix_no_span_are_refused(text: str, first: str, last: str | None, words: str) -> None:
    with pytest.raises(InputError, match=re.escape(words)):
        cite(text, first, last)


def test_texts_are_found_by_digest_in_every_folder(tmp_path: Path) -> None:
    (tmp_path / "one" / "deep").mkdir(parents=True)
    (tmp_path / "two").mkdir()
    (tmp_path / "one" / "deep" / "report.txt").write_bytes("安河\r\n".encode())
    (tmp_path / "two" / "other.txt").write_bytes(b"other")
    found = Texts.of([tmp_path / "one", tmp_path / "two"])
    assert found.read(digest_of("安河\r\n".encode())) == "安河\r\n"
    assert set(found.by_stem) == {"report", "other"}


def test_a_text_that_is_not_at_hand_is_none(tmp_path: Path) -> None:
    assert Texts.of([tmp_path]).read("0" * 64) is None
    assert Texts.of([]).read("0" * 64) is None


def test_a_folder_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such folder"):
        Texts.of([tmp_path / "away"])


def test_a_text_changed_after_it_was_found_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "report.txt"
    path.write_bytes(b"before")
    found = Texts.of([tmp_path])
    path.write_bytes(b"after!")
    assert found.read(digest_of(b"before")) is None


def test_a_text_that_is_not_utf8_is_an_error_that_names_it(tmp_path: Path) -> None:
    data = "安河".encode("gbk")
    (tmp_path / "report.txt").write_bytes(data)
    with pytest.raises(InputError, match=r"report\.txt: byte 0 is not UTF-8"):
        Texts.of([tmp_path]).read(digest_of(data))


def test_a_text_too_long_to_be_one_is_left_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.cards.texts.MAX_TEXT_BYTES", 5)
    (tmp_path / "small.txt").write_bytes(b"12345")
    (tmp_path / "large.txt").write_bytes(b"123456")
    (tmp_path / "notes.md").write_bytes(b"123")
    assert set(Texts.of([tmp_path]).by_stem) == {"small"}
