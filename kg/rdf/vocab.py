"""Constants of the vocabularies in use and of our graphs, as nodes of the engine, each made here and nowhere else.

Terms of our own ontology are made by `kg`, since Python does not list what the ontology lists.
"""

from __future__ import annotations

import pyoxigraph as ox

from kg.rdf.namespaces import KG, PREFIXES, ROOT

__all__ = [
    "ACCEPTED",
    "DCTERMS_DESCRIPTION",
    "DCTERMS_REFERENCES",
    "DCTERMS_REPLACES",
    "DCTERMS_TITLE",
    "ENTITIES",
    "FRACTIONAL_NUMBERS",
    "LEDGER",
    "ONTOLOGY",
    "OWL_ANNOTATION_PROPERTY",
    "OWL_CLASS",
    "OWL_DATATYPE_PROPERTY",
    "OWL_OBJECT_PROPERTY",
    "OWL_VERSION_IRI",
    "QUDT_SYMBOL",
    "RDFS_COMMENT",
    "RDFS_IS_DEFINED_BY",
    "RDFS_LABEL",
    "RDFS_RESOURCE",
    "RDFS_SUB_CLASS_OF",
    "RDF_LANG_STRING",
    "RDF_TYPE",
    "SCHEMA_DOMAIN_INCLUDES",
    "SCHEMA_RANGE_INCLUDES",
    "SD_GRAPH",
    "SH_CONSTRUCT",
    "SH_SPARQL_RULE",
    "SKOS_ALT_LABEL",
    "SKOS_BROADER",
    "SKOS_CLOSE_MATCH",
    "SKOS_CONCEPT_SCHEME",
    "SKOS_DEFINITION",
    "SKOS_EXACT_MATCH",
    "SKOS_EXAMPLE",
    "SKOS_HIDDEN_LABEL",
    "SKOS_IN_SCHEME",
    "SKOS_NOTATION",
    "SKOS_RELATED_MATCH",
    "SKOS_SCOPE_NOTE",
    "VIEW",
    "WHOLE_NUMBERS",
    "XSD_BOOLEAN",
    "XSD_DATE",
    "XSD_DECIMAL",
    "XSD_HEX_BINARY",
    "XSD_STRING",
    "kg",
]


def kg(name: str) -> ox.NamedNode:
    """Give a term of our ontology by its name.

    >>> kg("makesClaim").value
    'https://w3id.org/zerocarbon/ontology#makesClaim'
    """
    return ox.NamedNode(KG + name)


def _term(prefix: str, name: str) -> ox.NamedNode:
    return ox.NamedNode(PREFIXES[prefix] + name)


VIEW = ox.DefaultGraph()
"""The graph of the accepted view."""

LEDGER = ox.NamedNode(ROOT + "graph/ledger")
"""The graph of documents, claims and judgements."""

ACCEPTED = ox.NamedNode(ROOT + "graph/accepted")
"""The name that the accepted view has on stores whose default graph may be anything."""

ENTITIES = ox.NamedNode(ROOT + "graph/entities")
"""The graph of names and ids, which editors give."""

ONTOLOGY = ox.NamedNode(ROOT + "graph/ontology")
"""The graph of the ontology's modules and alignments."""

RDF_TYPE = _term("rdf", "type")
RDF_LANG_STRING = _term("rdf", "langString")
RDFS_COMMENT = _term("rdfs", "comment")
RDFS_LABEL = _term("rdfs", "label")
RDFS_SUB_CLASS_OF = _term("rdfs", "subClassOf")
RDFS_IS_DEFINED_BY = _term("rdfs", "isDefinedBy")
RDFS_RESOURCE = _term("rdfs", "Resource")
OWL_CLASS = _term("owl", "Class")
OWL_OBJECT_PROPERTY = _term("owl", "ObjectProperty")
OWL_DATATYPE_PROPERTY = _term("owl", "DatatypeProperty")
OWL_ANNOTATION_PROPERTY = _term("owl", "AnnotationProperty")
OWL_VERSION_IRI = _term("owl", "versionIRI")
XSD_STRING = _term("xsd", "string")
XSD_BOOLEAN = _term("xsd", "boolean")
XSD_DATE = _term("xsd", "date")
XSD_HEX_BINARY = _term("xsd", "hexBinary")
XSD_DECIMAL = _term("xsd", "decimal")
QUDT_SYMBOL = _term("qudt", "symbol")
SKOS_ALT_LABEL = _term("skos", "altLabel")
SKOS_BROADER = _term("skos", "broader")
SKOS_CLOSE_MATCH = _term("skos", "closeMatch")
SKOS_CONCEPT_SCHEME = _term("skos", "ConceptScheme")
SKOS_DEFINITION = _term("skos", "definition")
SKOS_EXACT_MATCH = _term("skos", "exactMatch")
SKOS_EXAMPLE = _term("skos", "example")
SKOS_HIDDEN_LABEL = _term("skos", "hiddenLabel")
SKOS_IN_SCHEME = _term("skos", "inScheme")
SKOS_NOTATION = _term("skos", "notation")
SKOS_RELATED_MATCH = _term("skos", "relatedMatch")
SKOS_SCOPE_NOTE = _term("skos", "scopeNote")
DCTERMS_TITLE = _term("dcterms", "title")
DCTERMS_DESCRIPTION = _term("dcterms", "description")
DCTERMS_REFERENCES = _term("dcterms", "references")
DCTERMS_REPLACES = _term("dcterms", "replaces")
SCHEMA_DOMAIN_INCLUDES = _term("schema", "domainIncludes")
SCHEMA_RANGE_INCLUDES = _term("schema", "rangeIncludes")
SH_SPARQL_RULE = _term("sh", "SPARQLRule")
SH_CONSTRUCT = _term("sh", "construct")
SD_GRAPH = ox.NamedNode("http://www.w3.org/ns/sparql-service-description#Graph")

WHOLE_NUMBERS = frozenset(_term("xsd", name) for name in ("integer", "int", "long", "nonNegativeInteger"))
"""The datatypes of whole numbers that the engine gives."""

FRACTIONAL_NUMBERS = frozenset({XSD_DECIMAL, _term("xsd", "double"), _term("xsd", "float")})
"""The datatypes of the other numbers."""
