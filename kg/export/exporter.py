"""Delivering an export: to a file, to a folder with its descriptions, or to a stream; all of it or nothing."""

from __future__ import annotations

import gzip
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from kg.atomic import atomic_file, atomic_folder
from kg.errors import OutputError, ReleaseError, UsageError
from kg.export.descriptors import (
    FileFacts,
    csvw,
    datapackage,
    datasette_metadata,
    file_metadata,
    measure,
    ro_crate,
    to_json,
)
from kg.export.formats import find_writer
from kg.export.metadata import Origin
from kg.export.parquet import is_installed
from kg.export.source import NETWORK_TABLES, TABLES, Choice, Source
from kg.export.tables import ExportTable
from kg.export.writers import database_sheets
from kg.formats import CSV, CSV_METADATA, EXPORT_TABLES, EXPORTS, JSON, MARKDOWN, PARQUET, SQLITE, Format
from kg.release.manifest import MANIFEST, verify_sums, write_manifest

__all__ = ["ALL", "FORMATS", "ExportResult", "export"]

ALL = "all"
FORMATS = (*EXPORTS, *EXPORT_TABLES, ALL)
"""The names of the formats."""

_METADATA = "-metadata.json"
_CRATE = "ro-crate-metadata.json"


@dataclass(frozen=True)
class ExportResult:
    """What an export wrote, and what is to be known about it."""

    origin: Origin
    files: tuple[Path, ...] = ()
    notes: tuple[str, ...] = ()


def export(
    source: Source, format: str, target: Path | str | BinaryIO, *, force: bool = False, **choice: Any
) -> ExportResult:
    """Write a release in one of FORMATS.

    `target` is a path, or an open binary stream for a format that is one file. A path that ends in .gz is
    compressed; `all`, and several tables, make a folder. Of a format of EXPORT_TABLES `tables` chooses tables.
    `network` names the network that is exported, and its filters (stage, region, status, rank, mode, as_of)
    narrow it. An earlier export is replaced if `force` is set, and nothing else ever is.

    Raises UsageError for what a format cannot do, OutputError when something is there already or cannot be written.
    """
    tables, network = tuple(choice.pop("tables", ())), choice.pop("network", None) or "all"
    source = source.narrowed(Choice(tables, network, choice))
    _check(source, format)
    if not isinstance(target, str | Path):
        return _stream(source, format, target)
    if format == ALL or len(_tables(source, format)) > 1:
        return _deliver_folder(source, format, Path(target), force=force)
    return _deliver_file(source, format, Path(target), force=force)


def _stream(source: Source, format: str, stream: BinaryIO) -> ExportResult:
    if format == ALL:
        raise UsageError("all formats make a folder; name one with -o DIR")
    if len(_tables(source, format)) > 1:
        raise UsageError(f"{format} makes a file for each table; name a folder with -o DIR, or one table with --table")
    return ExportResult(source.origin, notes=_write(source, format, stream))


def _check(source: Source, format: str) -> None:
    """Refuse what an export cannot do before anything is read."""
    if format not in FORMATS:
        raise UsageError(f"no format is called {format!r}; take {', '.join(FORMATS)}")
    for table in source.choice.tables:
        if table not in TABLES:
            raise UsageError(f"no table is called {table!r}; take {', '.join(TABLES)}")
    if source.choice.tables and format not in EXPORT_TABLES:
        raise UsageError(f"{format} has no tables to choose from; take {', '.join(EXPORT_TABLES)}")
    holds_network = format in EXPORT_TABLES and set(source.choice.tables) <= NETWORK_TABLES and source.choice.tables
    if source.choice.is_narrow and not (holds_network or (format in EXPORTS and EXPORTS[format].narrows)):
        files = " or ".join(name for name, one in EXPORTS.items() if one.narrows)
        tables = " and ".join(table for table in TABLES if table in NETWORK_TABLES)
        raise UsageError(
            f"filters narrow a network, and {format} holds more than that; take {files}, or of "
            f"{_list_words(EXPORT_TABLES)} the tables {tables}"
        )


def _list_words(words: Iterable[str]) -> str:
    *first, last = words
    return f"{', '.join(first)} and {last}" if first else last


def _tables(source: Source, format: str) -> tuple[str, ...]:
    return (source.choice.tables or TABLES) if format in EXPORT_TABLES else ()


def _format(format: str) -> Format:
    return EXPORTS[format] if format in EXPORTS else EXPORT_TABLES[format]


def _write(source: Source, format: str, stream: BinaryIO) -> tuple[str, ...]:
    if format in EXPORTS:
        notes: tuple[str, ...] = find_writer(EXPORTS[format])(source, stream)
        return notes
    (table,) = _tables(source, format)
    find_writer(EXPORT_TABLES[format])(source.sheet(table), source.origin, stream)
    return ()


def _deliver_file(source: Source, format: str, path: Path, *, force: bool) -> ExportResult:
    """Write one file, and beside it what it cannot say itself."""
    description = path.with_name(path.name + _METADATA)
    text = _description(source, format, path)
    with atomic_file(path, force=force) as scratch:
        if text and not force and description.exists():
            raise OutputError(f"{description}: the file is there already; name another, or replace it with --force")
        with _opened(scratch, compressed=path.suffix == ".gz") as stream:
            notes = _write(source, format, stream)
    if not text:
        return ExportResult(source.origin, (path,), notes)
    with atomic_file(description, force=force) as scratch:
        scratch.write_text(text, encoding="utf-8", newline="\n")
    return ExportResult(source.origin, (path, description), notes)


