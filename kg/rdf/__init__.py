"""The door to the engine: IRIs and prefixes, the store and what is read from it, nodes and labels, texts in and out.

It knows pyoxigraph and the vocabularies of the W3C, and nothing of cards, claims or names. Everything above may
import it; nothing else reaches the engine, whose nodes are given here, but `kg.sparql`.
"""

from __future__ import annotations

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad

__all__ = ["BlankNode", "DefaultGraph", "Literal", "NamedNode", "Quad"]
