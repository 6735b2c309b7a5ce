"""The cards in `data/`: reading the folder, and turning checked cards into quads.

A document card holds one document and its claims; an entity file holds names and ids.
Parsing to RDF is the JSON-LD processor's work; what is added here is what a person
should not have to write: ids and classes of value nodes, default mode and rank,
comparison values, first and last day of a date. Checking is done in `kg.checks.structure`.
"""

from __future__ import annotations

import itertools
import json
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from kg.cards.findings import Finding
from kg.cards.yaml_reader import Reader, Text
from kg.errors import InputError
from kg.ontology.vocabulary import Vocabulary
from kg.rdf.namespaces import ENTITIES, KG, LEDGER, expand
from kg.values import convert, parse_edtf

__all__ = [
    "EVIDENCE_WORDS", "CardFile", "Cards", "claims_of", "evidence_kind", "iterate_quads", "neighbourhood", "read_cards",
]  # fmt: skip

# Evidence that keeps nothing of the document: the word on the card names its strength.
EVIDENCE_WORDS = ("Page", "Compiled")
# Evidence that is a node: the key by which it is told, its class, and the strength that it has.
_EVIDENCE_NODES = (
    ("start", "Evidence", "Position"), ("printed", "PrintedEvidence", "Printed"), ("readOn", "PageEvidence", "Page"),
)  # fmt: skip
# Where the words are known, a figure without a word of limit is exact.
_WORDS_KNOWN = frozenset({"Position", "Printed"})

_BATCH = 200
_KIND_LINE = re.compile(r"^type: (\w+)", re.MULTILINE)
_CLAIM_LINE = re.compile(r"^  - id: (claim/\S+)", re.MULTILINE)


@dataclass(frozen=True)
class CardFile:
    """One YAML file of the data folder: where it is, how it is shown, and what it holds."""

    path: Path
    shown: str
    tree: dict[Text, Any]

    @property
    def slug(self) -> str:
        """The file's name without its ending, which is also its document's slug."""
        return self.path.stem


@dataclass
class Cards:
    """All cards of a data folder, and what was wrong with files that could not be read."""

    documents: list[CardFile] = field(default_factory=list)
    entities: list[CardFile] = field(default_factory=list)
    judgements: list[CardFile] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    unread: dict[str, str] = field(default_factory=dict)


def read_cards(data: Path, only: Collection[Path] | None = None) -> Cards:
    """Read every card below a data folder; what cannot be read becomes a finding.

    With `only`, other document cards are not read: their ids are picked from the text, so
    that one card can be checked in a moment. They stand in `unread` with their classes.
    """
    if not data.is_dir():
        raise InputError(f"{data}: there is no such data folder; name one that holds documents/ and entities/")
    cards = Cards()
    for files, pattern in (
        (cards.documents, "documents/**/*.yaml"),
        (cards.entities, "entities/**/*.yaml"),
        (cards.judgements, "judgements/**/*.yaml"),
    ):
        for path in sorted(data.glob(pattern)):
            if only is not None and files is cards.documents and path not in only:
                cards.unread |= _scan_ids(path)
                continue
            files.extend(_read_file(path, f"{data.name}/{path.relative_to(data).as_posix()}", cards.findings))
    if not cards.documents and not cards.findings:
        raise InputError(f"{data}: it holds no document cards; name a folder with documents/*.yaml")
    return cards


def _scan_ids(path: Path) -> dict[str, str]:
    """Pick the ids of a document and its claims from the lines that mint them, without reading the YAML."""
    text = path.read_text(encoding="utf-8", errors="replace")
    kind = _KIND_LINE.search(text)
    ids = dict.fromkeys(_CLAIM_LINE.findall(text), "Claim")
    return ids | {f"document/{path.stem}": kind[1] if kind else "Document"}


def _read_file(path: Path, shown: str, findings: list[Finding]) -> Iterator[CardFile]:
    reader = Reader(path, shown)
    tree = reader.read()
    findings.extend(reader.findings)
    if isinstance(tree, dict):
        yield CardFile(path, shown, tree)
    elif tree is not None:
        findings.append(Finding(shown, 1, 1, "wrong-shape", "a card is a mapping of keys", "start it with 'id:'"))


