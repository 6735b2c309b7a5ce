"""The forms of an export, by their names: what each holds, and who writes it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from types import MappingProxyType
from typing import BinaryIO

from kg.export.csv_writer import write_csv, write_spreadsheet
from kg.export.jsonld import write_jsonld
from kg.export.metadata import Origin
from kg.export.networks import write_gexf, write_graphml
from kg.export.parquet import write_parquet
from kg.export.rdf import write_nquads, write_trig, write_turtle
from kg.export.source import TABLES, Source
from kg.export.sqlite import write_sqlite
from kg.export.tables import ExportTable

__all__ = ["GRAPH_FORMS", "TABLE_FORMS", "Format", "TableFormat", "database_sheets"]

_CSV = "text/csv"


@dataclass(frozen=True)
class Format:
    """A form that is one file. `write` gives notes on what the form could not hold.

    `narrows` tells whether it holds a network, `has_head` whether the file itself says where it comes from.
    """

    suffix: str
    media_type: str
    about: str
    write: Callable[[Source, BinaryIO], tuple[str, ...]]
    narrows: bool = False
    has_head: bool = True


@dataclass(frozen=True)
class TableFormat:
    """A form of which each table is a file."""

    suffix: str
    media_type: str
    write: Callable[[ExportTable, Origin, BinaryIO], None]
    has_head: bool = False


def _nquads(source: Source, stream: BinaryIO) -> tuple[str, ...]:
    write_nquads(source.release.path / "graph.nq", stream)
    return ()


def _trig(source: Source, stream: BinaryIO) -> tuple[str, ...]:
    write_trig(source.store, source.origin, stream)
    return ()


def _turtle(source: Source, stream: BinaryIO) -> tuple[str, ...]:
    write_turtle(source.store, source.origin, stream)
    return ()


def _jsonld(source: Source, stream: BinaryIO) -> tuple[str, ...]:
    write_jsonld(source.store, source.origin, stream)
    return ()


def _graphml(source: Source, stream: BinaryIO) -> tuple[str, ...]:
    return write_graphml(source.network, source.origin, stream)


def _gexf(source: Source, stream: BinaryIO) -> tuple[str, ...]:
    return write_gexf(source.network, source.origin, stream)


def _sqlite(source: Source, stream: BinaryIO) -> tuple[str, ...]:
    write_sqlite(database_sheets(source), source.origin, stream)
    return ()


def database_sheets(source: Source) -> list[ExportTable]:
    """Give the tables of a database, each of which refers only to those before it."""
    return [source.sheet(name) for name in TABLES]


GRAPH_FORMS = MappingProxyType(
    {
        "nquads": Format(
            "nq", "application/n-quads", "Everything, as the canonical dump: one quad a line", _nquads, has_head=False
        ),
        "trig": Format("trig", "application/trig", "Everything, claim by claim, for people", _trig),
        "turtle": Format("ttl", "text/turtle", "The accepted view, for people", _turtle),
        "jsonld": Format("jsonld", "application/ld+json", "The accepted view as JSON with plain keys", _jsonld),
        "graphml": Format(
            "graphml", "application/graphml+xml", "The networks for yEd and others", _graphml, narrows=True
        ),
        "gexf": Format("gexf", "application/gexf+xml", "The networks for Gephi", _gexf, narrows=True),
        "sqlite": Format("db", "application/vnd.sqlite3", "All tables as a database, for SQL and Datasette", _sqlite),
    }
)
"""The forms that are one file."""

TABLE_FORMS = MappingProxyType(
    {
        "csv": TableFormat("csv", _CSV, lambda sheet, _, stream: write_csv(sheet, stream)),
        "spreadsheet": TableFormat("csv", _CSV, lambda sheet, _, stream: write_spreadsheet(sheet, stream)),
        "parquet": TableFormat(
            "parquet",
            "application/vnd.apache.parquet",
            write_parquet,
            has_head=True,
        ),
    }
)
"""The forms of which each table is a file."""
