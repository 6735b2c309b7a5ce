"""Workbooks (XLSX, XLS, ODS) as rows of text, read by calamine."""

from __future__ import annotations

import datetime
import io
import zipfile
from dataclasses import dataclass
from itertools import islice

from python_calamine import CalamineError, CalamineWorkbook

from kg.errors import InputError

__all__ = ["WorkbookRows", "is_workbook", "read_workbook"]

_ZIPPED, _OLD = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MAX_UNPACKED = 500_000_000
_MAX_CELLS = 20_000_000


@dataclass(frozen=True)
class WorkbookRows:
    """The rows of the first sheet that has any, each with its number there, and which sheet it was of several."""

    rows: tuple[tuple[int, list[str]], ...]
    notes: tuple[str, ...]


def is_workbook(data: bytes) -> bool:
    """Tell whether bytes begin as a workbook does."""
    return data.startswith((_ZIPPED, _OLD))


def read_workbook(data: bytes, most: int) -> WorkbookRows:
    """Read up to so many rows and one more; InputError for what is no workbook, or far larger than it looks."""
    _require_small(data)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        for name in book.sheet_names:
            sheet = book.get_sheet_by_name(name)
            if sheet.height * sheet.width > _MAX_CELLS:
                raise InputError(f"the sheet {name!r} has over {_MAX_CELLS:,} cells; cut it into several")
            rows = ([_text(cell) for cell in row] for row in islice(sheet.iter_rows(), most + 1))
            filled = tuple((number, row) for number, row in enumerate(rows, 1) if any(row))
            if filled:
                several = len(book.sheet_names) > 1
                return WorkbookRows(
                    filled, (f"read from sheet {name!r} of {len(book.sheet_names)}",) if several else ()
                )
    except (CalamineError, OSError, ValueError) as error:
        raise InputError(
            f"the workbook cannot be read ({error}); save it without a password, or as CSV UTF-8"
        ) from error
    raise InputError("line 1: the workbook is empty; write the names of the columns there")


def _require_small(data: bytes) -> None:
    """Refuse what unpacks to far more than it is, before it is unpacked."""
    if not data.startswith(_ZIPPED):
        return
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            size = sum(entry.file_size for entry in packed.infolist())
    except zipfile.BadZipFile as error:
        raise InputError(f"the workbook is damaged ({error}); save it again, or as CSV UTF-8") from error
    if size > _MAX_UNPACKED:
        raise InputError(f"the workbook unpacks to {size:,} bytes; the limit is {_MAX_UNPACKED:,}")


def _text(cell: object) -> str:
    """Write a cell as it is read: a whole number without a point, a day as ISO 8601."""
    if isinstance(cell, bool):
        return str(cell).upper()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime.date | datetime.time):
        return cell.isoformat()
    return str(cell)
