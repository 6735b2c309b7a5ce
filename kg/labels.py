"""Words for nodes: the name of an entity or a concept, what a value node holds, a plain literal."""

from __future__ import annotations

import pyoxigraph as ox

from kg.store import GraphName, Node, Store, facts, text_of
from kg.terms import KG, LEDGER, PREFIXES, shorten

__all__ = ["describe", "show", "text_about"]

_LABEL = ox.NamedNode(PREFIXES["rdfs"] + "label")
# A document that was read has a title in the ledger and no name in the view.
_TITLE = ox.NamedNode(KG + "title")
_LEDGER = ox.NamedNode(LEDGER)
# The parts of a value node that a person reads, in this order; the rest only when none of these is there.
_PARTS = ("verbatim", "statusValue", "asOf", "partyOrganisation", "partyRole", "position", "stage", "edtf")


def show(node: Node | None) -> str:
    """Write a node the short way: ids without their base, literals without their datatype."""
    if node is None:
        return ""
    return shorten(node.value) if isinstance(node, ox.NamedNode) else str(node.value)


def describe(store: Store, node: Node, language: str = "en") -> str:
    """Put a node of the accepted view into words, in a language where it has names in several."""
    if not isinstance(node, ox.NamedNode):
        return show(node)
    name = text_about(store, node, _LABEL, ox.DefaultGraph(), language)
    name = name or text_about(store, node, _TITLE, _LEDGER, language)
    if name or "/claim/" not in node.value:
        return name or show(node)
    held = {
        fact.predicate.value.removeprefix(KG): fact.object
        for fact in sorted(facts(store, node), key=str)
        if fact.predicate.value.startswith(KG)
    }
    words = [describe(store, held[part], language) for part in _PARTS if part in held]
    return ", ".join(words or [describe(store, held[part], language) for part in sorted(held)]) or show(node)


def text_about(
    store: Store, node: ox.NamedNode, predicate: ox.NamedNode, graph: GraphName, language: str = "en"
) -> str | None:
    """Give a text about a node in a language, or in another one when there is none."""
    texts = dict(text_of(fact.object) for fact in facts(store, node, predicate, None, graph))
    return texts.get(language) or next((texts[key] for key in sorted(texts)), None)
