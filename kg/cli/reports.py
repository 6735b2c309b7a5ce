"""Commands that report on the graph as a whole: conflicts, coverage, what changed."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli import options

__all__ = ["conflicts", "coverage", "diff"]


@click.command("conflicts")
@click.argument("entity", required=False)
@options.reading
def conflicts(entity: str | None, view: options.View) -> None:
    """List where sources disagree, side by side.

    The value that plain queries see comes first, then each rival with the rule that ranks it below. With an
    ENTITY, only what is disputed about it.
    """
    import kg
    from kg.cli.output import choose_form, show_table

    show_table(kg.open(view.release).conflicts(entity), choose_form(view))


@click.command("coverage")
@click.option("--format", "form", type=click.Choice(("table", "json", "md")), default="table", show_default=True,
              help="The form of the result.")  # fmt: skip
@options.release
def coverage(form: str, release: Path | None) -> None:
    """Show what the graph covers, and where it is thin.

    Counts by kind, stage and region; single and weak sources; stages without a supplier; stale status; missing
    names; questions with an answer.
    """
    import kg
    from kg.cli.output import show_data, show_table

    sections = kg.open(release).coverage()
    if form == "json":
        show_data({section.title: section.table.records() for section in sections})
        return
    for section in sections:
        click.echo(f"## {section.title}\n" if form == "md" else f"{section.title}\n")
        show_table(section.table, form)
        click.echo()


@click.command("diff")
@click.argument("before", type=click.Path(path_type=Path))
@click.argument("after", type=click.Path(path_type=Path))
@options.reading
def diff(before: Path, after: Path, view: options.View) -> None:
    """Show what changed from one release to another.

    BEFORE and AFTER are folders of releases. Each row is a claim that was added, withdrawn, restated or ranked
    anew, with the document that makes it.
    """
    import kg
    from kg.cli.output import choose_form, show_table

    show_table(kg.open(before).compare(kg.open(after)), choose_form(view))
