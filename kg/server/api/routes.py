"""The lookup interface under `/api/v1`: the operations of `kg.operations` over HTTP, tables as JSON or CSV.

Every operation has the name and the parameters that it has as a tool and on the command line; an address is made for
each that is declared. Its description is at `/openapi.json`, for people at `/docs`. Errors are problems (RFC 9457).
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from types import MappingProxyType
from typing import Any

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel

from kg.formats import PICTURES
from kg.operations.catalogue import OPERATIONS
from kg.operations.models import read_arguments
from kg.operations.operation import Operation
from kg.operations.tables import TABLED
from kg.server.api.draw import draw
from kg.server.api.models import (
    ClaimAnswer,
    CoverageAnswer,
    EntityAnswer,
    Kinds,
    QuestionAnswer,
    Questions,
    Suggestions,
    TableAnswer,
    UnderstandingAnswer,
    WhyAnswer,
)
from kg.server.api.parameters import FORMAT, described_in_query, gather, parameters_of
from kg.server.api.responses import (
    TABLES,
    answer_json,
    answer_table,
    format_parameter,
    read_format,
    table_answers,
)
from kg.server.http.faults import FAULTS

__all__ = ["addressed", "router"]

router = APIRouter(prefix="/api/v1")

# What an answer is, where it is no table; of a table, whether it says how it was counted.
_MODELS: Mapping[str, type[BaseModel]] = MappingProxyType(
    {
        "entity": EntityAnswer,
        "claim": ClaimAnswer,
        "explanations": WhyAnswer,
        "questions": Questions,
        "sections": CoverageAnswer,
        "understanding": UnderstandingAnswer,
    }
)
_ENTRIES: Mapping[str, type[BaseModel]] = MappingProxyType({"suggest": Suggestions, "kinds": Kinds})


def addressed() -> list[Operation]:
    """Give the operations that have an address here: a file to match is posted, and has a module of its own."""
    return [one for one in OPERATIONS.values() if "http" not in one.not_on and one.gives != "file"]


async def _answer(request: Request, operation: Operation) -> Response:
    given = gather(request, operation)
    if operation.gives == "picture":
        arguments = read_arguments(operation.name, given, (FORMAT,))
        return await draw(request, arguments, given.get(FORMAT))
    if operation.gives not in TABLED:
        return await answer_json(request, operation.name, read_arguments(operation.name, given))
    arguments = read_arguments(operation.name, given, (FORMAT,))
    return await answer_table(request, read_format(request), operation.name, arguments)


def _endpoint(operation: Operation) -> Callable[[Request], Awaitable[Response]]:
    async def endpoint(request: Request) -> Response:
        return await _answer(request, operation)

    endpoint.__name__ = operation.name
    endpoint.__doc__ = operation.about
    return endpoint


def _responses(operation: Operation) -> dict[int | str, dict[str, Any]]:
    if operation.gives == "table":
        return table_answers(
            QuestionAnswer if operation.group == "networks" or operation.name == "ask" else TableAnswer
        )
    if operation.gives == "picture":
        content = {media: {"schema": {"type": "string"}} for media in (one.media_type for one in PICTURES.values())}
        return {200: {"description": "The picture", "content": content}, **FAULTS}
    model = _ENTRIES.get(operation.name) or _MODELS[operation.gives]
    if operation.gives in TABLED:
        return table_answers(model)
    return {200: {"model": model, "description": "The answer"}, **FAULTS}


def _described(operation: Operation) -> dict[str, Any]:
    """Describe the parameters for OpenAPI."""
    if operation.gives == "picture":
        about = "html is interactive, and there for relations only"
        return parameters_of(operation.name, format_parameter(PICTURES, about))
    if operation.gives in TABLED:
        return parameters_of(operation.name, format_parameter(TABLES, "Instead of Accept"))
    return parameters_of(operation.name)


def _add(operation: Operation, path: str, described: dict[str, Any]) -> None:
    router.add_api_route(
        path,
        _endpoint(operation),
        methods=["GET"],
        summary=operation.summary.en.rstrip("."),
        description=operation.about,
        responses=_responses(operation),
        openapi_extra=described,
        tags=[operation.group],
        response_class=Response,
    )


for _operation in addressed():
    if _operation.name == "ask":
        _add(_operation, "/ask", described_in_query(_described(_operation)))
        _add(_operation, "/ask/{question}", _described(_operation))
    else:
        _add(_operation, f"/{_operation.name}", _described(_operation))
