"""Parquet, for data frames: typed columns, lists as lists; the release and its licence in the file's own metadata."""

from __future__ import annotations

import importlib
import importlib.util
from decimal import Decimal
from typing import Any, BinaryIO

from kg.errors import MissingExtra
from kg.export.metadata import Origin
from kg.export.tables import ExportTable, Kind
from kg.tables.cells import Value

__all__ = ["is_installed", "write_parquet"]


def is_installed() -> bool:
    """Tell whether pyarrow, which writes Parquet, is there."""
    return importlib.util.find_spec("pyarrow") is not None


def write_parquet(sheet: ExportTable, origin: Origin, stream: BinaryIO) -> None:
    """Write a sheet; numbers are doubles to compute on, their exact digits are in CSV and `verbatim`.

    MissingExtra where pyarrow is not installed.
    """
    try:
        arrow, parquet = importlib.import_module("pyarrow"), importlib.import_module("pyarrow.parquet")
    except ModuleNotFoundError as error:
        raise MissingExtra("pyarrow", "tables", "take the format csv") from error
    kinds = _kinds(arrow)
    fields = [
        arrow.field(column.name, kinds[column.kind], not column.required, {"description": column.about})
        for column in sheet.columns
    ]
    about = {"table": sheet.name, "description": sheet.about, **origin.to_dict()}
    schema = arrow.schema(fields, {key: str(value) for key, value in about.items()})
    cells = [arrow.array([_cell(value) for value in sheet.values(field.name)], type=field.type) for field in schema]
    parquet.write_table(arrow.Table.from_arrays(cells, schema=schema), stream, compression="zstd")


def _kinds(arrow: Any) -> dict[Kind, Any]:
    text = arrow.string()
    return {
        "text": text,
        "integer": arrow.int64(),
        "number": arrow.float64(),
        "boolean": arrow.bool_(),
        "list": arrow.list_(text),
    }


def _cell(value: Value) -> Value | float:
    return float(value) if isinstance(value, Decimal) else value
