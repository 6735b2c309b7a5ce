"""The scales of modes and source grades, as the ontology gives them, for tests that make networks of their own."""

from __future__ import annotations

from pathlib import Path

from kg.claims.grades import Scales, read_scales
from kg.ontology.source import parse_turtle
from kg.rdf.store import Store, fill

__all__ = ["GRADES", "MODES", "SCALES"]


def _read() -> Scales:
    store = Store()
    fill(store, parse_turtle(Path(__file__).parents[2] / "ontology" / "claims.ttl"))
    return read_scales(store)


SCALES = _read()
MODES, GRADES = tuple(SCALES.modes.names), SCALES.grades
