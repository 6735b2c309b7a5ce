"""The formats there are, once: name, media types, suffix, what each holds and who writes it.

Negotiation, endpoints, exports, the options of the commands and OpenAPI read the families below; no other module names
a media type. To add a format, add it here and to its family, and write the writer that it names. Nothing here is heavy.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

__all__ = [
    "CSV",
    "CSV_METADATA",
    "EXPORTS",
    "EXPORT_TABLES",
    "FORM",
    "GRAPHS",
    "GZIP",
    "HTML",
    "JSON",
    "JSONLD",
    "LOOKUPS",
    "MARKDOWN",
    "METRICS",
    "MULTIPART",
    "NQUADS",
    "NTRIPLES",
    "ONTOLOGY",
    "PARQUET",
    "PICTURES",
    "PROBLEM",
    "RDF",
    "RESULTS",
    "SENT_TABLES",
    "SPARQL_QUERY",
    "SPARQL_UPDATE",
    "SQLITE",
    "STYLE",
    "SVG",
    "TABLES",
    "TEXT",
    "TURTLE",
    "XML",
    "Format",
    "format_of_file",
    "media_types",
    "sent_types",
]


@dataclass(frozen=True)
class Format:
    """A format.

    media_types   the first is the one that is sent; the others are taken for it
    suffixes      what its files end with, the usual first
    names         what clients call it in a parameter
    is_text       whether it can be shown on a terminal
    keeps_graphs  whether it says in which graph, that is by which claim, a fact stands
    writer        of an export: the module below `kg.export` and the function that write it
    narrows       of an export: whether it holds a network, which filters narrow
    has_head      of an export: whether the file itself says where it comes from
    packed_as     of an export: the name of its file in a folder of all
    """

    name: str
    title: str
    media_types: tuple[str, ...]
    suffixes: tuple[str, ...]
    about: str = ""
    names: tuple[str, ...] = ()
    is_text: bool = True
    keeps_graphs: bool = False
    writer: str = ""
    narrows: bool = False
    has_head: bool = True
    packed_as: str = ""

    @property
    def media_type(self) -> str:
        """The media type that is sent."""
        return self.media_types[0]

    @property
    def suffix(self) -> str:
        """What its files end with."""
        return self.suffixes[0]

    @property
    def content_type(self) -> str:
        """The media type as a header says it."""
        return f"{self.media_type}; charset=utf-8" if self.is_text else self.media_type


JSON = Format("json", "JSON", ("application/json",), ("json",), "One object a row")
XML = Format("xml", "XML", ("application/xml", "text/xml"), ("xml",))
HTML = Format("html", "HTML", ("text/html",), ("html",), "An interactive page, of relations")
TEXT = Format("txt", "text", ("text/plain",), ("txt",), "In words")
MARKDOWN = Format("md", "Markdown", ("text/markdown",), ("md",), "A table in Markdown")
NDJSON = Format("ndjson", "newline-delimited JSON", ("application/x-ndjson",), ("ndjson",), "One object a line")
TERMINAL = Format("table", "table", ("text/plain",), ("txt",), "A table for a terminal")
SVG = Format("svg", "SVG", ("image/svg+xml",), ("svg",), "The picture")
STYLE = Format("css", "style sheet", ("text/css",), ("css",))
GZIP = Format("gzip", "gzip", ("application/gzip",), ("gz",), is_text=False)
METRICS = Format("metrics", "Prometheus", ("text/plain; version=0.0.4",), ("txt",))
PROBLEM = Format("problem", "problem", ("application/problem+json",), ("json",))
CSV_METADATA = Format("csvw", "CSV on the Web", ("application/csvm+json",), ("json",))

# What a request may hold.
FORM = Format("form", "form", ("application/x-www-form-urlencoded",), ())
MULTIPART = Format("multipart", "form with files", ("multipart/form-data",), (), is_text=False)
SPARQL_QUERY = Format("sparql-query", "SPARQL query", ("application/sparql-query",), ("rq",))
SPARQL_UPDATE = Format("sparql-update", "SPARQL update", ("application/sparql-update",), ("ru",))

SPARQL_JSON = Format(
    "json", "SPARQL results in JSON", ("application/sparql-results+json", JSON.media_type), ("srj",), names=("json",)
)
SPARQL_XML = Format(
    "xml", "SPARQL results in XML", ("application/sparql-results+xml", *XML.media_types), ("srx",), names=("xml",)
)
CSV = Format(
    "csv",
    "CSV",
    ("text/csv",),
    ("csv",),
    "Entities, names, documents, claims, statements, nodes, edges: exact",
    ("csv",),
    writer="writers.csv",
    has_head=False,
)
TSV = Format("tsv", "TSV", ("text/tab-separated-values",), ("tsv",), names=("tsv",))

TURTLE = Format(
    "turtle",
    "Turtle",
    ("text/turtle", "application/x-turtle"),
    ("ttl",),
    "The accepted view, for people",
    ("turtle", "ttl", "n3"),
    writer="writers.turtle",
    packed_as="view.ttl",
)
JSONLD = Format(
    "jsonld",
    "JSON-LD",
    ("application/ld+json", JSON.media_type),
    ("jsonld", "json"),
    "The accepted view as JSON with plain keys",
    ("jsonld", "json-ld"),
    keeps_graphs=True,
    writer="writers.jsonld",
    packed_as="view.jsonld",
)
NTRIPLES = Format(
    "nt",
    "N-Triples",
    ("application/n-triples", TEXT.media_type),
    ("nt",),
    names=("nt", "ntriples", "n-triples"),
)
RDFXML = Format(
    "rdfxml",
    "RDF/XML",
    ("application/rdf+xml", *XML.media_types),
    ("rdf",),
    names=("rdf", "rdfxml", "rdf+xml"),
)
TRIG = Format(
    "trig",
    "TriG",
    ("application/trig",),
    ("trig",),
    "Everything, claim by claim, for people",
    keeps_graphs=True,
    writer="writers.trig",
    packed_as="graph.trig.gz",
)
NQUADS = Format(
    "nquads",
    "N-Quads",
    ("application/n-quads",),
    ("nq",),
    "Everything, as the canonical dump: one quad a line",
    keeps_graphs=True,
    writer="writers.nquads",
    has_head=False,
    packed_as="graph.nq.gz",
)

GRAPHML = Format(
    "graphml",
    "GraphML",
    ("application/graphml+xml",),
    ("graphml",),
    "The networks for yEd and others",
    writer="writers.graphml",
    narrows=True,
    packed_as="networks.graphml",
)
GEXF = Format(
    "gexf",
    "GEXF",
    ("application/gexf+xml",),
    ("gexf",),
    "The networks for Gephi",
    writer="writers.gexf",
    narrows=True,
    packed_as="networks.gexf",
)
SQLITE = Format(
    "sqlite",
    "SQLite",
    ("application/vnd.sqlite3",),
    ("db",),
    "All tables as a database, for SQL and Datasette",
    is_text=False,
    writer="writers.sqlite",
    packed_as="kg.db",
)
SPREADSHEET = Format(
    "spreadsheet",
    "CSV for spreadsheets",
    CSV.media_types,
    CSV.suffixes,
    "The same as CSV that Excel opens and that runs nothing in it",
    writer="writers.spreadsheet",
    has_head=False,
)
PARQUET = Format(
    "parquet",
    "Parquet",
    ("application/vnd.apache.parquet",),
    ("parquet",),
    "The same for data frames",
    is_text=False,
    writer="parquet.write_parquet",
)

Family = Mapping[str, Format]


def _family(*formats: Format) -> Family:
    """Put formats that serve one purpose together, by name; the first is given when nothing is asked for."""
    return MappingProxyType({one.name: one for one in formats})


RESULTS = _family(SPARQL_JSON, SPARQL_XML, CSV, TSV)
"""What a SPARQL query with rows may come as."""

GRAPHS = _family(TURTLE, NTRIPLES, JSONLD, RDFXML)
"""What a SPARQL query that makes a graph may come as."""

RDF: Family = MappingProxyType({one.suffix: one for one in (TURTLE, JSONLD, NTRIPLES, RDFXML, TRIG, NQUADS)})
"""What an id may come as, by the suffix of its address."""

ONTOLOGY: Family = MappingProxyType({one.suffix: one for one in (TURTLE, JSONLD, NTRIPLES, RDFXML)})
"""What the ontology and the description of the data set may come as: they stand in no claim's graph."""

