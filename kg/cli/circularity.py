"""The command `kg circularity`."""

from __future__ import annotations

from typing import Any

import click

from kg.cli import options

__all__ = ["command"]


@click.command("circularity")
@click.option(
    "--from", "start", default="BatteryRecycling", show_default=True, metavar="STAGE", help="Where it starts."
)
@click.option("--to", "end", default="CathodeMaking", show_default=True, metavar="STAGE", help="The end.")
@click.option("-k", "--count", type=click.IntRange(1, 50), default=3, show_default=True, help="How many ways.")
@options.language
@options.filtering
@options.computing
def command(view: options.ClaimsView, **asked: Any) -> None:
    """Show the ways from one stage back to another, and who is told of each link.

    The ways lead along kinds of work; each link is looked for among deliveries, works that do both, and chains
    that sources tell, which may be an aim.

    \b
    kg circularity
    kg circularity --to PrecursorMaking -k 1
    """
    import kg
    from kg.cli.output import show_analysis

    show_analysis(kg.open(view.release).circularity(**asked), view)
