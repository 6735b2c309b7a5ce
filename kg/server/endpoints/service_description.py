"""The SPARQL 1.1 Service Description: what the endpoint is, takes and gives."""

from __future__ import annotations

import pyoxigraph as ox

from kg.rdf.namespaces import PREFIXES
from kg.rdf.vocab import RDF_TYPE, RDFS_LABEL
from kg.server.workers.sparql_job import GRAPH_FORMATS

__all__ = ["describe_service"]

_SD = "http://www.w3.org/ns/sparql-service-description#"
_FORMATS = "http://www.w3.org/ns/formats/"
_FORMAT_NAMES = (
    "SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV",
    "Turtle", "N-Triples", "JSON-LD", "RDF_XML",
)  # fmt: skip


def describe_service(address: str, form: str) -> tuple[bytes, str]:
    """Describe the endpoint at an address, in a format of `formats.GRAPHS`; gives the bytes and their type."""
    try:
        service: ox.NamedNode | ox.BlankNode = ox.NamedNode(address)
    except ValueError:
        # A Host header that makes no IRI: the service is described all the same.
        service = ox.BlankNode("service")
    dataset, graph = ox.BlankNode("dataset"), ox.BlankNode("view")
    type_of = RDF_TYPE
    triples = [
        ox.Triple(service, type_of, _sd("Service")),
        ox.Triple(service, _sd("endpoint"), service),
        ox.Triple(service, _sd("supportedLanguage"), _sd("SPARQL11Query")),
        ox.Triple(service, _sd("defaultDataset"), dataset),
        ox.Triple(dataset, type_of, _sd("Dataset")),
        ox.Triple(dataset, _sd("defaultGraph"), graph),
        ox.Triple(graph, type_of, _sd("Graph")),
        ox.Triple(
            graph,
            RDFS_LABEL,
            ox.Literal(
                "The accepted view: for each statement the best-ranked claims, and what rules infer", language="en"
            ),
        ),
        *(ox.Triple(service, _sd("resultFormat"), ox.NamedNode(_FORMATS + name)) for name in _FORMAT_NAMES),
    ]
    chosen = GRAPH_FORMATS[form]
    body = ox.serialize(triples, format=chosen, prefixes={"sd": _SD, "formats": _FORMATS, "rdfs": PREFIXES["rdfs"]})
    return body or b"", chosen.media_type


def _sd(name: str) -> ox.NamedNode:
    return ox.NamedNode(_SD + name)
