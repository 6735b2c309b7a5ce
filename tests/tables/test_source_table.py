"""Tables as people have them: cut, encoded and headed as they come, and what is said of one that cannot be read."""

from __future__ import annotations

import contextlib
import csv
import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import InputError, NotFound
from kg.tables.source_table import MAX_BYTES, MAX_ROWS, Bounds, read_table

HEADER = ["name", "town", "GWh"]
CHINESE = [HEADER, ["宁德时代", "宁德", "60.5"], ["比亚迪", "深圳", "1.25"], ["Shandong Times", "Jining", ""]]
TRADITIONAL = [HEADER, ["寧德時代", "寧德", "60.5"], ["鴻海精密工業股份有限公司", "新北市", "1"]]
JAPANESE = [HEADER, ["トヨタ自動車", "豊田市", "9"], ["パナソニックエナジー", "守口市", "77"]]
KOREAN = [HEADER, ["삼성SDI", "용인시", "30"], ["에스케이온", "서울특별시", "91"]]
EUROPEAN = [HEADER, ["Röchling", "Mannheim", "60,5"], ["Škoda", "Mladá Boleslav", "1,25"]]
NAMES = [["名称"], ["宁德时代"], ["比亚迪"]]


def written(rows: list[list[str]], delimiter: str = ",") -> str:
    stream = io.StringIO()
    csv.writer(stream, delimiter=delimiter).writerows(rows)
    return stream.getvalue()


def read(data: bytes) -> list[list[str]]:
    table = read_table(data)
    return [list(table.columns), *map(list, table.rows)]


@pytest.mark.parametrize(
    ("rows", "delimiter", "encoding"),
    [
        (CHINESE, ",", "utf-8"),
        (CHINESE, ",", "utf-8-sig"),
        (CHINESE, "\t", "utf-8"),
        (CHINESE, "|", "utf-8"),
        (EUROPEAN, ";", "utf-8"),
        (EUROPEAN, ";", "cp1250"),
        (EUROPEAN[:2], ";", "cp1252"),
        (CHINESE, ",", "gb18030"),
        (CHINESE, ";", "gbk"),
        (NAMES, ",", "gbk"),
        (NAMES[:2], ",", "gbk"),
        (TRADITIONAL, ",", "big5"),
        (JAPANESE, ",", "shift_jis"),
        (KOREAN, ",", "euc_kr"),
        (CHINESE, "\t", "utf-16"),
        (CHINESE, "\t", "utf-16-le"),
        (CHINESE, ",", "utf-32"),
    ],
)
def test_a_table_is_read_however_it_is_cut_and_encoded(rows: list[list[str]], delimiter: str, encoding: str) -> None:
    assert read(written(rows, delimiter).encode(encoding)) == rows


def test_utf_16_of_the_other_order_is_read() -> None:
    assert read(b"\xfe\xff" + written(CHINESE, "\t").encode("utf-16-be")) == CHINESE


def test_what_was_taken_for_granted_is_told() -> None:
    assert read_table(written(CHINESE).encode()).notes == ()
    assert read_table(written(CHINESE, ";").encode("gbk")).notes == ("read as GB18030 (GBK)", "cut at semicolons")
    assert read_table(written(CHINESE, "\t").encode("utf-16")).notes == ("read as UTF-16", "cut at tabs")


