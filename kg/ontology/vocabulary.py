"""The ontology as the code needs it: which properties, classes, concepts and units there are.

Everything here is read from the Turtle modules; adding a kind of plant or a unit needs
no Python. The definitions themselves are for people and stay in `ontology/`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from kg.errors import InputError
from kg.figures import UnitWords
from kg.ontology.model import Property, Term
from kg.ontology.reader import Ontology
from kg.ontology.source import module_files, parse_turtle
from kg.ontology.statements import Statements
from kg.ontology.units import Unit, read_units
from kg.rdf.store import Store
from kg.rdf.vocab import ONTOLOGY, SKOS_HIDDEN_LABEL

__all__ = ["Property", "Vocabulary", "load_vocabulary", "read_vocabulary"]


@dataclass(frozen=True)
class Vocabulary:
    """The ontology, read once."""

    properties: dict[str, Property]
    superclasses: dict[str, frozenset[str]]
    individuals: dict[str, str]
    units: dict[str, Unit] = field(repr=False)
    mode_texts: Mapping[str, tuple[tuple[str, str], ...]] = field(default_factory=dict, repr=False)
    """By mode, in the order of modes, the words that tell it, each with its language."""
    families: frozenset[str] = frozenset()
    """The classes within each of which, but not across, things of one name may be one."""
    events: frozenset[str] = frozenset()
    """The properties that date an event, of which words may tell a last or a first day."""

    def is_a(self, kind: str, kinds: frozenset[str]) -> bool:
        """Tell whether the class `kind` is one of `kinds` or below one of them."""
        return not kinds or bool(kinds & ({kind} | self.superclasses.get(kind, frozenset())))

    @cached_property
    def mode_words(self) -> dict[str, tuple[str, ...]]:
        """By mode the words that tell it, in any language."""
        return {mode: tuple(sorted({text for _, text in texts})) for mode, texts in self.mode_texts.items()}

    def mode_words_in(self, language: str) -> dict[str, tuple[str, ...]]:
        """Give by mode the words of one language: "plant" is a works in English, and in German plans something."""
        return {
            mode: tuple(sorted({text for spoken, text in texts if spoken == language}))
            for mode, texts in self.mode_texts.items()
        }

    @cached_property
    def unit_words(self) -> UnitWords:
        """The words that texts print for units."""
        return UnitWords.of(unit.printed for unit in self.units.values())

    @cached_property
    def enumerated(self) -> frozenset[str]:
        """The classes whose members the ontology itself lists, such as `Status` or `Stage`."""
        direct = set(self.individuals.values())
        return frozenset(direct | {above for name in direct for above in self.superclasses[name]} - {"Concept"})

    def keys_of(self, kind: str) -> Mapping[str, Property]:
        """The properties that may stand on a thing of this class."""
        if kind not in self._keys:
            self._keys[kind] = {name: prop for name, prop in self.properties.items() if self.is_a(kind, prop.domain)}
        return self._keys[kind]

    @cached_property
    def _keys(self) -> dict[str, dict[str, Property]]:
        return {}


def load_vocabulary(folder: Path) -> Vocabulary:
    """Read the ontology modules of a folder."""
    store = Store()
    for path in module_files(folder):
        store.bulk_extend(parse_turtle(path))
    if not len(store):
        raise InputError(f"{folder}: no ontology modules are there; name a folder that holds *.ttl")
    return _vocabulary(Statements(store))


def read_vocabulary(store: Store) -> Vocabulary:
    """Read the ontology that a release carries."""
    return _vocabulary(Statements(store, ONTOLOGY))


def _vocabulary(statements: Statements) -> Vocabulary:
    ontology = Ontology(statements)
    above = ontology.superclasses
    kinds = {name: _kind(term, above) for name, term in ontology.terms.items() if not isinstance(term, Property)}
    individuals = {name: kind for name, kind in kinds.items() if kind and name not in above}
    families, events = (
        frozenset(name for name, value in ontology.annotated(annotation).items() if value == "true")
        for annotation in ("comparedByName", "datesEvent")
    )
    order = ontology.annotated("order")
    ordered = sorted(
        (name for name, kind in individuals.items() if kind == "Mode"), key=lambda name: int(order.get(name, 0))
    )
    modes = {name: ontology.words_of(name, SKOS_HIDDEN_LABEL) for name in ordered}
    return Vocabulary(dict(ontology.properties), above, individuals, read_units(statements), modes, families, events)


def _kind(term: Term, above: Mapping[str, frozenset[str]]) -> str | None:
    """Give the class of an individual; the narrowest one when it has several."""
    found: str | None = None
    for kind in term.kinds:
        if kind in above and (found is None or found in above[kind]):
            found = kind
    return found
