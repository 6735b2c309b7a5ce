"""Words for nodes: the name of an entity or a concept, what a value node holds, a plain literal."""

from __future__ import annotations

import pyoxigraph as ox

from kg.rdf.namespaces import KG, shorten
from kg.rdf.store import GraphName, Node, Store, facts, text_of
from kg.rdf.vocab import LEDGER, RDF_TYPE, RDFS_LABEL, RDFS_SUB_CLASS_OF, VIEW, kg

__all__ = ["compact", "kind_of_node", "kinds_of_node", "label", "spellings", "text_about"]

# A document that was read has a title in the ledger and no name in the view.
_TITLE = kg("title")
# The parts of a value node that a person reads, in this order; the rest only when none of these is there.
_PARTS = (
    "verbatim", "measured", "amount", "textValue", "period", "statusValue", "asOf", "partyOrganisation", "partyRole",
    "position", "stage", "edtf",
)  # fmt: skip
_EXACTLY = kg("Exactly")
_NOT_STATED = kg("BoundNotStated")


def compact(node: Node | None) -> str:
    """Write a node the short way: ids without their base, literals without their datatype."""
    if node is None:
        return ""
    return shorten(node.value) if isinstance(node, ox.NamedNode) else str(node.value)


def label(store: Store, node: Node, language: str = "en") -> str:
    """Put a node of the accepted view into words, in a language where it has names in several."""
    if not isinstance(node, ox.NamedNode):
        return compact(node)
    name = text_about(store, node, RDFS_LABEL, VIEW, language)
    name = name or text_about(store, node, _TITLE, LEDGER, language)
    if name or "#" not in node.value.removeprefix(KG):
        return name or compact(node)
    fields: dict[str, list[Node]] = {}
    for fact in sorted(facts(store, node), key=str):
        if fact.predicate.value.startswith(KG):
            values = fields.setdefault(fact.predicate.value.removeprefix(KG), [])
            values += [] if fact.object in values else [fact.object]
    if "value" in fields and "verbatim" not in fields:
        return _quantity(store, fields, language)
    parts = [part for part in _PARTS if part in fields] or sorted(fields)
    return ", ".join(label(store, value, language) for part in parts for value in fields[part]) or compact(node)


def _quantity(store: Store, fields: dict[str, list[Node]], language: str) -> str:
    """Write a quantity whose words do not stand in it: bound, value and unit, and what is not known of the bound."""
    bounds = [(value, label(store, value, language)) for value in fields.get("bound", ()) if value != _EXACTLY]
    before = "".join(f"{words} " for value, words in bounds if value != _NOT_STATED)
    after = "".join(f" ({words})" for value, words in bounds if value == _NOT_STATED)
    units = " ".join(label(store, unit, language) for unit in fields.get("unit", ()))
    return f"{before}{compact(fields['value'][0])} {units}".strip() + after


def text_about(
    store: Store, node: ox.NamedNode, predicate: ox.NamedNode, graph: GraphName, language: str = "en"
) -> str | None:
    """Give a text about a node in a language, or in another one when there is none."""
    texts = dict(text_of(fact.object) for fact in facts(store, node, predicate, None, graph))
    return texts.get(language) or next((texts[key] for key in sorted(texts)), None)


def spellings(store: Store, node: Node) -> set[str]:
    """Give the texts by which a value may be named: its id, its name, its figure as value or as printed."""
    if isinstance(node, ox.Literal):
        return {node.value}
    printed = {
        fact.object.value
        for name in ("value", "verbatim", "edtf", "statusValue")
        for fact in facts(store, node, kg(name))
    }
    short = shorten(node.value)
    return (
        printed
        | {shorten(text) for text in printed}
        | {node.value, short, short.removeprefix("kg:"), label(store, node)}
    )


def kinds_of_node(store: Store, node: ox.NamedNode) -> list[ox.NamedNode]:
    """Give the classes of a node in order, without those that are above another of them."""
    kinds = {fact.object for fact in facts(store, node, RDF_TYPE) if isinstance(fact.object, ox.NamedNode)}
    wider = {fact.object for kind in kinds for fact in facts(store, kind, RDFS_SUB_CLASS_OF) if fact.object != kind}
    return sorted(kinds - wider, key=str)


def kind_of_node(store: Store, node: ox.NamedNode) -> str | None:
    """Give the local name of a node's class, the first in order where it has several; None where nothing says."""
    kinds = (kind.value for kind in kinds_of_node(store, node))
    return min((kind.removeprefix(KG) for kind in kinds if kind.startswith(KG)), default=None)
