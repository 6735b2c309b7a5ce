"""The command `kg cite`."""

from __future__ import annotations

from pathlib import Path

import click

__all__ = ["command"]


@click.command("cite")
@click.argument("document", type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar="DOCUMENT_FILE")
@click.argument("first", metavar="FIRST_WORDS")
@click.argument("last", metavar="[LAST_WORDS]", required=False)
def command(document: Path, first: str, last: str | None) -> None:
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
