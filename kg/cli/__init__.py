"""The command `kg`: reads what was asked, calls the package, shows what came back.

Only click is imported to show help; each command sits in a module with its like and imports what it works with
when it runs. Everything ends here in an exit code: 0 done (an answer of "not stated" too), 1 findings or
damage, 2 wrong usage, 130 interrupted. Results go to standard output, everything else to standard error.
"""

from __future__ import annotations

import importlib
import io
import os
import sys
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple, NoReturn

import click

from kg import __version__
from kg.errors import KgError, NotFound
from kg.operations.catalogue import OPERATIONS

__all__ = ["COMMANDS", "group", "main", "run"]


class CommandEntry(NamedTuple):
    """A command in the table: the module that has it, and its line in the help."""

    module: str
    line: str


# The commands of operations, in their modules; each has its line where it is declared.
_LOOKUP = {"find": "lookup", "match": "lookup", "show": "lookup", "neighbours": "lookup", "claims": "lookup"}
_ANALYSES = {one.name: "reports" for one in OPERATIONS.values() if one.group == "networks"}


def _declared(modules: Mapping[str, str]) -> dict[str, CommandEntry]:
    return {name: CommandEntry(module, OPERATIONS[name].summary.en) for name, module in modules.items()}


COMMANDS: Mapping[str, CommandEntry] = MappingProxyType(
    {
        **_declared({**_LOOKUP, "ask": "questions"}),
        "query": CommandEntry("questions", "Run a SPARQL query."),
        **_declared({"why": "questions", "draw": "outputs", **_ANALYSES, "conflicts": "reports"}),
        "export": CommandEntry("outputs", "Write the graph for other programs: RDF, tables, networks, SQLite."),
        **_declared({"coverage": "reports"}),
        "diff": CommandEntry("reports", "Show what changed from one release to another."),
        "serve": CommandEntry(
            "servers", "Serve a release over HTTP: pages, linked data, SPARQL, lookups, tools for agents."
        ),
        "read": CommandEntry("reading", "Read the figures and dates that a document prints, each with its place."),
        "check": CommandEntry("curation", "Check cards, and their positions in the documents."),
        "build": CommandEntry("curation", "Build a release."),
        "verify": CommandEntry("curation", "Verify that a release is whole and unchanged."),
        "cite": CommandEntry("curation", "Give the position of words in a document, for a card."),
        "mcp": CommandEntry(
            "servers", "Serve the graph to an agent over the Model Context Protocol, on standard input and output."
        ),
        "completion": CommandEntry("curation", "Print the script that completes kg in a shell."),
    }
)
"""Each command with its module and its line in the help, so that the help loads no command."""

INTERRUPTED = 130
BROKEN_PIPE = 141


class Commands(click.Group):
    """A group whose commands are loaded when they are called."""

    def list_commands(self, _: click.Context) -> list[str]:
        """Name the commands in the order in which one comes to need them."""
        return list(COMMANDS)

    def get_command(self, _: click.Context, cmd_name: str) -> click.Command | None:
        """Load a command from its module."""
        if cmd_name not in COMMANDS:
            return None
        command = getattr(importlib.import_module(f"kg.cli.{COMMANDS[cmd_name].module}"), cmd_name)
        return command if isinstance(command, click.Command) else None

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command that was called, or suggest one."""
        if args[0] not in COMMANDS and not args[0].startswith("-"):
            import difflib

            raise NotFound("command", args[0], tuple(difflib.get_close_matches(args[0], COMMANDS, 2)))
        return super().resolve_command(ctx, args)

    def format_commands(self, _: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the commands from the table above."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, entry.line) for name, entry in COMMANDS.items()])

    def invoke(self, ctx: click.Context) -> object:
        """Run a command, and leave quietly when the reader of a pipe has gone."""
        try:
            result: object = super().invoke(ctx)
            sys.stdout.flush()
        except BrokenPipeError:
            # What is still buffered would fail once more when Python shuts down.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            ctx.exit(BROKEN_PIPE)
        return result


@click.command("kg", cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, message="kg %(version)s")
def group() -> None:
    """Ask an open knowledge graph of zero-carbon industrial ecosystems.

    Every fact it gives is a claim with its place in a document. Start with: kg find NAME, kg ask --list.
    """


def main() -> NoReturn:
    """Run `kg` with the arguments of the process."""
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        # Names are Chinese as often as not, whatever the locale of the machine.
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    sys.exit(run(sys.argv[1:]))


def run(arguments: Sequence[str]) -> int:
    """Run `kg` with some arguments and give the exit code; what went wrong is on standard error in a line.

    >>> run(["fnid", "CATL"])
    2
    """
    try:
        result = group.main(list(arguments), prog_name="kg", standalone_mode=False)
    except KgError as error:
        return _report(str(error), error.exit_code)
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message(), err=True)
        return error.exit_code
    except click.UsageError as error:
        hint = f"; see {error.ctx.command_path} --help" if error.ctx else ""
        return _report(error.format_message().rstrip(".") + hint, error.exit_code)
    except click.ClickException as error:
        return _report(error.format_message(), error.exit_code)
    except click.Abort:
        return INTERRUPTED
    except OSError as error:
        return _report(str(error), 1)
    return result if isinstance(result, int) else 0


def _report(message: str, code: int) -> int:
    click.echo(f"kg: {message}", err=True)
    return code
