"""The command `kg query`."""

from __future__ import annotations

import sys

import click

from kg.cli import options

__all__ = ["command"]


@click.command("query")
@click.argument("sparql")
@click.option(
    "--timeout", type=click.FloatRange(0, min_open=True), default=10.0, show_default=True, metavar="SECONDS",
    help="When to give up.",
)  # fmt: skip
@options.answering
def command(sparql: str, timeout: float, view: options.AnswerView) -> None:
    """Run a SPARQL query.

    SPARQL is the query, or - to read it from standard input. A parameter binds the variable of its name
    and is never pasted into the text.

    \b
    kg query 'SELECT ?base ?place WHERE { ?base kg:locatedIn ?place }' --format csv
    kg query - -p base=base/guian < capacity.rq
    """
    import kg
    from kg.cli.output import show_answer

    values = options.named_values(view.pairs)
    text = sys.stdin.read() if sparql == "-" else sparql
    answer = kg.open(view.release).query(text, claims=view.claims, timeout=timeout, **values)
    show_answer(answer, view, title=False)
