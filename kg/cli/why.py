"""The command `kg why`."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from kg.cli import options

__all__ = ["command"]


@click.command("why")
@click.argument("subject")
@click.argument("predicate")
@click.argument("object_", metavar="[OBJECT]", required=False)
@click.option("--format", "form", type=click.Choice(("text", "json")), help="[default: text on a terminal, else json]")
@options.release
def command(subject: str, predicate: str, object_: str | None, release: Path | None, form: str | None) -> None:
    """Show where the documents say a statement, or which rule infers it.

    Without OBJECT, whatever the graph holds for SUBJECT and PREDICATE is explained. An OBJECT is an id, a
    name, a value, or a figure as printed.

    \b
    kg why base/yanzhou operatedBy company/shandong-times
    kg why base/guian/phase-one plannedCapacity
    """
    import kg
    from kg.cli.output import show_data

    explanations = kg.open(release).why(subject, predicate, object_)
    if (form or ("text" if sys.stdout.isatty() else "json")) == "json":
        show_data([explanation.to_dict() for explanation in explanations])
    else:
        click.echo("\n".join(explanation.to_text() for explanation in explanations))
