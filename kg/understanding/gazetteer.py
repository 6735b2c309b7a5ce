"""The names of a release by their keys: of things and terms, and of the properties of the ontology.

Whole names, and parts of titles that only one thing has; what is spelled otherwise is looked for in the index of names
(`kg.names.index`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from kg.names.index import NameIndex
from kg.names.normalize import normalize
from kg.names.records import Record
from kg.ontology.schema import Schema
from kg.questions.wordings import Wordings
from kg.rdf.namespaces import KG
from kg.understanding.atoms import Atom, join_keys, stem

__all__ = ["PROPERTY", "Bearer", "Gazetteer"]

PROPERTY = "Property"
"""What a property of the ontology is said to be, whatever sort of property it is."""

_LONGEST_LETTERS, _LONGEST_HAN = 9, 28
_RANKS: Mapping[str, int] = {"name": 0, "identifier": 0, "alias": 1}
_SHORTEST_SOUND, _SHORTEST_SHORT, _SHORTEST_PLURAL = 6, 3, 4
_LEAST_WORDS, _LEAST_HAN, _LEAST_SHARE, _LONGEST_TITLE = 2, 4, 0.5, 24
_PART_RANK = 3


class Bearer(NamedTuple):
    """What bears a name: its IRI, its class, and how far the name is its own; the least is the most."""

    entity: str
    kind: str
    rank: int


class Gazetteer:
    """Names by key, for a text to be searched for all of them at once."""

    def __init__(self, names: NameIndex, schema: Schema, called_after: Iterable[str], wordings: Wordings) -> None:
        self._named: dict[str, set[Bearer]] = defaultdict(set)
        self._stemmed: dict[str, set[Bearer]] = defaultdict(set)
        self._sounds: dict[str, set[Bearer]] = defaultdict(set)
        self._parts: dict[str, set[Bearer]] = defaultdict(set)
        after = frozenset(called_after)
        titled = {kind for kind, above in schema.superclasses.items() if {kind, *above} & set(wordings.titled)}
        for record in names.records():
            # What is called after another thing is meant by their common name only where it alone is wanted.
            rank = _RANKS.get(record.known.field, 1) + (2 if record.kind in after else 0)
            self._add(record, Bearer(record.entity, record.kind, rank))
            if record.kind in titled and not record.entity.startswith(KG):
                for part in _parts(record.known.key):
                    self._parts[part].add(Bearer(record.entity, record.kind, _PART_RANK))
        kinds = {record.entity: record.kind for record in names.records() if record.entity.startswith(KG)}
        for name, words in wordings.terms.items():
            for text in (one for each in words.values() for one in each):
                self._add_term(normalize(text), Bearer(KG + name, kinds.get(KG + name, ""), 0))
        for name, term in schema.properties.items():
            for text in (name, *term.labels.values()):
                self._add_term(normalize(text), Bearer(KG + name, PROPERTY, 0))

    def _add(self, record: Record, bearer: Bearer) -> None:
        known = record.known
        self._named[known.key].add(bearer)
        if len(known.short) >= _SHORTEST_SHORT and known.short != known.key:
            self._named[known.short].add(bearer._replace(rank=bearer.rank + 2))
        if len(known.joined) >= _SHORTEST_SOUND:
            self._sounds[known.joined].add(bearer)
        if record.entity.startswith(KG):
            self._add_term(known.key, bearer)

    def _add_term(self, key: str, bearer: Bearer) -> None:
        """Terms are common words, which people bend."""
        self._named[key].add(bearer)
        self._stemmed[stem(key)].add(bearer)

    def spans(self, atoms: Sequence[Atom]) -> dict[tuple[int, int], tuple[Bearer, ...]]:
        """Give every span of atoms that is a name, with its bearers."""
        found = {}
        for first in range(len(atoms)):
            last = first
            letters = 0
            while last < len(atoms) and last - first < _LONGEST_HAN and letters < _LONGEST_LETTERS:
                letters += not atoms[last].is_han
                last += 1
                bearers = self._bearers(atoms[first:last])
                if bearers:
                    found[first, last] = bearers
        return found

    def _bearers(self, atoms: Sequence[Atom]) -> tuple[Bearer, ...]:
        key = join_keys(atoms)
        bearers = self._named.get(key) or self._stemmed.get(join_keys(atoms, stemmed=True))
        if bearers is None and not atoms[-1].is_han and key.endswith("s") and len(key) >= _SHORTEST_PLURAL:
            bearers = self._named.get(key[:-1])
        if bearers is None and not any(atom.is_han for atom in atoms):
            bearers = self._sounds.get(key.replace(" ", ""))
        if bearers is None:
            part = self._parts.get(key, set())
            bearers = part if len(part) == 1 else None
        return tuple(sorted(bearers, key=lambda one: (one.rank, one.entity))) if bearers else ()


def _parts(key: str) -> Iterator[str]:
    """Give the parts of a title that are at least half of it, in whole words."""
    words = key.split() if key.isascii() else list(key)
    if not _LEAST_WORDS < len(words) <= _LONGEST_TITLE:
        return
    least = max(_LEAST_WORDS if key.isascii() else _LEAST_HAN, int(_LEAST_SHARE * len(words) + 0.5))
    for width in range(least, len(words)):
        for first in range(len(words) - width + 1):
            yield (" " if key.isascii() else "").join(words[first : first + width]).strip()
