"""The command `kg build`."""

from __future__ import annotations

import datetime
from pathlib import Path

import click

from kg.cli import options

__all__ = ["command"]


@click.command("build")
@click.option(
    "--as-of", type=click.DateTime(["%Y-%m-%d"]), metavar="DATE", help="Leave out documents published after this day."
)
@options.documents
@options.quiet
def command(as_of: datetime.datetime | None, documents: tuple[Path, ...], quiet: bool) -> None:
    """Build a release.

    It goes to KG_RELEASES, or else to ./releases, and becomes the current one once it is verified. Its
    folder is printed.
    """
    from kg.cli.output import note
    from kg.release.build import build

    day = as_of.date() if as_of else None
    click.echo(build(options.settings(documents), day, lambda step: note(step, quiet=quiet)))
