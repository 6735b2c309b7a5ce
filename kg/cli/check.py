"""The command `kg check`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli import options

if TYPE_CHECKING:
    from kg.cards.findings import Finding

__all__ = ["command"]


@click.command("check")
@click.argument("paths", nargs=-1, type=click.Path(exists=True, path_type=Path), metavar="[CARD]...")
@options.documents
@click.option(
    "--format", "form", type=click.Choice(("text", "json", "github")), default="text", show_default=True,
    help="For people, for programs, or as notes on a pull request.",
)  # fmt: skip
@options.quiet
def command(paths: tuple[Path, ...], documents: tuple[Path, ...], form: str, quiet: bool) -> int:
    """Check cards, and their positions in the documents.

    Without a CARD everything is checked. With document CARDs only these are, in a moment; with other files or
    folders all is, and the findings in these are shown. Exit code 1 tells that there are findings.
    """
    from kg.checks.check import check
    from kg.cli.output import note

    report = check(options.settings(documents), paths)
    _show(report.findings, form)
    for line in (*report.notices, report.summary):
        note(line, quiet=quiet)
    return 1 if report.findings else 0


def _show(findings: Sequence[Finding], form: str) -> None:
    if form == "json":
        from kg.cli.output import show_data

        show_data([finding.to_dict() for finding in findings])
        return
    for finding in findings:
        click.echo(finding.to_github() if form == "github" else str(finding))
