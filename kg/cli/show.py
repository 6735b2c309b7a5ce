"""The command `kg show`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from kg.cli import options

if TYPE_CHECKING:
    from kg.entities.entity import Entity

__all__ = ["command"]


@click.command("show")
@click.argument("entity")
@options.reading
def command(entity: str, view: options.View) -> None:
    """Show one entity with everything stated about it.

    ENTITY is an id such as company/catl, an IRI, or a name that one entity alone has.
    """
    import kg
    from kg.cli.output import choose_form, show_data, show_table

    found = kg.open(view.release).show(entity)
    form = choose_form(view, in_a_pipe="json")
    if form == "json":
        show_data(found.to_dict())
    else:
        if form == "table":
            click.echo("\n".join(_head(found)))
        show_table(found.to_table(), form)


def _head(entity: Entity) -> Iterator[str]:
    yield f"{entity.id}  ({', '.join(entity.kinds)})"
    yield from (f"  {name}" for name in (*entity.names.values(), *entity.aliases))
    yield ""
