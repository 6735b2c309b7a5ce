"""The parameters of an operation in an address: how they are gathered, and how OpenAPI describes them."""

from __future__ import annotations

from typing import Any

from fastapi import Request

from kg.errors import UsageError
from kg.operations.catalogue import OPERATIONS
from kg.operations.models import arguments_model
from kg.operations.operation import Operation

__all__ = ["FORMAT", "FREE", "described_in_query", "gather", "parameters_of"]

FORMAT = "format"
"""What an address takes beside the parameters of the operation."""

# Blanks, controls and invisible signs: a name of nothing else is none.
_NOTHING = (
    "\u0000-\u0020\u007f-\u00a0\u00ad\u0600-\u0605\u061c\u06dd\u070f\u0890-\u0891\u08e2\u1680"
    "\u180e\u2000-\u200f\u2028-\u202f\u205f-\u2064\u2066-\u206f\u3000\ufeff\ufff9-\ufffb"
    "\U000110bd\U000110cd\U00013430-\U00013438\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"
    "\U000e0001\U000e0020-\U000e007f"
)
_SOME_CONTENT = f"[^{_NOTHING}]"
_ASSIGNMENT = "^[^=]+=.+$"

FREE = "parameters"
"""The parameters of a question stand in the address beside those of `ask` itself."""


def gather(request: Request, operation: Operation) -> dict[str, Any]:
    """Gather what stands in the address; raises UsageError for what is given twice and may not be."""
    given: dict[str, Any] = {}
    lists = {name for one in operation.all_parameters if one.kind in ("choices", "texts") for name in one.names}
    for name, value in request.query_params.multi_items():
        if name in lists:
            given.setdefault(name, []).append(value)
        elif given.setdefault(name, value) != value and name != FORMAT:
            raise UsageError(f"{name} is given twice, as {given[name]!r} and {value!r}; give it once")
    if operation.name == "ask":
        # Words may hold signs that no path can: they stand behind the question mark then.
        return _of_a_question(operation, given | request.path_params)
    return given


def _of_a_question(operation: Operation, given: dict[str, Any]) -> dict[str, Any]:
    own = {one.name for one in operation.all_parameters} - {FREE} | {FORMAT}
    parameters = {name: value for name, value in given.items() if name not in own}
    kept = {name: value for name, value in given.items() if name in own}
    return kept | {FREE: parameters}


def described_in_query(described: dict[str, Any]) -> dict[str, Any]:
    """Give the description of an address with all of its parameters behind the question mark."""
    return {"parameters": [one | {"in": "query"} for one in described["parameters"]]}


def parameters_of(name: str, *more: dict[str, Any]) -> dict[str, Any]:
    """Describe the parameters of an operation for OpenAPI, and what an address takes beside them."""
    schema = arguments_model(name).model_json_schema()
    return {"parameters": [*(_parameter(OPERATIONS[name], *one) for one in schema["properties"].items()), *more]}


def _or_empty(schema: dict[str, Any]) -> dict[str, Any]:
    """Describe a text that need not be given: one that is empty says nothing, as the fields of a form do."""
    if "anyOf" in schema:
        kinds = [_or_empty(one) for one in schema["anyOf"] if one != {"type": "null"}]
        return schema | {"anyOf": [each for one in kinds for each in one.get("anyOf", (one,))]}
    if schema.get("type") != "string" or "enum" in schema:
        return schema
    if "pattern" in schema:
        return {"anyOf": [{"type": "string", "format": "date"}, {"type": "string", "maxLength": 0}]}
    return {key: value for key, value in schema.items() if key != "minLength"}


def _parameter(operation: Operation, name: str, own: dict[str, Any]) -> dict[str, Any]:
    schema = {key: value for key, value in own.items() if key not in ("title", "description")}
    described = {
        "name": name,
        "in": "path" if (operation.name, name) == ("ask", "question") else "query",
        "required": operation.parameter(name).required,
        "description": own.get("description", ""),
        "schema": schema,
    }
    kind = operation.parameter(name).kind
    if not described["required"]:
        schema = described["schema"] = _or_empty(schema)
    elif kind == "text":
        schema["pattern"] = _SOME_CONTENT
    if kind in ("entity", "concept"):
        for one in (schema, *schema.get("anyOf", ())):
            if one.get("type") == "string":
                one["pattern"] = _SOME_CONTENT if described["required"] else f"^$|{_SOME_CONTENT}"
    if kind == "texts":
        schema["items"] = {**schema["items"], "pattern": _ASSIGNMENT}
    if (operation.name, name) == ("ask", FREE):
        schema = {"type": "object", "additionalProperties": {"type": "string"}}
        return described | {"style": "form", "explode": True, "schema": schema}
    return described
