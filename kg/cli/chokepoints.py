"""The command `kg chokepoints`."""

from __future__ import annotations

from typing import Any

import click

from kg.cli import options

__all__ = ["command"]


@click.command("chokepoints")
@options.language
@options.filtering
@options.computing
def command(view: options.ClaimsView, **asked: Any) -> None:
    """Show whose loss would cut somebody off from every known supplier.

    Exact, by the dominators of the supply network: all that a chokepoint cuts off is come to only over it. A
    delivery is one as well if it is somebody's only known one. "splits": the network falls apart without it.

    \b
    kg chokepoints
    kg chokepoints --stage CathodeMaking
    """
    import kg
    from kg.cli.output import show_analysis

    show_analysis(kg.open(view.release).chokepoints(**asked), view)
