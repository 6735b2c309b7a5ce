"""The records of names, found by number."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.names.index import NameIndex
from kg.names.indexer import build_index
from kg.names.normalize import Name, normalize
from kg.names.records import Record, Records, write_records
from kg.names.similarity import IndexedName


def blank(text: str) -> str:
    """Take out the sign between fields, as the records do."""
    return text.replace("\x1f", " ")


texts = st.text(st.characters(codec="utf-8"), min_size=1, max_size=30)


@given(st.lists(texts, max_size=20))
@settings(max_examples=30, deadline=None)
def test_every_record_is_read_as_it_was_written(tmp_path_factory: pytest.TempPathFactory, written: list[str]) -> None:
    folder = tmp_path_factory.mktemp("records")
    names = [Name(f"e{number}", "Any", text, "", "name") for number, text in enumerate(written)]
    known = [IndexedName.of(normalize(name.text), ("ab", "a"), name.field) for name in names]
    write_records(zip(names, known, strict=True), folder)
    records = Records(folder)
    assert [records[number] for number in range(len(names))] == [
        Record(
            name.entity,
            name.kind,
            blank(name.text),
            name.language,
            of._replace(key=blank(of.key), short=blank(of.short)),
        )
        for name, of in zip(names, known, strict=True)
    ]


def test_a_record_has_the_number_of_its_document(tmp_path: Path) -> None:
    build_index([Name(f"e{number}", "Any", f"name {number:05}", "", "name") for number in range(3000)], tmp_path)
    lookup = NameIndex(tmp_path)
    for number in range(0, 3000, 37):
        first = lookup.find(f"name {number:05}")[0]
        assert (first.entity, first.certain) == (f"e{number}", True)
