"""Exports as tables: CSV, spreadsheets, Parquet and SQLite hold the same cells, for the readers that people have."""

from __future__ import annotations

import contextlib
import csv
import hashlib
import io
import json
import re
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import OutputError, UsageError
from kg.export.csv_writer import defused, write_csv, write_spreadsheet
from kg.export.metadata import Origin
from kg.export.parquet import write_parquet
from kg.export.source import TABLES
from kg.export.sqlite import LONGEST, search_text, write_sqlite
from kg.export.tables import ExportTable, Row, columns
from kg.graph import Graph
from kg.tables.cells import Value

ORIGIN = Origin("0123456789abcdef", None, 2, 3, "2025-05-17")
HOSTILE = (
    '=HYPERLINK("http://example.org")',
    "+1",
    "-2+3",
    "@SUM(A1)",
    "\tx",
    "\rx",
    "\nx",
    "＝1",
    "a,b",
    'say "x"',
    "",
)
COLUMNS = columns(
    (
        "id!: text: The key.",
        "name: text: A name.",
        "many: list: Several.",
        "count: integer: How many.",
        "share: number: How much.",
        "sure: boolean: Whether.",
    )
)


def sheet_of(*rows: Row) -> ExportTable:
    return ExportTable("things", "Things.", COLUMNS, rows)


WILD = sheet_of(
    *((f"thing/{at}", text, [text], -at, Decimal("-1.50"), True) for at, text in enumerate(HOSTILE)),
    ("thing/none", None, [], None, None, None),
)


def exported(graph: Graph, form: str, table: str) -> bytes:
    stream = io.BytesIO()
    graph.export(form, stream, tables=[table])
    return stream.getvalue()


def read_csv(text: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text.decode("utf-8-sig"), newline="")))


def written(write: object, *arguments: object) -> bytes:
    stream = io.BytesIO()
    write(*arguments, stream)  # type: ignore[operator]
    return stream.getvalue()


def test_csv_is_exact() -> None:
    rows = read_csv(written(write_csv, WILD))
    assert [row["name"] for row in rows] == [*HOSTILE, ""]
    assert rows[3] == {
        "id": "thing/3",
        "name": "@SUM(A1)",
        "many": "@SUM(A1)",
        "count": "-3",
        "share": "-1.50",
        "sure": "true",
    }


def test_a_spreadsheet_runs_nothing_and_keeps_numbers() -> None:
    text = written(write_spreadsheet, WILD)
    assert text.startswith(b"\xef\xbb\xbf")
    for row, was in zip(read_csv(text), HOSTILE, strict=False):
        assert row["name"] == ("'" + was if was and not was.startswith(("a", "s")) else was)
        assert row["many"] == row["name"]
        assert row["share"] == "-1.50"
    assert b'thing/1","\'+1","\'+1",-1,-1.50,true\r\n' in text


@given(st.text(max_size=6) | st.sampled_from(HOSTILE))
def test_no_text_of_a_spreadsheet_starts_a_formula(text: str) -> None:
    shown = read_csv(written(write_spreadsheet, sheet_of((text, text, [text], None, None, None))))[0]["name"]
    assert not re.match(r"[=+\-@\t\r\n＝＋－＠]", shown)
    assert shown in (text, "'" + text)
    assert defused(text) == shown


@pytest.mark.parametrize("table", TABLES)
def test_each_table_of_a_release_is_whole(graph: Graph, table: str) -> None:
    rows = read_csv(exported(graph, "csv", table))
    assert rows
    first = next(iter(rows[0]))
    if table != "names":
        assert len({row[first] for row in rows}) == len(rows)


def test_every_claim_is_in_the_table_of_claims(graph: Graph) -> None:
    rows = {row["claim"]: row for row in read_csv(exported(graph, "csv", "claims"))}
    assert len(rows) == graph.release.facts["accepted_claims"] + graph.release.facts["corroborating_claims"] + sum(
        row["accepted"] == "false" for row in rows.values()
    )
    mu = rows["claim/bs178-jining-may/phase-one-land"]
    assert (mu["verbatim"], mu["number"], mu["unit"], mu["bound"], mu["accepted"]) == (
        "800余亩",
        "800",
        "mu",
        "MoreThan",
        "true",
    )
    acres = rows["claim/shandong-times-60gwh/phase-one-land"]
    assert (acres["verbatim"], acres["accepted"], acres["standing"]) == ("over 800 acres", "false", "ByOverride")
    assert acres["other"] == mu["claim"]
    assert (acres["start"], acres["end"]) == ("549", "583")


