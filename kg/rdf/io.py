"""RDF texts in and out: the engine's parsers and serialisers, with formats by name instead of by its own objects."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple, cast

import pyoxigraph as ox

from kg.errors import UsageError
from kg.rdf.store import Fact, Node, Triple

__all__ = ["ParsedResults", "Statement", "graph_format", "parse", "parse_results", "result_format", "serialize"]

Subject = ox.NamedNode | ox.BlankNode
Statement = Fact | Triple | ox.Quad | tuple[Subject, ox.NamedNode, ox.NamedNode | ox.BlankNode | ox.Literal]
"""What can be written: a triple, or a quad, which a format without graphs cannot hold."""


class ParsedResults(NamedTuple):
    """What a query gave, as read from a text: solutions with the names of their columns, or yes or no."""

    columns: tuple[str, ...]
    rows: Iterator[dict[str, Node]]
    truth: bool | None = None


def graph_format(name: str) -> ox.RdfFormat:
    """Give the engine's format of graphs, by the suffix of its files or its media type.

    >>> graph_format("ttl").media_type
    'text/turtle'
    """
    found = ox.RdfFormat.from_media_type(name) if "/" in name else ox.RdfFormat.from_extension(name)
    if found is None:
        raise UsageError(f"{name!r} is no format of RDF; take ttl, nt, nq, trig, rdf, jsonld or a media type of these")
    return found


def result_format(name: str) -> ox.QueryResultsFormat:
    """Give the engine's format of solutions, by the suffix of its files or its media type.

    >>> result_format("text/csv").file_extension
    'csv'
    """
    kinds = ox.QueryResultsFormat
    found = kinds.from_media_type(name) if "/" in name else kinds.from_extension(name)
    if found is None:
        raise UsageError(f"{name!r} is no format of solutions; take json, xml, csv, tsv or a media type of these")
    return found


def parse(text: str | bytes, name: str) -> Iterator[ox.Quad]:
    """Parse a text in the format of a name; raises SyntaxError where it is broken."""
    return ox.parse(text, format=graph_format(name))


def serialize(
    found: Iterable[Statement], name: str, prefixes: Mapping[str, str] | None = None, base: str | None = None
) -> bytes:
    """Write statements in the format of a name, in the order that they come in."""
    written = cast(Iterable[ox.Triple] | Iterable[ox.Quad], map(_of_engine, found))
    names = None if prefixes is None else dict(prefixes)
    return ox.serialize(written, format=graph_format(name), prefixes=names, base_iri=base) or b""


def _of_engine(statement: Statement) -> ox.Triple | ox.Quad:
    if isinstance(statement, ox.Quad):
        return statement
    return ox.Quad(*statement) if len(statement) == 4 else ox.Triple(*statement)


def parse_results(text: bytes, name: str) -> ParsedResults:
    """Parse what a query gave, row by row; cells without a value are absent from a row."""
    found = ox.parse_query_results(text, format=result_format(name))
    if isinstance(found, ox.QueryBoolean):
        return ParsedResults((), iter(()), bool(found))
    names = tuple(variable.value for variable in found.variables)
    rows = ({name: node for name, node in zip(names, row, strict=True) if node is not None} for row in found)
    return ParsedResults(names, cast(Iterator[dict[str, Node]], rows))
