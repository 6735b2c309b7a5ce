"""The ontology as the code needs it: terms for checks, classes and properties with their words, the JSON-LD context.

What the ontology lists is read from it here and is no list in Python. `vocabulary` and `context` read the source
files, `schema` and `glossary` what a release carries. It knows no card and no claim.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.lazy import load_from

if TYPE_CHECKING:
    from kg.ontology.context import build_context
    from kg.ontology.glossary import read_glossary
    from kg.ontology.reader import Ontology
    from kg.ontology.schema import Schema, read_annotation, read_schema
    from kg.ontology.vocabulary import Vocabulary, load_vocabulary, read_vocabulary

__all__ = [
    "Ontology",
    "Schema",
    "Vocabulary",
    "build_context",
    "load_vocabulary",
    "read_annotation",
    "read_glossary",
    "read_schema",
    "read_vocabulary",
]

__getattr__ = load_from(
    __name__,
    context="build_context",
    glossary="read_glossary",
    reader="Ontology",
    schema="Schema read_annotation read_schema",
    vocabulary="Vocabulary load_vocabulary read_vocabulary",
)
