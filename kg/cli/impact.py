"""The command `kg impact`."""

from __future__ import annotations

from typing import Any

import click

from kg.cli import options

__all__ = ["command"]


@click.command("impact")
@click.argument("entity")
@click.option("--days", type=click.IntRange(1, 3650), default=90, show_default=True, help="How long the stop lasts.")
@options.language
@options.filtering
@options.computing
def command(entity: str, view: options.ClaimsView, **asked: Any) -> None:
    """Show what a stop of something can reach, through which links, and how sure it is.

    ENTITY is an organisation, a site, a park, a stage, a product or an agreement. First comes what stops with
    it, then who is delivered to, with the share of the known supply that is lost and who else is known to
    deliver the same, then their sites and customers. What is not known is said as such.

    \b
    kg impact company/hunan-yuneng --days 90
    kg impact park/brunp-yichang
    """
    import kg
    from kg.cli.output import show_analysis

    show_analysis(kg.open(view.release).impact(entity, **asked), view)
