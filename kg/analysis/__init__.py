"""Analyses: what is computed on networks, each answer with the ties and the claims that it rests on.

    partners, depends, paths, impact, chokepoints,         one analysis each: takes a scene, gives an Analysis
    concentration, circularity, communities, gaps
    results.py                                             the scene an analysis works in, and what it gives
    holdings.py                                            who owns or runs what, so whose supply a site lives on
    closure.py, dominators.py, cuts.py                     walks over CSR arrays: reach, dominators, bridges
    verbs.py                                               the same as methods of a graph

The walks know no word of the ontology; the analyses know networks, relations and modes. Only
`kg.graph` and the commands import from here. numpy, scipy and networkx are loaded by the
analyses that need them, when they are called.
"""

from __future__ import annotations

from kg.analysis.base import Analysis

__all__ = ["Analysis"]
