"""The ontology as the code needs it: terms for checks, classes and properties with their words, the JSON-LD context.

What the ontology lists is read from it here and is no list in Python. `vocabulary` and `context` read the source
files, `schema` and `glossary` what a release carries. It knows no card and no claim.
"""

from __future__ import annotations

__all__: list[str] = []
