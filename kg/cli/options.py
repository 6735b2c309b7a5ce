"""Options that several commands share, and what they are read into."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

import click

from kg.settings import Settings

__all__ = [
    "FORMATS",
    "MODES",
    "RANKS",
    "AnswerView",
    "ClaimsView",
    "View",
    "answering",
    "computing",
    "documents",
    "filtering",
    "gathering",
    "language",
    "named_values",
    "quiet",
    "reading",
    "release",
    "settings",
]

# As in kg.tables.table, which is too heavy to load for a help text; a test keeps them equal.
FORMATS = ("table", "csv", "json", "ndjson", "md")

# As in kg.networks, for the same reason.
RANKS = ("normal", "preferred")
MODES = ("Stated", "Planned", "Expected", "AimedAt", "ExploredOnly")

Function = Callable[..., Any]

# Names of Python arguments of `ask` and `query` that a parameter would collide with.
_TAKEN = frozenset({"question", "language", "sparql", "claims", "timeout", "self"})


@dataclass(frozen=True)
class View:
    """What to read and how to show it: a release, the form of the result, and whether to keep quiet."""

    release: Path | None
    form: str | None
    quiet: bool


@dataclass(frozen=True)
class ClaimsView(View):
    """How to show rows that rest on claims: with these in a table, too."""

    claims: bool


@dataclass(frozen=True)
class AnswerView(ClaimsView):
    """How to show an answer to a question: with given parameters as NAME=VALUE."""

    pairs: tuple[str, ...]


quiet = click.option("--quiet", "-q", is_flag=True, help="Give no notes on standard error.")

release = click.option(
    "--release",
    type=click.Path(path_type=Path),
    metavar="PATH",
    help="The release to read [default: the current one in KG_RELEASES, or else in ./releases].",
)

_READING = (
    release,
    click.option(
        "--format",
        "form",
        type=click.Choice(FORMATS),
        help="The form of the result [default: table on a terminal, else csv, or json for one entity].",
    ),
    quiet,
)

_COMPUTING = (
    click.option("--claims", is_flag=True, help="Show the claims behind each row, in a table too."),
    *_READING,
)

_FILTERING = (
    click.option("--stage", metavar="STAGE", help="Only what is about this stage, or does its work."),
    click.option("--region", metavar="PLACE", help="Only what lies in this place."),
    click.option("--status", metavar="STATUS", help="Only what has this status, such as Operating or Signed."),
    click.option("--rank", type=click.Choice(RANKS), help="preferred: only what a source that is not weak tells."),
    click.option("--mode", type=click.Choice(MODES), help="Only what is at least as sure: Stated leaves out plans."),
    click.option("--as-of", metavar="DAY", help="Only what was published by this day, YYYY-MM-DD."),
)


def filtering(function: Function) -> Function:
    """Add the filters of networks to a command; they arrive as arguments of the names that `kg.Filters` has."""
    for option in reversed(_FILTERING):
        function = option(function)
    return function


_ANSWERING = (
    click.option("-p", "pairs", multiple=True, metavar="NAME=VALUE", help="A parameter, may be repeated."),
    *_COMPUTING,
)

language = click.option(
    "--language", type=click.Choice(("en", "zh")), default="en", show_default=True, help="The language of names."
)


documents = click.option(
    "--documents",
    type=click.Path(path_type=Path),
    multiple=True,
    metavar="DIR",
    help="A folder of document texts, may be repeated [default: KG_DOCUMENTS].",
)


def gathering(view: type[Any], given: Sequence[Function]) -> Callable[[Function], Function]:
    """Make a decorator that adds options and hands them to a command as one `view`."""

    def decorate(function: Function) -> Function:
        """Add the options to a command."""

        @functools.wraps(function)
        def command(**arguments: Any) -> Any:
            gathered = {field.name: arguments.pop(field.name) for field in fields(view)}
            return function(view=view(**gathered), **arguments)

        wrapped: Function = command
        for option in reversed(given):
            wrapped = option(wrapped)
        return wrapped

    return decorate


reading = gathering(View, _READING)
answering = gathering(AnswerView, _ANSWERING)
computing = gathering(ClaimsView, _COMPUTING)


def settings(folders: tuple[Path, ...] = ()) -> Settings:
    """Read the settings of the environment; folders of documents that were named replace its own."""
    read = Settings.read()
    return replace(read, documents=folders) if folders else read


def named_values(pairs: Iterable[str]) -> dict[str, str]:
    """Read NAME=VALUE pairs; a name may be written with hyphens.

    >>> named_values(["as-of=2025-05-17", "base=base/guian"])
    {'as_of': '2025-05-17', 'base': 'base/guian'}
    """
    values: dict[str, str] = {}
    for pair in pairs:
        name, equals, value = pair.partition("=")
        name = name.replace("-", "_")
        if not (equals and name):
            raise click.UsageError(f"{pair!r} is not NAME=VALUE")
        if name in _TAKEN:
            raise click.UsageError(f"no parameter can be called {name!r}; rename the variable")
        if name in values:
            raise click.UsageError(f"the parameter {name!r} is given twice")
        values[name] = value
    return values
