"""Words for nodes: the name of an entity or a concept, what a value node holds, a plain literal."""

from __future__ import annotations

from collections.abc import Callable

import pyoxigraph as ox

from kg.localization import is_foreign, round_figure, write_date, write_quantity
from kg.rdf.namespaces import KG, shorten
from kg.rdf.store import GraphName, Node, Store, facts, text_of
from kg.rdf.vocab import LEDGER, QUDT_SYMBOL, RDF_TYPE, RDFS_LABEL, RDFS_SUB_CLASS_OF, VIEW, kg
from kg.values import parse_decimal

__all__ = ["compact", "kind_of_node", "kinds_of_node", "label", "spellings", "text_about", "unit_sign", "wording"]

# A document that was read has a title in the ledger and no name in the view.
_TITLE = kg("title")
# The parts of a value node that a person reads, in this order; the rest only when none of these is there.
_PARTS = (
    "verbatim", "measured", "amount", "textValue", "period", "statusValue", "asOf", "partyOrganisation", "partyRole",
    "position", "stage", "edtf",
)  # fmt: skip
_EXACTLY = kg("Exactly")
_NOT_STATED = kg("BoundNotStated")
_CUSTOMARY, _DATES_EVENT, _TRUE = kg("customaryUnit"), kg("datesEvent"), ox.Literal(True)

Fields = dict[str, list[Node]]
"""The statements about a value node, by the local names of their properties."""

Writer = Callable[[Store, Fields, Node | None, str], str]
"""What writes a quantity, given its printed words if there are any, in a language."""


def compact(node: Node | None) -> str:
    """Write a node the short way: ids without their base, literals without their datatype."""
    if node is None:
        return ""
    return shorten(node.value) if isinstance(node, ox.NamedNode) else str(node.value)


def label(store: Store, node: Node, language: str = "en") -> str:
    """Put a node of the accepted view into words, in a language where it has names in several.

    A value is put as it was printed or stated, every digit of it; `wording` puts it as people read it.
    """
    return _words(store, node, language, _stated)


def wording(store: Store, node: Node, language: str = "en") -> str:
    """Put a node into words as people read them: figures by the words of a language, its units beside printed ones.

    Of other nodes the words are those of `label`.
    """
    return _words(store, node, language, _readable)


def _words(store: Store, node: Node, language: str, write: Writer) -> str:
    if not isinstance(node, ox.NamedNode):
        return compact(node)
    name = text_about(store, node, RDFS_LABEL, VIEW, language)
    name = name or text_about(store, node, _TITLE, LEDGER, language)
    if name or "#" not in node.value.removeprefix(KG):
        return name or compact(node)
    fields: Fields = {}
    for fact in sorted(facts(store, node), key=str):
        if fact.predicate.value.startswith(KG):
            values = fields.setdefault(fact.predicate.value.removeprefix(KG), [])
            values += [] if fact.object in values else [fact.object]
    if "value" in fields and "verbatim" not in fields:
        return write(store, fields, None, language)
    parts = [part for part in _PARTS if part in fields] or sorted(fields)
    if write is _readable and "edtf" in parts:
        lasts = not _is_of_event(store, node)
        fields["edtf"] = [ox.Literal(write_date(compact(date), language, lasts=lasts)) for date in fields["edtf"]]
    words = [
        write(store, fields, value, language) if part == "verbatim" else _words(store, value, language, write)
        for part in parts
        for value in fields[part]
    ]
    return ", ".join(words) or compact(node)


def _is_of_event(store: Store, node: ox.NamedNode) -> bool:
    """Tell whether a date is the value of a property that dates an event; the id of a value node ends with it."""
    name = node.value.rpartition("#")[2].rstrip(".0123456789").rpartition(".")[2]
    return any(facts(store, kg(name), _DATES_EVENT, _TRUE, VIEW))


def _stated(store: Store, fields: Fields, printed: Node | None, language: str) -> str:
    """Write a quantity as it is printed, or as it stands: bound, value and unit."""
    if printed is not None:
        return compact(printed)
    units = " ".join(label(store, unit, language) for unit in fields.get("unit", ()))
    return _bounded(store, fields, f"{compact(fields['value'][0])} {units}".strip(), language, " ")


def _readable(store: Store, fields: Fields, printed: Node | None, language: str) -> str:
    """Write a quantity for a reader, with a figure beside words or a unit that the reader does not know."""
    words = _figure(store, fields, "", language) if printed is None else compact(printed)
    customary = any(any(facts(store, unit, _CUSTOMARY, _TRUE, VIEW)) for unit in fields.get("unit", ()))
    if customary and "comparisonValue" in fields:
        return _beside(words, _figure(store, fields, "comparison", language), language)
    if printed is not None and "value" in fields and is_foreign(words, language):
        return _beside(words, _figure(store, fields, "", language), language)
    return words


def _beside(words: str, figure: str, language: str) -> str:
    return f"{words}（{figure}）" if language == "zh" else f"{words} ({figure})"


def _figure(store: Store, fields: Fields, of: str, language: str) -> str:
    """Write bound, value and unit; `of` the comparison, or as they are told."""
    value, unit = ("comparisonValue", "comparisonUnit") if of else ("value", "unit")
    text = compact(fields[value][0])
    number = parse_decimal(text)
    if number is not None:
        signs = " ".join(unit_sign(store, node, language) for node in fields.get(unit, ()))
        text = write_quantity(round_figure(number) if of else number, signs, language)
    return _bounded(store, fields, text, language, "" if language == "zh" else " ")


def _bounded(store: Store, fields: Fields, figure: str, language: str, space: str) -> str:
    """Put the bound of a figure before it, and what is not known of the bound behind."""
    bounds = [(node, label(store, node, language)) for node in fields.get("bound", ()) if node != _EXACTLY]
    before = "".join(f"{words}{space}" for node, words in bounds if node != _NOT_STATED)
    after = "".join(
        f" ({words})" if space else _beside("", words, language) for node, words in bounds if node == _NOT_STATED
    )
    return before + figure + after


def unit_sign(store: Store, unit: Node, language: str = "en") -> str:
    """Give the short sign of a unit, or its name; a count has none in English."""
    sign = text_about(store, unit, QUDT_SYMBOL, VIEW, language) if isinstance(unit, ox.NamedNode) else None
    return label(store, unit, language) if sign is None else sign


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
