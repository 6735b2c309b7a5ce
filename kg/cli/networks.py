"""Commands that compute on the networks: an analysis each, and the edges themselves."""

from __future__ import annotations

from typing import Any

import click

from kg.cli import options

__all__ = [
    "chokepoints",
    "circularity",
    "communities",
    "concentration",
    "depends",
    "gaps",
    "impact",
    "network",
    "partners",
    "path",
]


@click.command("network")
@click.argument("kind", default="all")
@options.language
@options.filtering
@options.computing
def network(kind: str, view: options.ClaimsView, **asked: Any) -> None:
    """List the ties of a network, each with its claims.

    KIND is partnership, supply, ownership, location, process, work, or all. Every tie says in which mode it
    stands, so that a plan is not mistaken for a fact.

    \b
    kg network supply --stage CathodeMaking --mode Stated
    kg network ownership --region place/guizhou --rank preferred
    """
    import kg
    from kg.cli.output import show_analysis

    show_analysis(kg.open(view.release).ties(kind, **asked), view)


@click.command("partners")
@click.argument("entity")
@options.language
@options.filtering
@options.computing
def partners(entity: str, view: options.ClaimsView, **asked: Any) -> None:
    """Show who is tied to an organisation, through what, in which role and at which stage.

    Partners come first: both signed an agreement, or agreed on a collaboration. Who only shares a joint
    venture, is said to work together or explores something stands below, and is no partner.

    \b
    kg partners CATL
    kg partners company/catl --region place/shandong
    """
    import kg
    from kg.cli.output import show_analysis

    show_analysis(kg.open(view.release).partners(entity, **asked), view)


@click.command("depends")
@click.argument("entity")
@click.option("--on", is_flag=True, help="Downstream: who takes what ENTITY puts out.")
@click.option("--stage", metavar="STAGE", help="Only what this stage makes or takes in.")
@click.option("--depth", type=click.IntRange(1, 50), help="How many stages to go.")
@options.language
@options.computing
def depends(entity: str, view: options.ClaimsView, **asked: Any) -> None:
    """Show what an entity's work takes in and who delivers it, stage by stage.

    ENTITY is an organisation, a site, a park, a stage or a product. A base is supplied through whoever runs
    or owns it. Where no source tells a supplier, the answer is "nobody known", and the next stage is looked at.

    \b
    kg depends base/guian --depth 2
    kg depends company/hunan-yuneng --on
    """
    import kg
    from kg.cli.output import show_analysis

    show_analysis(kg.open(view.release).depends(entity, **asked), view)


@click.command("path")
@click.argument("one")
@click.argument("other")
@click.option("-k", "--count", type=click.IntRange(1, 50), default=3, show_default=True, help="How many ways.")
@click.option(
    "--network", "networks", multiple=True, metavar="NETWORK",
    help="Where to look, may be repeated [default: partnership, supply, ownership].",
)  # fmt: skip
@options.language
@options.filtering
@options.computing
def path(one: str, other: str, view: options.ClaimsView, **asked: Any) -> None:
    """Show the best ways by which two things are tied, hop by hop, and the weakest hop of each.

    A hop costs 1, and more the less sure its mode and its best source are; the cheapest ways come first.

    \b
    kg path company/hunan-yuneng company/bmw
    kg path CATL place/guizhou --network ownership --network location
    """
    import kg
    from kg.cli.output import show_analysis

    networks = asked.pop("networks") or None
    show_analysis(kg.open(view.release).path(one, other, networks=networks, **asked), view)


@click.command("impact")
@click.argument("entity")
@click.option("--days", type=click.IntRange(1, 3650), default=90, show_default=True, help="How long the stop lasts.")
@options.language
@options.filtering
@options.computing
def impact(entity: str, view: options.ClaimsView, **asked: Any) -> None:
    """Show what a stop of something can reach, through which links, and how sure it is.

    ENTITY is an organisation, a site, a park, a stage, a product or an agreement. First comes what stops with
    it, then who is delivered to, with the share of the known supply that is lost and who else is known to
    deliver the same, then their sites and customers. What is not known is said as such.

    \b
    kg impact company/hunan-yuneng --days 90
    kg impact park/brunp-yichang
    """
    import kg
    from kg.cli.output import show_analysis

    show_analysis(kg.open(view.release).impact(entity, **asked), view)


@click.command("chokepoints")
@options.language
@options.filtering
@options.computing
def chokepoints(view: options.ClaimsView, **asked: Any) -> None:
    """Show whose loss would cut somebody off from every known supplier.

    Exact, by the dominators of the supply network: all that a chokepoint cuts off is come to only over it. A
    delivery is one as well if it is somebody's only known one. "splits": the network falls apart without it.

    \b
    kg chokepoints
    kg chokepoints --stage CathodeMaking
    """
    import kg
    from kg.cli.output import show_analysis

    show_analysis(kg.open(view.release).chokepoints(**asked), view)


@click.command("concentration")
@click.option(
    "--by", type=click.Choice(("product", "stage", "region")), default="product", show_default=True, help="By what."
)
@options.language
@options.filtering
@options.computing
def concentration(view: options.ClaimsView, **asked: Any) -> None:
    """Show on how few suppliers the known supply rests.

    The Herfindahl index, from 1 (one supplier alone) to near 0 (many equal ones): over the deliveries that
    are told, and over yearly rates where they can be compared. The share without a rate is told beside it.

    \b
    kg concentration --by stage
    kg concentration --by region --rank preferred
    """
    import kg
    from kg.cli.output import show_analysis

    show_analysis(kg.open(view.release).concentration(**asked), view)


@click.command("circularity")
@click.option(
    "--from", "start", default="BatteryRecycling", show_default=True, metavar="STAGE", help="Where it starts."
)
@click.option("--to", "end", default="CathodeMaking", show_default=True, metavar="STAGE", help="The end.")
@click.option("-k", "--count", type=click.IntRange(1, 50), default=3, show_default=True, help="How many ways.")
@options.language
@options.filtering
@options.computing
def circularity(view: options.ClaimsView, **asked: Any) -> None:
    """Show the ways from one stage back to another, and who is told of each link.

    The ways lead along kinds of work; each link is looked for among deliveries, works that do both, and chains
    that sources tell, which may be an aim.

    \b
    kg circularity
    kg circularity --to PrecursorMaking -k 1
    """
    import kg
    from kg.cli.output import show_analysis

    show_analysis(kg.open(view.release).circularity(**asked), view)


@click.command("communities")
@click.option("--of", metavar="ENTITY", help="List the members of the group of this entity.")
@options.language
@options.filtering
@options.computing
def communities(view: options.ClaimsView, **asked: Any) -> None:
    """Show groups that are tied among themselves more than to others.

    By partnership, supply and ownership, with the Louvain method and a fixed seed.

    \b
    kg communities
    kg communities --of CATL
    """
    import kg
    from kg.cli.output import show_analysis

    show_analysis(kg.open(view.release).communities(**asked), view)


@click.command("gaps")
@click.argument("park", required=False)
@click.option("--toward", default="BatteryManufacturing", show_default=True, metavar="STAGE", help="What is fed.")
@options.language
@options.computing
def gaps(view: options.ClaimsView, **asked: Any) -> None:
    """Show which links of a chain are told of at a park, and which are missing there.

    The chain is a stage and all that feed it. Without a PARK, all parks at which at least two links are told of.

    \b
    kg gaps
    kg gaps park/brunp-yichang --toward CathodeMaking
    """
    import kg
    from kg.cli.output import show_analysis

    show_analysis(kg.open(view.release).gaps(**asked), view)
