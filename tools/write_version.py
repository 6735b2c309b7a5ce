"""Write down what the terms of the ontology are in its version: `make version`, once, when a version is published.

`ontology/versions/VERSION.csv` names each term with its module and a digest of what it means. The next version is held
against it: a term that is gone must stand in `ontology/deprecated.ttl`, one that means something else needs a
`skos:changeNote`.
"""

from __future__ import annotations

import csv
import hashlib
import io
import sys
from pathlib import Path
from typing import Any

from rdflib import OWL, RDF, RDFS, SKOS, Graph, Namespace, URIRef

__all__ = ["fingerprints", "read_modules", "version_text"]

ROOT = Path(__file__).parents[1]
KG = Namespace("https://w3id.org/zerocarbon/ontology#")
MODULE = Namespace("https://w3id.org/zerocarbon/ontology/")
_SCHEMA = Namespace("https://schema.org/")
# What a term means; examples, notes and mappings may be bettered without a word.
_MEANING = (
    RDF.type, RDFS.label, SKOS.definition, RDFS.subClassOf, RDFS.subPropertyOf, RDFS.isDefinedBy, SKOS.broader,
    SKOS.inScheme, _SCHEMA.domainIncludes, _SCHEMA.rangeIncludes, KG.comparisonUnit, KG.factorNumerator,
    KG.factorDenominator,
)  # fmt: skip


def read_modules(ontology: Path) -> Graph:
    """Read the modules of an ontology folder."""
    graph = Graph()
    for path in sorted(ontology.glob("*.ttl")):
        graph.parse(path)
    return graph


def fingerprints(graph: Any) -> dict[str, tuple[str, str]]:
    """Give the module and the digest of each term that a module defines, by IRI."""
    terms = {str(term) for term in {*graph.subjects(RDFS.isDefinedBy), *graph.subjects(RDF.type, KG.Unit)}}
    return {term: (_module(graph, term), _digest(graph, term)) for term in sorted(terms)}


def _module(graph: Any, term: str) -> str:
    return str(graph.value(URIRef(term), RDFS.isDefinedBy, default="")).removeprefix(str(MODULE))


def _digest(graph: Any, term: str) -> str:
    said = sorted(f"{p.n3()} {value.n3()}" for p in _MEANING for value in graph.objects(URIRef(term), p))
    return hashlib.sha256("\n".join(said).encode()).hexdigest()[:12]


def version_text(graph: Any) -> str:
    """Give the list of a version's terms as CSV."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(("term", "module", "digest"))
    writer.writerows((term, *told) for term, told in fingerprints(graph).items())
    return out.getvalue()


def main() -> None:
    """Write the list of the version that the umbrella names."""
    ontology = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "ontology"
    graph = read_modules(ontology)
    version = graph.value(URIRef(str(MODULE).rstrip("/")), OWL.versionInfo)
    path = ROOT / "ontology" / "versions" / f"{version}.csv"
    path.parent.mkdir(exist_ok=True)
    path.write_text(version_text(graph), encoding="utf-8")
    sys.stdout.write(f"{path.relative_to(ROOT)}\n")


if __name__ == "__main__":
    main()
