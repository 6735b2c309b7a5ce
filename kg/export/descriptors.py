"""What stands beside exported files and describes them: Frictionless, RO-Crate, CSV on the Web, Datasette.

datapackage.json         every file; of each CSV its schema, with keys and references
ro-crate-metadata.json   the folder as a research object, 1.1
csv-metadata.json        the CSV files for CSVW; `<file>-metadata.json` beside a single one
<file>-metadata.json     beside a database: titles and queries for `datasette <file> -m <file>-metadata.json`
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.export.metadata import Origin
from kg.export.sqlite import SEARCH
from kg.export.tables import Column, ExportTable, key_of
from kg.release.metadata import LICENCE, LICENCE_NAME, LICENCE_URL

__all__ = ["FileFacts", "csvw", "datapackage", "datasette_metadata", "file_metadata", "measure", "ro_crate", "to_json"]

Json = dict[str, Any]

_FIELD_TYPES = {"text": "string", "list": "string", "integer": "integer", "number": "number", "boolean": "boolean"}
_CSVW_TYPES = {"text": "string", "list": "string", "integer": "integer", "number": "decimal", "boolean": "boolean"}
_CRATE = "https://w3id.org/ro/crate/1.1"
_LISTED = "Several values are joined by '; '."


@dataclass(frozen=True)
class FileFacts:
    """A file of an export: its path, what it is, its size and sum; `sheet` where it is a CSV."""

    path: str
    media_type: str
    about: str
    size: int
    sha256: str
    sheet: ExportTable | None = None


def measure(file: Path, name: str, media_type: str, about: str, sheet: ExportTable | None = None) -> FileFacts:
    """Measure a file that was written."""
    with file.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
    return FileFacts(name, media_type, about, file.stat().st_size, digest, sheet)


def to_json(tree: Json) -> str:
    """Write a description."""
    return json.dumps(tree, ensure_ascii=False, indent=1) + "\n"


def datapackage(origin: Origin, files: Sequence[FileFacts]) -> Json:
    """Describe a folder as a Frictionless data package."""
    sheets = {file.sheet.name for file in files if file.sheet}
    return {
        "profile": "data-package",
        "name": f"zerocarbon-{origin.release}",
        "id": origin.homepage + "release/" + origin.release,
        "title": origin.title,
        "description": origin.description,
        "homepage": origin.homepage,
        "version": origin.release,
        "licenses": [{"name": LICENCE, "title": LICENCE_NAME, "path": LICENCE_URL}],
        "contributors": [{"title": origin.title, "path": origin.homepage, "role": "publisher"}],
        "sources": [{"title": f"{origin.documents} documents, each with its address in the table of documents"}],
        "resources": [_resource(file, sheets) for file in files],
    }


def _resource(file: FileFacts, sheets: set[str]) -> Json:
    common = {
        "name": file.path.lower().replace("_", "-"),
        "path": file.path,
        "title": file.about,
        "mediatype": file.media_type,
        "bytes": file.size,
        "hash": f"sha256:{file.sha256}",
    }
    if file.sheet is None:
        # Not to be opened as a table, which frictionless would try of Parquet and does not do well.
        return common | {"type": "file"}
    common["name"] = file.sheet.name
    return {
        "profile": "tabular-data-resource",
        **common,
        "format": "csv",
        "encoding": "utf-8",
        "schema": _schema(file.sheet, sheets),
    }


def _schema(sheet: ExportTable, sheets: set[str]) -> Json:
    keys = [
        _foreign_key(column, sheet) for column in sheet.columns if column.refers in sheets and column.kind != "list"
    ]
    return {
        "fields": [_field(column) for column in sheet.columns],
        "missingValues": [""],
        **({"primaryKey": [sheet.columns[0].name]} if sheet.keyed else {}),
        **({"foreignKeys": keys} if keys else {}),
    }


def _field(column: Column) -> Json:
    about = f"{column.about} {_LISTED}" if column.kind == "list" else column.about
    field: Json = {"name": column.name, "type": _FIELD_TYPES[column.kind], "description": about}
    return field | ({"constraints": {"required": True}} if column.required else {})


def _foreign_key(column: Column, sheet: ExportTable) -> Json:
    # A table names itself by an empty name.
    resource = "" if column.refers == sheet.name else column.refers
    return {"fields": [column.name], "reference": {"resource": resource, "fields": [key_of(column.refers)]}}


def csvw(origin: Origin, files: Iterable[FileFacts]) -> Json:
    """Describe CSV files as CSV on the Web does."""
    return {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "en"}],
        **_terms_of_use(origin),
        "tables": [_csvw_table(file.path, file.sheet) for file in files if file.sheet],
    }


def file_metadata(origin: Origin, name: str, media_type: str, sheet: ExportTable | None) -> Json:
    """Describe a single file that has no place inside for its origin; a CSV in full, as CSV on the Web does."""
    context = ["http://www.w3.org/ns/csvw", {"@language": "en"}]
    if sheet is not None:
        return {"@context": context, **_csvw_table(name, sheet), **_terms_of_use(origin)}
    return {"@context": context, "url": name, "dc:format": media_type, **_terms_of_use(origin)}


def _terms_of_use(origin: Origin) -> Json:
    return {
        "dc:title": origin.title,
        "dc:description": origin.description,
        "dc:identifier": origin.release,
        "dc:license": {"@id": LICENCE_URL},
        "dc:rights": origin.attribution,
        "dc:source": origin.homepage,
    }


def _csvw_table(name: str, sheet: ExportTable) -> Json:
    schema: Json = {"columns": [_csvw_column(column) for column in sheet.columns]}
    if sheet.keyed:
        schema["primaryKey"] = sheet.columns[0].name
    return {"url": name, "dc:title": sheet.about, "dialect": {"header": True}, "tableSchema": schema}


def _csvw_column(column: Column) -> Json:
    described: Json = {
        "name": column.name,
        "titles": column.name,
        "datatype": _CSVW_TYPES[column.kind],
        "dc:description": column.about,
    }
    if column.kind == "list":
        described["separator"] = "; "
    return described | ({"required": True} if column.required else {})


def ro_crate(origin: Origin, files: Sequence[FileFacts]) -> Json:
    """Describe a folder as an RO-Crate 1.1."""
    root: Json = {
        "@id": "./",
        "@type": "Dataset",
        "name": f"{origin.title}, release {origin.release}",
        "description": origin.description,
        "identifier": origin.release,
        "version": origin.release,
        "url": origin.homepage,
        "license": {"@id": LICENCE_URL},
        "creditText": origin.attribution,
        "publisher": {"@id": origin.homepage},
        "hasPart": [{"@id": file.path} for file in files],
        # The crate wants a date; this one belongs to the data, and does not change when it is exported again.
        "datePublished": origin.day,
    }
    descriptor = {
        "@id": "ro-crate-metadata.json",
        "@type": "CreativeWork",
        "conformsTo": {"@id": _CRATE},
        "about": {"@id": "./"},
    }
    licence = {"@id": LICENCE_URL, "@type": "CreativeWork", "name": LICENCE_NAME, "identifier": LICENCE}
    publisher = {"@id": origin.homepage, "@type": "Organization", "name": origin.title, "url": origin.homepage}
    parts = [
        {
            "@id": file.path,
            "@type": "File",
            "name": file.about,
            "encodingFormat": file.media_type,
            "contentSize": str(file.size),
            "sha256": file.sha256,
            "license": {"@id": LICENCE_URL},
        }
        for file in files
    ]
    return {"@context": f"{_CRATE}/context", "@graph": [descriptor, root, licence, publisher, *parts]}


_FIND = """
SELECT DISTINCT entities.id, entities.category, entities.name, names.text AS matched
FROM names JOIN entities ON entities.id = names.entity
WHERE instr(lower(names.text), lower(:text)) > 0 AND :text <> ''
ORDER BY length(names.text), entities.id
LIMIT 100
"""
_SAYS_WHO = """
SELECT property, value, document, published, grade, mode, url
FROM sources WHERE subject = :entity ORDER BY property, value, published
"""


def datasette_metadata(origin: Origin, database: str, sheets: Iterable[ExportTable]) -> Json:
    """Describe a database for Datasette; `database` is its file's name without the ending."""
    tables = {sheet.name: _datasette_table(sheet) for sheet in sheets}
    return {
        "title": origin.title,
        "description": f"{origin.description} Release {origin.release}.",
        "license": LICENCE_NAME,
        "license_url": LICENCE_URL,
        "source": f"{origin.title}, release {origin.release}",
        "source_url": origin.homepage,
        "databases": {
            database: {
                "tables": {**tables, SEARCH: {"hidden": True}},
                "queries": {
                    "find": {
                        "title": "Find by any part of any name",
                        "description": "English or Chinese; one character is enough.",
                        "sql": _FIND.strip(),
                        "params": ["text"],
                    },
                    "says_who": {
                        "title": "Which documents say what of a thing",
                        "description": "By its id, such as company/catl.",
                        "sql": _SAYS_WHO.strip(),
                        "params": ["entity"],
                    },
                },
            }
        },
    }


def _datasette_table(sheet: ExportTable) -> Json:
    # What the columns mean stands in a table of its own: above the rows it would push them off the page.
    table: Json = {"description": sheet.about}
    names = set(sheet.names)
    facets = [name for name in ("category", "property", "mode", "grade", "standing", "network") if name in names]
    if facets:
        table["facets"] = facets[:3]
    if sheet.name == "entities":
        table |= {"label_column": "name", "fts_table": SEARCH, "fts_pk": "number"}
    elif "title" in names or "name" in names:
        table["label_column"] = "title" if "title" in names else "name"
    return table
