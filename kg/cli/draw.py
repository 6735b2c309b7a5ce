"""The command `kg draw`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from kg.cli import options

__all__ = ["command"]

# As in kg.draw and kg.networks, which are too heavy to load for a help text; a test keeps them equal.
VIEWS = ("relations", "supply", "timeline", "map")
DIRECTIONS = ("both", "upstream", "downstream")
NETWORKS = ("partnership", "supply", "ownership", "location", "process", "work")


@click.command("draw")
@click.argument("view", type=click.Choice(VIEWS))
@click.argument("entity", required=False)
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE",
              help="Where to: .svg, .html (relations) or .txt (in words) [default: VIEW-ENTITY].")  # fmt: skip
@click.option("--force", is_flag=True, help="Write over a file that is there.")
@options.language
@click.option("--network", type=click.Choice(NETWORKS), help="Relations of this network only.")
@click.option("--depth", type=click.IntRange(min=1), help="How many steps to go from the entity.")
@click.option("--limit", type=click.IntRange(min=1), help="The most boxes, rows or symbols to draw.")
@click.option("--direction", type=click.Choice(DIRECTIONS), help="Only this side of the supply chain.")
@options.filtering
@options.release
@options.quiet
def command(view: str, entity: str | None, release: Path | None, quiet: bool, **asked: Any) -> None:
    """Draw relations, a supply chain, a timeline or a map of sites, to a file.

    About ENTITY, an id or a name, or about the best connected part of the whole graph. Relations become one
    interactive page that needs no network; the rest is SVG. The name of the file that was written goes to standard
    output. A file that is there is not written over without --force.

    \b
    kg draw relations company/catl --network partnership
    kg draw supply base/guian --direction upstream -o guian.svg
    kg draw map place/guizhou --language zh
    """
    import kg
    from kg.cli.output import note

    target, force = asked.pop("output"), asked.pop("force")
    picture = kg.open(release).draw(view, entity, **asked)
    click.echo(picture.save(target, overwrite=force))
    if picture.is_empty:
        note("nothing to draw: this release states no such tie; that is not a no", quiet=quiet)
