"""Whether a claim is in the mode in which its property tells, unless words or a note tell another.

The ontology gives each property its own mode: what tells of a plan is planned. That a capacity is only aimed at, or a
party only expected, takes words of the page that say so, which the ontology lists too, or a note on how it says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from kg.cards.files import Cards, claims_of, passages_of
from kg.cards.findings import Finding
from kg.cards.yaml_reader import Text
from kg.ontology.vocabulary import Vocabulary

__all__ = ["check_modes"]

STATED = "Stated"
_HAN = 0x2E80


def check_modes(cards: Cards, vocabulary: Vocabulary) -> list[Finding]:
    """Give a finding for each claim in a mode that neither its property nor its words tell."""
    patterns = {mode: _pattern(words) for mode, words in vocabulary.mode_words.items()}
    return [
        Finding(card.shown, mode.line, mode.column, "mode-not-told", *_message(mode, own))
        for card in cards.documents
        for claim in claims_of(card)
        for mode, own in _strange_mode(claim, vocabulary)
        if not _has_words(claim, patterns.get(str(mode)))
    ]


def _strange_mode(claim: Mapping[Text, Any], vocabulary: Vocabulary) -> Iterator[tuple[Text, str]]:
    """Give the mode of a claim and that of its property, where they differ."""
    says, mode, evidence = (claim.get(Text(key)) for key in ("says", "mode", "evidence"))
    if not isinstance(says, dict) or not isinstance(mode, Text) or mode == STATED:
        return
    # The text of a position is at hand, and our own notes say why.
    if evidence is None or (isinstance(evidence, dict) and "start" in evidence):
        return
    for key in says:
        prop = vocabulary.properties.get(key)
        if prop and prop.own_mode and prop.own_mode != mode:
            yield mode, prop.own_mode


def _has_words(claim: Mapping[Text, Any], pattern: re.Pattern[str] | None) -> bool:
    return "note" in claim or bool(pattern and pattern.search(" ".join(passages_of(claim))))


def _message(mode: str, own: str) -> tuple[str, str]:
    message = f"no words kept tell that it is {mode}, and such a property tells of what is {own}"
    return message, f"write the mode {own}, keep the words that tell the other, or say in a note how the page tells it"


def _pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    """Find the words of a mode: whole ones where a script parts its words."""
    parts = [re.escape(word) if ord(word[0]) >= _HAN else rf"(?<!\w){re.escape(word)}(?!\w)" for word in words]
    return re.compile("|".join(parts) or r"(?!)", re.IGNORECASE)
