"""Texts that are a name and nothing else, or ask for what bears it: "CATL", "what is CATL", 介绍一下宁德时代."""

from __future__ import annotations

from collections.abc import Iterator

from kg.languages import LANGUAGES
from kg.questions.wordings import SLOT, Wordings
from kg.rdf.labels import label
from kg.rdf.nodes import find_node
from kg.rdf.store import Store
from kg.understanding.atoms import join_keys, split_atoms
from kg.understanding.mentions import Mention, Mentions
from kg.understanding.reading import NamedThing

__all__ = ["ThingReader"]

_THINGS = 5
# A name that was guessed, or is another's as well, is worth less than one of its own.
_WORST_RANK = 3


class ThingReader:
    """Reads of a text what it is the name of."""

    def __init__(self, store: Store, wordings: Wordings) -> None:
        self._store = store
        every = [text for language in LANGUAGES for text in wordings.names.get(language, ())]
        # What stands before and behind the name.
        self._frames = {(_key(before), _key(after)) for before, after in (SLOT.split(text)[::2] for text in every)}
        self._frames.add(("", ""))

    def things(self, mentions: Mentions, language: str) -> list[NamedThing]:
        """Give what a text is the name of, the best first."""
        found = [
            NamedThing(meaning.value, meaning.kind, label(self._store, node, language))
            for mention in self._framed(mentions)
            for meaning in mention.meanings
            if meaning.rank <= _WORST_RANK and (node := find_node(self._store, meaning.value)) is not None
        ]
        return list(dict.fromkeys(found))[:_THINGS]

    def is_whole(self, mentions: Mentions) -> bool:
        """Tell whether a text is a name with nothing beside it."""
        return any(one.span == (0, len(mentions.atoms)) for one in mentions.found)

    def _framed(self, mentions: Mentions) -> Iterator[Mention]:
        atoms = mentions.atoms
        for mention in sorted(mentions.found, key=lambda one: one.first - one.last):
            frame = join_keys(atoms[: mention.first]), join_keys(atoms[mention.last :])
            if frame in self._frames:
                yield mention


def _key(text: str) -> str:
    return join_keys(split_atoms(text))
