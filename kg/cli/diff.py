"""The command `kg diff`."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli import options

__all__ = ["command"]


@click.command("diff")
@click.argument("before", type=click.Path(path_type=Path))
@click.argument("after", type=click.Path(path_type=Path))
@options.reading
def command(before: Path, after: Path, view: options.View) -> None:
    """Show what changed from one release to another.

    BEFORE and AFTER are folders of releases. Each row is a claim that was added, withdrawn, restated or ranked
    anew, with the document that makes it.
    """
    import kg
    from kg.cli.output import choose_form, show_table

    show_table(kg.open(before).compare(kg.open(after)), choose_form(view))
