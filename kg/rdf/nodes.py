"""Which node an id means: one of the accepted view, of the ledger, or the one that stayed when two were merged.

Names are not looked up here; see `kg.names.index` and `kg.graph`.
"""

from __future__ import annotations

import pyoxigraph as ox

from kg.errors import NotFound, Withdrawn
from kg.rdf.namespaces import KG, expand, is_slug_path
from kg.rdf.store import Store, facts
from kg.rdf.vocab import DCTERMS_REPLACES, LEDGER, VIEW, kg

__all__ = ["find_node", "is_document", "is_known", "missing", "node_of"]

_MAKES_CLAIM = kg("makesClaim")
_WITHDRAWN_ON, _WITHDRAWN_BECAUSE = kg("withdrawnOn"), kg("withdrawnBecause")


def node_of(iri: str) -> ox.NamedNode | None:
    """Make a node of a text from outside; None where it is no IRI."""
    try:
        return ox.NamedNode(iri)
    except ValueError:
        return None


def find_node(store: Store, name: str) -> ox.NamedNode | None:
    """Give the node that an id, an IRI or a term of the ontology means, or None.

    An id that was given up when two entities turned out to be one leads to the one that stayed.
    """
    for iri in dict.fromkeys((expand(name), KG + name)) if is_slug_path(name) or ":" in name else (KG + name,):
        node = node_of(iri)
        if node is not None and is_known(store, node):
            return node
        for fact in facts(store, None, DCTERMS_REPLACES, node) if node is not None else ():
            return fact.subject
    return None


def missing(store: Store, kind: str, name: str, suggestions: tuple[str, ...] = ()) -> NotFound:
    """Make the error for a name that means nothing: that it was withdrawn, or that there is none such."""
    node = node_of(expand(name)) if is_slug_path(name) else None
    record = (
        {fact.predicate: fact.object.value for fact in facts(store, node, graph=LEDGER)} if node is not None else {}
    )
    if _WITHDRAWN_ON in record:
        return Withdrawn(name, record[_WITHDRAWN_ON], record.get(_WITHDRAWN_BECAUSE, ""))
    return NotFound(kind, name, suggestions)


def is_known(store: Store, node: ox.NamedNode) -> bool:
    """Tell whether the view says something about a node, or the ledger knows it as a document."""
    if any(facts(store, node, graph=VIEW)):
        return True
    return is_document(store, node)


def is_document(store: Store, node: ox.NamedNode) -> bool:
    """Tell whether a node is a document that makes claims."""
    return any(facts(store, node, _MAKES_CLAIM, graph=LEDGER))
