"""The command `kg depends`."""

from __future__ import annotations

from typing import Any

import click

from kg.cli import options

__all__ = ["command"]


@click.command("depends")
@click.argument("entity")
@click.option("--on", is_flag=True, help="Downstream: who takes what ENTITY puts out.")
@click.option("--stage", metavar="STAGE", help="Only what this stage makes or takes in.")
@click.option("--depth", type=click.IntRange(1, 50), help="How many stages to go.")
@options.language
@options.computing
def command(entity: str, view: options.ClaimsView, **asked: Any) -> None:
    """Show what an entity's work takes in and who delivers it, stage by stage.

    ENTITY is an organisation, a site, a park, a stage or a product. A base is supplied through whoever runs
    or owns it. Where no source tells a supplier, the answer is "nobody known", and the next stage is looked at.

    \b
    kg depends base/guian --depth 2
    kg depends company/hunan-yuneng --on
    """
    import kg
    from kg.cli.output import show_analysis

    show_analysis(kg.open(view.release).depends(entity, **asked), view)
