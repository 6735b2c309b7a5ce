"""The ontology for its gates: its files, its namespaces, its terms, and small bad graphs."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from rdflib import OWL, RDF, RDFS, SKOS, Graph, Namespace, URIRef

ONTOLOGY = Path(__file__).parents[2] / "ontology"
MODULES = sorted(ONTOLOGY.glob("*.ttl"))
ALIGNMENTS = sorted((ONTOLOGY / "alignments").glob("*.ttl"))

KG = Namespace("https://w3id.org/zerocarbon/ontology#")
KGU = Namespace("https://w3id.org/zerocarbon/unit/")
MODULE = Namespace("https://w3id.org/zerocarbon/ontology/")
SCHEMA = Namespace("https://schema.org/")
QUDT = Namespace("http://qudt.org/schema/qudt/")

Triples = Any  # an rdflib Graph; rdflib gives everything in it the type Node, which says too little here

PROPERTY_KINDS = (OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty)


def read(*paths: Path) -> Triples:
    """Read Turtle files as one graph."""
    graph = Graph()
    for path in paths:
        graph.parse(path)
    return graph


def bad(turtle: str) -> Triples:
    """Read a small bad graph; the prefixes are given."""
    prefixes = (
        f"@prefix kg: <{KG}> . @prefix kgu: <{KGU}> . @prefix m: <{MODULE}> . @prefix owl: <{OWL}> ."
        f"@prefix rdfs: <{RDFS}> . @prefix skos: <{SKOS}> . @prefix schema: <{SCHEMA}> . @prefix qudt: <{QUDT}> ."
        "@prefix xsd: <http://www.w3.org/2001/XMLSchema#> . @prefix dcterms: <http://purl.org/dc/terms/> ."
    )
    return Graph().parse(data=prefixes + turtle, format="turtle")


def terms(graph: Triples) -> set[URIRef]:
    """Give everything the ontology defines: terms of ours, units of ours, and units we describe."""
    ours = {node for node in graph.subjects(RDFS.isDefinedBy) if isinstance(node, URIRef)}
    return ours | set(graph.subjects(RDF.type, KG.Unit))


def classes(graph: Triples) -> set[URIRef]:
    """Give our classes."""
    return {node for node in graph.subjects(RDF.type, OWL.Class) if node in KG}


def properties(graph: Triples) -> set[URIRef]:
    """Give our properties."""
    return {node for kind in PROPERTY_KINDS for node in graph.subjects(RDF.type, kind) if node in KG}
