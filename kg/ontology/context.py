"""The JSON-LD context of the cards, written from the ontology so that the two cannot drift.

`python -m kg.ontology.context` prints it; `ontology/context.jsonld` is its stored output, and a
test holds the two equal. Reading cards with it is the work of a JSON-LD processor.
"""

from __future__ import annotations

import json
import sys
from typing import Any

from kg.ontology.model import Property
from kg.ontology.vocabulary import Vocabulary, load_vocabulary
from kg.rdf.namespaces import BASE, KG
from kg.rdf.vocab import (
    DCTERMS_REPLACES,
    RDF_LANG_STRING,
    RDFS_LABEL,
    SKOS_ALT_LABEL,
    SKOS_CLOSE_MATCH,
    SKOS_EXACT_MATCH,
    SKOS_NOTATION,
    XSD_STRING,
)
from kg.settings import Settings

__all__ = ["build_context", "write_context"]

# Keys that cards use besides the ontology's own terms.
_BORROWED: dict[str, Any] = {
    "id": "@id",
    "type": "@type",
    "says": "@graph",
    "name": {"@id": RDFS_LABEL.value, "@container": "@language"},
    "alias": {"@id": SKOS_ALT_LABEL.value, "@container": "@language"},
    "notation": {"@id": SKOS_NOTATION.value},
    "exactMatch": {"@id": SKOS_EXACT_MATCH.value, "@type": "@id"},
    "closeMatch": {"@id": SKOS_CLOSE_MATCH.value, "@type": "@id"},
    "replaces": {"@id": DCTERMS_REPLACES.value, "@type": "@id"},
    "claims": {"@id": KG + "makesClaim", "@type": "@id"},
}


def build_context(vocabulary: Vocabulary) -> dict[str, Any]:
    """Give the context document: how each key of a card becomes an IRI and a typed value."""
    terms: dict[str, Any] = {"@version": 1.1, "@base": BASE, "@vocab": KG}
    terms |= _BORROWED
    terms |= {unit.key: unit.iri for unit in vocabulary.units.values()}
    for name, prop in sorted(vocabulary.properties.items()):
        if name not in terms:
            terms[name] = _term(vocabulary, prop)
    return {"@context": terms}


def _term(vocabulary: Vocabulary, prop: Property) -> dict[str, str]:
    term = {"@id": KG + prop.name}
    if prop.datatype == RDF_LANG_STRING.value:
        term["@container"] = "@language"
    elif prop.datatype == XSD_STRING.value:
        pass
    elif prop.datatype:
        term["@type"] = prop.datatype
    elif prop.range and all(name in vocabulary.enumerated or name == "Unit" for name in prop.range):
        term["@type"] = "@vocab"
    else:
        term["@type"] = "@id"
    return term


def write_context(vocabulary: Vocabulary) -> str:
    """Give the context as the text of `ontology/context.jsonld`."""
    return json.dumps(build_context(vocabulary), ensure_ascii=False, indent=2) + "\n"


if __name__ == "__main__":
    sys.stdout.write(write_context(load_vocabulary(Settings.read().ontology)))
