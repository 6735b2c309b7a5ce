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

__all__ = ["COMMANDS", "group", "main", "run"]


class CommandEntry(NamedTuple):
    """A command in the table: the module that has it, and its line in the help."""

    module: str
    line: str


COMMANDS: Mapping[str, CommandEntry] = MappingProxyType(
    {
        "find": CommandEntry("lookup", "Find entities by name: English, Chinese, pinyin, with slips."),
        "match": CommandEntry("lookup", "Put ids beside the names in a CSV file."),
        "show": CommandEntry("lookup", "Show one entity with everything stated about it."),
        "neighbours": CommandEntry("lookup", "Count what an entity is directly tied to, or list it."),
        "claims": CommandEntry("lookup", "List every claim about an entity, or every claim that a document makes."),
        "ask": CommandEntry("questions", "Ask a named question."),
        "query": CommandEntry("questions", "Run a SPARQL query."),
        "why": CommandEntry("questions", "Show where the documents say a statement, or which rule infers it."),
        "draw": CommandEntry("outputs", "Draw relations, a supply chain, a timeline or a map of sites, to a file."),
        "partners": CommandEntry(
            "networks", "Show who is tied to an organisation, through what, in which role and at which stage."
        ),
        "depends": CommandEntry("networks", "Show what an entity's work takes in and who delivers it, stage by stage."),
        "path": CommandEntry(
            "networks", "Show the best ways by which two things are tied, hop by hop, and the weakest hop of each."
        ),
        "impact": CommandEntry(
            "networks", "Show what a stop of something can reach, through which links, and how sure it is."
        ),
        "chokepoints": CommandEntry("networks", "Show whose loss would cut somebody off from every known supplier."),
        "concentration": CommandEntry("networks", "Show on how few suppliers the known supply rests."),
        "circularity": CommandEntry(
            "networks", "Show the ways from one stage back to another, and who is told of each link."
        ),
        "communities": CommandEntry("networks", "Show groups that are tied among themselves more than to others."),
        "gaps": CommandEntry(
            "networks", "Show which links of a chain are told of at a park, and which are missing there."
        ),
        "network": CommandEntry("networks", "List the ties of a network, each with its claims."),
        "conflicts": CommandEntry("reports", "List where sources disagree, side by side."),
        "export": CommandEntry("outputs", "Write the graph for other programs: RDF, tables, networks, SQLite."),
        "coverage": CommandEntry("reports", "Show what the graph covers, and where it is thin."),
        "diff": CommandEntry("reports", "Show what changed from one release to another."),
        "serve": CommandEntry(
            "servers", "Serve a release over HTTP: pages, linked data, SPARQL, lookups, tools for agents."
        ),
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
        return _tell(str(error), error.exit_code)
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message(), err=True)
        return error.exit_code
    except click.UsageError as error:
        hint = f"; see {error.ctx.command_path} --help" if error.ctx else ""
        return _tell(error.format_message().rstrip(".") + hint, error.exit_code)
    except click.ClickException as error:
        return _tell(error.format_message(), error.exit_code)
    except click.Abort:
        return INTERRUPTED
    except OSError as error:
        return _tell(str(error), 1)
    return result if isinstance(result, int) else 0


def _tell(message: str, code: int) -> int:
    click.echo(f"kg: {message}", err=True)
    return code