def claims_of(card: CardFile) -> list[dict[Text, Any]]:
    """The claims on a document card, those that are mappings."""
    claims = card.tree.get(Text("claims"), [])
    return [claim for claim in claims if isinstance(claim, dict)] if isinstance(claims, list) else []


def evidence_kind(evidence: Mapping[Any, Any]) -> tuple[str, str]:
    """Give the class of a piece of evidence that is a node, and its strength, by the keys that it has.

    >>> evidence_kind({"printed": "over 800 acres", "readOn": "2026-11-30"})
    ('PrintedEvidence', 'Printed')
    """
    return next(
        ((kind, strength) for key, kind, strength in _EVIDENCE_NODES if key in evidence), _EVIDENCE_NODES[0][1:]
    )


def neighbourhood(cards: Cards) -> Cards:
    """Keep of the entities those that the documents name, and those that these name in turn."""
    entities = {
        entity.get(Text("id")): entity for card in cards.entities for entity in card.tree.get(Text("entities"), [])
    }
    waiting = [name for card in cards.documents for name in _texts(card.tree)]
    kept: set[str] = set()
    while waiting:
        name = waiting.pop()
        if name in entities and name not in kept:
            kept.add(name)
            waiting.extend(_texts(entities[name]))
    files = [
        CardFile(
            card.path,
            card.shown,
            {Text("entities"): [one for one in card.tree[Text("entities")] if one[Text("id")] in kept]},
        )
        for card in cards.entities
    ]
    return Cards(documents=cards.documents, entities=files)


def _texts(tree: Any) -> Iterator[Text]:
    """Walk every scalar of a tree that is not a key."""
    if isinstance(tree, dict):
        for value in tree.values():
            yield from _texts(value)
    elif isinstance(tree, list):
        for value in tree:
            yield from _texts(value)
    else:
        yield tree


def iterate_quads(cards: Cards, vocabulary: Vocabulary, context: dict[str, Any]) -> Iterator[ox.Quad]:
    """Turn cards into quads: claims into their graphs, the rest into the ledger or the entities graph.

    The cards must have passed `kg.checks.structure.check_cards`.
    """
    ledger, entities = ox.NamedNode(LEDGER), ox.NamedNode(ENTITIES)
    documents = (_document_node(card.tree, vocabulary) for card in cards.documents)
    yield from _parse(documents, context, ledger)
    listed = (entity for card in cards.entities for entity in card.tree.get(Text("entities"), []))
    unread = _NodeWriter(vocabulary, "BoundNotStated")
    yield from _parse((unread.with_nodes(one, one[Text("id")]) for one in listed), context, entities)
    judged = (judgement for card in cards.judgements for judgement in card.tree.get(Text("judgements"), []))
    yield from _parse(({"type": "Judgement", **judgement} for judgement in judged), context, ledger)


def _parse(nodes: Iterable[dict[str, Any]], context: dict[str, Any], graph: ox.NamedNode) -> Iterator[ox.Quad]:
    """Parse nodes as JSON-LD, many at a time: reading the context takes longer than reading a card."""
    waiting = iter(nodes)
    while batch := list(itertools.islice(waiting, _BATCH)):
        text = json.dumps(context | {"@graph": batch}, ensure_ascii=False)
        for quad in ox.parse(text, format=ox.RdfFormat.JSON_LD):
            # What stands in no claim's graph belongs to the batch as a whole.
            in_claim = isinstance(quad.graph_name, ox.NamedNode)
            yield quad if in_claim else ox.Quad(quad.subject, quad.predicate, quad.object, graph)


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
            node |= {"earliest": span.earliest.isoformat(), "latest": span.latest.isoformat()} if span else {}
        return node

    def _compare(self, node: dict[str, Any]) -> None:
        """Put the value in the unit that quantities of its kind are compared in beside the printed one."""
        unit = self.vocabulary.units[node["unit"]]
        node.setdefault("bound", "Exactly" if "verbatim" in node else self.bound)
        node["comparisonValue"] = format(convert(Decimal(node["value"]), unit.factor), "f")
        node["comparisonUnit"] = unit.comparison
