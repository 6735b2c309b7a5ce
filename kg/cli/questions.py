"""Commands that ask: a named question, a SPARQL query, why a statement holds.

A question declares its own parameters, so their options are read here, not by click.
"""

from __future__ import annotations

import sys
from collections.abc import Collection, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kg.cli import options
from kg.formats import TABLES
from kg.operations.catalogue import OPERATIONS

if TYPE_CHECKING:
    from kg.questions.question import Question
    from kg.tables.table import Table

__all__ = ["ask", "query", "why"]


def _complete(ctx: click.Context, _: click.Parameter, incomplete: str) -> list[str]:
    import kg
    from kg.errors import KgError

    try:
        questions = kg.open(ctx.params.get("release")).questions()
    except KgError:
        return []
    return [question.name for question in questions if question.name.startswith(incomplete)]


@click.command("ask", context_settings={"ignore_unknown_options": True})
@click.argument(
    "words", nargs=-1, type=click.UNPROCESSED, metavar="QUESTION [--PARAMETER VALUE]...", shell_complete=_complete
)
@click.option("--list", "listing", is_flag=True, help="List the questions; with a QUESTION, its parameters.")
@options.parameters_of(OPERATIONS["ask"], without=("question", "parameters"))
@options.answering
def ask(words: tuple[str, ...], listing: bool, arguments: dict[str, Any], view: options.AnswerView) -> None:
    """Ask a question, by its name or in words.

    Words, English or Chinese, are answered where they mean one question for sure, which is said first; else those
    that they may mean are named. An absent answer is "not stated" and no failure. A parameter whose name is an
    option of kg ask as well is given with -p.

    \b
    kg ask 'who supplies LFP to CATL'
    kg ask --list
    kg ask --list base-capacity
    kg ask base-capacity --company CATL
    """
    import kg
    from kg.cli.output import ask_graph, choose_format, note, show_answer, show_extent, show_table
    from kg.localization import translate

    if (words[:1] and words[0].startswith("-")) or not (words or listing):
        raise click.UsageError("name a question first; kg ask --list shows them all")
    graph = kg.open(view.release)
    question, rest = _split(words, {one.name for one in graph.questions()})
    values = options.named_values([*_pairs(rest), *view.pairs])
    if not listing:
        outcome = ask_graph("ask", {**arguments, "question": question, "parameters": values}, view, graph)
        for text in outcome.understood:
            note(text, quiet=view.quiet)
        show_answer(outcome.value, view, title=True)
        for text in outcome.value.notes:
            note(translate("note: {text}", outcome.language, text=text), quiet=view.quiet)
        show_extent(outcome, view)
        return
    language = arguments.get("language", "en")
    if words:
        show_table(_list_parameters(graph.question(question), language), choose_format(view))
    else:
        show_table(_list_questions(graph.questions(), language), choose_format(view))


def _split(words: Sequence[str], names: Collection[str]) -> tuple[str, Sequence[str]]:
    """Part a question, by its name or in words, from the parameters behind it.

    >>> _split(("who", "runs", "it", "--base", "base/guian"), ["base-operator"])
    ('who runs it', ('--base', 'base/guian'))
    >>> _split(("base-operator", "stray"), ["base-operator"])
    ('base-operator', ('stray',))
    """
    end = next((at for at, word in enumerate(words) if word.startswith("--")), len(words))
    end = 1 if words[:1] and words[0] in names else end
    return " ".join(words[:end]), words[end:]


def _pairs(words: Iterable[str]) -> Iterator[str]:
    """Read `--name value` and `--name=value` as NAME=VALUE.

    >>> list(_pairs(["--company", "CATL", "--as-of=2025"]))
    ['company=CATL', 'as-of=2025']
    """
    rest = iter(words)
    for word in rest:
        name = word.removeprefix("--")
        if name == word:
            raise click.UsageError(f"{word!r} is no parameter; write --name value")
        if "=" in name:
            yield name
        elif (value := next(rest, None)) is None:
            raise click.UsageError(f"the parameter {word} has no value")
        else:
            yield f"{name}={value}"


def _list_questions(questions: Iterable[Question], language: str) -> Table:
    from kg.tables.table import Table

    rows = tuple(
        (
            arguments.name,
            arguments.title["en"],
            arguments.title["zh"],
            ", ".join(one.name for one in arguments.parameters),
        )
        for arguments in questions
    )
    return Table(("question", "title", "title_zh", "parameters"), rows, language=language)


def _list_parameters(question: Question, language: str) -> Table:
    from kg.tables.table import Table, Word

    rows = tuple(
        (
            f"--{one.name.replace('_', '-')}",
            Word.localize(one.kind, language),
            one.default or None,
            one.explain(language),
        )
        for one in question.parameters
    )
    return Table(("parameter", "kind", "default", "help"), rows, absent="required", language=language)


@click.command("query")
@click.argument("sparql")
@click.option(
    "--timeout", type=click.FloatRange(0, min_open=True), default=10.0, show_default=True, metavar="SECONDS",
    help="When to give up.",
)  # fmt: skip
@options.windowed
@options.answering
def query(sparql: str, timeout: float, limit: int | None, offset: int, view: options.AnswerView) -> None:
    """Run a SPARQL query.

    SPARQL is the query, or - to read it from standard input. A parameter binds the variable of its name
    and is never pasted into the text.

    \b
    kg query 'SELECT ?base ?place WHERE { ?base kg:locatedIn ?place }' --format csv
    kg query - -p base=base/guian < capacity.rq
    """
    import kg
    from kg.cli.output import note, show_answer, show_part

    values = options.named_values(view.pairs)
    text = sys.stdin.read() if sparql == "-" else sparql
    answer = kg.open(view.release).query(text, claims=view.claims, timeout=timeout, **values)
    window = slice(offset, None if limit is None else offset + limit)
    show_answer(answer.part(window), view, title=False)
    show_part(len(answer), window, quiet=view.quiet)
    for text in answer.notes:
        note(text, quiet=view.quiet)


@options.operation("why")
@click.option(
    "--format", "format", type=click.Choice(("text", *TABLES)), help="[default: text on a terminal, else json]"
)
@options.release
@options.quiet
def why(arguments: dict[str, Any], release: Path | None, format: str | None, quiet: bool) -> None:
    """Explain a statement."""
    from kg.cli.output import ask_graph, show_data, show_extent, show_table

    view = options.View(release, format, quiet)
    outcome = ask_graph("why", arguments, view)
    if (format or ("text" if sys.stdout.isatty() else "json")) == "json":
        show_data([explanation.to_dict() for explanation in outcome.value])
    elif format is not None and format in TABLES:
        show_table(outcome.value.to_table(), format)
    else:
        click.echo("\n".join(explanation.to_text() for explanation in outcome.value))
    show_extent(outcome, view)
