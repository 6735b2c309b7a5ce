"""What a reconciliation service tells of itself, in both versions. No manifest can satisfy both at once."""

from __future__ import annotations

from typing import Any

from kg import __version__
from kg.graph import Graph
from kg.ontology.schema import read_annotation
from kg.operations.parameters import LANGUAGE
from kg.rdf.namespaces import BASE, KG
from kg.reconciliation.answers import type_of
from kg.reconciliation.queries import MAX_BATCH
from kg.release.metadata import SUBJECT

__all__ = ["PREVIEW_SIZE", "manifest", "manifest_of_draft"]

PREVIEW_SIZE = (480, 320)
"""Width and height of a preview in pixels."""

_SETTINGS: tuple[tuple[str, str, str, str, Any], ...] = (
    ("select", LANGUAGE.name, "Language", f"{LANGUAGE.about.en}.", LANGUAGE.default),
    ("text", "as_of", "As of", "Only what documents published by this day, month or year say: 2025-05-17.", ""),
    ("number", "sources", "Independent sources", "Only what at least so many independent documents say.", 1),
    ("number", "most", "Values", "How many values an entity may have, at most.", 20),
)
_LANGUAGES = [{"value": one, "name": {"en": "English", "zh": "中文"}[one]} for one in LANGUAGE.choices]


def manifest(graph: Graph, root: str) -> dict[str, Any]:
    """Write the manifest of version 0.2 for a service at `root`, an absolute address without a slash at its end."""
    service = f"{root}/reconcile"

    def suggest(what: str) -> dict[str, str]:
        flyout = f"/flyout/{what}?id=${{id}}"
        path = f"/suggest/{what}"
        return {
            "service_url": service,
            "service_path": path,
            "flyout_service_url": service,
            "flyout_service_path": flyout,
        }

    width, height = PREVIEW_SIZE
    return {
        "versions": ["0.2"],
        "name": SUBJECT,
        "identifierSpace": BASE,
        "schemaSpace": KG,
        "documentation": f"{root}/docs",
        "serviceVersion": __version__,
        "defaultTypes": _default_types(graph),
        "view": {"url": f"{service}/view?id={{{{id}}}}"},
        "suggest": {what: suggest(what) for what in ("entity", "property", "type")},
        "preview": {"url": f"{service}/preview?id={{{{id}}}}", "width": width, "height": height},
        "extend": {
            "propose_properties": {"service_url": service, "service_path": "/extend/propose"},
            "property_settings": [_setting(entry, "name", "label", "help_text") for entry in _SETTINGS],
        },
        "batchSize": MAX_BATCH,
    }


def manifest_of_draft(graph: Graph, root: str) -> dict[str, Any]:
    """Write the manifest of version 1.0-draft for a service at `root`."""
    width, height = PREVIEW_SIZE
    return {
        "versions": ["1.0-draft"],
        "name": SUBJECT,
        "lang": "en",
        "documentation": f"{root}/docs",
        "serviceVersion": __version__,
        "defaultTypes": _default_types(graph),
        "view": {"url": f"{root}/reconcile/view?id={{id}}"},
        "suggest": {"entity": True, "property": True, "type": True},
        "preview": {"width": width, "height": height},
        "extend": {
            "proposeProperties": True,
            "propertySettings": [_setting(entry, "id", "name", "helpText") for entry in _SETTINGS],
        },
        "batchSize": MAX_BATCH,
        "standardizedScore": True,
    }


def _default_types(graph: Graph) -> list[dict[str, str]]:
    """Give what people bring lists of, in the order of the ontology, as far as there are such things."""
    order = read_annotation(graph.release.store, "matchingOrder", inherited=False)
    kinds = sorted(order, key=lambda kind: int(order[kind]))
    return [type_of(graph, kind) for kind in kinds if graph.schema.kinds_within(kind, graph.kinds())]


def _setting(entry: tuple[str, str, str, str, Any], name: str, label: str, help_text: str) -> dict[str, Any]:
    form, own, words, explanation, default = entry
    choices = {"choices": _LANGUAGES} if form == "select" else {}
    return {"type": form, name: own, label: words, help_text: explanation, "default": default} | choices
