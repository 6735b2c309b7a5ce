"""Whether a claim says what its id says: of the same subject, by the same property, with the same value.

An id such as `claim/<document>/<subject>-<property>-<value>` is minted with its claim and stays as it is. A claim of
which one part became another, by a slip or on purpose, is another claim; an id of its own keeps the two apart. Ids
of other forms are names without a meaning, and a claim at a position is held to its text.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from kg.cards.files import CardFile, Cards, claims_of
from kg.cards.findings import Finding
from kg.cards.yaml_reader import Text
from kg.checks.ids import mappings_of
from kg.ontology.vocabulary import Vocabulary
from kg.rdf.namespaces import kind_of

__all__ = ["check_claim_ids"]

_CAPITAL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
# A second claim of the same kind is told apart at the end.
_NUMBER = re.compile(r"-(\d+|again|a-\w+-time)$")


@dataclass(frozen=True)
class _Names:
    """What ids may name: entities by the words of their ids, and properties and concepts as ids write them."""

    entities: Mapping[str, frozenset[str]]
    properties: Mapping[str, str]
    concepts: Mapping[str, str]
    kinds: Mapping[str, str]

    def other(self, phrase: str, texts: Collection[str]) -> bool:
        """Tell whether a phrase names entities, and of the kinds that are told it names others."""
        named = self.entities.get(phrase, frozenset())
        return named.isdisjoint(texts) and not {kind_of(name) for name in named}.isdisjoint(map(kind_of, texts))


def check_claim_ids(cards: Cards, vocabulary: Vocabulary) -> list[Finding]:
    """Give a finding for each claim whose id names another subject, property or value than it has."""
    names = _Names(
        _entities(cards),
        {_kebab(name): name for name in vocabulary.properties},
        {_kebab(name): name for name in vocabulary.individuals},
        vocabulary.individuals,
    )
    return [finding for card in cards.documents for claim in claims_of(card) for finding in _check(card, claim, names)]


def _check(card: CardFile, claim: dict[Text, Any], names: _Names) -> Iterator[Finding]:
    name, says, evidence = (claim.get(Text(key)) for key in ("id", "says", "evidence"))
    if not isinstance(name, Text) or not isinstance(says, dict) or (isinstance(evidence, dict) and "start" in evidence):
        return
    subject, keys = says.get(Text("id")), [key for key in says if key != "id"]
    if len(keys) != 1 or str(subject).startswith("document/"):
        return
    other, own = _disagreement(name.rpartition("/")[2], str(subject), keys[0], says[keys[0]], names)
    if other:
        message = f"the id tells of {other}, the claim of {own}"
        fix = "mend the claim; if it is to be another, withdraw the id and mint one that names what it says"
        yield Finding(card.shown, name.line, name.column, "id-of-another-claim", message, fix)


def _disagreement(name: str, subject: str, key: str, value: Any, names: _Names) -> tuple[str, str]:
    """Tell what an id names and the claim does not, and what the claim has there; nothing where they agree."""
    start, end = _span(name, _kebab(key))
    if start < 0:
        return _other_property(name, key, names)
    before, after = name[:start].strip("-"), name[end:].strip("-")
    if names.other(before, [subject]):
        return repr(before), repr(subject)
    if not after:
        return "", ""
    texts = [str(one) for one in (value.values() if isinstance(value, dict) else [value]) if isinstance(one, Text)]
    for phrase in (after, _NUMBER.sub("", after)):
        if concept := names.concepts.get(phrase):
            alike = [one for one in texts if names.kinds.get(one) == names.kinds[concept]]
            return (repr(concept), repr(alike[0])) if alike and concept not in alike else ("", "")
        if phrase in names.entities:
            ids = [one for one in texts if "/" in one]
            return (repr(phrase), repr(ids[0])) if names.other(phrase, ids) else ("", "")
    return "", ""


def _other_property(name: str, key: str, names: _Names) -> tuple[str, str]:
    """Tell the property that an id names when it does not name that of the claim; one that ends alike is no other."""
    found = [phrase for phrase in names.properties if "-" in phrase and _span(name, phrase)[0] > 0]
    longest = max(found, key=len, default="")
    if not longest or _kebab(key).endswith(longest):
        return "", ""
    return names.properties[longest], str(key)


def _span(name: str, phrase: str) -> tuple[int, int]:
    """Find the last place where a phrase stands in an id as words of its own."""
    start = f"-{name}-".rfind(f"-{phrase}-")
    return (start, start + len(phrase)) if start >= 0 else (-1, -1)


def _entities(cards: Cards) -> dict[str, frozenset[str]]:
    """Gather the entities that ids name by the words of their own ids, or of those that they replace."""
    named: dict[str, set[str]] = defaultdict(set)
    for card in cards.entities:
        for entity in mappings_of(card, "entities"):
            name, replaced = str(entity.get(Text("id"), "")), entity.get(Text("replaces"), [])
            for one in (name, *(replaced if isinstance(replaced, list) else [replaced])):
                named[str(one).partition("/")[2].replace("/", "-")].add(name)
    return {words: frozenset(names) for words, names in named.items() if words}


def _kebab(name: str) -> str:
    """Write a local name as ids do.

    >>> _kebab("plannedCapacity")
    'planned-capacity'
    """
    return _CAPITAL.sub("-", name).lower()
