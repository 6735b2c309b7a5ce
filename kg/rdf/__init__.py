"""The door to the engine: IRIs and prefixes, the store and what is read from it, nodes and labels, texts in and out.

It knows pyoxigraph and the vocabularies of the W3C, and nothing of cards, claims or names. Everything above may
import it; nothing else reaches the engine, whose nodes are given here, but `kg.sparql`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad

from kg.lazy import load_from

if TYPE_CHECKING:
    from kg.rdf.io import parse, serialize
    from kg.rdf.labels import compact, label
    from kg.rdf.namespaces import expand, shorten
    from kg.rdf.nodes import find_node
    from kg.rdf.store import construct, facts, open_read_only, select

__all__ = [
    "BlankNode",
    "DefaultGraph",
    "Literal",
    "NamedNode",
    "Quad",
    "compact",
    "construct",
    "expand",
    "facts",
    "find_node",
    "label",
    "open_read_only",
    "parse",
    "select",
    "serialize",
    "shorten",
]

__getattr__ = load_from(
    __name__,
    io="parse serialize",
    labels="compact label",
    namespaces="expand shorten",
    nodes="find_node",
    store="construct facts open_read_only select",
)
