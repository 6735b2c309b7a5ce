"""Things that are one by what they are, whatever they are called: goods, agreements and deliveries told twice.

Names tell companies and places apart, but not these: a product is the same under other words in another order, an
agreement under another title, a delivery in another row of a table. A pair is a finding until `data/judgements` says
same, different or unsure, as in `kg.checks.duplicates`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Hashable, Iterator, Mapping
from itertools import combinations, product
from typing import Any

from kg.cards.files import Cards, claims_of
from kg.cards.findings import Finding
from kg.cards.yaml_reader import Text
from kg.checks.ids import mappings_of
from kg.names.normalize import normalize
from kg.ontology.vocabulary import Vocabulary

__all__ = ["check_twins", "good_words"]

_CAPITAL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
# They say nothing of what a good is.
_FILLERS = frozenset({"a", "an", "and", "by", "for", "from", "in", "of", "own", "product", "the", "to"})
_SPELLINGS = {"sulfate": "sulphate", "sulfur": "sulphur", "fertilizer": "fertiliser", "aluminum": "aluminium"}
# A day is written in full; two agreements of one year are not one.
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
# Where both state one of these and state it otherwise, they are two.
_DISTINCTIVE = ("volume", "period", "contractValue")

_Facts = Mapping[str, Mapping[str, set[str]]]


def check_twins(cards: Cards, vocabulary: Vocabulary) -> list[Finding]:
    """Give a finding for every pair of goods, agreements or deliveries that may be one and has no judgement."""
    places = {
        str(entity.get(Text("id"))): (card.shown, entity)
        for card in cards.entities
        for entity in mappings_of(card, "entities")
    }
    judged = {
        frozenset((str(one.get(Text("leftEntity"))), str(one.get(Text("rightEntity")))))
        for card in cards.judgements
        for one in mappings_of(card, "judgements")
    }
    statements = _facts(cards)
    deliveries = _pairs(_deliveries(statements), "has supplier, customer and product of")
    found = [
        *_pairs(_goods(places, vocabulary), "is called by the same words as"),
        *_pairs(_agreements(statements), "was made by the same parties on the same day as"),
        *(pair for pair in deliveries if _alike(statements, *pair[:2])),
    ]
    findings = []
    for one, other, how in sorted(set(found)):
        at = next((name for name in (other, one) if name in places), None)
        if at is None or frozenset((one, other)) in judged:
            continue
        (file, entity), left = places[at], one if at == other else other
        place = entity[Text("id")]
        fix = "record in data/judgements whether they are the same, different, or unsure, and why"
        message = f"{at!r} {how} {left!r}"
        findings.append(Finding(file, place.line, place.column, "likely-duplicate", message, fix))
    return findings


def good_words(text: str) -> frozenset[str]:
    """Give the words by which a good is known, whatever their order, number or spelling.

    >>> sorted(good_words("Recycled sulfates of nickel")), sorted(good_words("LithiumSalt"))
    (['nickel', 'recycled', 'sulphate'], ['lithium', 'salt'])
    """
    words = [word.removesuffix("s") if len(word) > 3 else word for word in normalize(_CAPITAL.sub(" ", text)).split()]
    return frozenset(_SPELLINGS.get(word, word) for word in words if word not in _FILLERS)


def _pairs(groups: Mapping[Hashable, set[str]], how: str) -> Iterator[tuple[str, str, str]]:
    for group in groups.values():
        yield from ((one, other, how) for one, other in combinations(sorted(group), 2))


def _goods(places: Mapping[str, tuple[str, dict[Text, Any]]], vocabulary: Vocabulary) -> dict[Hashable, set[str]]:
    """Group goods by their words; a good that documents name may be one of the ontology's."""
    groups: dict[Hashable, set[str]] = defaultdict(set)
    for name, kind in vocabulary.individuals.items():
        if kind == "Product":
            groups[good_words(name)].add(f"kg:{name}")
    for name, (_, entity) in places.items():
        if entity.get(Text("type")) == "Product":
            for text in _texts(entity):
                groups[good_words(text)].add(name)
    return groups


def _texts(entity: Mapping[Text, Any]) -> Iterator[str]:
    for field in ("name", "alias"):
        texts = entity.get(Text(field))
        for text in texts.values() if isinstance(texts, dict) else ():
            yield from map(str, text if isinstance(text, list) else [text])


def _facts(cards: Cards) -> dict[str, dict[str, set[str]]]:
    """Gather what claims say of agreements and deliveries, as far as it tells which one it is."""
    statements: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for card in cards.documents:
        for claim in claims_of(card):
            says = claim.get(Text("says"))
            if isinstance(says, dict):
                facts = statements[str(says.get(Text("id")))]
                for key, value in says.items():
                    facts[str(key)].add(_identity(value))
    return statements


def _identity(value: Any) -> str:
    if not isinstance(value, dict):
        return str(value)
    for key in ("partyOrganisation", "edtf"):
        if key in value:
            return str(value[Text(key)])
    return " ".join(str(value.get(Text(key), "")) for key in ("value", "unit"))


def _agreements(statements: _Facts) -> dict[Hashable, set[str]]:
    groups: dict[Hashable, set[str]] = defaultdict(set)
    for name, facts in statements.items():
        parties = frozenset(facts.get("party", ()))
        for day in facts.get("signedOn", ()) if len(parties) > 1 else ():
            if _DAY.fullmatch(day):
                groups[parties, day].add(name)
    return groups


def _deliveries(statements: _Facts) -> dict[Hashable, set[str]]:
    groups: dict[Hashable, set[str]] = defaultdict(set)
    for name, facts in statements.items():
        for ends in product(facts.get("supplier", ()), facts.get("customer", ()), facts.get("product", ())):
            groups[ends].add(name)
    return groups


def _alike(statements: _Facts, one: str, other: str) -> bool:
    """Tell whether nothing that both state tells two deliveries apart."""
    stated = ((statements[one].get(key, set()), statements[other].get(key, set())) for key in _DISTINCTIVE)
    return not any(left and right and not left & right for left, right in stated)
