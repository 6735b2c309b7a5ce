"""The parameters of an operation in an address: how they are gathered, and how OpenAPI describes them."""

from __future__ import annotations

from typing import Any

from fastapi import Request

from kg.errors import UsageError
from kg.operations.catalogue import OPERATIONS
from kg.operations.models import arguments_model
from kg.operations.operation import Operation

__all__ = ["FORMAT", "FREE", "gather", "parameters_of"]

FORMAT = "format"
"""What an address takes beside the parameters of the operation."""

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
    if "question" in request.path_params:
        return _of_a_question(request, operation, given)
    return given


def _of_a_question(request: Request, operation: Operation, given: dict[str, Any]) -> dict[str, Any]:
    own = {one.name for one in operation.all_parameters} - {FREE, "question"} | {FORMAT}
    parameters = {name: value for name, value in given.items() if name not in own}
    kept = {name: value for name, value in given.items() if name in own}
    return kept | {"question": request.path_params["question"], FREE: parameters}


def parameters_of(name: str, *more: dict[str, Any]) -> dict[str, Any]:
    """Describe the parameters of an operation for OpenAPI, and what an address takes beside them."""
    schema = arguments_model(name).model_json_schema()
    return {"parameters": [*(_parameter(OPERATIONS[name], *one) for one in schema["properties"].items()), *more]}


def _parameter(operation: Operation, name: str, own: dict[str, Any]) -> dict[str, Any]:
    schema = {key: value for key, value in own.items() if key not in ("title", "description")}
    described = {
        "name": name,
        "in": "path" if (operation.name, name) == ("ask", "question") else "query",
        "required": operation.parameter(name).required,
        "description": own.get("description", ""),
        "schema": schema,
    }
    if (operation.name, name) == ("ask", FREE):
        schema = {"type": "object", "additionalProperties": {"type": "string"}}
        return described | {"style": "form", "explode": True, "schema": schema}
    return described
