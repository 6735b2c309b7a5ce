"""SQLite: the sheets as tables with keys, indexes and a full-text search, ready for Datasette.

The same release gives the same bytes with the same SQLite: everything is inserted in order into a new database.

The tokenizer of FTS5 takes a run of Chinese for one word, so that no part of a name is found; its trigram tokenizer
finds nothing shorter than three characters, and 宁德 has two. So every part of a run, up to `LONGEST` characters, is
indexed as a word of its own: a search for it, as Datasette puts it, is an exact word.
"""

from __future__ import annotations

import contextlib
import json
import re
import sqlite3
from collections.abc import Iterable, Iterator
from typing import BinaryIO

from kg.errors import OutputError
from kg.export.metadata import Origin
from kg.export.tables import Column, ExportTable, Row, key_of
from kg.tables.cells import Value

__all__ = ["LONGEST", "SEARCH", "search_text", "write_sqlite"]

SEARCH = "entities_search"
LONGEST = 12


_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+")
# "kgdb" in ASCII: what `file` and SQLite itself may know the database by.
_APPLICATION_ID = 0x6B676462
_TYPES = {"text": "TEXT", "integer": "INTEGER", "number": "REAL", "boolean": "INTEGER", "list": "TEXT"}
_NAME = re.compile(r"[a-z][a-z_]*")
_SOURCES = """
CREATE VIEW sources AS
SELECT statements.subject, statements.subject_name, statements.property, statements.value,
       documents.title AS document, documents.published, documents.grade, documents.url, claims.mode, claims.claim
FROM statements
JOIN statements_claims ON statements_claims.statement = statements.id
JOIN claims ON claims.claim = statements_claims.claim
JOIN documents ON documents.id = claims.document
"""


def write_sqlite(sheets: Iterable[ExportTable], origin: Origin, stream: BinaryIO) -> None:
    """Write a database of sheets, each of which refers only to those before it or to itself."""
    with contextlib.closing(sqlite3.connect(":memory:", isolation_level=None)) as database:
        database.execute("PRAGMA page_size = 4096")
        database.execute(f"PRAGMA application_id = {_APPLICATION_ID}")
        # References are checked all at once at the end, for claims refer to one another.
        database.execute("PRAGMA foreign_keys = OFF")
        database.execute("BEGIN")
        sheets = list(sheets)
        _write_about(database, origin, sheets)
        for sheet in sheets:
            _write_sheet(database, sheet)
        database.execute(_SOURCES)
        database.execute("COMMIT")
        broken = database.execute("PRAGMA foreign_key_check").fetchone()
        if broken:
            raise OutputError(f"the table {broken[0]} refers to something that {broken[2]} does not hold")
        database.execute("ANALYZE")
        stream.write(database.serialize())


def _write_about(database: sqlite3.Connection, origin: Origin, sheets: Iterable[ExportTable]) -> None:
    """Write where the database comes from, and what its columns mean."""
    database.execute("CREATE TABLE about (name TEXT PRIMARY KEY, value TEXT NOT NULL)")
    database.executemany("INSERT INTO about VALUES (?, ?)", origin.to_dict().items())
    database.execute(
        "CREATE TABLE columns (table_name TEXT NOT NULL, column_name TEXT NOT NULL, about TEXT NOT NULL, "
        "PRIMARY KEY (table_name, column_name))"
    )
    meanings = ((sheet.name, column.name, column.about) for sheet in sheets for column in sheet.columns)
    database.executemany("INSERT INTO columns VALUES (?, ?, ?)", meanings)


def _write_sheet(database: sqlite3.Connection, sheet: ExportTable) -> None:
    plain = [column for column in sheet.columns if not _is_join(column)]
    columns = [_definition(column, sheet, at) for at, column in enumerate(plain)]
    searched = sheet.name == "entities"
    if searched:
        # VACUUM may renumber rows; the search finds them by a number of their own.
        columns.append("number INTEGER NOT NULL UNIQUE")
    database.execute(f"CREATE TABLE {_name(sheet.name)} ({', '.join(columns)})")
    places = [sheet.names.index(column.name) for column in plain]
    rows = (
        [*(_cell(row[place]) for place in places), *([number] if searched else [])]
        for number, row in enumerate(sheet.rows, 1)
    )
    marks = ", ".join("?" * len(columns))
    database.executemany(f"INSERT INTO {_name(sheet.name)} VALUES ({marks})", rows)  # noqa: S608 - names of ours
    for column in sheet.columns:
        if _is_join(column):
            _write_join(database, sheet, column)
        elif column.refers or column.name in ("category", "property"):
            database.execute(f"CREATE INDEX {sheet.name}_{column.name} ON {sheet.name} ({_name(column.name)})")
    if searched:
        _write_search(database, sheet)


