"""The SPARQL 1.1 Service Description: what the endpoint is, takes and gives."""

from __future__ import annotations

from kg.rdf import BlankNode, Literal, NamedNode
from kg.rdf.io import Statement, serialize
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
        service: NamedNode | BlankNode = NamedNode(address)
    except ValueError:
        # A Host header that makes no IRI: the service is described all the same.
        service = BlankNode("service")
    dataset, graph = BlankNode("dataset"), BlankNode("view")
    type_of = RDF_TYPE
    triples: list[Statement] = [
        (service, type_of, _sd("Service")),
        (service, _sd("endpoint"), service),
        (service, _sd("supportedLanguage"), _sd("SPARQL11Query")),
        (service, _sd("defaultDataset"), dataset),
        (dataset, type_of, _sd("Dataset")),
        (dataset, _sd("defaultGraph"), graph),
        (graph, type_of, _sd("Graph")),
        (
            graph,
            RDFS_LABEL,
            Literal(
                "The accepted view: for each statement the best-ranked claims, and what rules infer", language="en"
            ),
        ),
        *((service, _sd("resultFormat"), NamedNode(_FORMATS + name)) for name in _FORMAT_NAMES),
    ]
    media_type = GRAPH_FORMATS[form].media_type
    prefixes = {"sd": _SD, "formats": _FORMATS, "rdfs": PREFIXES["rdfs"]}
    return serialize(triples, media_type, prefixes), media_type


def _sd(name: str) -> NamedNode:
    return NamedNode(_SD + name)
