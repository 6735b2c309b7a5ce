"""Commands that serve a release: over HTTP, and to an agent."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from kg.cli import options
from kg.errors import MissingExtra

__all__ = ["mcp", "serve"]

# Each is the setting of that name; the defaults stand in `kg.server.settings`, which the help must not load.
_LIMITS: dict[str, tuple[type, str]] = {
    "connections": (int, "Connections in all"),
    "client-connections": (int, "Connections of one client"),
    "target-bytes": (int, "Bytes of an address"),
    "header-count": (int, "Headers of a request"),
    "header-bytes": (int, "Bytes of all headers of a request"),
    "body-bytes": (int, "Bytes of the largest body"),
    "bodies-bytes": (int, "Bytes of all bodies in work together"),
    "answers-bytes": (int, "Bytes of all answers together that are not read"),
    "head-seconds": (float, "Seconds until the head of a request is here"),
    "body-seconds": (float, "Seconds until its body is here"),
    "idle-seconds": (float, "Seconds that a connection waits for a request"),
    "send-seconds": (float, "Seconds in which a client has to read on"),
}
_Command = TypeVar("_Command", bound=Callable[..., None])


def _limits(command: _Command) -> _Command:
    """Give a command an option for each bound of connections."""
    for name, (kind, about) in reversed(_LIMITS.items()):
        setting = f"KG_{name.upper().replace('-', '_')}"
        option = click.option(f"--{name}", type=kind, metavar="N", help=f"{about} [{setting}].")
        command = option(command)
    return command


@click.command("serve")
@click.option("--host", metavar="ADDRESS", help="Where to listen [KG_HOST, default: 127.0.0.1].")
@click.option("--port", type=int, metavar="PORT", help="The port, 0 for any that is free [KG_PORT, default: 8000].")
@click.option(
    "--release", "releases", type=click.Path(path_type=Path), metavar="PATH",
    help="The release to serve, or a folder whose current one is served [default: KG_RELEASES, or else ./releases].",
)  # fmt: skip
@click.option("--timeout", type=float, metavar="SECONDS", help="When to stop a query [KG_TIMEOUT, default: 10].")
@click.option("--query-workers", type=int, metavar="N", help="Workers ready for SPARQL [KG_QUERY_WORKERS].")
@click.option("--long-queries", type=int, metavar="N", help="Long queries at once [KG_LONG_QUERIES].")
@click.option("--lookup-workers", type=int, metavar="N", help="Workers for lookups alone [KG_LOOKUP_WORKERS].")
@click.option(
    "--client-queries", type=int, metavar="N", help="Queries of one client at once [KG_CLIENT_QUERIES, default: 1]."
)
@click.option(
    "--client-seconds", type=float, metavar="SECONDS",
    help="Seconds of a processor that one client may use up [KG_CLIENT_SECONDS, default: 60].",
)  # fmt: skip
@_limits
@click.option("--proxies", metavar="ADDRESSES", help="Proxies whose X-Forwarded-For is believed [KG_PROXIES].")
@click.option("--mcp-hosts", metavar="NAMES", help="Names by which agents may reach /mcp [KG_MCP_HOSTS].")
@click.option("--public", metavar="ADDRESS", help="The address the world sees, for absolute links [KG_PUBLIC].")
@click.option("--hosts", metavar="NAMES", help="Names that a request may be for [KG_HOSTS, default: any].")
@click.option("--access-log", metavar="FILE", help="Where it goes, - or none [KG_ACCESS_LOG, default: -].")
@click.option("--test-mode", is_flag=True, help="Serve an empty store that anybody on this machine may change.")
@click.option("--verbose", "-v", is_flag=True, help="Name all settings at the start, not only those that were given.")
@options.quiet
def serve(quiet: bool, verbose: bool, test_mode: bool, **flags: Any) -> None:
    """Serve a release over HTTP: pages, linked data, SPARQL, lookups, tools for agents.

    It listens on 127.0.0.1 unless told otherwise, changes nothing, and takes up a new release as soon as one is
    built. Stop it with Ctrl-C. Each setting is an environment variable too (KG_PORT); --verbose names all.

    \b
    kg serve
    kg serve --port 8080 --timeout 5
    """
    try:
        from kg.server.run import listen, serve
        from kg.server.settings import ServerSettings
    except ModuleNotFoundError as error:
        raise MissingExtra(error.name, "server") from error
    from kg.cli.output import note

    settings = ServerSettings.read(flags | {"test_mode": test_mode or None})
    bound = listen(settings)
    for line in settings.lines(all_of_them=verbose):
        note(line, quiet=quiet)
    host, port = bound.getsockname()[:2]
    address = f"http://{f'[{host}]' if ':' in host else host}:{port}/"
    serve(settings, bound, lambda: note(f"serving at {address}", quiet=quiet))


@click.command("mcp")
@options.release
def mcp(release: Path | None) -> None:
    """Serve the graph to an agent over the Model Context Protocol, on standard input and output.

    An agent starts this itself; standard output carries the protocol and nothing else. Under `kg serve` the
    same tools stand at /mcp.

    \b
    {"mcpServers": {"kg": {"command": "kg", "args": ["mcp", "--release", "/path/to/releases"]}}}
    """
    import kg

    try:
        from kg.mcp.access import LocalAccess
        from kg.mcp.server import make_server
    except ModuleNotFoundError as error:
        raise MissingExtra(error.name, "mcp") from error
    from kg.operations.registry import run_verb

    make_server(LocalAccess(kg.open(release, full_sums=True), run_verb)).run("stdio")
