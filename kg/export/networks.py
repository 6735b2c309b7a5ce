"""Networks for other programs: as two sheets, as GraphML and as GEXF.

What these forms cannot hold is laid flat first, in one place: lists are joined, what is absent is left out, numbers
are floats, ids are texts, an attribute is of one type throughout. XML 1.0 has no place for control characters; one in
a name is written as U+FFFD, the sign for a character that could not be written, and the export says how many.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any, BinaryIO
from xml.etree.ElementTree import SubElement

import networkx as nx
from networkx.readwrite.gexf import GEXFWriter

from kg.errors import OutputError
from kg.export.metadata import Origin
from kg.export.tables import Column, ExportTable, Row, columns
from kg.tables.cells import Value

__all__ = ["edges_sheet", "flatten", "nodes_sheet", "write_gexf", "write_graphml"]

Flat = str | float | bool

_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_UNWRITABLE = "\N{REPLACEMENT CHARACTER}"

_NODE_COLUMNS = columns(
    (
        "id!: text: The short id of the node.",
        "category: text: The class of the ontology, such as Company, Park or Stage.",
        "name!: text: The name to show: English where there is one.",
        "name_en: text: The English name.",
        "name_zh: text: The Chinese name.",
        "region: text: The province, or else the country, that it lies in.",
        "stages: list: The stages of the chain that it does or is to do.",
        "status: text: Its newest status on record.",
    )
)

_EDGE_COLUMNS = columns(
    (
        "id!: text: The id of the tie.",
        "subject! -> nodes: text: From whom: supplier, owner, the thing that lies in a place, the earlier stage.",
        "predicate!: text: The relation, as it runs from the subject to the object.",
        "object! -> nodes: text: To whom: customer, what is owned, the place, the later stage.",
        "word!: text: The relation in words: subject, word and object read as a sentence.",
        "network!: text: partnership, supply, ownership, location, process or work.",
        "link: text: The node behind the tie: an agreement, a supply link, a shareholding.",
        "mode!: text: How sure it is: Stated, Planned, Expected, AimedAt or ExploredOnly.",
        "status: text: The stage of an agreement, the status of a site.",
        "since: text: From when (EDTF).",
        "until: text: Until when (EDTF).",
        "stage: text: The stage of the chain that it is about.",
        "product: text: The product that it is about.",
        "quantity: list: The figures as printed, with their units.",
        "value: number: The figure in the unit of comparison.",
        "unit: text: That unit.",
        "grade: text: The grade of the source that its weakest part rests on.",
        "known: text: The day by which all of it was published.",
        "claims -> claims: list: The claims behind it.",
    )
)


def nodes_sheet(graph: nx.MultiDiGraph) -> ExportTable:
    """Give the nodes of a network, one a row, in order of their ids."""
    rows = tuple(_node(name, data) for name, data in sorted(graph.nodes(data=True)))
    return ExportTable("nodes", "What stands at the ends of ties.", _NODE_COLUMNS, rows)


def _node(name: str, data: Mapping[str, Any]) -> Row:
    english, chinese = data.get("label_en"), data.get("label_zh")
    known = {
        "id": name,
        "category": data.get("kind"),
        "name": english or chinese or name,
        "name_en": english,
        "name_zh": chinese,
        **data,
    }
    return _row(_NODE_COLUMNS, known)


def edges_sheet(graph: nx.MultiDiGraph) -> ExportTable:
    """Give the edges of a network, one a row, in order of their ids."""
    edges = sorted(graph.edges(keys=True, data=True), key=lambda edge: str(edge[2]))
    rows = tuple(
        _row(_EDGE_COLUMNS, {"id": key, "subject": source, "object": target, "predicate": data["relation"], **data})
        for source, target, key, data in edges
    )
    return ExportTable("edges", "Ties between things, each with its claims.", _EDGE_COLUMNS, rows)


def _row(wanted: Iterable[Column], known: Mapping[str, Any]) -> Row:
    return tuple(_value(column, known.get(column.name)) for column in wanted)


def _value(column: Column, value: Any) -> Value:
    if column.kind == "list":
        return list(value or ())
    return Decimal(str(value)) if isinstance(value, float) else value


def flatten(graph: nx.MultiDiGraph) -> tuple[nx.MultiDiGraph, int]:
    """Lay a network flat, nodes and edges in order of their ids; the number tells how many characters were lost.

    OutputError when two ids differ in nothing but characters that XML cannot hold.
    """
    lost = 0

    def clean(text: str) -> str:
        nonlocal lost
        kept, count = _NOT_XML.subn(_UNWRITABLE, text)
        lost += count
        # Every reader of XML makes one line end of all.
        return kept.replace("\r\n", "\n").replace("\r", "\n")

    flat = nx.MultiDiGraph()
    nodes = sorted((clean(str(name)), _laid_flat(data, clean)) for name, data in graph.nodes(data=True))
    edges = sorted(
        (clean(str(key)), clean(str(source)), clean(str(target)), _laid_flat(data, clean))
        for source, target, key, data in graph.edges(keys=True, data=True)
    )
    _refuse_doubles("nodes", (node[0] for node in nodes))
    _refuse_doubles("edges", (edge[0] for edge in edges))
    _make_even([data for _, data in nodes])
    _make_even([data for *_, data in edges])
    flat.add_nodes_from(nodes)
    flat.add_edges_from((source, target, key, data) for key, source, target, data in edges)
    return flat, lost


def _laid_flat(data: Mapping[str, Any], clean: Any) -> dict[str, Flat]:
    laid = {str(name): _flat(value) for name, value in sorted(data.items())}
    kept = {name: clean(value) if isinstance(value, str) else value for name, value in laid.items()}
    return {name: value for name, value in kept.items() if value is not None and value != ""}


def _flat(value: Any) -> Flat | None:
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, int | float | Decimal):
        return float(value)
    return "; ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)


def _refuse_doubles(what: str, names: Iterator[str]) -> None:
    seen: set[str] = set()
    for name in names:
        if name in seen:
            raise OutputError(f"two {what} would both be called {name!r} in XML; export the network as csv")
        seen.add(name)


def _make_even(all_data: list[dict[str, Flat]]) -> None:
    """Make texts of an attribute that is a text here and a number there: both forms give it one type."""
    kinds: dict[str, set[type]] = {}
    for data in all_data:
        for name, value in data.items():
            kinds.setdefault(name, set()).add(type(value))
    for data in all_data:
        data.update({name: str(value) for name, value in data.items() if len(kinds[name]) > 1})


def write_graphml(graph: nx.MultiDiGraph, origin: Origin, stream: BinaryIO) -> tuple[str, ...]:
    """Write GraphML, which yEd, Gephi, igraph and networkx read; gives notes on what it could not hold."""
    flat, lost = flatten(graph)
    _label(flat)
    flat.graph.update({name: str(value) for name, value in origin.to_dict().items()})
    nx.write_graphml_xml(flat, stream)
    stream.write(b"\n")
    return _notes(lost)


def write_gexf(graph: nx.MultiDiGraph, origin: Origin, stream: BinaryIO) -> tuple[str, ...]:
    """Write GEXF, which Gephi reads; gives notes on what it could not hold."""
    flat, lost = flatten(graph)
    _label(flat)
    for *_, key, data in flat.edges(keys=True, data=True):
        data["id"] = key
        data["label"] = data.get("word", "")
    writer = GEXFWriter(version="1.2draft")
    writer.add_graph(flat)
    _say_origin(writer.xml[0], origin)
    text = io.BytesIO()
    writer.write(text)
    stream.write(text.getvalue() + b"\n")
    return _notes(lost)


def _say_origin(meta: Any, origin: Origin) -> None:
    # networkx dates the file by the day it is written, so that no two days give the same bytes.
    meta.set("lastmodifieddate", origin.day)
    meta.find("creator").text = origin.homepage
    SubElement(meta, "description").text = " ".join(f"{line}." for line in origin.lines())


def _label(flat: nx.MultiDiGraph) -> None:
    """Give each node a `label`, the attribute that drawing programs show."""
    for name, data in flat.nodes(data=True):
        data["label"] = data.get("label_en") or data.get("label_zh") or name


def _notes(lost: int) -> tuple[str, ...]:
    return (f"{lost} control characters, which XML cannot hold, are written as U+FFFD",) if lost else ()
