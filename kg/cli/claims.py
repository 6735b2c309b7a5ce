"""The command `kg claims`."""

from __future__ import annotations

import click

from kg.cli import options

__all__ = ["command"]


@click.command("claims")
@click.argument("of")
@click.option("--property", "name", metavar="PROPERTY", help="Only the claims on this property, such as landArea.")
@options.reading
def command(of: str, name: str | None, view: options.View) -> None:
    """List every claim about an entity, or every claim that a document makes.

    Claims that another one outranks are listed with the rule by which it does.

    \b
    kg claims base/yanzhou/phase-one --property landArea
    kg claims document/shandong-times-60gwh
    """
    import kg
    from kg.cli.output import choose_form, note, show_table

    table = kg.open(view.release).claims(of, name)
    show_table(table, choose_form(view))
    if not len(table):
        note(f"no document of this release says anything of {of} in so many words", quiet=view.quiet)