@pytest.mark.parametrize(
    ("data", "rows"),
    [
        (b"sep=;\r\nname;GWh\r\nCATL;60,5\r\n", [["name", "GWh"], ["CATL", "60,5"]]),
        (b"name;GWh\nCATL;60,5\nBYD;1,25\n", [["name", "GWh"], ["CATL", "60,5"], ["BYD", "1,25"]]),
        (b"name;town\nBYD Co., Ltd.;Shenzhen\n", [["name", "town"], ["BYD Co., Ltd.", "Shenzhen"]]),
        (b"name,town,,\nCATL,Ningde,,\n", [["name", "town", "", ""], ["CATL", "Ningde", "", ""]]),
        (b"name,note,note\nCATL,a,b\n", [["name", "note", "note"], ["CATL", "a", "b"]]),
        (b"name,town\nCATL,Ningde,\nBYD,Shenzhen,,,\n", [["name", "town"], ["CATL", "Ningde"], ["BYD", "Shenzhen"]]),
        (b"name,town\nCATL\nBYD,Shenzhen\n", [["name", "town"], ["CATL", ""], ["BYD", "Shenzhen"]]),
        (b"name,town\n\nCATL,Ningde\n\n", [["name", "town"], ["CATL", "Ningde"]]),
        (b'name\nCATL\n"BYD, Co."\n', [["name"], ["CATL"], ["BYD, Co."]]),
        (b'name,note\nCATL,"a\nb"\n', [["name", "note"], ["CATL", "a\nb"]]),
        (b"name,code\nNA,000002\nnull,1e5\n", [["name", "code"], ["NA", "000002"], ["null", "1e5"]]),
        (b"\xef\xbb\xbfname\r\nx\r\n", [["name"], ["x"]]),
    ],
)
def test_a_table_is_read_however_its_heads_and_rows_are(data: bytes, rows: list[list[str]]) -> None:
    assert read(data) == rows


CELLS = """<?xml version="1.0" encoding="UTF-8"?><office:document-content
 xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.2"><office:body><office:spreadsheet>
 <table:table table:name="empty"/><table:table table:name="firms">{rows}</table:table></office:spreadsheet>
</office:body></office:document-content>"""
MANIFEST = """<?xml version="1.0"?><manifest:manifest
xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">
<manifest:file-entry manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/>
<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>"""


def cell(value: str) -> str:
    if value.replace(".", "").isdigit() and not value.startswith("0"):
        return f'<table:table-cell office:value-type="float" office:value="{value}"><text:p/></table:table-cell>'
    return f'<table:table-cell office:value-type="string"><text:p>{value}</text:p></table:table-cell>'


def ods(rows: list[list[str]]) -> bytes:
    stream = io.BytesIO()
    lines = "".join(f"<table:table-row>{''.join(map(cell, row))}</table:table-row>" for row in rows)
    with zipfile.ZipFile(stream, "w") as packed:
        packed.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        packed.writestr("content.xml", CELLS.format(rows=lines))
        packed.writestr("META-INF/manifest.xml", MANIFEST)
    return stream.getvalue()


PARTS = {
    "[Content_Types].xml": """<?xml version="1.0"?><Types
xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml"
ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>""",
    "_rels/.rels": """<?xml version="1.0"?><Relationships
xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r" Target="xl/workbook.xml"
Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"/></Relationships>""",
    "xl/workbook.xml": """<?xml version="1.0"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"
xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets>
<sheet name="firms" sheetId="1" r:id="r1"/></sheets></workbook>""",
    "xl/_rels/workbook.xml.rels": """<?xml version="1.0"?><Relationships
xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship
Id="r1" Target="worksheets/sheet1.xml" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet"/></Relationships>""",
}


def xlsx(rows: list[list[str]]) -> bytes:
    stream = io.BytesIO()
    lines = ""
    for row in rows:
        cells = (
            f"<c><v>{value}</v></c>"
            if value.replace(".", "").isdigit() and not value.startswith("0")
            else f'<c t="inlineStr"><is><t>{value}</t></is></c>'
            for value in row
        )
        lines += f"<row>{''.join(cells)}</row>"
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    sheet = f'<worksheet xmlns="{main}"><sheetData>{lines}</sheetData></worksheet>'
    with zipfile.ZipFile(stream, "w") as packed:
        for name, text in {**PARTS, "xl/worksheets/sheet1.xml": sheet}.items():
            packed.writestr(name, text)
    return stream.getvalue()


BOOK = [["name", "code", "GWh"], ["宁德时代", "000002", "60.5"], ["BYD", "", "1200"]]


