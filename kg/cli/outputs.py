"""Commands that write files: pictures, and exports for other programs."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from kg.cli import options
from kg.errors import UsageError
from kg.formats import EXPORT_TABLES, EXPORTS
from kg.operations.catalogue import OPERATIONS

__all__ = ["draw", "export"]


@dataclass(frozen=True)
class PictureView:
    """Which release to draw, and whether to keep quiet."""

    release: Path | None
    quiet: bool


@options.operation("draw")
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE",
              help="Where to: .svg, .html (relations) or .txt (in words) [default: VIEW-ENTITY].")  # fmt: skip
@click.option("--force", is_flag=True, help="Write over a file that is there.")
@options.gathering(PictureView, (options.release, options.quiet))
def draw(arguments: dict[str, Any], output: Path | None, force: bool, view: PictureView) -> None:
    """Draw a picture to a file, and write the name of the file to standard output."""
    from kg.cli.output import ask_graph, note, show_extent

    read = options.View(view.release, None, view.quiet)
    outcome = ask_graph("draw", arguments, read)
    picture = outcome.value
    click.echo(picture.save(output, overwrite=force))
    show_extent(outcome, read)
    if picture.is_empty:
        note("nothing to draw: this release states no such tie; that is not a no", quiet=view.quiet)


@dataclass(frozen=True)
class ExportView:
    """Where an export goes, which tables or network of which release it takes, and whether to keep quiet."""

    output: Path | None
    tables: tuple[str, ...]
    network: str | None
    force: bool
    release: Path | None
    quiet: bool


_EXPORTING = (
    click.option("--output", "-o", type=click.Path(path_type=Path), metavar="PATH", help="The file or folder to make."),
    click.option(
        "--table", "tables", multiple=True, metavar="TABLE", help=f"Of {', '.join(EXPORT_TABLES)}; may be repeated."
    ),
    click.option("--network", metavar="KIND", help="One network [default: all], such as supply or partnership."),
    click.option("--force", is_flag=True, help="Replace an earlier export."),
    options.release,
    options.quiet,
)


ALL = "all"
_EXPORTED = {**EXPORTS, **EXPORT_TABLES}
_ABOUT = "\n".join(
    [*(f"{name:<12} {one.about[0].lower()}{one.about[1:]}" for name, one in _EXPORTED.items()),
     f"{ALL:<12} a folder with all of these"]
)  # fmt: skip


@click.command(
    "export",
    help=f"""Write the graph for other programs: RDF, tables, networks, SQLite.

\b
{_ABOUT}

A format that is one file goes to standard output without -o; a name that ends in .gz is compressed. Tables make
a folder, with descriptions for Frictionless, RO-Crate and CSVW; one --table is a file. Filters narrow the
networks. The same release gives the same bytes.

\b
kg export turtle > graph.ttl
kg export csv --table claims -o claims.csv
kg export gexf --network supply --stage CellManufacturing -o cells.gexf
kg export sqlite -o kg.db && datasette kg.db -m kg.db-metadata.json
""",
)
@click.argument("format", type=click.Choice((*_EXPORTED, ALL)), metavar="FORMAT")
@options.gathering(ExportView, _EXPORTING)
@options.parameters_of(OPERATIONS["network"], without=("network", "language", "limit", "offset"))
def export(format: str, view: ExportView, arguments: dict[str, Any]) -> None:
    """Write an export to a file, a folder or standard output."""
    import kg
    from kg.cli.output import note

    graph = kg.open(view.release)
    choice = {"tables": view.tables, "network": view.network, **arguments}
    if view.output is None or str(view.output) == "-":
        _refuse_terminal(format)
        written = graph.export(format, sys.stdout.buffer, **choice)
    else:
        written = graph.export(format, view.output, force=view.force, **choice)
    for line in (*written.notes, *(f"wrote {file}" for file in written.files), *written.origin.lines()):
        note(line, quiet=view.quiet)


def _refuse_terminal(format: str) -> None:
    if format in _EXPORTED and not _EXPORTED[format].is_text and sys.stdout.isatty():
        raise UsageError(f"{format} is nothing for a terminal; name a file with -o")
