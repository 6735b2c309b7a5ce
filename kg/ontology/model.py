"""What an ontology says, as plain values: its terms and modules. `kg.ontology.reader` reads them.

Terms are named by their local names, foreign ones with a prefix (`xsd:date`). Words are by language.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from kg.rdf.namespaces import PREFIXES

__all__ = ["Class", "Module", "Property", "Term"]

_NOTHING: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Term:
    """A class, a property, a scheme or a concept: on what it stands, what it points to, what is above, and its words.

    An empty domain or range means anything. `by_rule` is set where a rule makes a property's statements; `own_mode` is
    the mode in which what it tells is said unless words tell another. `sort` is "class", "property", "scheme" or
    "concept", `tier` 0 for a term that one starts with, 2 for one that needs others.
    """

    name: str
    domain: frozenset[str] = _NOTHING
    range: frozenset[str] = _NOTHING
    single_valued: bool = False
    by_rule: bool = False
    own_mode: str | None = None
    above: tuple[str, ...] = field(default=(), kw_only=True)
    kinds: tuple[str, ...] = field(default=(), kw_only=True, compare=False)
    sort: str = field(default="concept", kw_only=True, compare=False)
    tier: int = field(default=1, kw_only=True, compare=False)
    labels: Mapping[str, str] = field(default_factory=dict, kw_only=True, compare=False)
    definitions: Mapping[str, str] = field(default_factory=dict, kw_only=True, compare=False)
    notes: Mapping[str, str] = field(default_factory=dict, kw_only=True, compare=False)
    examples: Mapping[str, str] = field(default_factory=dict, kw_only=True, compare=False)


class Class(Term):
    """A class; right above it are the classes that it is below."""


class Property(Term):
    """A property that statements have, with nodes or texts as its values."""

    @cached_property
    def datatype(self) -> str | None:
        """The datatype IRI of its values, or None when they are nodes."""
        for name in self.range:
            prefix, colon, local = name.partition(":")
            if colon and prefix in ("xsd", "rdf"):
                return PREFIXES[prefix] + local
        return None


@dataclass(frozen=True)
class Module:
    """A module of the ontology, by its name, with the words of its header."""

    name: str
    titles: Mapping[str, str]
    descriptions: Mapping[str, str]
