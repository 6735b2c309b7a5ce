"""Analyses: what is computed on networks, each answer with the edges and the claims that it rests on.

    partners, depends, paths, impact, chokepoints,         one analysis each: takes a view, gives an Analysis
    concentration, circularity, communities, gaps
    base                                                   the view an analysis works in, and what it gives
    ownership, volumes, edges                              who owns or runs what; amounts; the edges themselves
    algorithms/                                            walks over CSR arrays: reach, dominators, bridges
    methods                                                the same as methods of a graph

The walks know no word of the ontology; the analyses know networks, relations and modes. Only
`kg.graph` and the commands import from here. numpy and networkx are loaded by the
analyses that need them, when they are called.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.lazy import load_from

if TYPE_CHECKING:
    from kg.analysis.base import Analysis

__all__ = ["Analysis"]

__getattr__ = load_from(__name__, base="Analysis")
