"""CSV two ways: exact for programs, and defused for spreadsheets.

A spreadsheet takes a text that starts with = + - @ for a formula, and runs it. The exact form never changes a text;
the other puts an apostrophe before such a one, as OWASP advises, and leaves numbers numbers.
"""

from __future__ import annotations

import re
from typing import BinaryIO

from kg.export.tables import ExportTable
from kg.tables.cells import Value, csv_line

__all__ = ["defused", "write_csv", "write_spreadsheet"]

# Their wide forms too, which East Asian spreadsheets read as the same.
_STARTS_A_FORMULA = tuple("=+-@\t\r\n＝＋－＠")
_NUMBER = re.compile(r"-[0-9]+(?:\.[0-9]+)?", re.ASCII)
_BOM = b"\xef\xbb\xbf"


def write_csv(sheet: ExportTable, stream: BinaryIO) -> None:
    """Write exact UTF-8 CSV, as `kg.tables.table` does: an absent cell is nothing, lists are joined by '; '."""
    stream.write(csv_line(sheet.names).encode())
    stream.writelines(csv_line(row).encode() for row in sheet.rows)


def write_spreadsheet(sheet: ExportTable, stream: BinaryIO) -> None:
    """Write CSV that Excel and LibreOffice open without running anything in it: with a mark of UTF-8, and defused."""
    stream.write(_BOM + _line(sheet.names))
    stream.writelines(_line(row) for row in sheet.rows)


def _line(values: tuple[Value, ...]) -> bytes:
    return (",".join(map(_cell, values)) + "\r\n").encode()


def _cell(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        text = value
    elif isinstance(value, list):
        text = "; ".join(value)
    else:
        return csv_line([value]).rstrip("\n")
    return '"' + defused(text).replace('"', '""') + '"'


def defused(text: str) -> str:
    """Put an apostrophe before a text that a spreadsheet would take for a formula; a plain number is none.

    >>> defused('=HYPERLINK("http://example.org")'), defused("CATL"), defused("-79.87"), defused("-79.87+1")
    ('\\'=HYPERLINK("http://example.org")', 'CATL', '-79.87', "'-79.87+1")
    """
    if _NUMBER.fullmatch(text):
        return text
    return "'" + text if text.startswith(_STARTS_A_FORMULA) else text
