"""Where an id belongs: a file of the data folder follows from the ids in it, so that nobody has to guess.

An entity stands in `entities/KIND.yaml`, or, where its kind has a folder, in `entities/KIND/LETTER.yaml`; a judgement
in `judgements/KIND.yaml`, after the kind of its left entity.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from kg.cards.files import CardFile, Cards
from kg.cards.findings import Finding
from kg.cards.yaml_reader import Text
from kg.checks.ids import mappings_of
from kg.rdf.namespaces import is_slug_path, kind_of

__all__ = ["find_misplaced"]

# A file above it is no longer read by a person: its kind gets a folder, with a file for each first letter.
_MAX_LINES = 2000


def find_misplaced(cards: Cards) -> Iterator[Finding]:
    """Give a finding for every entity and judgement that stands in another file than its own."""
    folders = {card.path.parent.name for card in cards.entities if "/entities/" in card.shown}
    for card in cards.entities:
        _, inside, file = card.shown.partition("/entities/")
        named = [entity.get(Text("id")) for entity in mappings_of(card, "entities")] if inside else []
        for name in named:
            if isinstance(name, Text) and is_slug_path(name):
                yield from _misplaced(card, name, file, _file_of(name, folders))
        last = max((name.line for name in named if isinstance(name, Text)), default=0)
        if last > _MAX_LINES:
            message = f"the file has an entity below line {_MAX_LINES:,}"
            fix = f"make a folder {file.removesuffix('.yaml')}/ of it, with a file for each first letter of the slugs"
            yield Finding(card.shown, last, 1, "misplaced-id", message, fix)
    for card in cards.judgements:
        _, inside, file = card.shown.partition("/judgements/")
        for judgement in mappings_of(card, "judgements") if inside else ():
            name, left = judgement.get(Text("id")), judgement.get(Text("leftEntity"))
            if isinstance(name, Text) and isinstance(left, Text):
                yield from _misplaced(card, name, file, f"{kind_of(left)}.yaml")


def _file_of(name: Text, folders: Collection[str]) -> str:
    kind, _, slug = name.partition("/")
    if kind not in folders:
        return f"{kind}.yaml"
    return f"{kind}/{slug[0] if slug[0].isalpha() else '0-9'}.yaml"


def _misplaced(card: CardFile, name: Text, file: str, right: str) -> Iterator[Finding]:
    if file != right:
        folder = card.shown.removesuffix(file)
        message = f"{str(name)!r} stands in {file}"
        yield Finding(card.shown, name.line, name.column, "misplaced-id", message, f"move it to {folder}{right}")
