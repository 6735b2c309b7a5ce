"""The command for who reads documents from outside: what they print, with its place, for a card."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kg.cli import options

if TYPE_CHECKING:
    from kg.reading.printed_facts import PrintedFact
    from kg.reading.source_text import SourceText

__all__ = ["read"]


@click.command("read")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, allow_dash=True, path_type=Path))
@click.option(
    "--format", "format", type=click.Choice(("table", "json", "csv")), default="table", show_default=True,
    help="For people, or for programs.",
)  # fmt: skip
@click.option(
    "--text", "goal", type=click.Path(dir_okay=False, path_type=Path), metavar="OUT.txt",
    help="Write the text in which positions count to a new file.",
)  # fmt: skip
@options.quiet
def read(file: Path, format: str, goal: Path | None, quiet: bool) -> None:
    """Read the figures and dates that a document prints, each with its place.

    FILE is plain text in any usual encoding, HTML or PDF; - reads standard input. Nothing is fetched, and nothing
    enters the graph. The place is as a card has it: with OUT.txt at hand kg check holds a claim against it.

    \b
    kg read article.html --text article.txt
    """
    from kg.cli.output import note, show_data, show_table
    from kg.ontology.vocabulary import load_vocabulary
    from kg.reading.printed_facts import find_facts

    source = _source(file, quiet)
    facts = find_facts(source, load_vocabulary(options.settings().ontology))
    if goal is not None:
        _write(source.text, goal)
    if format == "json":
        show_data({"document": _about(source), "facts": [fact.to_dict() for fact in facts]})
        return
    if format == "table":
        for key, value in _about(source).items():
            if value:
                click.echo(f"{key}: {value}")
        click.echo()
    show_table(_table(facts), format)
    note(f"{len(facts)} figures and dates; a person says what they are of", quiet=quiet)


def _source(file: Path, quiet: bool) -> SourceText:
    from kg.cli.output import note
    from kg.reading.extractor import read_document, read_stream

    def report(words: str) -> None:
        """Say how far a long document is."""
        note(words, quiet=quiet)

    if str(file) == "-":
        return read_stream(sys.stdin.buffer, progress=report)
    return read_document(file, progress=report)


def _about(source: SourceText) -> dict[str, Any]:
    """Give what is known of the document, and how its text was made."""
    return {
        "title": source.title,
        "source": source.source,
        "published": source.published,
        "url": source.url,
        "language": source.language,
        "sha256": source.sha256,
        "length": len(source.text),
        "extractor": f"{source.extractor} {source.version}",
        "notes": "; ".join(source.notes),
    }


def _table(facts: list[PrintedFact]) -> Any:
    from kg.tables.table import Table

    columns = ("printed", "value", "unit", "bound", "mode", "evidence")
    rows = tuple(
        (
            fact.printed,
            fact.value or fact.doubt,
            fact.unit,
            fact.bound,
            fact.mode,
            fact.evidence,
        )
        for fact in facts
    )
    return Table(columns, rows)


def _write(text: str, goal: Path) -> None:
    """Write the text as it counts: with the ends of lines that it has, and over nothing that is there."""
    from kg.errors import OutputError

    try:
        with goal.open("x", encoding="utf-8", newline="") as file:
            file.write(text)
    except FileExistsError as error:
        raise OutputError(f"{goal}: the file is there already; name another") from error
    except OSError as error:
        raise OutputError(f"{goal}: the text cannot be written ({error.strerror}); name another place") from error
