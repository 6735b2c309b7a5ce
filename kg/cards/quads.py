"""Cards as quads: claims in graphs of their own, the rest in the ledger or the entities graph.

Parsing to RDF is the JSON-LD processor's work; what is added here is what a person should not have to write: ids and
classes of value nodes, default mode and rank, comparison values, first and last day of a date. Cards must have passed
`kg.checks.structure`.
"""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from kg.cards.files import Cards
from kg.cards.yaml_reader import Text
from kg.ontology.vocabulary import Vocabulary
from kg.rdf import NamedNode, Quad
from kg.rdf.io import parse
from kg.rdf.namespaces import KG, expand
from kg.rdf.vocab import ENTITIES, LEDGER
from kg.values import Span, convert, parse_edtf

__all__ = ["EVIDENCE_WORDS", "evidence_kind", "iterate_quads"]

# Evidence that keeps nothing of the document: the word on the card names its strength.
EVIDENCE_WORDS = ("Page", "Compiled")
# Evidence that is a node: the key by which it is told, its class, and the strength that it has.
_EVIDENCE_NODES = (
    ("start", "Evidence", "Position"), ("printed", "PrintedEvidence", "Printed"), ("readOn", "PageEvidence", "Page"),
)  # fmt: skip
# Where the words are known, a figure without a word of limit is exact.
_WORDS_KNOWN = frozenset({"Position", "Printed"})
_BATCH = 200


def evidence_kind(evidence: Mapping[Any, Any]) -> tuple[str, str]:
    """Give the class of a piece of evidence that is a node, and its strength, by the keys that it has.

    >>> evidence_kind({"printed": "over 800 acres", "readOn": "2026-11-30"})
    ('PrintedEvidence', 'Printed')
    """
    return next(
        ((kind, strength) for key, kind, strength in _EVIDENCE_NODES if key in evidence), _EVIDENCE_NODES[0][1:]
    )


def iterate_quads(cards: Cards, vocabulary: Vocabulary, context: dict[str, Any]) -> Iterator[Quad]:
    """Turn cards into quads: claims into their graphs, the rest into the ledger or the entities graph.

    The cards must have passed `kg.checks.structure.check_cards`.
    """
    documents = (_document_node(card.tree, vocabulary) for card in cards.documents)
    yield from _parse(documents, context, LEDGER)
    listed = (entity for card in cards.entities for entity in card.tree.get(Text("entities"), []))
    unread = _NodeWriter(vocabulary, "BoundNotStated")
    yield from _parse((unread.with_nodes(one, one[Text("id")]) for one in listed), context, ENTITIES)
    judged = (judgement for card in cards.judgements for judgement in card.tree.get(Text("judgements"), []))
    yield from _parse(({"type": "Judgement", **judgement} for judgement in judged), context, LEDGER)
    gone = (
        {"id": one.name, "type": "WithdrawnId", "withdrawnOn": one.day, "withdrawnBecause": {"en": one.reason}}
        for one in cards.withdrawn.values()
    )
    yield from _parse(gone, context, LEDGER)


def _parse(nodes: Iterable[dict[str, Any]], context: dict[str, Any], graph: NamedNode) -> Iterator[Quad]:
    """Parse nodes as JSON-LD, many at a time: reading the context takes longer than reading a card."""
    waiting = iter(nodes)
    while batch := list(itertools.islice(waiting, _BATCH)):
        text = json.dumps(context | {"@graph": batch}, ensure_ascii=False)
        for quad in parse(text, "jsonld"):
            # What stands in no claim's graph belongs to the batch as a whole.
            in_claim = isinstance(quad.graph_name, NamedNode)
            yield quad if in_claim else Quad(quad.subject, quad.predicate, quad.object, graph)


def _document_node(tree: dict[Text, Any], vocabulary: Vocabulary) -> dict[str, Any]:
    """Complete a document card: the last day it may have been published, and every claim."""
    node: dict[str, Any] = {str(key): value for key, value in tree.items() if key != "claims"}
    span = parse_edtf(node["published"]) if "published" in node else None
    if span:
        node["publishedLatest"] = span.latest.isoformat()
    node["claims"] = [_claim_node(claim, vocabulary) for claim in tree.get(Text("claims"), [])]
    return node


def _claim_node(claim: dict[Text, Any], vocabulary: Vocabulary) -> dict[str, Any]:
    node: dict[str, Any] = {"type": "Claim", "mode": "Stated", "rank": "Normal"} | {str(k): v for k, v in claim.items()}
    evidence = node.get("evidence")
    if evidence in EVIDENCE_WORDS:
        node |= {"evidence": {"id": KG + evidence}, "strength": str(evidence)}
    elif evidence:
        kind, node["strength"] = evidence_kind(evidence)
        node["evidence"] = {"id": f"{node['id']}#evidence", "type": kind} | evidence
    bound = "Exactly" if node.get("strength") in _WORDS_KNOWN else "BoundNotStated"
    node["says"] = [_NodeWriter(vocabulary, bound).with_nodes(node["says"], node["id"])]
    return node


def _days(span: Span) -> dict[str, str]:
    """Give the first and the last day of a date; of a bound only the one that is told."""
    first, last = span.earliest.isoformat(), span.latest.isoformat()
    return ({"earliest": first} if span.has_first else {}) | ({"latest": last} if span.has_last else {})


@dataclass(frozen=True)
class _NodeWriter:
    """Completes value nodes; `bound` is that of figures of which nothing is said and no words are kept."""

    vocabulary: Vocabulary
    bound: str

    def with_nodes(self, node: dict[Text, Any], owner: str) -> dict[str, Any]:
        """Complete every value of a mapping; its value nodes are named after their owner."""
        known = self.vocabulary.properties
        return {
            str(key): self._value(value, f"{owner}#{key}", known[key].range) if key in known else value
            for key, value in node.items()
        }

    def _value(self, value: Any, iri: str, kinds: frozenset[str]) -> Any:
        """Give a value node its id and class, and whatever is computed from what it holds."""
        if isinstance(value, list):
            return [self._value(item, f"{iri}.{number}", kinds) for number, item in enumerate(value, start=1)]
        if isinstance(value, Text) and "/" in value and kinds & self.vocabulary.enumerated:
            # Such a key reads plain words as concepts of the ontology; a minted id is told by its slash.
            return expand(value)
        if not isinstance(value, dict) or len(kinds) != 1:
            return value
        kind = next(iter(kinds))
        if kind not in self.vocabulary.superclasses:
            # A language map, not a value node.
            return value
        node: dict[str, Any] = {"id": iri, "type": kind}
        for key, inner in value.items():
            prop = self.vocabulary.properties.get(key)
            node[str(key)] = self._value(inner, f"{iri}.{key}", prop.range) if prop else inner
        if kind == "Quantity":
            self._compare(node)
        elif kind == "Date":
            span = parse_edtf(node.get("edtf", ""))
            node |= _days(span) if span else {}
        return node

    def _compare(self, node: dict[str, Any]) -> None:
        """Put the value in the unit that quantities of its kind are compared in beside the printed one."""
        unit = self.vocabulary.units[node["unit"]]
        node.setdefault("bound", "Exactly" if "verbatim" in node else self.bound)
        node["comparisonValue"] = format(convert(Decimal(node["value"]), unit.factor), "f")
        node["comparisonUnit"] = unit.comparison
