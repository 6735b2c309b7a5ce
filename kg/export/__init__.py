"""Exports: a release in the forms of other programs, each with its licence and origin, each the same bytes every time.

    origin      which release, which licence, whom to name
    sheets      tables with a schema; said, things, statements and networks fill them
    rdf         N-Quads, TriG, Turtle; jsonld
    networks    GraphML and GEXF, laid flat
    csvs        exact CSV, and CSV for spreadsheets; parquet; sqlite with searching
    packages    descriptions beside them: Frictionless, RO-Crate, CSVW, Datasette
    forms       the forms by name
    delivery    files, folders and streams, all or nothing

Used by `kg.graph`, and by whoever serves dumps. Loads networkx, so nothing imports it before it is needed.
"""

from __future__ import annotations

from kg.export.exporter import ALL, FORMS, ExportResult, export
from kg.export.formats import GRAPH_FORMS, TABLE_FORMS
from kg.export.source import TABLES, Choice, Source

__all__ = [
    "ALL",
    "FORMS",
    "GRAPH_FORMS",
    "TABLES",
    "TABLE_FORMS",
    "Choice",
    "ExportResult",
    "Source",
    "export",
]