def test_statements_carry_their_claims_as_why_tells_them(graph: Graph) -> None:
    rows = read_csv(exported(graph, "csv", "statements"))
    for row in rows[:: max(len(rows) // 40, 1)]:
        target = row["object"] or None
        told = [one for one in graph.why(row["subject"], row["property"], target) if one.kind != "ranked below"]
        kinds = {"claims": "claims", "rule": "rule", "editorial": "editors", "ontology": "ontology"}
        assert row["ground"] in {kinds.get(one.kind) for one in told}
    inferred = next(row for row in rows if row["rule"] == "partner-of")
    assert inferred["claims"]
    land = next(row for row in rows if (row["subject"], row["property"]) == ("base/yanzhou/phase-one", "landArea"))
    assert (land["value"], land["number"], land["modes"]) == ("800余亩", "800", "Stated")


def test_pandas_reads_the_same_from_csv_and_parquet(graph: Graph) -> None:
    pandas = pytest.importorskip("pandas")
    pytest.importorskip("pyarrow")
    plain = pandas.read_csv(io.BytesIO(exported(graph, "csv", "claims")))
    typed = pandas.read_parquet(io.BytesIO(exported(graph, "parquet", "claims")))
    assert list(plain.columns) == list(typed.columns)
    assert list(plain["claim"]) == list(typed["claim"])
    assert list(plain["number"].dropna()) == list(typed["number"].dropna())
    assert typed["accepted"].dtype == bool


def test_parquet_keeps_types_lists_and_origin() -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    table = parquet.read_table(io.BytesIO(written(write_parquet, WILD, ORIGIN)))
    assert table.to_pylist()[1] == {
        "id": "thing/1", "name": "+1", "many": ["+1"], "count": -1, "share": -1.5, "sure": True,
    }  # fmt: skip
    assert table.to_pylist()[-1]["name"] is None
    about = {key.decode(): value.decode() for key, value in table.schema.metadata.items()}
    assert (about["release"], about["licence"]) == (ORIGIN.release, "CC-BY-4.0")
    assert table.schema.field("count").metadata[b"description"] == b"How many."


def test_parquet_without_pyarrow_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(UsageError, match=r"pyarrow is not installed; .*take the format csv"):
        write_parquet(WILD, ORIGIN, io.BytesIO())


@pytest.fixture(scope="module")
def database_file(graph: Graph, tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("sqlite") / "kg.db"
    graph.export("sqlite", file)
    return file


@pytest.fixture
def database(database_file: Path) -> Iterator[sqlite3.Connection]:
    with contextlib.closing(sqlite3.connect(f"file:{database_file}?mode=ro&immutable=1", uri=True)) as connection:
        yield connection


def test_a_database_is_whole(database: sqlite3.Connection, graph: Graph) -> None:
    assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert database.execute("PRAGMA foreign_key_check").fetchall() == []
    assert dict(database.execute("SELECT name, value FROM about"))["release"] == graph.release.id
    for table in TABLES:
        (count,) = database.execute(f"SELECT count(*) FROM {table}").fetchone()  # noqa: S608 - a name of ours
        assert count == len(read_csv(exported(graph, "csv", table)))


def test_a_statement_leads_to_its_documents(database: sqlite3.Connection) -> None:
    found = database.execute(
        "SELECT document, claim FROM sources WHERE subject = 'base/yanzhou/phase-one' AND property = 'landArea'"
    ).fetchall()
    assert ("claim/bs178-jining-may/phase-one-land") in {claim for _, claim in found}
    plan = database.execute("EXPLAIN QUERY PLAN SELECT * FROM statements WHERE subject = 'company/catl'").fetchall()
    assert "USING INDEX statements_subject" in str(plan)


# As Datasette asks, with each word in quotes.
SEARCHED = "SELECT id FROM entities WHERE number IN (SELECT rowid FROM entities_search WHERE entities_search MATCH ?)"


@pytest.mark.parametrize("words", ["宁德", "宁德时代", "德", "CATL", "catl", "宁德时代新能源科技股份有限公司"])
def test_the_search_finds_chinese_from_one_character_up(database: sqlite3.Connection, words: str) -> None:
    assert ("company/catl",) in database.execute(SEARCHED, [f'"{words}"']).fetchall()


HAN = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF), min_size=1, max_size=20)


@settings(max_examples=30)
@given(name=HAN, at=st.integers(0, 19), size=st.integers(1, LONGEST), around=st.sampled_from(["", "CATL", " (A) "]))
def test_every_part_of_a_chinese_name_is_found(name: str, at: int, size: int, around: str) -> None:
    part = name[at : at + size] or name
    with contextlib.closing(sqlite3.connect(":memory:")) as connection:
        connection.execute("CREATE VIRTUAL TABLE search USING fts5(words, content='', tokenize='unicode61')")
        connection.execute("INSERT INTO search (rowid, words) VALUES (1, ?)", [search_text([around + name + around])])
        assert connection.execute("SELECT rowid FROM search WHERE search MATCH ?", [f'"{part}"']).fetchall() == [(1,)]


def test_the_search_outlives_vacuum(database_file: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    copy.write_bytes(database_file.read_bytes())
    with contextlib.closing(sqlite3.connect(copy)) as connection:
        connection.execute("DELETE FROM names")
        connection.execute("DELETE FROM entities WHERE rowid % 2 AND id NOT LIKE 'company/%'")
        connection.commit()
        connection.execute("VACUUM")
        found = connection.execute(SEARCHED, ['"宁德时代"']).fetchall()
    assert ("company/catl",) in found


def test_a_database_is_the_same_bytes(graph: Graph, database_file: Path, release_folder: Path) -> None:
    code = "import kg, sys; kg.open(sys.argv[1]).export('sqlite', sys.stdout.buffer)"
    run = subprocess.run([sys.executable, "-c", code, release_folder], capture_output=True, check=True)
    assert hashlib.sha256(run.stdout).digest() == hashlib.sha256(database_file.read_bytes()).digest()


def test_a_reference_to_nothing_is_refused() -> None:
    pairs = ExportTable(
        "names", "Names.", columns(["entity! -> entities: text: A thing."]), (("company/x",),), keyed=False
    )
    things = ExportTable("documents", "Documents.", columns(["id! -> entities: text: A thing."]), ())
    with pytest.raises(OutputError, match="the table names refers to something that entities does not hold"):
        write_sqlite([entities(), things, pairs], ORIGIN, io.BytesIO())


def entities(*rows: Row) -> ExportTable:
    lines = ("id!: text: Id.", "name!: text: Name.", "name_en: text: E.", "name_zh: text: Z.")
    lists = ("aliases: list: Aliases.", "notations: list: Codes.")
    return ExportTable("entities", "Entities.", columns((*lines, *lists)), rows)


def ask_datasette(file: Path, address: str) -> list[dict[str, Value]]:
    pytest.importorskip("datasette")
    metadata = file.with_name(file.name + "-metadata.json")
    command = [sys.executable, "-m", "datasette", str(file), "-m", str(metadata), "--get", address]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    found: list[dict[str, Value]] = json.loads(run.stdout)
    return found


@pytest.mark.parametrize(
    ("address", "column", "value"),
    [
        ("/kg/entities.json?_shape=array&_search=宁德", "id", "company/catl"),
        ("/kg/entities.json?_shape=array&_search=gui'an", "id", "base/guian"),
        ("/kg/statements.json?_shape=array&subject=company/catl&_labels=on", "property", "partnerOf"),
        ("/kg/find.json?_shape=array&text=德时", "id", "company/catl"),
        ("/kg/says_who.json?_shape=array&entity=base/yanzhou/phase-one", "property", "landArea"),
    ],
)
def test_datasette_opens_it(database_file: Path, address: str, column: str, value: str) -> None:
    assert value in {row[column] for row in ask_datasette(database_file, address)}


@pytest.mark.parametrize("page", ["/kg", "/kg/entities/company~2Fcatl", "/kg/edges?_facet=network"])
def test_pages_of_datasette_open(database_file: Path, page: str) -> None:
    pytest.importorskip("datasette")
    metadata = database_file.with_name("kg.db-metadata.json")
    command = [sys.executable, "-m", "datasette", str(database_file), "-m", str(metadata), "--get", page]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    assert "https://w3id.org/zerocarbon/" in run.stdout
