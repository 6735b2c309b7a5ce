"""The minted ids of all cards: each once, well formed, and no two a slip of the finger apart.

Two ids of one kind that differ by a single character would let a typing error name
another thing that exists, and no check could see it. So such pairs are findings.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from kg.cards.files import CardFile, Cards, claims_of
from kg.cards.findings import Finding
from kg.cards.withdrawn import Withdrawal
from kg.cards.yaml_reader import Text
from kg.rdf.namespaces import is_slug_path, kind_of

__all__ = ["Ids", "mappings_of", "mint_ids", "one_edit_apart"]


@dataclass
class Ids:
    """Every minted id with its class (local name) and the place where it is minted."""

    kinds: dict[str, str] = field(default_factory=dict)
    places: dict[str, tuple[str, Text]] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    def mint(self, name: Any, kind: Any, card: CardFile) -> None:
        """Record an id, reporting one that is not written as an id or is minted already."""
        if not isinstance(name, Text):
            return
        if not is_slug_path(name):
            self._report(
                card.shown, name, "bad-id", f"{str(name)!r} is not written as an id", "use kind/lower-case-words"
            )
        elif name in self.places:
            file, first = self.places[name]
            self._report(
                card.shown, name, "duplicate-id", f"{str(name)!r} is minted at {file}:{first.line} too", "keep one"
            )
        self.places.setdefault(name, (card.shown, name))
        self.kinds.setdefault(name, str(kind))

    def report_similar(self) -> None:
        """Report pairs of ids of one kind that a single wrong character would confuse."""
        groups: dict[str, list[str]] = {}
        # What is only known by name, from cards that were not read, has no place to point at.
        for name in self.places:
            group = name.rpartition("/")[0] if name.startswith("claim/") else kind_of(name)
            groups.setdefault(group, []).append(name)
        for names in groups.values():
            for left, right in one_edit_apart(names):
                file, place = self.places[right]
                message = f"{right!r} differs from {left!r} by one character"
                self._report(file, place, "similar-id", message, "give one of them a word of its own")

    def report_withdrawn(self, withdrawn: Mapping[str, Withdrawal]) -> None:
        """Report ids that were withdrawn and are minted again."""
        for name in sorted(withdrawn.keys() & self.places.keys()):
            file, place = self.places[name]
            message = f"{name!r} was withdrawn on {withdrawn[name].day} ({withdrawn[name].reason})"
            self._report(file, place, "withdrawn-id", message, "mint another id")

    def _report(self, file: str, place: Text, code: str, message: str, fix: str) -> None:
        self.findings.append(Finding(file, place.line, place.column, code, message, fix))


def mint_ids(cards: Cards) -> Ids:
    """Gather the ids that cards mint: entities, judgements, documents and their claims.

    Pairs that a slip would confuse are sought when asked for, by `Ids.report_similar`.
    """
    ids = Ids()
    for card in cards.entities:
        for entity in mappings_of(card, "entities"):
            ids.mint(entity.get(Text("id")), entity.get(Text("type"), ""), card)
    for card in cards.judgements:
        for judgement in mappings_of(card, "judgements"):
            name = judgement.get(Text("id"))
            ids.mint(name, "Judgement", card)
            if isinstance(name, Text) and not name.startswith("judgement/"):
                message = f"{str(name)!r} is not named as a judgement"
                fix = "start it with judgement/"
                ids.findings.append(Finding(card.shown, name.line, name.column, "bad-id", message, fix))
    for card in cards.documents:
        _mint_document(ids, card)
    for name, kind in cards.unread.items():
        ids.kinds.setdefault(name, kind)
    return ids


def _mint_document(ids: Ids, card: CardFile) -> None:
    name = card.tree.get(Text("id"))
    ids.mint(name, card.tree.get(Text("type"), ""), card)
    if isinstance(name, Text) and name != f"document/{card.slug}":
        message = f"the id is {str(name)!r} but the file is called {card.slug!r}"
        ids.findings.append(Finding(card.shown, name.line, name.column, "bad-id", message, "name both alike"))
    for claim in claims_of(card):
        claim_id = claim.get(Text("id"))
        ids.mint(claim_id, "Claim", card)
        if isinstance(claim_id, Text) and not claim_id.startswith(f"claim/{card.slug}/"):
            message = f"the claim {str(claim_id)!r} is not named after its document"
            fix = f"start it with claim/{card.slug}/"
            ids.findings.append(Finding(card.shown, claim_id.line, claim_id.column, "bad-id", message, fix))


def mappings_of(card: CardFile, key: str) -> Iterator[dict[Text, Any]]:
    """Give the things that a file lists under a key, those that are mappings."""
    things = card.tree.get(Text(key), [])
    if isinstance(things, list):
        yield from (thing for thing in things if isinstance(thing, dict))


def one_edit_apart(names: list[str]) -> Iterator[tuple[str, str]]:
    """Give the pairs of names that one substituted, missing or added character tells apart.

    Works by deletion neighbourhoods (Mor and Fraenkel 1982), in time linear in the text.

    >>> list(one_edit_apart(["phase-1", "phase-2", "phase-10", "base"]))
    [('phase-1', 'phase-10'), ('phase-1', 'phase-2')]
    """
    known = set(names)
    masked: dict[tuple[int, str], str] = {}
    for name in sorted(known):
        for index in range(len(name)):
            shorter = name[:index] + name[index + 1 :]
            if shorter in known and (index + 1 == len(name) or name[index] != name[index + 1]):
                yield shorter, name
            other = masked.setdefault((index, shorter), name)
            if other != name:
                yield other, name
