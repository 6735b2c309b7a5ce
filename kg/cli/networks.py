"""Commands that compute on the networks: one of each operation of that group, with examples of its use."""

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


def _command(name: str, examples: str) -> click.Command:
    """Make the command of an analysis."""

    @options.computing
    def show(arguments: dict[str, Any], view: options.ClaimsView) -> None:
        from kg.cli.output import ask_graph, show_analysis

        show_analysis(ask_graph(name, arguments, view), view)

    return options.operation(name, examples)(show)


network = _command(
    "network",
    """
    kg network supply --stage CathodeMaking --mode Stated
    kg network ownership --region place/guizhou --rank preferred
    """,
)
partners = _command(
    "partners",
    """
    kg partners CATL
    kg partners company/catl --region place/shandong
    """,
)
depends = _command(
    "depends",
    """
    kg depends base/guian --depth 2
    kg depends company/hunan-yuneng --on
    """,
)
path = _command(
    "path",
    """
    kg path company/hunan-yuneng company/bmw
    kg path CATL place/guizhou --network ownership --network location
    """,
)
impact = _command(
    "impact",
    """
    kg impact company/hunan-yuneng --days 90
    kg impact park/brunp-yichang
    """,
)
chokepoints = _command(
    "chokepoints",
    """
    kg chokepoints
    kg chokepoints --stage CathodeMaking
    """,
)
concentration = _command(
    "concentration",
    """
    kg concentration --by stage
    kg concentration --by region --rank preferred
    """,
)
circularity = _command(
    "circularity",
    """
    kg circularity
    kg circularity --to PrecursorMaking -k 1
    """,
)
communities = _command(
    "communities",
    """
    kg communities
    kg communities --of CATL
    """,
)
gaps = _command(
    "gaps",
    """
    kg gaps
    kg gaps park/brunp-yichang --toward CathodeMaking
    """,
)
