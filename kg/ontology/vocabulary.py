"""The ontology as the code needs it: which properties, classes, concepts and units there are.

Everything here is read from the Turtle modules; adding a kind of plant or a unit needs
no Python. The definitions themselves are for people and stay in `ontology/`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from pathlib import Path

from kg.errors import InputError
from kg.figures import PrintedUnit, UnitWords
from kg.ontology.source import module_files, parse_turtle
from kg.rdf import NamedNode
from kg.rdf.namespaces import KG, PREFIXES
from kg.rdf.store import Store, facts
from kg.rdf.vocab import (
    OWL_CLASS,
    OWL_DATATYPE_PROPERTY,
    OWL_OBJECT_PROPERTY,
    RDF_TYPE,
    RDFS_LABEL,
    RDFS_RESOURCE,
    RDFS_SUB_CLASS_OF,
    SCHEMA_DOMAIN_INCLUDES,
    SCHEMA_RANGE_INCLUDES,
    SKOS_ALT_LABEL,
    SKOS_HIDDEN_LABEL,
    kg,
)

__all__ = ["Property", "Unit", "Vocabulary", "load_vocabulary", "read_vocabulary"]

_PROPERTY_KINDS = (OWL_OBJECT_PROPERTY, OWL_DATATYPE_PROPERTY)
_ANYTHING = RDFS_RESOURCE.value


@dataclass(frozen=True)
class Property:
    """A property of the ontology: on what it stands, what it points to, and whether one value wins.

    `domain` and `range` are local names of classes, or `xsd:…` for datatypes; empty means anything. `own_mode` is
    the mode in which what it tells is said unless words tell another, or None.
    """

    name: str
    domain: frozenset[str]
    range: frozenset[str]
    single_valued: bool
    by_rule: bool
    own_mode: str | None = None

    @cached_property
    def datatype(self) -> str | None:
        """The datatype IRI of its values, or None when they are nodes."""
        for name in self.range:
            prefix, colon, local = name.partition(":")
            if colon and prefix in ("xsd", "rdf"):
                return PREFIXES[prefix] + local
        return None


@dataclass(frozen=True)
class Unit:
    """A unit: how cards write it, what it is compared in, the exact ratio between the two, and how texts print it."""

    key: str
    iri: str
    comparison: str
    factor: Fraction
    printed: PrintedUnit
    kind: str | None = None


@dataclass(frozen=True)
class Vocabulary:
    """The ontology, read once."""

    properties: dict[str, Property]
    superclasses: dict[str, frozenset[str]]
    individuals: dict[str, str]
    units: dict[str, Unit] = field(repr=False)
    mode_words: Mapping[str, tuple[str, ...]] = field(default_factory=dict, repr=False)

    def is_a(self, kind: str, kinds: frozenset[str]) -> bool:
        """Tell whether the class `kind` is one of `kinds` or below one of them."""
        return not kinds or bool(kinds & ({kind} | self.superclasses.get(kind, frozenset())))

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
    return read_vocabulary(store)


def read_vocabulary(store: Store) -> Vocabulary:
    """Read the ontology out of a store that holds it: of its modules alone, or of a release."""
    superclasses = _superclasses(store)
    properties = {name: _property(store, name) for name in _locals(store, *_PROPERTY_KINDS)}
    individuals = {name: kind for name, kind in _individuals(store, superclasses).items() if name not in properties}
    modes = {name: _words(store, kg(name), SKOS_HIDDEN_LABEL) for name, kind in individuals.items() if kind == "Mode"}
    return Vocabulary(properties, superclasses, individuals, _units(store), modes)


def _local(term: object) -> str | None:
    if isinstance(term, NamedNode):
        if term.value.startswith(KG):
            return term.value.removeprefix(KG)
        for prefix in ("xsd", "rdf"):
            if term.value.startswith(PREFIXES[prefix]):
                return f"{prefix}:{term.value.removeprefix(PREFIXES[prefix])}"
    return None


def _locals(store: Store, *kinds: NamedNode) -> list[str]:
    subjects = (quad.subject for kind in kinds for quad in store.quads_for_pattern(None, RDF_TYPE, kind, None))
    return sorted({name for name in map(_local, subjects) if name})


def _values(store: Store, name: str, predicate: NamedNode) -> frozenset[str]:
    terms = [quad.object for quad in store.quads_for_pattern(kg(name), predicate, None, None)]
    if any(isinstance(term, NamedNode) and term.value == _ANYTHING for term in terms):
        return frozenset()
    return frozenset(name for name in map(_local, terms) if name)


def _property(store: Store, name: str) -> Property:
    kinds = {_local(quad.object) for quad in store.quads_for_pattern(kg(name), RDF_TYPE, None, None)}
    by_rule = any(store.quads_for_pattern(kg(name), kg("derivedByRule"), None, None))
    return Property(
        name,
        _values(store, name, SCHEMA_DOMAIN_INCLUDES),
        _values(store, name, SCHEMA_RANGE_INCLUDES),
        "SingleValuedProperty" in kinds,
        by_rule,
        next(iter(_values(store, name, kg("ownMode"))), None),
    )


def _superclasses(store: Store) -> dict[str, frozenset[str]]:
    direct = {name: _values(store, name, RDFS_SUB_CLASS_OF) for name in _locals(store, OWL_CLASS)}
    closed: dict[str, frozenset[str]] = {}
    for name, parents in direct.items():
        found: set[str] = set()
        waiting = list(parents)
        while waiting:
            parent = waiting.pop()
            if parent not in found:
                found.add(parent)
                waiting.extend(direct.get(parent, ()))
        closed[name] = frozenset(found)
    return closed


def _individuals(store: Store, classes: dict[str, frozenset[str]]) -> dict[str, str]:
    """Map each individual of the kg: namespace to its class; the narrowest one when it has several."""
    found: dict[str, str] = {}
    for name, above in classes.items():
        for quad in store.quads_for_pattern(None, RDF_TYPE, kg(name), None):
            individual = _local(quad.subject)
            if individual and individual not in classes and (individual not in found or found[individual] in above):
                found[individual] = name
    return dict(sorted(found.items()))


# What a unit's kind says of how texts print its figures: things are counted whole, areas, masses and sums
# of money run into thousands, and the word for money may stand before the number.
_WHOLE_KINDS = frozenset(
    f"{name}Kind" for name in ("Count", "People", "Vehicle", "Ship", "Station", "TEU", "CountPerTime")
)
_LARGE_KINDS = frozenset(
    f"{name}Kind" for name in ("Area", "AreaPerYear", "Mass", "MassPerTime", "Money", "MoneyPerYear", "Emission")
)
_LEADING_KINDS = frozenset({"MoneyKind"})


def _units(store: Store) -> dict[str, Unit]:
    nodes = {fact.subject: fact.object.value for fact in facts(store, None, kg("cardKey"))}
    keys = {node.value: key for node, key in nodes.items()}
    units = {}
    for node, key in nodes.items():
        known = {local: fact.object for fact in facts(store, node) if (local := _local(fact.predicate))}
        numerator, denominator = (Fraction(known[name].value) for name in ("factorNumerator", "factorDenominator"))
        kind = _local(known.get("unitKind"))
        printed = PrintedUnit(
            key,
            _words(store, node, RDFS_LABEL, SKOS_ALT_LABEL),
            _words(store, node, kg("sharedLabel")),
            keys.get(known["rateOf"].value) if "rateOf" in known else None,
            keys.get(known["perUnit"].value) if "perUnit" in known else None,
            leads=kind in _LEADING_KINDS,
            optional="wordOptional" in known and known["wordOptional"].value == "true",
            whole=kind in _WHOLE_KINDS,
            large=kind in _LARGE_KINDS,
        )
        units[key] = Unit(key, node.value, known["comparisonUnit"].value, numerator / denominator, printed, kind)
    return dict(sorted(units.items()))


def _words(store: Store, unit: NamedNode, *predicates: NamedNode) -> tuple[str, ...]:
    return tuple(sorted({fact.object.value for predicate in predicates for fact in facts(store, unit, predicate)}))
