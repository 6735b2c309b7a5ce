"""What a release holds about one id, as quads: what dereferencing it gives.

Of an entity that is every statement of the accepted view about it, either way, the parts of its values, and the
names of what they mention, so that a reader needs no second request to show them. Of a claim it is its graph and
what the ledger says of it; of a document or a judgement, the ledger. With claims, an entity's statements come with the
graphs of the claims behind them, who makes them, and where. How quads are written is not known here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kg.provenance.provenance import Provenance
from kg.rdf import NamedNode
from kg.rdf.namespaces import BASE
from kg.rdf.store import Fact, GraphName, Store, facts
from kg.rdf.vocab import LEDGER, RDFS_LABEL, VIEW, kg

__all__ = ["describe_node", "is_minted"]

_TITLE = kg("title")
_MAKES = kg("makesClaim")
_CLAIM = BASE + "claim/"


def is_minted(store: Store, node: NamedNode) -> bool:
    """Tell whether any graph of the release says something about a node: entities, documents, claims, judgements."""
    return any(facts(store, node))


def describe_node(provenance: Provenance, node: NamedNode, *, claims: bool = False) -> list[Fact]:
    """Give the quads about a node in order, each once; the accepted view is the default graph.

    Of a claim and of a document the claims are what they are about, and come always.
    """
    store = provenance.store
    found = dict.fromkeys(_about(store, node))
    if node.value in provenance.claims:
        found.update(dict.fromkeys(_claim(provenance, node.value)))
    elif claims:
        seen = [fact for fact in found if fact.graph == VIEW]
        behind = {claim for fact in seen for claim in provenance.claims_of(fact.triple)}
        made = {fact.object.value for fact in facts(store, node, _MAKES, graph=LEDGER)}
        for claim in sorted(behind | made):
            found.update(dict.fromkeys(_claim(provenance, claim)))
    found.update(dict.fromkeys(_names(store, found)))
    return sorted(found, key=str)


def _about(store: Store, node: NamedNode) -> Iterator[Fact]:
    """Give the statements about a node and its values, and those in which it is the object."""
    waiting, seen = [node], {node}
    while waiting:
        subject = waiting.pop()
        for graph in (VIEW, LEDGER):
            for fact in facts(store, subject, graph=graph):
                yield fact
                value = fact.object
                if isinstance(value, NamedNode) and value not in seen and _is_value(value):
                    seen.add(value)
                    waiting.append(value)
    for fact in facts(store, value=node, graph=VIEW):
        yield fact
        if _is_value(fact.subject):
            yield from facts(store, fact.subject, graph=VIEW)
            yield from facts(store, value=fact.subject, graph=VIEW)


def _is_value(node: NamedNode) -> bool:
    return node.value.startswith(_CLAIM) and "#" in node.value


def _claim(provenance: Provenance, claim: str) -> Iterator[Fact]:
    """Give a claim's graph, what the ledger says of it and of its evidence, and what identifies its document."""
    store, node = provenance.store, NamedNode(claim)
    yield from facts(store, graph=node)
    for fact in facts(store, node, graph=LEDGER):
        yield fact
        if isinstance(fact.object, NamedNode) and fact.object.value.startswith(claim + "#"):
            yield from facts(store, fact.object, graph=LEDGER)
    for fact in facts(store, provenance.claims[claim], graph=LEDGER):
        if fact.predicate != _MAKES or fact.object == node:
            yield fact


def _names(store: Store, found: Iterable[Fact]) -> Iterator[Fact]:
    """Give the names of everything that some facts mention, and the titles of documents."""
    mentioned = {term for fact in found for term in (fact.subject, fact.predicate, fact.object)}
    graphs: tuple[tuple[NamedNode, GraphName], ...] = ((RDFS_LABEL, VIEW), (_TITLE, LEDGER))
    for node in mentioned:
        for predicate, graph in graphs if isinstance(node, NamedNode) else ():
            yield from facts(store, node, predicate, graph=graph)
