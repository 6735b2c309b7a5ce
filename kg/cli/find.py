"""The command `kg find`."""

from __future__ import annotations

from decimal import Decimal

import click

from kg.cli import options

__all__ = ["command"]


@click.command("find")
@click.argument("name")
@click.option("--kind", metavar="KIND", help="Only entities of this class, such as Company or Base.")
@click.option("--place", metavar="PLACE", help="Only what lies in this place, such as place/guizhou or Guizhou.")
@click.option("--limit", type=click.IntRange(1, 1000), default=10, show_default=True, help="How many to list.")
@options.reading
def command(name: str, kind: str | None, place: str | None, limit: int, view: options.View) -> None:
    """Find entities by name: English, Chinese, pinyin, with slips.

    Each match says why it matched; "certain" is only the very name of one entity.

    \b
    kg find 宁德
    kg find ningde --kind Company
    kg find 宁德时代 --place Guizhou
    """
    import kg
    from kg.cli.output import choose_form, note, show_table
    from kg.rdf.namespaces import shorten
    from kg.tables.table import Table

    matches = kg.open(view.release).find(name, kind=kind, place=place, limit=limit)
    rows = tuple(
        (shorten(match.entity), match.kind, match.label, match.reason, Decimal(str(match.score)), match.certain)
        for match in matches
    )
    show_table(Table(("entity", "kind", "name", "why", "score", "certain"), rows), choose_form(view))
    if not matches:
        kept = f"{f' and the kind {kind!r}' if kind else ''}{f' and lies in {place!r}' if place else ''}"
        note(f"nothing has a name like {name!r}{kept}", quiet=view.quiet)
