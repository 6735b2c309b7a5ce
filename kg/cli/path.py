"""The command `kg path`."""

from __future__ import annotations

from typing import Any

import click

from kg.cli import options

__all__ = ["command"]


@click.command("path")
@click.argument("one")
@click.argument("other")
@click.option("-k", "--count", type=click.IntRange(1, 50), default=3, show_default=True, help="How many ways.")
@click.option(
    "--network", "networks", multiple=True, metavar="NETWORK",
    help="Where to look, may be repeated [default: partnership, supply, ownership].",
)  # fmt: skip
@options.language
@options.filtering
@options.computing
def command(one: str, other: str, view: options.ClaimsView, **asked: Any) -> None:
    """Show the best ways by which two things are tied, hop by hop, and the weakest hop of each.

    A hop costs 1, and more the less sure its mode and its best source are; the cheapest ways come first.

    \b
    kg path company/hunan-yuneng company/bmw
    kg path CATL place/guizhou --network ownership --network location
    """
    import kg
    from kg.cli.output import show_analysis

    networks = asked.pop("networks") or None
    show_analysis(kg.open(view.release).path(one, other, networks=networks, **asked), view)
