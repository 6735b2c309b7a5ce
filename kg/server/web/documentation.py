"""The documentation of the interface, made from its own OpenAPI description: one source, no script, no network."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from copy import deepcopy
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from kg.formats import HTML, PROBLEM
from kg.release.metadata import LICENCE, LICENCE_SHORT, TITLE
from kg.server.http.description import ROUTELESS
from kg.server.http.faults import ANYWHERE, faults

__all__ = ["describe", "operations"]

Plain = dict[str, Any]

# A request that is wrong in its form is a problem with status 400 here, not what FastAPI makes of it.
_AT_THE_DOOR = ("408", "414", "421", "431")
_FOREIGN = ("HTTPValidationError", "ValidationError")


def describe(app: FastAPI, public: str = "") -> Plain:
    """Describe the interface by OpenAPI, as it really answers; `public` is the address at which the world sees it."""
    described = get_openapi(
        title=TITLE,
        version=app.version,
        description=(
            "Every fact is a claim of one document, and says how well its page bears it out. The same "
            "release always gives the same answer and is named in each. What the sources do not state is null, "
            "which is not a no."
        ),
        license_info={"name": f"Data: {LICENCE_SHORT}", "identifier": LICENCE},
        routes=app.routes,
        servers=[{"url": public.rstrip("/")}] if public else None,
    )
    schemas = described["components"]["schemas"]
    described["paths"] |= deepcopy(dict(ROUTELESS))
    for methods in described["paths"].values():
        for operation in methods.values():
            operation["responses"] = _responses(operation["responses"])
            for body in operation.get("requestBody", {}).get("content", {}).values():
                schemas |= body["schema"].pop("$defs", {})
    for name in _FOREIGN:
        schemas.pop(name, None)
    return described


def _responses(own: Mapping[Any, Plain]) -> Plain:
    """Describe what an operation answers: what it says itself, and what any address may answer. Faults are problems."""
    anywhere = {str(code): fault for code, fault in faults(*ANYWHERE).items()}
    own = {str(code): answer for code, answer in own.items()}
    responses = {code: own.get(code) or anywhere[code] for code in sorted({*own, *anywhere} - {"422"})}
    # Where errors are pages too, so are those of workers; what is refused at the door is a problem always.
    has_pages = any(_is_problem(answer) and HTML.media_type in answer["content"] for answer in own.values())
    page = {HTML.media_type: {"schema": {"type": "string"}}} if has_pages else {}
    problem = {PROBLEM.media_type: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    return {
        code: {"description": answer["description"], "content": problem | ({} if code in _AT_THE_DOOR else page)}
        if "model" in answer or _is_problem(answer)
        else answer
        for code, answer in responses.items()
    }


def _is_problem(answer: Plain) -> bool:
    return PROBLEM.media_type in answer.get("content", {})


def operations(described: Mapping[str, Any]) -> list[tuple[str, list[Plain]]]:
    """Give the operations of an OpenAPI document by tag, in the order of the document."""
    groups: dict[str, list[Plain]] = {}
    for path, methods in described["paths"].items():
        for method, operation in methods.items():
            tag = (operation.get("tags") or ["other"])[0]
            groups.setdefault(tag, []).append(_operation(path, method, operation))
    return list(groups.items())


def _operation(path: str, method: str, operation: Mapping[str, Any]) -> Plain:
    parameters = list(_parameters(operation))
    return {
        "id": operation["operationId"],
        "method": method.upper(),
        "path": path,
        "summary": operation.get("summary", ""),
        "description": operation.get("description", ""),
        "parameters": parameters,
        # A form can fill a query, not a path.
        "simple": all(parameter["where"] == "query" for parameter in parameters),
        "example": _example(path, method, parameters),
        "responses": [(code, answer.get("description", "")) for code, answer in operation["responses"].items()],
    }


def _parameters(operation: Mapping[str, Any]) -> Iterator[Plain]:
    for parameter in operation.get("parameters", ()):
        schema = parameter.get("schema", {})
        kinds = [schema, *schema.get("anyOf", ())]
        choices: list[str] = next((kind["enum"] for kind in kinds if "enum" in kind), [])
        yield {
            "name": parameter["name"],
            "where": parameter["in"],
            "required": parameter.get("required", False),
            "description": parameter.get("description", ""),
            "choices": [choice for choice in choices if choice],
            "default": schema.get("default"),
            "example": next(iter(schema.get("examples", ())), None),
        }


def _example(path: str, method: str, parameters: list[Plain]) -> str:
    """Write a request that can be typed."""
    query = "&".join(
        f"{one['name']}={one['example'] or '…'}" for one in parameters if one["where"] == "query" and one["required"]
    )
    for one in parameters:
        if one["where"] == "path" and one["example"]:
            path = path.replace(f"{{{one['name']}}}", str(one["example"])).replace(
                f"{{{one['name']}:path}}", str(one["example"])
            )
    return f"{method.upper()} {path}{'?' + query if query else ''}"
