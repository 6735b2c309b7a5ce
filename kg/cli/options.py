"""Options that several commands share, and what they are read into."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

import click

from kg.formats import TABLES
from kg.operations.catalogue import OPERATIONS
from kg.operations.operation import LIMIT, OFFSET, Operation, OperationParameter
from kg.settings import Settings

__all__ = [
    "AnswerView",
    "ClaimsView",
    "View",
    "answering",
    "computing",
    "documents",
    "gathering",
    "named_values",
    "operation",
    "parameters_of",
    "quiet",
    "reading",
    "release",
    "settings",
    "windowed",
]

Function = Callable[..., Any]

# Names of Python arguments of `ask` and `query` that a parameter would collide with.
_TAKEN = frozenset({"question", "language", "sparql", "claims", "timeout", "self"})


@dataclass(frozen=True)
class View:
    """What to read and how to show it: a release, the format of the result, and whether to keep quiet."""

    release: Path | None
    format: str | None
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
        "format",
        type=click.Choice(tuple(TABLES)),
        help="The format of the result [default: table on a terminal, else csv, or json for one entity].",
    ),
    quiet,
)

_COMPUTING = (
    click.option("--claims", is_flag=True, help="Show the claims behind each row, in a table too."),
    *_READING,
)

_ANSWERING = (
    click.option("-p", "pairs", multiple=True, metavar="NAME=VALUE", help="A parameter, may be repeated."),
    *_COMPUTING,
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
        def command(**values: Any) -> Any:
            gathered = {field.name: values.pop(field.name) for field in fields(view)}
            return function(view=view(**gathered), **values)

        wrapped: Function = command
        for option in reversed(given):
            wrapped = option(wrapped)
        return wrapped

    return decorate


reading = gathering(View, _READING)
answering = gathering(AnswerView, _ANSWERING)
computing = gathering(ClaimsView, _COMPUTING)


# What an option is called on the command line, where a word of Python or a shorter one is in the way.
_FLAGS = {"start": ("--from",), "end": ("--to",), "count": ("-k", "--count")}

_METAVARS = {
    "as_of": "DAY",
    "region": "PLACE",
    "start": "STAGE",
    "end": "STAGE",
    "toward": "STAGE",
    "relation": "PROPERTY",
}


def operation(name: str) -> Callable[[Function], click.Command]:
    """Make a command of an operation: its help, arguments and options are those that are declared for all surfaces.

    What was given arrives as `arguments`; examples come last in the help, a line each.
    """
    declared = OPERATIONS[name]
    shown = "\n".join(declared.examples)
    text = "\n\n".join(filter(None, (declared.summary.en, declared.about, f"\b\n{shown}" if shown else "")))

    def decorate(function: Function) -> click.Command:
        """Make the command."""
        return click.command(name, help=text)(parameters_of(declared)(function))

    return decorate


def parameters_of(declared: Operation, *, without: Sequence[str] = ()) -> Callable[[Function], Function]:
    """Make a decorator that adds the parameters of an operation, and hands a command what was given as `arguments`."""
    taken = [one for one in declared.all_parameters if one.name not in without]

    def decorate(function: Function) -> Function:
        """Add the parameters to a command."""

        @functools.wraps(function)
        def command(**values: Any) -> Any:
            given = {one.name: values.pop(one.name) for one in taken}
            return function(arguments={key: value for key, value in given.items() if value is not None}, **values)

        wrapped: Function = command
        for one in reversed(taken):
            wrapped = _option(one, leads=one.name in declared.leading)(wrapped)
        return wrapped

    return decorate


def _option(parameter: OperationParameter, *, leads: bool) -> Function:
    """Make an argument or an option of a parameter."""
    metavar = _METAVARS.get(parameter.name, parameter.name.upper())
    kind = _click_type(parameter)
    if leads:
        needed = parameter.required
        shown = metavar if needed else f"[{metavar}]"
        more = {} if needed else {"default": parameter.default}
        return click.argument(parameter.name, type=kind, required=needed, metavar=shown, **more)
    flags = _FLAGS.get(parameter.name, (f"--{parameter.name.replace('_', '-')}",))
    words = parameter.about.en + "."
    if parameter.kind == "flag":
        return click.option(*flags, parameter.name, is_flag=True, help=words)
    plain = not isinstance(kind, click.Choice | click.IntRange)
    return click.option(
        *flags,
        parameter.name,
        type=kind,
        default=parameter.default,
        show_default=bool(parameter.default) or parameter.default == 0,
        multiple=parameter.kind in ("choices", "texts"),
        metavar=metavar if plain else None,
        help=words,
    )


def _click_type(parameter: OperationParameter) -> click.ParamType[Any]:
    if parameter.kind == "integer":
        return click.IntRange(parameter.least, parameter.most)
    return LabelledChoice(parameter) if parameter.choices else click.STRING


class LabelledChoice(click.Choice[str]):
    """One of several choices, by itself or by a label of it in either language."""

    def __init__(self, parameter: OperationParameter) -> None:
        super().__init__(parameter.choices)
        self._parameter = parameter

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Give the choice that a text names."""
        return super().convert(self._parameter.read_choice(value), param, ctx)


def windowed(function: Function) -> Function:
    """Add --limit and --offset to a command whose list is no operation; they arrive as `limit` and `offset`."""
    words = {one.name: f"{one.about.en}." for one in (LIMIT, OFFSET)}
    start = click.option(
        "--offset", type=click.IntRange(0), default=0, show_default=True, metavar="N", help=words["offset"]
    )
    return click.option("--limit", type=click.IntRange(1), metavar="N", help=words["limit"])(start(function))


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
