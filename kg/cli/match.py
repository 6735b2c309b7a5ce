"""The command `kg match`."""

from __future__ import annotations

from typing import BinaryIO

import click

from kg.cli import options

__all__ = ["command"]


@click.command("match")
@click.argument("file", type=click.File("rb"))
@click.option("--column", metavar="NAME", default="name", show_default=True, help="The column that holds the names.")
@click.option("--kind", metavar="KIND", help="Only entities of this class, such as Company or Base.")
@click.option("--trait", "traits", multiple=True, metavar="TRAIT=COLUMN", help="What a column tells, may be repeated.")
@options.reading
def command(file: BinaryIO, column: str, kind: str | None, traits: tuple[str, ...], view: options.View) -> None:
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
