"""The ledger as rows: every claim of a release with who says it, what it says, and how it stands.

What conflicts, coverage and changes are counted from. Grounds of single triples are in
`kg.provenance.provenance`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache, partial

from kg.claims.ranking import RankedClaim, read_claims
from kg.rdf import NamedNode
from kg.rdf.labels import label
from kg.rdf.namespaces import BASE, shorten
from kg.rdf.store import GraphName, Node, Store, facts
from kg.rdf.vocab import LEDGER, ONTOLOGY, kg

__all__ = ["LedgerEntry", "read_ledger"]


@dataclass(frozen=True)
class LedgerEntry:
    """A claim with its document and its standing.

    `key` is equal for claims of equal values, and for one that supports another's; `words` is the value as a
    person reads it.
    `standing` is "accepted", "corroborates", "deprecated", or the name of the rule by which
    it is outranked ("Tie" when none decided); `other` is the claim it corroborates or that outranks it;
    `names` are the entities that the value names; `strength` is that of its evidence, '' for our own notes;
    `weak` tells whether nothing should rest for long on such a source alone.
    """

    claim: str
    subject: str
    property: str
    key: str
    words: str
    document: str
    origin: str
    published: str
    grade: str
    strength: str
    mode: str
    rank: str
    standing: str
    other: str
    names: tuple[str, ...]
    weak: bool

    def stands(self) -> bool:
        """Tell whether the claim supports the accepted view."""
        return self.standing in ("accepted", "corroborates")


def read_ledger(store: Store, names: Collection[str] | None = None) -> list[LedgerEntry]:
    """Read every claim of a release, or some by their IRIs, sorted by subject, property and claim."""
    claims = read_claims(store, names)
    chosen = None if names is None else [claim.name for claim in claims]
    columns = {name: _map(store, name) for name in ("sourceGrade", "published")}
    columns["isWeak"] = _map(store, "isWeak", graph=ONTOLOGY)
    columns |= {name: _map(store, name, chosen) for name in ("mode", "rank")}
    links = {name: _map(store, name, chosen) for name in ("corroborates", "outrankedBy", "rankingRule")}
    # Most values are things that many claims name.
    words = cache(partial(label, store))
    entries = [_entry(claim, words, columns, links) for claim in claims]
    keys = {entry.claim: entry.key for entry in entries}
    others = set(links["corroborates"].values()) - {claim.name for claim in claims}
    keys |= {shorten(claim.name): claim.value for claim in (read_claims(store, others) if others else ())}
    # A figure whose bound was not read may support one that has a bound, and a month one of its days.
    entries = [
        replace(entry, key=keys.get(entry.other, entry.key)) if entry.standing == "corroborates" else entry
        for entry in entries
    ]
    return sorted(entries, key=lambda entry: (entry.subject, entry.property, entry.claim))


def _map(store: Store, name: str, subjects: Iterable[str] | None = None, graph: GraphName = LEDGER) -> dict[str, str]:
    """Give a property's values in the ledger or another graph by subject, of all subjects or of some."""
    return {
        fact.subject.value: fact.object.value
        for subject in ((None,) if subjects is None else map(NamedNode, subjects))
        for fact in facts(store, subject, kg(name), None, graph)
    }


def _entry(
    claim: RankedClaim,
    words: Callable[[Node], str],
    columns: Mapping[str, Mapping[str, str]],
    links: Mapping[str, Mapping[str, str]],
) -> LedgerEntry:
    root = next(fact for fact in claim.stated if fact.subject.value == claim.subject)
    standing, other = _standing(claim.name, columns["rank"], links)
    return LedgerEntry(
        claim=shorten(claim.name),
        subject=shorten(claim.subject),
        property=_word(claim.property),
        key=claim.value,
        words=words(root.object),
        document=shorten(claim.document),
        origin=shorten(claim.origin),
        published=columns["published"].get(claim.document, ""),
        grade=_word(columns["sourceGrade"][claim.document]),
        strength=claim.strength,
        mode=_word(columns["mode"][claim.name]),
        rank=_word(columns["rank"][claim.name]),
        standing=standing,
        other=shorten(other) if other else "",
        names=tuple(sorted({shorten(fact.object.value) for fact in claim.stated if _is_entity(fact.object)})),
        weak=columns["isWeak"].get(columns["sourceGrade"][claim.document]) == "true",
    )


def _is_entity(node: Node) -> bool:
    return isinstance(node, NamedNode) and node.value.startswith(BASE) and "#" not in node.value


def _word(iri: str) -> str:
    return shorten(iri).removeprefix("kg:")


def _standing(claim: str, ranks: Mapping[str, str], links: Mapping[str, Mapping[str, str]]) -> tuple[str, str]:
    if _word(ranks[claim]) == "Deprecated":
        return "deprecated", ""
    if claim in links["corroborates"]:
        return "corroborates", links["corroborates"][claim]
    if claim in links["outrankedBy"]:
        return _word(links["rankingRule"][claim]), links["outrankedBy"][claim]
    return "accepted", ""
