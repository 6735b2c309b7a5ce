"""The command `kg neighbours`."""

from __future__ import annotations

import click

from kg.cli import options

__all__ = ["command"]


@click.command("neighbours")
@click.argument("entity")
@click.option("--relation", metavar="PROPERTY", help="List the neighbours by this relation, such as shareholding.")
@options.reading
def command(entity: str, relation: str | None, view: options.View) -> None:
    """Count what an entity is directly tied to, or list it.

    Without --relation each relation is shown with the number of neighbours by it; "in" are ties that point to
    the entity.

    \b
    kg neighbours company/catl
    kg neighbours company/catl --relation shareholding
    """
    import kg
    from kg.cli.output import choose_form, note, show_table

    table = kg.open(view.release).neighbours(entity, relation)
    show_table(table, choose_form(view))
    if not len(table):
        note(f"{entity} has no such ties in this release", quiet=view.quiet)
