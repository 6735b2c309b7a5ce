"""The command `kg gaps`."""

from __future__ import annotations

from typing import Any

import click

from kg.cli import options

__all__ = ["command"]


@click.command("gaps")
@click.argument("park", required=False)
@click.option("--toward", default="BatteryManufacturing", show_default=True, metavar="STAGE", help="What is fed.")
@options.language
@options.computing
def command(view: options.ClaimsView, **asked: Any) -> None:
    """Show which links of a chain are told of at a park, and which are missing there.

    The chain is a stage and all that feed it. Without a PARK, all parks at which at least two links are told of.

    \b
    kg gaps
    kg gaps park/brunp-yichang --toward CathodeMaking
    """
    import kg
    from kg.cli.output import show_analysis

    show_analysis(kg.open(view.release).gaps(**asked), view)
