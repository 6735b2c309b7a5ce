"""The only door to a SPARQL engine: open, read quads, ask queries with bound values.

Values never become part of a query's text: they are bound by the engine. Query texts
from outside belong in a worker process (`kg.sparql.runner`), since the engine has no timeout.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple, cast

import pyoxigraph as ox

from kg.errors import QueryError, ReleaseError
from kg.rdf.namespaces import BASE, PREFIXES

__all__ = [
    "Fact",
    "GraphName",
    "Node",
    "Rows",
    "Store",
    "Triple",
    "ask",
    "construct",
    "dump_lines",
    "facts",
    "fill",
    "graphs_with",
    "has_rows",
    "holds",
    "open_read_only",
    "read_dump",
    "read_term",
    "select",
    "text_of",
    "value_of",
    "write_dump",
    "write_store",
]

Node = ox.NamedNode | ox.Literal
Triple = tuple[ox.NamedNode, ox.NamedNode, Node]
GraphName = ox.NamedNode | ox.DefaultGraph
Rows = list[dict[str, Node]]

Store = ox.Store


class Fact(NamedTuple):
    """A quad of a release, which holds neither blank nodes nor triple terms."""

    subject: ox.NamedNode
    predicate: ox.NamedNode
    object: Node
    graph: GraphName

    @property
    def triple(self) -> Triple:
        """The fact without its graph."""
        return self.subject, self.predicate, self.object


def facts(
    store: Store,
    subject: Node | None = None,
    predicate: ox.NamedNode | None = None,
    value: Node | None = None,
    graph: GraphName | None = None,
) -> Iterator[Fact]:
    """Give the facts that match a pattern, None matching anything. A literal is subject of nothing."""
    if isinstance(subject, ox.Literal):
        return iter(())
    # Called a hundred thousand times for one table: no loop in Python.
    return map(Fact._make, cast(Iterator[Fact], store.quads_for_pattern(subject, predicate, value, graph)))


def read_term(text: str) -> Node:
    """Read a term written in N-Triples, as `str` of a term writes it."""
    quad = next(iter(ox.parse(f"<urn:s> <urn:p> {text} .", format=ox.RdfFormat.N_TRIPLES)))
    return cast(Node, quad.object)


def text_of(node: Node) -> tuple[str, str]:
    """Give a literal's language, or '', and its text."""
    return (node.language or "", node.value) if isinstance(node, ox.Literal) else ("", node.value)


def open_read_only(folder: Path) -> Store:
    """Open a store on disk for reading; it must exist."""
    try:
        return ox.Store.read_only(str(folder))
    except (OSError, ValueError) as error:
        raise ReleaseError(f"{folder}: the store cannot be opened ({error}); build the release again") from error


def select(store: Store, text: str, bindings: Mapping[str, Node] | None = None) -> tuple[list[str], Rows]:
    """Run a SELECT; `bindings` gives values to projected variables. Unbound cells are absent from a row.

    Only for query texts of our own.
    """
    found = _solutions(store, text, bindings)
    names = [variable.value for variable in found.variables]
    with _run_errors():
        rows = [{name: value for name, value in zip(names, row, strict=True) if value is not None} for row in found]
    return names, rows


def has_rows(store: Store, text: str, bindings: Mapping[str, Node] | None = None) -> bool:
    """Run a SELECT of our own as far as its first row, and tell whether there is one."""
    with _run_errors():
        return next(_solutions(store, text, bindings), None) is not None


def _solutions(store: Store, text: str, bindings: Mapping[str, Node] | None) -> ox.QuerySolutions:
    found = ask(store, text, bindings)
    if not isinstance(found, ox.QuerySolutions):
        raise QueryError("this is no SELECT query; write SELECT … WHERE { … }")
    return found


@contextmanager
def _run_errors() -> Iterator[None]:
    try:
        yield
    except (OSError, RuntimeError, ValueError) as error:
        raise QueryError(f"the query failed while it ran ({error})") from error


