"""The command `kg partners`."""

from __future__ import annotations

from typing import Any

import click

from kg.cli import options

__all__ = ["command"]


@click.command("partners")
@click.argument("entity")
@options.language
@options.filtering
@options.computing
def command(entity: str, view: options.ClaimsView, **asked: Any) -> None:
    """Show who is tied to an organisation, through what, in which role and at which stage.

    Partners come first: both signed an agreement, or agreed on a collaboration. Who only shares a joint
    venture, is said to work together or explores something stands below, and is no partner.

    \b
    kg partners CATL
    kg partners company/catl --region place/shandong
    """
    import kg
    from kg.cli.output import show_analysis

    show_analysis(kg.open(view.release).partners(entity, **asked), view)
