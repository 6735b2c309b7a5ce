"""The command `kg communities`."""

from __future__ import annotations

from typing import Any

import click

from kg.cli import options

__all__ = ["command"]


@click.command("communities")
@click.option("--of", metavar="ENTITY", help="List the members of the group of this entity.")
@options.language
@options.filtering
@options.computing
def command(view: options.ClaimsView, **asked: Any) -> None:
    """Show groups that are tied among themselves more than to others.

    By partnership, supply and ownership, with the Louvain method and a fixed seed.

    \b
    kg communities
    kg communities --of CATL
    """
    import kg
    from kg.cli.output import show_analysis

    show_analysis(kg.open(view.release).communities(**asked), view)
