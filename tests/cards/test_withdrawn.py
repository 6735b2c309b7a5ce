"""Ids that left the data: the list is read whole, and whoever asks for one is told when and why it went."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.cards.files import Cards
from kg.cards.findings import Finding
from kg.cards.withdrawn import Withdrawal, read_withdrawn
from kg.errors import NotFound, Withdrawn
from kg.rdf.nodes import find_node, missing
from kg.rdf.store import Store, fill
from tests.support.small import quads, world

HEAD = "id,day,reason\n"
GONE = Withdrawal("claim/report/owner", "2031-03-04", "the page does not say it")


def read(folder: Path, text: str) -> tuple[dict[str, Withdrawal], list[Finding]]:
    (folder / "withdrawn.csv").write_text(text, encoding="utf-8")
    findings: list[Finding] = []
    return dict(read_withdrawn(folder, findings)), findings


def test_the_list_is_read_by_id(tmp_path: Path) -> None:
    text = f'{HEAD}claim/a/b,2031-03-04,"no, it is another"\n{GONE.name},{GONE.day},{GONE.reason}\n'
    found, findings = read(tmp_path, text)
    assert findings == []
    assert found[GONE.name] == GONE
    assert found["claim/a/b"].reason == "no, it is another"


def test_without_a_list_nothing_is_withdrawn(tmp_path: Path) -> None:
    assert read_withdrawn(tmp_path, []) == {}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("id,reason\n", "columns"),
        (HEAD + "claim/a/b,2031-03-04\n", "not an id, a day and a reason"),
        (HEAD + "Claim A,2031-03-04,why\n", "not an id, a day and a reason"),
        (HEAD + "claim/a/b,2031-03,why\n", "no day"),
        (HEAD + "claim/a/b,2031-03-04, \n", "without a reason"),
        (HEAD + "claim/a/b,2031-03-04,why\nclaim/a/b,2031-03-04,why\n", "in order"),
    ],
)
def test_a_line_that_cannot_be_used_is_a_finding(tmp_path: Path, text: str, words: str) -> None:
    _, findings = read(tmp_path, text)
    assert [words in finding.message for finding in findings] == [True]


@pytest.fixture
def store(tmp_path: Path) -> Store:
    cards: Cards = world(tmp_path)
    cards.withdrawn = {GONE.name: GONE}
    made = Store()
    fill(made, quads(cards))
    return made


def test_who_asks_for_a_withdrawn_id_is_told_why(store: Store) -> None:
    error = missing(store, "claim", GONE.name)
    assert isinstance(error, Withdrawn)
    assert (error.http_status, str(error)) == (410, f"{GONE.name} was withdrawn on {GONE.day}: {GONE.reason}")
    assert str(type(error)(*error.args)) == str(error)


def test_a_withdrawn_id_is_no_thing(store: Store) -> None:
    assert find_node(store, GONE.name) is None


def test_a_name_that_never_was_is_not_withdrawn(store: Store) -> None:
    assert type(missing(store, "entity", "company/nobody")) is NotFound
