"""Statements that one document makes twice.

A statement counts once for each document that makes it. Made twice on one card it looks better
supported than it is, and the same status with two dates makes two records of one state.
"""

from __future__ import annotations

import json
from typing import Any

from kg.cards.files import Cards, claims_of
from kg.cards.findings import Finding
from kg.cards.yaml_reader import Text

__all__ = ["find_repeats"]

# How a value is printed, and what we note on it, makes no other statement of it.
_INCIDENTAL = frozenset({"verbatim", "note"})


def find_repeats(cards: Cards) -> list[Finding]:
    """Report claims of one card that say the same, and the same status of one thing with two dates."""
    findings = []
    for card in cards.documents:
        first: dict[str, Text] = {}
        for claim in claims_of(card):
            name = claim.get(Text("id"))
            says, kind = claim.get(Text("says")), str(claim.get(Text("rank"), "Normal"))
            if not isinstance(name, Text) or not isinstance(says, dict) or kind == "Deprecated":
                continue
            for key in {_key(says), _status(says)} - {""}:
                other = first.setdefault(key, name)
                if other != name:
                    message = f"{str(name)!r} says what {str(other)!r} says, in line {other.line}"
                    findings.append(
                        Finding(card.shown, name.line, name.column, "repeated-statement", message, "keep one of them")
                    )
    return findings


def _key(says: dict[Text, Any]) -> str:
    return json.dumps(_plain(says), sort_keys=True, ensure_ascii=False)


def _status(says: dict[Text, Any]) -> str:
    """Give the status that a statement tells of a thing, without its date; nothing for any other statement."""
    record = says.get(Text("status"))
    if not isinstance(record, dict):
        return ""
    return _key({**says, Text("status"): {Text("statusValue"): record.get(Text("statusValue"), Text(""))}})


def _plain(tree: Any) -> Any:
    if isinstance(tree, dict):
        return {str(key): _plain(value) for key, value in tree.items() if key not in _INCIDENTAL}
    return [_plain(value) for value in tree] if isinstance(tree, list) else str(tree)
