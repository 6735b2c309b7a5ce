"""Likely duplicates: things of one kind whose names say that they may be the same, with no judgement on record.

Sameness is never decided here. A pair is a finding until `data/judgements` says same,
different or unsure, with a reason. Names are compared by their search keys, without legal
forms, and by the sound of Chinese names; a place must not tell the two apart.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import combinations
from typing import Any

from kg.cards.files import Cards
from kg.cards.findings import Finding
from kg.cards.yaml_reader import Text
from kg.names.legal_forms import without_legal_form
from kg.names.normalize import letters, normalize
from kg.names.pinyin import pinyin_keys
from kg.ontology.vocabulary import Vocabulary

__all__ = ["check_duplicates"]

# A group of so many equal names (a plant of "phase one" each) says nothing about sameness.
_MOST_NAMESAKES = 12
# Shorter sounds, such as "li ming", are shared by chance.
_SHORTEST_SOUND = 6


def check_duplicates(cards: Cards, vocabulary: Vocabulary) -> list[Finding]:
    """Give a finding for every pair of entities that may be one and has no judgement."""
    entities = list(_entities(cards))
    judged = {frozenset(pair) for pair in _judged(cards)}
    groups: dict[tuple[str, str], set[int]] = defaultdict(set)
    for number, (_, entity) in enumerate(entities):
        family = _family(str(entity.get(Text("type"), "")), vocabulary)
        for name in _keys(entity) if family else ():
            groups[family, name].add(number)
    pairs = {
        pair for group in groups.values() if len(group) <= _MOST_NAMESAKES for pair in combinations(sorted(group), 2)
    }
    findings = []
    for left, right in sorted(pairs):
        (_, one), (file, other) = entities[left], entities[right]
        first, place = one.get(Text("id")), other.get(Text("id"))
        if isinstance(first, Text) and isinstance(place, Text) and frozenset((first, place)) not in judged:
            message = f"{str(place)!r} bears the same name as {str(first)!r}"
            fix = "record in data/judgements whether they are the same, different, or unsure, and why"
            findings.append(Finding(file, place.line, place.column, "likely-duplicate", message, fix))
    return findings


def _entities(cards: Cards) -> Iterator[tuple[str, dict[Text, Any]]]:
    for card in cards.entities:
        listed = card.tree.get(Text("entities"), [])
        yield from ((card.shown, entity) for entity in listed if isinstance(entity, dict))


def _judged(cards: Cards) -> Iterator[tuple[str, str]]:
    for card in cards.judgements:
        listed = card.tree.get(Text("judgements"), [])
        for judgement in listed if isinstance(listed, list) else []:
            if isinstance(judgement, dict):
                yield str(judgement.get(Text("leftEntity"))), str(judgement.get(Text("rightEntity")))


def _family(kind: str, vocabulary: Vocabulary) -> str:
    """Give the class within which things of a kind are compared: things of two are never one, whatever their names."""
    above = {kind} | vocabulary.superclasses.get(kind, frozenset())
    return min(vocabulary.families & above, default="")


def _keys(entity: dict[Text, Any]) -> Iterator[str]:
    """Give the forms under which a name counts as the same name."""
    for text in _names(entity):
        whole = normalize(text)
        bare = without_legal_form(whole)
        yield from (form for form in {whole, bare} if len(form) > 1)
        sound = pinyin_keys(bare)[0] or letters(bare)
        if len(sound) >= _SHORTEST_SOUND:
            yield f"sound {sound}"


def _names(entity: dict[Text, Any]) -> Iterable[str]:
    for field in ("name", "alias"):
        texts = entity.get(Text(field))
        for text in texts.values() if isinstance(texts, dict) else ():
            yield from (item for item in (text if isinstance(text, list) else [text]) if isinstance(item, Text))
