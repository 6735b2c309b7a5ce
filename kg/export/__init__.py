"""Exports: a release in the formats of other programs, with its licence and origin, the same bytes every time.

    metadata    which release, which licence, whom to name
    tables      tables with a schema; flatten, entities, statements and networks fill them
    rdf         N-Quads, TriG, Turtle; jsonld
    networks    GraphML and GEXF, laid flat
    csv_writer  exact CSV, and CSV for spreadsheets; parquet; sqlite with its full-text search
    descriptors descriptions beside them: Frictionless, RO-Crate, CSVW, Datasette
    formats     the writer of a format (`kg.formats`); writers has those of one call
    exporter    files, folders and streams, all or nothing

Used by `kg.graph`, and by whoever serves dumps. Loads networkx, so nothing imports it before it is needed.
"""

from __future__ import annotations

from kg.export.exporter import ALL, FORMATS, ExportResult, export
from kg.export.source import TABLES, Choice, Source

__all__ = [
    "ALL",
    "FORMATS",
    "TABLES",
    "Choice",
    "ExportResult",
    "Source",
    "export",
]