def test_workbooks_are_read_with_their_numbers_as_they_are_shown() -> None:
    assert read(ods(BOOK)) == BOOK
    assert read(xlsx(BOOK)) == BOOK
    assert read_table(ods(BOOK)).notes == ("read from sheet 'firms' of 2",)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "line 1: the file is empty"),
        (b'a\n"x\ny"\n1,2\n', "line 4: the row has 2 cells, the header 1; take line 1 away if it is the title"),
        (
            b"List of companies\nname,town\nCATL,Ningde\n",
            "line 1 away if it is the title of the table, else",
        ),
        (b"a;b\nx;y\n1;2;3\n", "line 3: the row has 3 cells, the header 2; quote cells that hold semicolons"),
        (b'a\n"x" y\n', "line 2: this is no CSV"),
        (b'a\n1\n"never closed\n', "line 3: this is no CSV"),
        (b"a\n1\n\xff\n", "line 3: the file is not UTF-8"),
        (b"a\n1\n\0\n", "line 3: the file holds bytes of zero"),
        (b"\xff\xfea", "line 1: the file begins as UTF-16 but is not"),
        (b"a\n" + b"x\n" * (MAX_ROWS + 1), f"line {MAX_ROWS + 2}: the limit is 10,000 rows"),
        (b"a\n" + b"x" * MAX_BYTES, "the limit is 5,000,000"),
        (b'a\n"' + b"x" * 140_000 + b'"\n', "line 2: this is no CSV"),
        (b"PK\x03\x04 but no more", "the workbook is damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 but no more", "the workbook cannot be read"),
        (ods([]), "line 1: the workbook is empty"),
    ],
)
def test_what_is_wrong_with_a_file_is_told_with_its_line_and_cause(data: bytes, message: str) -> None:
    with pytest.raises(InputError, match=message):
        read_table(data)


def test_what_unpacks_to_far_more_than_it_is_is_refused_before() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as packed:
        for number in range(6):
            packed.writestr(f"xl/{number}", b"\0" * 100_000_000)
    assert len(stream.getvalue()) < MAX_BYTES
    with pytest.raises(InputError, match="the workbook unpacks to 600,000,000 bytes"):
        read_table(stream.getvalue())


@pytest.mark.parametrize("book", [[[], ["name"], [], ["CATL"]], [["name"], ["BYD"], [], ["CATL"]]])
def test_rows_of_a_workbook_keep_their_numbers_beside_empty_ones(book: list[list[str]]) -> None:
    assert read_table(xlsx(book)).lines[-1] == 4
    assert read_table(xlsx(book)).rows[-1] == ("CATL",)


def test_a_workbook_is_held_to_the_rows_that_a_table_may_have() -> None:
    with pytest.raises(InputError, match="line 3: the limit is 1 rows"):
        read_table(xlsx(BOOK), Bounds(rows=1))


def test_a_column_that_is_not_there_is_told_with_the_nearest() -> None:
    with pytest.raises(NotFound, match="'company'") as caught:
        read_table(b"company,town\n").column("compny")
    assert caught.value.http_status == 404


def test_only_a_column_that_is_asked_for_needs_a_name_of_its_own() -> None:
    table = read_table(b"name,note,note,\nCATL,a,b,c\n")
    assert table.column("name") == 0
    with pytest.raises(InputError, match="two columns are called 'note'"):
        table.column("note")


rows = st.lists(st.tuples(st.text(st.characters(codec="utf-8")), st.text(st.characters(codec="utf-8"))), max_size=5)


@given(rows)
def test_any_file_that_csv_writes_is_read(given_rows: list[tuple[str, str]]) -> None:
    stream = io.StringIO()
    csv.writer(stream, quoting=csv.QUOTE_ALL).writerows([("name", "other"), *given_rows])
    if "\0" not in stream.getvalue():
        assert list(read_table(stream.getvalue().encode()).rows) == given_rows


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    with contextlib.suppress(InputError):
        assert read_table(data).columns
