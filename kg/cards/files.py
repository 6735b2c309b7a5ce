"""The cards in `data/`: reading the folder, or a part of it.

A document card holds one document and its claims; an entity file holds names and ids. Turning cards into quads is
done in `kg.cards.quads`, checking in `kg.checks.structure`.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from kg.cards.findings import Finding, unreadable
from kg.cards.withdrawn import Withdrawal, read_withdrawn
from kg.cards.yaml_reader import Reader, Text
from kg.errors import InputError
from kg.regular_file import read_regular
from kg.values import parse_edtf

__all__ = ["CardFile", "Cards", "claims_of", "neighbourhood", "passages_of", "published_by", "read_cards"]

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
    withdrawn: Mapping[str, Withdrawal] = field(default_factory=dict)


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
            shown = f"{data.name}/{path.relative_to(data).as_posix()}"
            if only is not None and files is cards.documents and path not in only:
                cards.unread |= _scan_ids(path, shown, cards.findings)
                continue
            files.extend(_read_file(path, shown, cards.findings))
    cards.withdrawn = read_withdrawn(data, cards.findings)
    if not cards.documents and not cards.findings:
        raise InputError(f"{data}: it holds no document cards; name a folder with documents/*.yaml")
    return cards


def _scan_ids(path: Path, shown: str, findings: list[Finding]) -> dict[str, str]:
    """Pick the ids of a document and its claims from the lines that mint them, without reading the YAML."""
    try:
        text = read_regular(path).decode("utf-8", errors="replace")
    except OSError as error:
        findings.append(unreadable(shown, error))
        return {}
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


def passages_of(claim: Mapping[Text, Any]) -> list[Text]:
    """Give the words kept of the page that makes a claim."""
    evidence = claim.get(Text("evidence"))
    listed = evidence.get(Text("printed"), []) if isinstance(evidence, dict) else []
    return [one for one in (listed if isinstance(listed, list) else [listed]) if isinstance(one, Text)]


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


def published_by(cards: Cards, day: datetime.date) -> tuple[Cards, list[str]]:
    """Keep the documents published by a day, and name those left out; an undated one may be later, so it is out."""
    kept: list[CardFile] = []
    left_out: list[str] = []
    for card in cards.documents:
        published = card.tree.get(Text("published"))
        span = parse_edtf(published) if isinstance(published, Text) else None
        if span is not None and span.latest <= day:
            kept.append(card)
        else:
            left_out.append(card.slug)
    return replace(cards, documents=kept), left_out
