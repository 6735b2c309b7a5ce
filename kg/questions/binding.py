"""Values for the parameters of a question or a query: a text from outside becomes a node, never part of a query."""

from __future__ import annotations

from kg.entities.finder import Finder
from kg.errors import NotFound
from kg.questions.question import Parameter, bind
from kg.rdf.namespaces import KG, expand, is_slug_path
from kg.rdf.nodes import find_node, node_of
from kg.rdf.store import Node, Store

__all__ = ["bind_known", "bind_text"]


def bind_known(store: Store, finder: Finder, parameter: Parameter, text: str) -> Node:
    """Give the node that a text means for a parameter; NotFound for an entity or concept that there is not.

    What is meant is of the kind of the parameter's default: of a stage and a topic of one name the stage, of a place
    and its government the place.
    """
    example = find_node(store, parameter.default) if parameter.default else None
    wanted = finder.kinds_like(example) if example is not None else ()
    if parameter.kind == "entity":
        return finder.resolve(text, wanted)
    if parameter.kind == "concept":
        return _concept(finder, text, wanted) if wanted else finder.property_named(text)
    if parameter.kind == "text" and finder.unit_named(parameter.default) == parameter.default:
        unit = finder.unit_named(text)
        if unit is None:
            raise NotFound("unit", text, finder.nearest(text, ("Unit",)))
        return bind(parameter, unit)
    return bind(parameter, text)


def _concept(finder: Finder, text: str, wanted: tuple[str, ...]) -> Node:
    """Give the term of the ontology that a text means; an entity by its id is none, and would find nothing."""
    node = finder.resolve(text, wanted, strict=True)
    if not node.value.startswith(KG):
        raise NotFound("concept", text, finder.nearest(text, wanted))
    return node


def bind_text(text: str) -> Node:
    """Give the node that a text means where nothing is declared: an id or IRI as an entity, the rest as a string."""
    if is_slug_path(text) or text.startswith(("kg:", "http://", "https://")):
        node = node_of(expand(text))
        if node is not None:
            return node
    return bind(Parameter("value", "text", "", ""), text)
