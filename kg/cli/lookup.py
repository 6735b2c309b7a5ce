"""Commands that look things up: find, match, show, neighbours, claims."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import TYPE_CHECKING, BinaryIO

import click

from kg.cli import options

if TYPE_CHECKING:
    from kg.entities.entity import Entity

__all__ = ["claims", "find", "match", "neighbours", "show"]


@click.command("find")
@click.argument("name")
@click.option("--kind", metavar="KIND", help="Only entities of this class, such as Company or Base.")
@click.option("--place", metavar="PLACE", help="Only what lies in this place, such as place/guizhou or Guizhou.")
@click.option("--limit", type=click.IntRange(1, 1000), default=10, show_default=True, help="How many to list.")
@options.reading
def find(name: str, kind: str | None, place: str | None, limit: int, view: options.View) -> None:
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


@click.command("match")
@click.argument("file", type=click.File("rb"))
@click.option("--column", metavar="NAME", default="name", show_default=True, help="The column that holds the names.")
@click.option("--kind", metavar="KIND", help="Only entities of this class, such as Company or Base.")
@click.option("--trait", "traits", multiple=True, metavar="TRAIT=COLUMN", help="What a column tells, may be repeated.")
@options.reading
def match(file: BinaryIO, column: str, kind: str | None, traits: tuple[str, ...], view: options.View) -> None:
    """Put ids beside the names in a CSV file.

    FILE is CSV in UTF-8 with the names of the columns in its first line; - reads standard input. Columns with
    the id, the name, the kind, the score, the reason, and whether it is a match come to its own. Only a match
    should be taken over unseen. A trait is a property, or name, identifier, place, province, country.

    \b
    kg match companies.csv --column company --kind Company --trait province=region > matched.csv
    """
    import kg
    from kg.cli.output import choose_form, note, show_table
    from kg.matching.csv_rows import Columns

    columns = Columns(column, kind, options.named_values(traits))
    table = kg.open(view.release).match_csv(file.read(), columns)
    show_table(table, choose_form(view))
    matches = sum(row[-1] is True for row in table.rows)
    note(f"{len(table)} rows, {matches} matched", quiet=view.quiet)


@click.command("show")
@click.argument("entity")
@options.reading
def show(entity: str, view: options.View) -> None:
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


@click.command("neighbours")
@click.argument("entity")
@click.option("--relation", metavar="PROPERTY", help="List the neighbours by this relation, such as shareholding.")
@options.reading
def neighbours(entity: str, relation: str | None, view: options.View) -> None:
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


@click.command("claims")
@click.argument("of")
@click.option("--property", "name", metavar="PROPERTY", help="Only the claims on this property, such as landArea.")
@options.reading
def claims(of: str, name: str | None, view: options.View) -> None:
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