@contextmanager
def _opened(path: Path, *, compressed: bool) -> Iterator[BinaryIO]:
    with path.open("xb") as file:
        if not compressed:
            yield file
            return
        # Neither the hour nor the name of the scratch file gets into the bytes.
        with gzip.GzipFile(filename="", mode="wb", fileobj=file, mtime=0) as stream:
            yield stream  # type: ignore[misc]


def _description(source: Source, format: str, path: Path) -> str:
    """Give the text that stands beside a file: what it is and where it comes from, or a database's titles."""
    if format == SQLITE.name:
        return to_json(datasette_metadata(source.origin, path.stem, database_sheets(source)))
    chosen = _format(format)
    if chosen.has_head:
        return ""
    sheet = source.sheet(_tables(source, format)[0]) if format in EXPORT_TABLES else None
    return to_json(file_metadata(source.origin, path.name, chosen.media_type, sheet))


def _deliver_folder(source: Source, format: str, folder: Path, *, force: bool) -> ExportResult:
    """Write a folder of files with their descriptions and a manifest of sums."""
    notes: list[str] = []
    with atomic_folder(folder, _is_export, force=force) as scratch:
        writer = _FolderWriter(source, scratch)
        if format == ALL:
            notes = writer.write_all()
        else:
            for table in _tables(source, format):
                writer.write_table(format, table, "")
        writer.describe()
    names = sorted(path.relative_to(folder) for path in folder.rglob("*") if path.is_file())
    return ExportResult(source.origin, tuple(folder / name for name in names), tuple(notes))


def _is_export(folder: Path) -> bool:
    """Tell whether a folder holds an earlier export, whole, and nothing else that would be lost."""
    if not ((folder / MANIFEST).is_file() and (folder / _CRATE).is_file()):
        return False
    try:
        verify_sums(folder)
    except ReleaseError:
        return False
    return True


class _FolderWriter:
    """Writes files into a folder and keeps in mind what to say of them."""

    def __init__(self, source: Source, folder: Path) -> None:
        self.source = source
        self.folder = folder
        self.files: list[FileFacts] = []

    def write_all(self) -> list[str]:
        """Write every format: RDF, networks, tables and the database."""
        notes: list[str] = []
        for chosen in EXPORTS.values():
            name = chosen.packed_as
            with _opened(self.folder / name, compressed=name.endswith(".gz")) as stream:
                notes += [f"{name}: {note}" for note in find_writer(chosen)(self.source, stream)]
            self._note(name, chosen.media_type, chosen.about)
        for format in EXPORT_TABLES:
            below = f"{format}/"
            if format == PARQUET.name and not is_installed():
                notes.append("no Parquet is written, for pyarrow is not installed")
                continue
            (self.folder / below).mkdir()
            for table in TABLES:
                self.write_table(format, table, below)
        self._write(SQLITE.packed_as + _METADATA, _description(self.source, SQLITE.name, Path(SQLITE.packed_as)))
        self._note(SQLITE.packed_as + _METADATA, JSON.media_type, "Titles and queries of the database, for Datasette")
        return notes

    def write_table(self, format: str, table: str, below: str) -> None:
        """Write one table in a format."""
        chosen = EXPORT_TABLES[format]
        sheet = self.source.sheet(table)
        name = f"{below}{table}.{chosen.suffix}"
        with (self.folder / name).open("xb") as stream:
            find_writer(chosen)(sheet, self.source.origin, stream)
        self._note(name, chosen.media_type, sheet.about, sheet if chosen is CSV else None)

    def _note(self, name: str, media_type: str, about: str, sheet: ExportTable | None = None) -> None:
        self.files.append(measure(self.folder / name, name, media_type, about, sheet))

    def describe(self) -> None:
        """Write what describes the folder, and last the sums of all files."""
        origin = self.source.origin
        if any(file.sheet for file in self.files):
            self._write("csv-metadata.json", to_json(csvw(origin, self.files)))
            self._note("csv-metadata.json", CSV_METADATA.media_type, "The CSV files, described for CSV on the Web")
        self._write("README.md", _readme(self.source, self.files))
        self._note("README.md", MARKDOWN.media_type, "What is in this folder, and whom to name")
        self._write("datapackage.json", to_json(datapackage(origin, self.files)))
        self._note("datapackage.json", JSON.media_type, "The folder as a Frictionless data package")
        self._write(_CRATE, to_json(ro_crate(origin, self.files)))
        write_manifest(self.folder)

    def _write(self, name: str, text: str) -> None:
        (self.folder / name).write_text(text, encoding="utf-8", newline="\n")


def _readme(source: Source, files: Sequence[FileFacts]) -> str:
    rows = "".join(f"| `{file.path}` | {file.about} |\n" for file in files)
    head, *rest = source.origin.lines()
    return f"# {head}\n\n{source.origin.description}\n\n" + "\n\n".join(rest) + f"\n\n| file | is |\n|---|---|\n{rows}"