def _is_join(column: Column) -> bool:
    return column.kind == "list" and bool(column.refers)


def _definition(column: Column, sheet: ExportTable, at: int) -> str:
    words = [_name(column.name), _TYPES[column.kind]]
    if at == 0 and sheet.keyed:
        words.append("PRIMARY KEY")
    if column.required:
        words.append("NOT NULL")
    if column.refers:
        words.append(_reference(column.refers))
    return " ".join(words)


def _reference(sheet: str) -> str:
    # With the column named: Datasette stumbles over one that is left to be understood.
    return f"REFERENCES {_name(sheet)} ({key_of(sheet)})"


def _write_join(database: sqlite3.Connection, sheet: ExportTable, column: Column) -> None:
    """Write a table of pairs for a column of lists: `statements_claims (statement, claim)`."""
    name = _name(f"{sheet.name}_{column.name}")
    here, there = _name(_singular(sheet.name)), _name(_singular(column.name))
    database.execute(
        f"CREATE TABLE {name} ({here} {_TYPES[sheet.columns[0].kind]} NOT NULL {_reference(sheet.name)}, "
        f"{there} TEXT NOT NULL {_reference(column.refers)}, PRIMARY KEY ({here}, {there}))"
    )
    at = sheet.names.index(column.name)
    database.executemany(f"INSERT INTO {name} VALUES (?, ?)", _pairs(sheet.rows, at))  # noqa: S608 - names of ours
    database.execute(f"CREATE INDEX {name}_{there} ON {name} ({there})")


def _pairs(rows: Iterable[Row], at: int) -> Iterator[tuple[Value, str]]:
    for row in rows:
        cell = row[at]
        yield from ((row[0], one) for one in dict.fromkeys(cell if isinstance(cell, list) else ()))


def _singular(name: str) -> str:
    return name.removesuffix("ies") + "y" if name.endswith("ies") else name.removesuffix("s")


def _write_search(database: sqlite3.Connection, sheet: ExportTable) -> None:
    database.execute(f"CREATE VIRTUAL TABLE {SEARCH} USING fts5(words, content='', tokenize='unicode61')")
    named = ("name_en", "name_zh", "aliases", "notations", "name")
    places = [sheet.names.index(name) for name in named]
    database.executemany(
        f"INSERT INTO {SEARCH} (rowid, words) VALUES (?, ?)",  # noqa: S608 - a name of ours
        ((number, search_text(_texts(row[place] for place in places))) for number, row in enumerate(sheet.rows, 1)),
    )
    database.execute(f"INSERT INTO {SEARCH} ({SEARCH}) VALUES ('optimize')")  # noqa: S608 - a name of ours


def _texts(cells: Iterable[Value]) -> Iterator[str]:
    for cell in cells:
        yield from cell if isinstance(cell, list) else [cell] if isinstance(cell, str) else []


def _cell(value: Value) -> str | int | float | None:
    if isinstance(value, list):
        return json.dumps(value, ensure_ascii=False) if value else None
    return value if value is None or isinstance(value, str | int) else float(value)


def _name(name: str) -> str:
    """Give a name as SQL takes it; all of them are ours, and plain words."""
    if not _NAME.fullmatch(name):
        raise ValueError(f"{name!r} is no name for a table or column")
    return name


def search_text(names: Iterable[str]) -> str:
    """Give the words under which something with these names is found.

    >>> search_text(["CATL", "宁德时代"])
    'CATL 代 宁 宁德 宁德时 宁德时代 德 德时 德时代 时 时代'
    """
    words: list[str] = []
    parts: set[str] = set()
    for name in names:
        # Apart from what is beside them, for the tokenizer would join A and 宁德 to one word.
        words += _HAN.sub(" ", name).split()
        for run in _HAN.findall(name):
            parts.add(run)
            parts |= {run[at : at + size] for at in range(len(run)) for size in range(1, LONGEST + 1)}
    return " ".join([*dict.fromkeys(words), *sorted(parts)])
