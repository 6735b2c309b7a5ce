"""Names on the web: namespaces, prefixes, and the short form of every id.

An entity is `company/catl` on a card, on the command line and in JSON, and
`https://w3id.org/zerocarbon/id/company/catl` in RDF. Terms of the ontology are
`kg:Phase`. What an id stands for is not known here.
"""

from __future__ import annotations

import re

__all__ = [
    "BASE",
    "KG",
    "PREFIXES",
    "ROOT",
    "RULE",
    "expand",
    "is_slug_path",
    "kind_of",
    "shorten",
]

ROOT = "https://w3id.org/zerocarbon/"
BASE = ROOT + "id/"
KG = ROOT + "ontology#"
RULE = ROOT + "rule/"

PREFIXES: dict[str, str] = {
    "kg": KG,
    "kgu": ROOT + "unit/",
    "graph": ROOT + "graph/",
    "rule": RULE,
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "dcterms": "http://purl.org/dc/terms/",
    "prov": "http://www.w3.org/ns/prov#",
    "org": "http://www.w3.org/ns/org#",
    "oa": "http://www.w3.org/ns/oa#",
    "schema": "https://schema.org/",
    "qudt": "http://qudt.org/schema/qudt/",
    "unit": "http://qudt.org/vocab/unit/",
    "sh": "http://www.w3.org/ns/shacl#",
}

# An id is read aloud, typed and put in addresses: lower-case ASCII words joined by hyphens.
_SLUG_PATH = re.compile(r"[a-z]+(-[a-z]+)*(/[a-z0-9]+(-[a-z0-9]+)*)+")
_CURIE = re.compile(r"([a-z]+):([^\s/#][^\s]*)")


def is_slug_path(text: str) -> bool:
    """Tell whether `text` has the form of a minted id, `kind/slug` or `kind/slug/slug`.

    >>> is_slug_path("base/guian/phase-one"), is_slug_path("Base/Guian"), is_slug_path("catl")
    (True, False, False)
    """
    return _SLUG_PATH.fullmatch(text) is not None


def kind_of(short: str) -> str:
    """Return the kind that an id's first part names.

    >>> kind_of("company/catl")
    'company'
    """
    return short.partition("/")[0]


def expand(short: str) -> str:
    """Give the IRI of a short id or a prefixed name; an IRI stays as it is.

    >>> expand("company/catl")
    'https://w3id.org/zerocarbon/id/company/catl'
    >>> expand("kg:Phase")
    'https://w3id.org/zerocarbon/ontology#Phase'
    >>> expand("http://example.org/x")
    'http://example.org/x'
    """
    if short.startswith(("http://", "https://", "urn:")):
        return short
    prefixed = _CURIE.fullmatch(short)
    if prefixed and prefixed[1] in PREFIXES:
        return PREFIXES[prefixed[1]] + prefixed[2]
    return BASE + short


def shorten(iri: str) -> str:
    """Give the short form of an IRI, the inverse of `expand`; foreign IRIs stay whole.

    >>> shorten("https://w3id.org/zerocarbon/ontology#Phase")
    'kg:Phase'
    """
    short = _without_namespace(iri)
    # What would be read as something else stays whole.
    return short if expand(short) == iri else iri


def _without_namespace(iri: str) -> str:
    if iri.startswith(BASE):
        return iri.removeprefix(BASE)
    for prefix, namespace in PREFIXES.items():
        if iri.startswith(namespace) and "/" not in iri[len(namespace) :]:
            return f"{prefix}:{iri[len(namespace) :]}"
    return iri
