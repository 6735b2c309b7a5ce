"""The figures that tables of right answers hold, and whether a reader finds them."""

from __future__ import annotations

import csv
from decimal import Decimal
from pathlib import Path

from kg.ontology.vocabulary import Vocabulary
from kg.reading.printed_facts import find_facts
from kg.reading.source_text import SourceText

Values = set[tuple[Decimal, str]]
# How the tables write units that cards write otherwise; a thing that is counted is a count.
UNITS = {"GWh/yr": "GWh-per-year", "kWh/yr": "kWh-per-year", "%": "percent", "days": "day"}
COUNTED = ("projects", "events", "platforms", "villages")


def by_kg(source: SourceText, vocabulary: Vocabulary) -> Values:
    facts = find_facts(source, vocabulary)
    return {(Decimal(fact.value), fact.unit) for fact in facts if fact.kind == "figure" and fact.value}


def wanted(path: Path) -> list[tuple[Decimal, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["value"]]
    return [
        (Decimal(row["value"]), "count" if row["unit"] in COUNTED else UNITS.get(row["unit"], row["unit"]))
        for row in rows
    ]


def is_found(value: Decimal, unit: str, found: Values) -> bool:
    return (value, unit) in found or (value, unit.removesuffix("-per-year")) in found
