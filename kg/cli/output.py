"""Where results go: to standard output in the form that suits it, while notes go to standard error."""

from __future__ import annotations

import json
import shutil
import sys
from typing import TYPE_CHECKING, Any

import click

from kg.cli.options import ClaimsView, View
from kg.localization import translate
from kg.tables.table import Table, write

if TYPE_CHECKING:
    from kg.graph import Graph
    from kg.operations.outcome import Outcome
    from kg.questions.answer import Answer

__all__ = [
    "ask_graph",
    "choose_format",
    "note",
    "show_analysis",
    "show_answer",
    "show_data",
    "show_extent",
    "show_part",
    "show_table",
]


def choose_format(view: View, in_a_pipe: str = "csv") -> str:
    """Take the format asked for, else a table on a terminal and `in_a_pipe` elsewhere."""
    return view.format or ("table" if sys.stdout.isatty() else in_a_pipe)


def note(text: str, *, quiet: bool) -> None:
    """Say something that is not part of the result."""
    if not quiet:
        click.echo(text, err=True)


def show_table(table: Table, format: str) -> None:
    """Write a table, as wide as the terminal is."""
    write(table, format, sys.stdout, shutil.get_terminal_size((100, 24)).columns)


def show_data(data: object) -> None:
    """Write a tree of values as JSON."""
    click.echo(json.dumps(data, ensure_ascii=False, indent=2, default=str))


def show_answer(answer: Answer, view: ClaimsView, *, title: bool) -> None:
    """Write an answer: its rows on standard output; that there is none is said where people read it.

    Programs take every row with its claims already; for people the claims are a column on request.
    """
    format = choose_format(view)
    if format != "table":
        show_table(answer.with_claims() if view.claims and format == "md" else answer, format)
        if not len(answer):
            note(translate(answer.absent, answer.language), quiet=view.quiet)
        return
    if title:
        click.echo(f"{answer.title}\n")
    if len(answer):
        show_table(answer.with_claims() if view.claims else answer, format)
    else:
        click.echo(translate(answer.absent, answer.language))


def show_analysis(outcome: Outcome, view: ClaimsView) -> None:
    """Write an analysis as an answer; how it was counted and what is not known are notes."""
    analysis = outcome.value
    show_answer(analysis.filled() if choose_format(view) == "table" else analysis, view, title=True)
    for text in analysis.notes:
        note(translate("note: {text}", outcome.language, text=text), quiet=view.quiet)
    show_extent(outcome, view)


def ask_graph(name: str, arguments: dict[str, Any], view: View, graph: Graph | None = None) -> Outcome:
    """Run an operation on the release that a command reads.

    A command that shows more of the release opens it and gives it: to open one takes a while, and a moment later
    another may be current.
    """
    import kg
    from kg.operations.run import compute

    return compute(graph or kg.open(view.release), name, arguments)


def show_part(total: int, window: slice, *, quiet: bool) -> None:
    """Say which rows of all these are, and how to read on."""
    if window.stop is not None and window.stop < total:
        note(_part(window.start, window.stop, f"{total:,}", "en"), quiet=quiet)


def _part(start: int, stop: int, total: str, language: str) -> str:
    text = "{first} to {last} of {total}; read on with --offset {offset}"
    return translate(text, language, first=f"{start + 1:,}", last=f"{stop:,}", total=total, offset=stop)


def show_extent(outcome: Outcome, view: View) -> None:
    """Say which defaults were taken, how much was left out, and how to have it."""
    language = outcome.language
    for one in outcome.defaults:
        option = one.name.replace("_", "-")
        # A figure alone does not say what it is.
        text = "asked about {value}; ask with --{option}"
        if one.label == one.value:
            text = "asked with {option} {value}; ask with --{option} for another"
        words = translate(text, language, value=one.words, option=option)
        note(words, quiet=view.quiet)
    for text in outcome.remarks:
        note(text, quiet=view.quiet)
    if outcome.next_offset is not None:
        total = f"{outcome.total:,}"
        many = translate("at least {number}", language, number=total) if outcome.at_least else total
        note(_part(outcome.offset, outcome.next_offset, many, language), quiet=view.quiet)
