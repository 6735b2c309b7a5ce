"""The command `kg verify`."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli import options

__all__ = ["command"]


@click.command("verify")
@click.argument("release", type=click.Path(path_type=Path), required=False)
@options.quiet
def command(release: Path | None, quiet: bool) -> None:
    """Verify that a release is whole and unchanged.

    RELEASE is a release or a folder of releases, whose current one is meant [default: KG_RELEASES, or else
    ./releases]. Exit code 1 tells that it is not.
    """
    from kg.cli.output import note
    from kg.release.release import verify

    path = release or options.settings().releases
    facts = verify(path)
    note(f"{path}: release {facts['id']} is whole and unchanged", quiet=quiet)
