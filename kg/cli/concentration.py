"""The command `kg concentration`."""

from __future__ import annotations

from typing import Any

import click

from kg.cli import options

__all__ = ["command"]


@click.command("concentration")
@click.option(
    "--by", type=click.Choice(("product", "stage", "region")), default="product", show_default=True, help="By what."
)
@options.language
@options.filtering
@options.computing
def command(view: options.ClaimsView, **asked: Any) -> None:
    """Show on how few suppliers the known supply rests.

    The Herfindahl index, from 1 (one supplier alone) to near 0 (many equal ones): over the deliveries that
    are told, and over yearly rates where they can be compared. The share without a rate is told beside it.

    \b
    kg concentration --by stage
    kg concentration --by region --rank preferred
    """
    import kg
    from kg.cli.output import show_analysis

    show_analysis(kg.open(view.release).concentration(**asked), view)