def construct(store: Store, text: str) -> Iterator[Triple]:
    """Run a CONSTRUCT and give its triples. Only for query texts of our own."""
    found = ask(store, text, None)
    if not isinstance(found, ox.QueryTriples):
        raise QueryError("this is no CONSTRUCT query; write CONSTRUCT { … } WHERE { … }")
    for triple in found:
        yield cast(Triple, (triple.subject, triple.predicate, triple.object))


def ask(
    store: Store,
    text: str,
    bindings: Mapping[str, Node] | None,
    default_graphs: Sequence[str] | None = None,
    named_graphs: Sequence[str] | None = None,
) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
    """Run a query of any form and give what the engine gives; raises QueryError for a bad text.

    With IRIs of graphs given, the dataset is made of these alone, whatever the text says.
    """
    try:
        dataset = _dataset(default_graphs, named_graphs)
        values: dict[ox.Variable, ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple] = {
            ox.Variable(name): value for name, value in (bindings or {}).items()
        }
        return store.query(text, base_iri=BASE, prefixes=PREFIXES, substitutions=values, **dataset)
    except SyntaxError as error:
        raise QueryError(f"the query is not SPARQL 1.1 ({error.msg}); mend it there") from error
    except (OSError, RuntimeError, ValueError) as error:
        raise QueryError(f"the query cannot be run ({error})") from error


def _dataset(default_graphs: Sequence[str] | None, named_graphs: Sequence[str] | None) -> dict[str, Any]:
    # The engine takes one that is not given from the store; by the SPARQL Protocol it is empty then.
    if default_graphs is None and named_graphs is None:
        return {}
    graphs = {"default_graph": default_graphs, "named_graphs": named_graphs}
    return {key: [ox.NamedNode(iri) for iri in iris or ()] for key, iris in graphs.items()}


def holds(store: Store, triple: Triple, graph: GraphName) -> bool:
    """Tell whether a graph of the store has a triple."""
    return ox.Quad(*triple, graph) in store


def graphs_with(store: Store, triple: Triple) -> Iterator[ox.NamedNode]:
    """Give the named graphs that have a triple."""
    for fact in facts(store, *triple):
        if isinstance(fact.graph, ox.NamedNode):
            yield fact.graph


def value_of(store: Store, subject: Node, predicate: ox.NamedNode, graph: GraphName) -> Node | None:
    """Give one value of a property in a graph, the first in order, or None."""
    values = [fact.object for fact in facts(store, subject, predicate, None, graph)]
    return min(values, key=str, default=None)


def dump_lines(store: Store) -> list[bytes]:
    """Give all quads as sorted lines of N-Quads in UTF-8: the same quads give the same lines."""
    return sorted((store.dump(format=ox.RdfFormat.N_QUADS) or b"").splitlines(keepends=True))


def write_dump(store: Store, path: Path) -> int:
    """Write all quads as sorted N-Quads: the same quads give the same bytes. Returns their number."""
    lines = dump_lines(store)
    with path.open("wb") as file:
        file.writelines(lines)
    return len(lines)


def read_dump(path: Path) -> Store:
    """Load a dump into a store in memory."""
    store = Store()
    store.bulk_load(path=str(path), format=ox.RdfFormat.N_QUADS, lenient=True)
    return store


def write_store(dump: Path, folder: Path) -> None:
    """Load a dump into a new store in a folder, compacted and closed."""
    copy = ox.Store(str(folder))
    try:
        # The engine wrote the dump itself: that its IRIs and languages are well formed is not looked at again.
        copy.bulk_load(path=str(dump), format=ox.RdfFormat.N_QUADS, lenient=True)
        copy.optimize()
        copy.flush()
    finally:
        # An error would keep it open, and the engine would go on making files as soon as there is room again.
        del copy


def fill(store: Store, quads: Iterable[ox.Quad]) -> None:
    """Add quads in bulk: all of them or, when it fails, none."""
    store.bulk_extend(quads)
