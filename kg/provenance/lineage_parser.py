"""Reads what the rows of a query rest on: its triple patterns, and the same WHERE clause asked with `SELECT *`.

The parsing is rdflib's. It takes a tenth of a second to load, so it is done when a release
is built; answering a named question needs only `kg.provenance.lineage`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from pyparsing import ParseException
from rdflib import BNode, Literal, URIRef, Variable
from rdflib.paths import AlternativePath, InvPath, MulPath, NegatedPath, Path, SequencePath
from rdflib.plugins.sparql import prepareQuery
from rdflib.plugins.sparql.parserutils import CompValue

from kg.errors import QueryError
from kg.provenance.lineage import Lineage, Pattern
from kg.provenance.projection import Projection
from kg.provenance.solutions_query import write_solutions_query
from kg.rdf import Literal as LiteralNode
from kg.rdf import NamedNode
from kg.rdf.namespaces import BASE, PREFIXES
from kg.sparql.guard import bare

__all__ = ["parse_lineage"]

# Values behind the WHERE clause, where those of the solutions query stand.
_VALUES_LAST = re.compile(r"\}[^{}]*\bVALUES\b[^{}]*\{[^{}]*\}\s*$", re.IGNORECASE)


def parse_lineage(text: str) -> Lineage:
    """Read what the rows of a SELECT, or the triples of a CONSTRUCT, rest on."""
    try:
        algebra = prepareQuery(text, initNs=PREFIXES, base=BASE).algebra
    except ParseException as error:
        raise QueryError(f"line {error.lineno}, column {error.column}: the query is not SPARQL 1.1") from error
    except Exception as error:
        raise QueryError(f"the query is not SPARQL 1.1 ({error})") from error
    # Not `get`: rdflib's looks a missing key up as a variable of the query.
    patterns = tuple(_patterns(algebra["p"], ""))
    template = tuple(_pattern(triple, "") for triple in (algebra["template"] or () if "template" in algebra else ()))
    shown = tuple(str(name) for name in algebra["PV"]) if algebra.name == "SelectQuery" else ()
    projection = _read_projection(algebra["p"], shown) if shown and not _VALUES_LAST.search(bare(text)) else None
    solutions = write_solutions_query(text, shown, ordered=projection is not None)
    return Lineage(solutions, patterns, template, projection)


def _read_projection(node: Any, shown: tuple[str, ...]) -> Projection | None:
    """Read how the rows of a SELECT follow from its solutions; None where a row is of several solutions, or of any."""
    start, length, distinct = 0, None, False
    if node.name == "Slice":
        start, length, node = node.start, node.length, node.p
    if node.name in ("Distinct", "Reduced"):
        distinct, node = node.name == "Distinct", node.p
        if not distinct:
            return None
    while node.name in ("Project", "OrderBy", "Extend", "Filter"):
        node = node.p
    return None if node.name == "AggregateJoin" else Projection(shown, distinct, start, length)


def _patterns(node: Any, graph: str) -> Iterator[Pattern]:
    """Walk the algebra for triple patterns, leaving out absences."""
    if isinstance(node, (list, tuple)):
        for item in node:
            yield from _patterns(item, graph)
        return
    if not isinstance(node, CompValue):
        return
    if node.name == "BGP":
        for triple in node.triples:
            yield _pattern(triple, graph)
        return
    inner = _place(node.term) if node.name == "Graph" else graph
    for key in ("p", "p1") if node.name == "Minus" else ("p", "p1", "p2"):
        if key in node:
            yield from _patterns(node[key], inner)


def _pattern(triple: tuple[Any, Any, Any], graph: str) -> Pattern:
    subject, predicate, target = triple
    if isinstance(predicate, Path):
        steps, skippable = tuple(_steps(predicate)), _may_be_empty(predicate)
        return Pattern(_place(subject), "", _place(target), graph, steps, skippable)
    return Pattern(_place(subject), _place(predicate), _place(target), graph)


def _place(term: Any) -> str:
    if isinstance(term, (Variable, BNode)):
        return f"?{term}"
    if isinstance(term, Literal):
        # rdflib would write one with line breaks in three quotes, which N-Triples does not know.
        datatype = NamedNode(term.datatype) if term.datatype and not term.language else None
        return str(LiteralNode(str(term), language=term.language, datatype=datatype))
    return str(term.n3())


def _steps(path: Any, *, inverse: bool = False) -> Iterator[str]:
    """List the properties that a path may walk, `^` before those walked backwards, `!` before those it may not."""
    if isinstance(path, InvPath):
        yield from _steps(path.arg, inverse=not inverse)
    elif isinstance(path, MulPath):
        yield from _steps(path.path, inverse=inverse)
    elif isinstance(path, (SequencePath, AlternativePath)):
        for part in path.args:
            yield from _steps(part, inverse=inverse)
    elif isinstance(path, NegatedPath):
        barred = [str(part) for part in path.args if isinstance(part, URIRef)]
        if barred:
            yield f"{'^' if inverse else ''}!{' '.join(barred)}"
        if len(barred) < len(path.args):
            # Something is barred backwards; rdflib does not keep what.
            yield f"{'' if inverse else '^'}!"
    else:
        yield f"{'^' if inverse else ''}{path}"


def _may_be_empty(path: Any) -> bool:
    """Tell whether a path can lead from a node to itself without a step."""
    if isinstance(path, InvPath):
        return _may_be_empty(path.arg)
    if isinstance(path, MulPath):
        return bool(path.zero) or _may_be_empty(path.path)
    if isinstance(path, SequencePath):
        return all(_may_be_empty(part) for part in path.args)
    return isinstance(path, AlternativePath) and any(_may_be_empty(part) for part in path.args)
