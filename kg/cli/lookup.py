"""Commands that look things up: find, match, show, neighbours, claims."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any, BinaryIO

import click

from kg.cli import options

if TYPE_CHECKING:
    from kg.entities.entity import Entity

__all__ = ["claims", "find", "match", "neighbours", "show"]


@options.operation("find")
@options.reading
def find(arguments: dict[str, Any], view: options.View) -> None:
    """Find entities by name."""
    import kg
    from kg.cli.output import ask_graph, choose_format, note, show_extent, show_table
    from kg.operations.tables import found_table

    graph = kg.open(view.release)
    outcome = ask_graph("find", arguments, view, graph)
    show_table(found_table(graph, outcome.value, outcome.language), choose_format(view))
    show_extent(outcome, view)
    if not outcome.total:
        kept = [f"the kind {arguments['kind']!r}"] if arguments.get("kind") else []
        kept += [f"lies in {arguments['place']!r}"] if arguments.get("place") else []
        note(" and ".join([f"nothing has a name like {arguments['text']!r}", *kept]), quiet=view.quiet)


@options.operation("match")
@click.argument("file", type=click.File("rb"))
@options.windowed
@options.reading
def match(arguments: dict[str, Any], file: BinaryIO, limit: int | None, offset: int, view: options.View) -> None:
    """Match a table; - reads standard input."""
    import kg
    from kg.cli.output import choose_format, note, show_part, show_table
    from kg.matching.csv_rows import Columns, read_property_columns
    from kg.tables.source_table import FILE_BOUNDS, read_table

    columns = Columns(arguments["column"], arguments.get("kind"), read_property_columns(arguments["trait"]))
    source = read_table(file.read(FILE_BOUNDS.size + 1), FILE_BOUNDS)
    if source.notes:
        note("the table was " + "; ".join(source.notes), quiet=view.quiet)

    def report(done: int, rows: int) -> None:
        """Say how far it is, where it takes a while."""
        note(f"{done:,} of {rows:,} rows", quiet=view.quiet)

    window = slice(offset, None if limit is None else offset + limit)
    part = replace(source, rows=source.rows[window], lines=source.lines[window])
    table = kg.open(view.release).match_table(part, columns, report)
    show_table(table, choose_format(view))
    matches = sum(row[-1] is True for row in table.rows)
    note(f"{len(table)} rows, {matches} matched", quiet=view.quiet)
    show_part(len(source.rows), window, quiet=view.quiet)


@options.operation("show")
@options.reading
def show(arguments: dict[str, Any], view: options.View) -> None:
    """Show an entity."""
    from kg.cli.output import ask_graph, choose_format, show_data, show_extent, show_table

    outcome = ask_graph("show", arguments, view)
    found = outcome.value
    format = choose_format(view, in_a_pipe="json")
    if format == "json":
        show_data(found.to_dict())
    else:
        if format == "table":
            click.echo("\n".join(_head(found)))
        show_table(found.to_table(), format)
    show_extent(outcome, view)


def _head(entity: Entity) -> Iterator[str]:
    yield f"{entity.id}  ({', '.join(entity.kinds)})"
    yield from (f"  {name}" for name in (*entity.names.values(), *entity.aliases))
    yield ""


@options.operation("neighbours")
@options.reading
def neighbours(arguments: dict[str, Any], view: options.View) -> None:
    """Count or list neighbours."""
    _show_rows("neighbours", arguments, view, f"{arguments['entity']} has no such ties in this release")


@options.operation("claims")
@options.reading
def claims(arguments: dict[str, Any], view: options.View) -> None:
    """List claims."""
    _show_rows(
        "claims", arguments, view, f"no document of this release says anything of {arguments['of']} in so many words"
    )


def _show_rows(name: str, arguments: dict[str, Any], view: options.View, nothing: str) -> None:
    """Show the table of an operation, or say that there is nothing."""
    from kg.cli.output import ask_graph, choose_format, note, show_extent, show_table

    outcome = ask_graph(name, arguments, view)
    show_table(outcome.value, choose_format(view))
    if not outcome.total:
        note(nothing, quiet=view.quiet)
    show_extent(outcome, view)
