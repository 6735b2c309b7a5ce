"""The writers of exports as the registry of formats names them (`kg.formats`): of a release, or of one table of it."""

from __future__ import annotations

from typing import BinaryIO

from kg.export.csv_writer import write_csv, write_spreadsheet
from kg.export.jsonld import write_jsonld
from kg.export.metadata import Origin
from kg.export.networks import write_gexf, write_graphml
from kg.export.rdf import write_nquads, write_trig, write_turtle
from kg.export.source import TABLES, Source
from kg.export.sqlite import write_sqlite
from kg.export.tables import ExportTable

__all__ = [
    "csv",
    "database_sheets",
    "gexf",
    "graphml",
    "jsonld",
    "nquads",
    "spreadsheet",
    "sqlite",
    "trig",
    "turtle",
]


def nquads(source: Source, stream: BinaryIO) -> tuple[str, ...]:
    """Write everything, as the canonical dump."""
    write_nquads(source.release.path / "graph.nq", stream)
    return ()


def trig(source: Source, stream: BinaryIO) -> tuple[str, ...]:
    """Write everything, claim by claim."""
    write_trig(source.store, source.origin, stream)
    return ()


def turtle(source: Source, stream: BinaryIO) -> tuple[str, ...]:
    """Write the accepted view."""
    write_turtle(source.store, source.origin, stream)
    return ()


def jsonld(source: Source, stream: BinaryIO) -> tuple[str, ...]:
    """Write the accepted view with plain keys."""
    write_jsonld(source.store, source.origin, stream)
    return ()


def graphml(source: Source, stream: BinaryIO) -> tuple[str, ...]:
    """Write the networks; gives notes on what the format could not hold."""
    return write_graphml(source.network, source.origin, stream)


def gexf(source: Source, stream: BinaryIO) -> tuple[str, ...]:
    """Write the networks; gives notes on what the format could not hold."""
    return write_gexf(source.network, source.origin, stream)


def sqlite(source: Source, stream: BinaryIO) -> tuple[str, ...]:
    """Write all tables as a database."""
    write_sqlite(database_sheets(source), source.origin, stream)
    return ()


def csv(sheet: ExportTable, _: Origin, stream: BinaryIO) -> None:
    """Write a table exactly."""
    write_csv(sheet, stream)


def spreadsheet(sheet: ExportTable, _: Origin, stream: BinaryIO) -> None:
    """Write a table so that it runs nothing where it is opened."""
    write_spreadsheet(sheet, stream)


def database_sheets(source: Source) -> list[ExportTable]:
    """Give the tables of a database, each of which refers only to those before it."""
    return [source.sheet(name) for name in TABLES]
