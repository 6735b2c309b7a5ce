"""The command `kg mcp`."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli import options

__all__ = ["command"]


@click.command("mcp")
@options.release
def command(release: Path | None) -> None:
    """Serve the graph to an agent over the Model Context Protocol, on standard input and output.

    An agent starts this itself; standard output carries the protocol and nothing else. Under `kg serve` the
    same tools stand at /mcp.

    \b
    {"mcpServers": {"kg": {"command": "kg", "args": ["mcp", "--release", "/path/to/releases"]}}}
    """
    import kg
    from kg.errors import UsageError

    try:
        from kg.mcp.access import LocalAccess
        from kg.mcp.server import make_server
    except ModuleNotFoundError as error:
        raise UsageError(
            f"{error.name} is not installed, which tools for agents need; pip install 'kg[mcp]'"
        ) from error
    from kg.operations.registry import run_verb

    make_server(LocalAccess(kg.open(release), run_verb)).run("stdio")
