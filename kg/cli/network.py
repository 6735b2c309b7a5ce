"""The command `kg network`."""

from __future__ import annotations

from typing import Any

import click

from kg.cli import options

__all__ = ["command"]


@click.command("network")
@click.argument("kind", default="all")
@options.language
@options.filtering
@options.computing
def command(kind: str, view: options.ClaimsView, **asked: Any) -> None:
    """List the ties of a network, each with its claims.

    KIND is partnership, supply, ownership, location, process, work, or all. Every tie says in which mode it
    stands, so that a plan is not mistaken for a fact.

    \b
    kg network supply --stage CathodeMaking --mode Stated
    kg network ownership --region place/guizhou --rank preferred
    """
    import kg
    from kg.cli.output import show_analysis

    show_analysis(kg.open(view.release).ties(kind, **asked), view)
