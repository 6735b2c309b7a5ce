"""A small page about one entity, to be shown beside a table: what it is, where, and a few statements with sources.

Names come from outside, so the page is made by a template that escapes everything.
"""

from __future__ import annotations

from functools import cache
from html import escape
from pathlib import Path
from typing import Any

import jinja2

from kg.errors import NotFound
from kg.graph import Graph
from kg.matching.extension import CellValue, ExtensionColumn, words_for
from kg.matching.matcher import words_about
from kg.rdf import NamedNode
from kg.rdf.labels import label
from kg.rdf.namespaces import shorten
from kg.rdf.nodes import find_node
from kg.reconciliation.suggestions import columns_of
from kg.tables.cells import calm

__all__ = ["flyout", "preview"]

_ROWS = 6
_MOST_VALUES = 2
_MOST_CHARACTERS = 160


@cache
def _template() -> jinja2.Template:
    environment = jinja2.Environment(autoescape=True, undefined=jinja2.StrictUndefined)
    return environment.from_string(Path(__file__).with_name("preview.html").read_text(encoding="utf-8"))


def preview(graph: Graph, entity: str, language: str = "en") -> str:
    """Write the page of an entity; NotFound for an unknown id."""
    node = _require(graph, entity)
    return _template().render(
        language=language,
        id=shorten(node.value),
        name=_cut(label(graph.release.store, node, language)),
        description=_cut(words_about(graph.properties, node, language)),
        rows=_rows(graph, node, language),
    )


def flyout(graph: Graph, what: str, name: str) -> dict[str, str]:
    """Say in a line of HTML what a suggested entity, type or property is."""
    if what == "entity":
        node = _require(graph, name)
        title, about = label(graph.release.store, node), words_about(graph.properties, node)
    elif what == "type":
        known = graph.schema.class_named(name)
        if known is None:
            raise NotFound("type", name)
        kind = graph.schema.classes[known]
        title, about = kind.labels.get("en", known), kind.definitions.get("en", "")
    else:
        words = words_for(graph.properties, ExtensionColumn.read(name, {}))
        if words is None:
            raise NotFound("property", name)
        title, about = words[0], words[1].definitions.get("en", "")
    return {"id": name, "html": f"<p><b>{escape(_cut(title))}</b></p><p>{escape(_cut(about))}</p>"}


def _require(graph: Graph, entity: str) -> NamedNode:
    node = find_node(graph.release.store, entity)
    if node is None:
        raise NotFound("entity", entity[:200])
    return node


def _rows(graph: Graph, node: NamedNode, language: str) -> list[dict[str, Any]]:
    rows = []
    for property_name in columns_of(graph, node)[:_ROWS]:
        columns = [
            ExtensionColumn.read(name, {"language": language, "most": _MOST_VALUES})
            for name in (property_name, f"{property_name}:printed", f"{property_name}:source")
        ]
        words = words_for(graph.properties, columns[0], language)
        cells = graph.extend([node.value], columns)[node.value]
        shown = [_shown(form) for form in cells[f"{property_name}:printed"] or cells[property_name]]
        source = next((_shown(form) for form in cells[f"{property_name}:source"]), "")
        if words and shown:
            rows.append({"label": words[0], "value": _cut("; ".join(shown)), "source": _cut(source)})
    return rows


def _shown(form: CellValue) -> str:
    return str(form.get("name") or next(iter(form.values()), ""))


def _cut(text: str) -> str:
    line = calm(text)
    return line if len(line) <= _MOST_CHARACTERS else line[: _MOST_CHARACTERS - 1] + "…"
