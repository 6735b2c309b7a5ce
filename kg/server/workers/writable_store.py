"""The store of the test mode, inside its worker: empty at first, in memory, and writable.

Conformance suites load their data into it by SPARQL Update and the Graph Store Protocol. It has
the same sandbox as all workers, so LOAD and SERVICE reach nothing here either.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

import pyoxigraph as ox

from kg.errors import NotFound, QueryError, QueryRefused, UsageError
from kg.rdf.namespaces import BASE, PREFIXES
from kg.server.workers.protocol import Frame
from kg.server.workers.sparql_job import GRAPH_FORMATS, answer_query
from kg.sparql.guard import bare, check_query, place

__all__ = ["TestStore"]

# LOAD SILENT is no error by the standard, whatever becomes of it; nothing becomes of it in the sandbox.
_NETWORK = re.compile(r"(?<![\w?$:@.-])(LOAD(?!\s+SILENT\b)|SERVICE)(?![\w:.-])", re.IGNORECASE)
_DATASET = re.compile(r"(?<![\w?$:@.-])(USING|WITH)(?![\w:.-])", re.IGNORECASE)
_BRACE_OR_WHERE = re.compile(r"[{}]|(?<![\w?$:@.-])WHERE(?![\w:.-])", re.IGNORECASE)
# Of the formats that are read, those that name graphs themselves.
_WITH_GRAPHS = (ox.RdfFormat.TRIG, ox.RdfFormat.N_QUADS)

Graph = ox.NamedNode | ox.DefaultGraph


class TestStore:
    """A writable store, and what can be done with it: each deed by the name that a frame's head gives in `do`."""

    # It is no test, whatever its name says to a collector of tests.
    __test__ = False

    def __init__(self) -> None:
        self._store = ox.Store()
        self._deeds: Mapping[str, Callable[[Frame], Frame]] = {
            "update": self._update,
            "get": self._get,
            "put": self._put,
            "post": self._post,
            "delete": self._delete,
        }

    def answer(self, request: Frame) -> Frame:
        """Do what a frame asks for; one that names no deed is a query."""
        deed = self._deeds.get(request.head.get("do", ""))
        return deed(request) if deed else answer_query(self._store, request)

    def _update(self, request: Frame) -> Frame:
        text = request.body.decode("utf-8")
        check_query(text)
        if found := _NETWORK.search(bare(text)):
            word = found[0].upper()
            raise QueryRefused(f"{word} at {place(text, found.start())} is refused: nothing here reaches the network")
        text = with_dataset(text, request.head["default"] or (), request.head["named"] or ())
        try:
            self._store.update(text, base_iri=BASE, prefixes=PREFIXES)
        except SyntaxError as error:
            raise QueryError(f"the update is not SPARQL 1.1 ({error.msg}); mend it there") from error
        except (OSError, RuntimeError, ValueError) as error:
            raise QueryError(f"the update failed ({error})") from error
        return Frame({})

    def _get(self, request: Frame) -> Frame:
        graph = self._existing(request)
        form = GRAPH_FORMATS[request.head["form"]]
        triples = (quad.triple for quad in self._store.quads_for_pattern(None, None, None, graph))
        return Frame({"type": form.media_type}, ox.serialize(triples, format=form) or b"")

    def _put(self, request: Frame) -> Frame:
        graph, existed = self._graph(request)
        self._store.clear_graph(graph)
        self._load(request, graph)
        return Frame({"created": not existed})

    def _post(self, request: Frame) -> Frame:
        graph, existed = self._graph(request)
        self._load(request, graph)
        return Frame({"created": not existed})

    def _delete(self, request: Frame) -> Frame:
        graph = self._existing(request)
        if isinstance(graph, ox.NamedNode):
            self._store.remove_graph(graph)
        else:
            self._store.clear_graph(graph)
        return Frame({})

    def _graph(self, request: Frame) -> tuple[Graph, bool]:
        """Give the graph that a request names, and whether it exists; the default graph always does."""
        iri = request.head["graph"]
        if iri is None:
            return ox.DefaultGraph(), True
        try:
            graph = ox.NamedNode(iri)
        except ValueError as error:
            raise UsageError(f"{iri!r} is no IRI, so it names no graph") from error
        return graph, self._store.contains_named_graph(graph)

    def _existing(self, request: Frame) -> Graph:
        graph, exists = self._graph(request)
        if not exists:
            raise NotFound("graph", request.head["graph"])
        return graph

    def _load(self, request: Frame, graph: Graph) -> None:
        form = ox.RdfFormat.from_media_type(request.head["type"])
        if form is None:
            raise UsageError(f"a body of type {request.head['type']!r} is no RDF; send text/turtle")
        if isinstance(graph, ox.NamedNode):
            self._store.add_graph(graph)
        base, body = request.head["graph"] or BASE, bytes(request.body)
        try:
            if form in _WITH_GRAPHS:
                self._store.load(body, format=form, base_iri=base)
            else:
                self._store.load(body, format=form, base_iri=base, to_graph=graph)
        except (SyntaxError, ValueError) as error:
            raise UsageError(f"the body cannot be read ({error}); mend it there") from error


def with_dataset(text: str, default: Sequence[str], named: Sequence[str]) -> str:
    """Write the dataset of the protocol (`using-graph-uri`) into each operation of an update.

    The engine takes none beside the text. By the protocol, a text with a dataset of its own is refused then.

    >>> with_dataset("DELETE { ?s ?p 1 } WHERE { ?s ?p 1 }", ["urn:g"], [])
    'DELETE { ?s ?p 1 } USING <urn:g> WHERE { ?s ?p 1 }'
    """
    if not default and not named:
        return text
    blank = bare(text)
    if _DATASET.search(blank):
        raise UsageError("the update has a dataset of its own beside the one of the protocol; give one")
    try:
        clauses = [f"USING {ox.NamedNode(iri)} " for iri in default]
        clauses += [f"USING NAMED {ox.NamedNode(iri)} " for iri in named]
    except ValueError as error:
        raise UsageError(f"a graph of the dataset has no IRI ({error})") from error
    depth, at, parts = 0, 0, []
    for found in _BRACE_OR_WHERE.finditer(blank):
        depth += {"{": 1, "}": -1}.get(found[0], 0)
        if depth == 0 and len(found[0]) > 1:
            parts += [text[at : found.start()], *clauses]
            at = found.start()
    return "".join([*parts, text[at:]])
