"""What the requests of the Entity Reconciliation API hold and what its answers are, as OpenAPI tells it.

The answers are those of the specifications (`kg.reconciliation`), which have schemas of their own; here stands what is
taken from a client, with our bounds.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from kg.formats import FORM, JSON
from kg.languages import LANGUAGES
from kg.matching.matcher import MAX_CANDIDATES
from kg.reconciliation.queries import MAX_BATCH, MAX_COLUMNS, MAX_IDS, MAX_PARTS, QUANTIFIERS, STRICT
from kg.server.http.faults import Responses, faults

__all__ = ["FORM_BODY", "IN_ADDRESS", "REQUESTS", "answers", "json_body"]

Plain = dict[str, Any]
MOST_COUNT = 1000

_ID: Plain = {"type": "object", "required": ["id"], "properties": {"id": {"type": "string"}}}
_VALUE: Plain = {"anyOf": [{"type": ["string", "number", "boolean"]}, _ID]}
_VALUES: Plain = {"anyOf": [_VALUE, {"type": "array", "items": _VALUE, "maxItems": MAX_PARTS}]}
_NULL: Plain = {"type": "null"}
_VALUES_OR_NULL: Plain = {"anyOf": [_VALUES, _NULL]}
_TYPE: Plain = {"anyOf": [{"type": "string"}, _ID]}
_TYPES: Plain = {"anyOf": [_TYPE, {"type": "array", "items": _TYPE, "maxItems": MAX_PARTS}, _NULL]}
_LIMIT: Plain = {"type": "number", "minimum": 1, "description": f"At most {MAX_CANDIDATES} are given."}

_QUERY: Plain = {
    "type": "object",
    "required": ["query"],
    "properties": {
        "query": {
            "type": ["string", "null"],
            "description": "A name; where it is empty, properties say what is meant.",
        },
        "type": _TYPES,
        "type_strict": {"enum": [*STRICT, None]},
        "limit": _LIMIT,
        "properties": {
            "type": ["array", "null"],
            "maxItems": MAX_PARTS,
            "items": {
                "type": "object",
                "required": ["pid"],
                "properties": {"pid": {"type": "string"}, "v": _VALUES_OR_NULL},
            },
        },
    },
}
# A query that is wrong is told in its place; where none is right, so is the batch.
_NONE_RIGHT: Plain = {"minProperties": 1, "additionalProperties": {"not": _QUERY}}
_QUERIES: Plain = {
    "type": "object",
    "maxProperties": MAX_BATCH,
    "additionalProperties": {"anyOf": [_QUERY, {}]},
    "not": _NONE_RIGHT,
}

_SETTINGS: Plain = {
    "type": ["object", "null"],
    "properties": {
        "language": {"enum": [*LANGUAGES, None]},
        "as_of": {"anyOf": [{"type": "string", "format": "date"}, _NULL]},
        "sources": {"type": ["integer", "null"], "minimum": 1, "maximum": MOST_COUNT},
        "most": {"type": ["integer", "null"], "minimum": 1, "maximum": MOST_COUNT},
    },
}
_EXTENSION: Plain = {
    "type": "object",
    "required": ["ids", "properties"],
    "properties": {
        "ids": {"type": "array", "maxItems": MAX_IDS, "items": {"type": "string"}},
        "properties": {
            "type": "array",
            "maxItems": MAX_COLUMNS,
            "items": {
                "type": "object",
                "required": ["id"],
                "properties": {"id": {"type": "string"}, "settings": _SETTINGS},
            },
        },
    },
}


def _condition(kinds: list[str], **more: Plain) -> Plain:
    fields = sorted({"matchType", "propertyValue", *more})
    properties = {
        "matchType": {"enum": kinds},
        "propertyValue": _VALUES,
        "required": {"type": ["boolean", "null"]},
        "matchQuantifier": {"enum": [*QUANTIFIERS, None]},
    }
    return {"type": "object", "required": fields, "properties": properties | more}


_OF_A_PROPERTY: Plain = {"propertyId": {"type": "string"}, "propertyValue": _VALUES_OR_NULL}
_CONDITIONS: Plain = {
    "type": "array",
    "minItems": 1,
    "maxItems": MAX_PARTS,
    "items": {"anyOf": [_condition(["name", "id"]), _condition(["property"], **_OF_A_PROPERTY)]},
}
_CONDITIONAL_QUERY: Plain = {
    "type": "object",
    "required": ["conditions"],
    "properties": {"type": _TYPES, "limit": _LIMIT, "conditions": _CONDITIONS},
}
_BATCH: Plain = {
    "type": "object",
    "required": ["queries"],
    "properties": {
        "queries": {
            "type": "array",
            "maxItems": MAX_BATCH,
            "anyOf": [{"contains": _CONDITIONAL_QUERY}, {"maxItems": 0}],
        }
    },
}
REQUESTS: Mapping[str, Plain] = MappingProxyType({"queries": _QUERIES, "extend": _EXTENSION, "batch": _BATCH})
"""What may be asked, by the name of the parameter, or `batch` for the body of a match of 1.0-draft."""

_NAMED = ("queries", "extend")
FORM_BODY: Plain = {
    "requestBody": {
        "content": {
            FORM.media_type: {
                "schema": {
                    "type": "object",
                    "description": "One of the two, as JSON; without any the manifest is given.",
                    "properties": {name: REQUESTS[name] for name in _NAMED},
                },
                "encoding": {name: {"contentType": JSON.media_type} for name in _NAMED},
            }
        }
    }
}
IN_ADDRESS: Plain = {
    "parameters": [
        {"name": name, "in": "query", "required": False, "content": {JSON.media_type: {"schema": REQUESTS[name]}}}
        for name in _NAMED
    ]
}


def json_body(name: str) -> Plain:
    """Describe a body of JSON."""
    return {"requestBody": {"required": True, "content": {JSON.media_type: {"schema": REQUESTS[name]}}}}


def answers(about: str, *codes: int, media: str = JSON.media_type, status: int = 200) -> Responses:
    """Describe an answer, a small page of HTML as well, and what can go wrong."""
    schema = {"type": "object"} if media == JSON.media_type else {"type": "string"}
    content = {} if status == 303 else {"content": {media: {"schema": schema}}}
    return {status: {"description": about, **content}, **faults(*codes)}
