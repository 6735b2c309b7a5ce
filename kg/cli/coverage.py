"""The command `kg coverage`."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli import options

__all__ = ["command"]


@click.command("coverage")
@click.option("--format", "form", type=click.Choice(("table", "json", "md")), default="table", show_default=True,
              help="The form of the result.")  # fmt: skip
@options.release
def command(form: str, release: Path | None) -> None:
    """Show what the graph covers, and where it is thin.

    Counts by kind, stage and region; single and weak sources; stages without a supplier; stale status; missing
    names; questions with an answer.
    """
    import kg
    from kg.cli.output import show_data, show_table

    sections = kg.open(release).coverage()
    if form == "json":
        show_data({section.title: section.table.records() for section in sections})
        return
    for section in sections:
        click.echo(f"## {section.title}\n" if form == "md" else f"{section.title}\n")
        show_table(section.table, form)
        click.echo()
