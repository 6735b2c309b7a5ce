"""The units of the ontology: how cards write them, how they convert, and how texts print them.

Apart from the other terms, since only who reads cards needs them, and with them the reader of printed figures.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from kg.figures import PrintedUnit
from kg.ontology.statements import Statements, local_name
from kg.rdf.store import Node
from kg.rdf.vocab import kg

__all__ = ["Unit", "read_units"]


@dataclass(frozen=True)
class Unit:
    """A unit: how cards write it, what it is compared in, the exact ratio between the two, and how texts print it."""

    key: str
    iri: str
    comparison: str
    factor: Fraction
    printed: PrintedUnit
    kind: str | None = None


def read_units(statements: Statements) -> dict[str, Unit]:
    """Read the units that cards can use, by their keys."""
    keys = dict(statements.pairs(kg("cardKey")))
    return {key: _unit(statements, iri, keys) for iri, key in sorted(keys.items(), key=lambda item: item[1])}


def _unit(statements: Statements, iri: str, keys: Mapping[str, str]) -> Unit:
    about = statements.about(iri)
    known = {name: nodes[0].value for name, nodes in about.items()}
    kind = known.get("unitKind")
    printing = _true_of(statements.about(kind)) if kind else set()
    printed = PrintedUnit(
        keys[iri],
        _texts(about, "rdfs:label", "skos:altLabel"),
        _texts(about, "sharedLabel"),
        keys.get(known.get("rateOf", "")),
        keys.get(known.get("perUnit", "")),
        leads="wordLeads" in printing,
        optional="wordOptional" in _true_of(about),
        whole="countedWhole" in printing,
        large="runsLarge" in printing,
    )
    factor = Fraction(known["factorNumerator"]) / Fraction(known["factorDenominator"])
    return Unit(keys[iri], iri, known["comparisonUnit"], factor, printed, kind and local_name(kind))


def _true_of(about: dict[str, list[Node]]) -> set[str]:
    """Name what is said to be so."""
    return {name for name, nodes in about.items() if nodes[0].value == "true"}


def _texts(about: dict[str, list[Node]], *predicates: str) -> tuple[str, ...]:
    return tuple(sorted({node.value for predicate in predicates for node in about.get(predicate, ())}))
