"""Values for the parameters of a question or a query: a text from outside becomes a node, never part of a query."""

from __future__ import annotations

from kg.entities.finder import Finder
from kg.errors import NotFound
from kg.questions.question import Parameter, bind
from kg.rdf import NamedNode
from kg.rdf.namespaces import expand, is_slug_path
from kg.rdf.nodes import is_known, node_of
from kg.rdf.store import Node, Store

__all__ = ["bind_known", "bind_text"]


def bind_known(store: Store, finder: Finder, parameter: Parameter, text: str) -> Node:
    """Give the node that a text means for a parameter; NotFound for an entity or concept that there is not."""
    if parameter.kind == "entity":
        return finder.resolve(text)
    node = bind(parameter, text)
    if isinstance(node, NamedNode) and not is_known(store, node):
        raise NotFound("concept", text, finder.nearest(text))
    return node


def bind_text(text: str) -> Node:
    """Give the node that a text means where nothing is declared: an id or IRI as an entity, the rest as a string."""
    if is_slug_path(text) or text.startswith(("kg:", "http://", "https://")):
        node = node_of(expand(text))
        if node is not None:
            return node
    return bind(Parameter("value", "text", "", ""), text)
