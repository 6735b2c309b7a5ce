"""Commands for who keeps the data: check, build, verify, cite, and the completion of a shell."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli import options

if TYPE_CHECKING:
    from kg.cards.findings import Finding

__all__ = ["build", "check", "cite", "completion", "verify"]


@click.command("check")
@click.argument("paths", nargs=-1, type=click.Path(exists=True, path_type=Path), metavar="[CARD]...")
@options.documents
@click.option(
    "--format", "format", type=click.Choice(("text", "json", "github")), default="text", show_default=True,
    help="For people, for programs, or as notes on a pull request.",
)  # fmt: skip
@options.quiet
def check(paths: tuple[Path, ...], documents: tuple[Path, ...], format: str, quiet: bool) -> int:
    """Check cards, and their positions in the documents.

    Without a CARD everything is checked. With document CARDs only these are, in a moment; with other files or
    folders all is, and the findings in these are shown. Exit code 1 tells that there are findings.
    """
    from kg.checks.check import check
    from kg.cli.output import note

    report = check(options.settings(documents), paths)
    _show(report.findings, format)
    for line in (*report.notices, report.summary):
        note(line, quiet=quiet)
    return 1 if report.findings else 0


def _show(findings: Sequence[Finding], format: str) -> None:
    if format == "json":
        from kg.cli.output import show_data

        show_data([finding.to_dict() for finding in findings])
        return
    for finding in findings:
        click.echo(finding.to_github() if format == "github" else str(finding))


@click.command("build")
@click.option(
    "--as-of", type=click.DateTime(["%Y-%m-%d"]), metavar="DATE", help="Leave out documents published after this day."
)
@options.documents
@options.quiet
def build(as_of: datetime.datetime | None, documents: tuple[Path, ...], quiet: bool) -> None:
    """Build a release.

    It goes to KG_RELEASES, or else to ./releases, and becomes the current one once it is verified. Its
    folder is printed.
    """
    from kg.cli.output import note
    from kg.release.build import build

    day = as_of.date() if as_of else None
    click.echo(build(options.settings(documents), day, lambda step: note(step, quiet=quiet)))


@click.command("verify")
@click.argument("release", type=click.Path(path_type=Path), required=False)
@options.quiet
def verify(release: Path | None, quiet: bool) -> None:
    """Verify that a release is whole and unchanged.

    RELEASE is a release or a folder of releases, whose current one is meant [default: KG_RELEASES, or else
    ./releases]. Exit code 1 tells that it is not.
    """
    from kg.cli.output import note
    from kg.release.verification import verify

    path = release or options.settings().releases
    facts = verify(path)
    note(f"{path}: release {facts['id']} is whole and unchanged", quiet=quiet)


@click.command("cite")
@click.argument("document", type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar="DOCUMENT_FILE")
@click.argument("first", metavar="FIRST_WORDS")
@click.argument("last", metavar="[LAST_WORDS]", required=False)
def cite(document: Path, first: str, last: str | None) -> None:
    """Give the position of words in a document, for a card.

    The span runs from the FIRST_WORDS, which must stand at one place only, to the end of the LAST_WORDS.

    \b
    kg cite guian-2023-06-17.txt 'annual production' '30 GWh'
    """
    from kg.cards.texts import cite
    from kg.errors import InputError

    try:
        # Bytes, not text: reading as text would turn CR LF into one character and shift every position.
        text = document.read_bytes().decode("utf-8")
    except UnicodeDecodeError as error:
        raise InputError(f"{document}: the file is not UTF-8 ({error.reason} at byte {error.start})") from error
    click.echo(f"evidence: {cite(text, first, last)}")


@click.command("completion")
@click.argument("shell", type=click.Choice(("bash", "zsh", "fish")))
def completion(shell: str) -> None:
    """Print the script that completes kg in a shell.

    \b
    eval "$(kg completion bash)"      in ~/.bashrc
    eval "$(kg completion zsh)"       in ~/.zshrc
    kg completion fish | source       in ~/.config/fish/config.fish
    """
    from click.shell_completion import get_completion_class

    from kg.cli import group

    complete = get_completion_class(shell)
    if complete is None:
        raise click.UsageError(f"no completion for {shell}")
    click.echo(complete(group, {}, "kg", "_KG_COMPLETE").source())
