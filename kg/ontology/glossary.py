"""The ontology as people read it: its modules, and in each the terms with label, definition and example.

Terms stand in the order of their names, those that one starts with first. What a programme needs of the ontology is
in `kg.ontology.schema`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from kg.ontology.model import Module, Term
from kg.ontology.reader import Ontology
from kg.ontology.statements import Statements
from kg.rdf.store import Store
from kg.rdf.vocab import ONTOLOGY

__all__ = ["Chapter", "read_glossary"]

_ORDER = ("class", "property", "scheme", "concept")


@dataclass(frozen=True)
class Chapter(Module):
    """A module with its terms; terms that name no module stand in one called "elsewhere"."""

    terms: tuple[Term, ...]

    def to_dict(self) -> dict[str, Any]:
        """Give the module as plain values, its terms linked by short ids."""
        words = {"titles": dict(self.titles), "descriptions": dict(self.descriptions)}
        return {"name": self.name, **words, "terms": [_plain(term) for term in self.terms]}


def read_glossary(store: Store) -> list[Chapter]:
    """Read every term of the `kg:` namespace from a release's graph of the ontology."""
    ontology = Ontology(Statements(store, ONTOLOGY))
    terms: dict[str, list[Term]] = {}
    for term in sorted(ontology.terms.values(), key=_place):
        terms.setdefault(ontology.module_of(term.name), []).append(term)
    return [
        Chapter(module.name, module.titles, module.descriptions, tuple(terms[iri]))
        for iri, module in ontology.modules.items()
    ]


def _place(term: Term) -> tuple[int, int, str]:
    return _ORDER.index(term.sort), term.tier, term.name.casefold()


def _plain(term: Term) -> dict[str, Any]:
    # A property says on what it stands and what it points to: where the reader has none, that is anything.
    anything = ("rdfs:Resource",) if term.sort == "property" else ()
    return {
        "name": term.name,
        "sort": term.sort,
        **{name: dict(getattr(term, name)) for name in ("labels", "definitions", "examples", "notes")},
        "above": _ids(term.above),
        "domain": _ids(term.domain or anything),
        "range": _ids(term.range or anything),
        "kinds": _ids(term.kinds),
        "tier": term.tier,
    }


def _ids(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(name if ":" in name else f"kg:{name}" for name in names))
