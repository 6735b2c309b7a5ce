"""Commands that report on the graph: conflicts, coverage, what changed, and what is computed on its networks."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from kg.cli import options
from kg.operations.catalogue import OPERATIONS

__all__ = ["conflicts", "coverage", "diff"]


def __getattr__(name: str) -> click.Command:
    """Make the command of an analysis, as it is declared."""
    if name not in OPERATIONS or OPERATIONS[name].group != "networks":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")

    @options.operation(name)
    @options.computing
    def show(arguments: dict[str, Any], view: options.ClaimsView) -> None:
        from kg.cli.output import ask_graph, show_analysis

        show_analysis(ask_graph(name, arguments, view), view)

    return show


@options.operation("conflicts")
@options.reading
def conflicts(arguments: dict[str, Any], view: options.View) -> None:
    """List where sources disagree."""
    from kg.cli.output import ask_graph, choose_format, show_extent, show_table

    outcome = ask_graph("conflicts", arguments, view)
    show_table(outcome.value, choose_format(view))
    show_extent(outcome, view)


@options.operation("coverage")
@options.reading
def coverage(arguments: dict[str, Any], view: options.View) -> None:
    """Show what is covered."""
    import kg
    from kg.cli.output import ask_graph, choose_format, note, show_data, show_extent, show_table
    from kg.localization import translate
    from kg.operations.tables import section_table, sections_table

    graph = kg.open(view.release)
    outcome = ask_graph("coverage", arguments, view, graph)
    format = choose_format(view)
    if format == "json":
        show_data({section["title"]: section["rows"] for section in outcome.value})
        return
    if format in ("csv", "ndjson"):
        show_table(sections_table(outcome.value), format)
        show_extent(outcome, view)
        return
    for section in outcome.value:
        title = translate(section["title"], outcome.language)
        click.echo(f"## {title}\n" if format == "md" else f"{title}\n")
        show_table(section_table(graph, section, outcome.language), format)
        if len(outcome.value) > 1:
            click.echo()
        if outcome.offset + len(section["rows"]) < section["total"]:
            note(f"{title}: {section['total']:,} rows in all", quiet=view.quiet)
    show_extent(outcome, view)


@click.command("diff")
@click.argument("before", type=click.Path(path_type=Path))
@click.argument("after", type=click.Path(path_type=Path))
@options.windowed
@options.reading
def diff(before: Path, after: Path, limit: int | None, offset: int, view: options.View) -> None:
    """Show what changed from one release to another.

    BEFORE and AFTER are folders of releases. Each row is a claim that was added, withdrawn, restated or ranked
    anew, with the document that makes it.
    """
    import kg
    from kg.cli.output import choose_format, show_part, show_table

    changes = kg.open(before).compare(kg.open(after))
    window = slice(offset, None if limit is None else offset + limit)
    show_table(changes.part(window), choose_format(view))
    show_part(len(changes), window, quiet=view.quiet)
