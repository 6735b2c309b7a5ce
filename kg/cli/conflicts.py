"""The command `kg conflicts`."""

from __future__ import annotations

import click

from kg.cli import options

__all__ = ["command"]


@click.command("conflicts")
@click.argument("entity", required=False)
@options.reading
def command(entity: str | None, view: options.View) -> None:
    """List where sources disagree, side by side.

    The value that plain queries see comes first, then each rival with the rule that ranks it below. With an
    ENTITY, only what is disputed about it.
    """
    import kg
    from kg.cli.output import choose_form, show_table

    show_table(kg.open(view.release).conflicts(entity), choose_form(view))