LOOKUPS = _family(JSON, CSV)
"""What a table of the lookup interface may come as."""

PICTURES = _family(SVG, HTML, TEXT)
"""What a picture may come as."""

TABLES = _family(TERMINAL, CSV, JSON, NDJSON, MARKDOWN)
"""What a command may write a table as."""

EXPORTS = _family(NQUADS, TRIG, TURTLE, JSONLD, GRAPHML, GEXF, SQLITE)
"""The exports that are one file."""

EXPORT_TABLES = _family(CSV, SPREADSHEET, PARQUET)
"""The exports of which each table is a file."""

SENT_TABLES = frozenset(
    {
        *CSV.media_types,
        *TSV.media_types,
        *TEXT.media_types,
        "application/csv",
        "application/octet-stream",
        "application/vnd.ms-excel",
        "application/vnd.oasis.opendocument.spreadsheet",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    }
)
"""What people's programs call the file of a table that they send; what it is its bytes tell."""

_OF_FILES = (NQUADS, GZIP, JSON, TURTLE, STYLE, SVG, TEXT)


def media_types(family: Family) -> Mapping[str, tuple[str, ...]]:
    """Give the media types of a family by name, for negotiation."""
    return {name: one.media_types for name, one in family.items()}


def sent_types(family: Family) -> Mapping[str, tuple[str, ...]]:
    """Give the media types of a family as they are sent, and JSON for JSON-LD, for negotiation among many.

    A range such as application/* means no alias.
    """
    return {
        name: (one.media_type, JSON.media_type) if one is JSONLD else (one.media_type,) for name, one in family.items()
    }


def format_of_file(name: str) -> Format:
    """Give the format of a file by its suffix; what has none that is known is text.

    >>> format_of_file("graph.nq.gz").name, format_of_file("release.json").name, format_of_file("MANIFEST.sha256").name
    ('gzip', 'json', 'txt')
    """
    suffix = name.rpartition(".")[2]
    return next((one for one in _OF_FILES if suffix in one.suffixes), TEXT)
