"""Which cards are sound enough to make a graph, when some are not.

One error of form must not hide what is wrong with all other cards. Document cards with such an
error are left out; of an entity with one, the id, class and names are kept, so that what names it
still finds it. Where these themselves are wrong, or an id is minted twice, there is nothing to go by.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from kg.cards.files import CardFile, Cards
from kg.cards.findings import Finding
from kg.cards.yaml_reader import Text
from kg.checks.ids import mappings_of

__all__ = ["SoundCards", "breaks_assembly", "find_sound"]

# Findings under which cards still make a graph, so that shapes and checks can speak too.
_HARMLESS = frozenset(
    {
        "similar-id", "misplaced-id", "likely-duplicate", "wrong-digest", "position-outside", "evidence-digest",
        "figure-not-there", "value-disagrees", "bound-disagrees", "date-disagrees", "missing-evidence",
        "figure-unread", "date-unread", "unexplained-rank", "printed-not-whole", "printed-too-long", "read-too-early",
        "withdrawn-id", "repeated-statement", "figure-far-off", "day-to-come", "id-of-another-claim",
        "date-not-told", "mode-not-told", "published-disagrees",
    }
)  # fmt: skip
# What an entity keeps that has an error elsewhere.
_KEPT = ("id", "type", "name")
_IDS = frozenset({"bad-id", "duplicate-id"})


@dataclass(frozen=True)
class SoundCards:
    """The cards that make a graph, and the files of which something was left out."""

    cards: Cards
    left_out: tuple[str, ...]


def breaks_assembly(finding: Finding) -> bool:
    """Tell whether a card with this finding cannot be made into a graph."""
    return finding.code not in _HARMLESS


def find_sound(cards: Cards, findings: Iterable[Finding]) -> SoundCards | None:
    """Leave out what cannot be made into a graph; None where what is left would not hold together."""
    broken: dict[str, list[Finding]] = defaultdict(list)
    for finding in findings:
        # What the list of withdrawn ids says wrongly is missing from the ledger alone.
        if breaks_assembly(finding) and not finding.file.endswith(".csv"):
            broken[finding.file].append(finding)
    entities = [_without_faults(card, broken.get(card.shown, ())) for card in cards.entities]
    documents = [card for card in cards.documents if card.shown not in broken]
    if not documents or any(card is None for card in entities):
        return None
    whole = replace(
        cards,
        documents=documents,
        entities=[card for card in entities if card is not None],
        judgements=[card for card in cards.judgements if card.shown not in broken],
    )
    return SoundCards(whole, tuple(sorted(broken)))


def _without_faults(card: CardFile, findings: Iterable[Finding]) -> CardFile | None:
    """Strip the entities of a file that have an error; None where one cannot be stripped."""
    lines = {finding.line for finding in findings}
    if not lines:
        return card
    if any(finding.code in _IDS for finding in findings):
        return None
    kept, explained = [], set[int]()
    for entity in mappings_of(card, "entities"):
        faults = lines & set(_lines(entity))
        explained |= faults
        kept.append({key: entity[key] for key in entity if key in _KEPT} if faults else entity)
        if faults & {line for one in _KEPT for line in _lines(entity.get(Text(one)))}:
            return None
    return CardFile(card.path, card.shown, {Text("entities"): kept}) if explained == lines else None


def _lines(tree: Any) -> Iterator[int]:
    """Walk the lines on which the scalars of a tree stand."""
    if isinstance(tree, dict):
        for key, value in tree.items():
            yield key.line
            yield from _lines(value)
    elif isinstance(tree, list):
        for value in tree:
            yield from _lines(value)
    elif isinstance(tree, Text):
        yield tree.line
