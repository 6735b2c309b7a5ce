"""The lookup interface under `/api/v1`: the verbs of `kg.Graph` over HTTP, as JSON and tables as CSV too.

Every verb has the name it has in Python and on the command line. Its description is at `/openapi.json`, for people
at `/docs`. Errors are problems (RFC 9457) that say what to do.
"""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Query, Request, Response

from kg.server.api.models import (
    ClaimAnswer,
    CoverageAnswer,
    EntityAnswer,
    Find,
    Kinds,
    QuestionAnswer,
    Questions,
    Suggestions,
    TableAnswer,
    Why,
    WhyAnswer,
)
from kg.server.api.responses import FAULTS, Language, ResultFormat, answer_json, answer_table, table_answers

__all__ = ["router"]

router = APIRouter(prefix="/api/v1", tags=["lookups"])

# Of the address of a question, all else is a parameter of it.
_RESERVED = frozenset({"language", "format"})
_Thing = Annotated[
    str, Query(min_length=1, max_length=500, description="An id, an IRI, or a name", examples=["company/catl"])
]
_Property = Annotated[str | None, Query(max_length=200, description="A property of the ontology")]
_Question = Annotated[str, Path(max_length=200, description="The name of a question", examples=["base-operator"])]

_FREE = {
    "parameters": [
        {
            "name": "parameters",
            "in": "query",
            "style": "form",
            "explode": True,
            "description": "The parameters of the question by their names; those left out take their defaults",
            "schema": {"type": "object", "additionalProperties": {"type": "string"}},
        }
    ]
}


@router.get("/find", summary="Find entities by name", responses=table_answers(TableAnswer))
async def find(request: Request, form: ResultFormat, asked: Annotated[Find, Query()]) -> Response:
    """Find by prefix, with slips, by Chinese characters, pinyin or its initials; each match says why it matched."""
    return await answer_table(request, form, "find", asked.model_dump())


@router.get("/suggest", summary="Names to choose from while one types", response_model=Suggestions, responses=FAULTS)
async def suggest(
    request: Request,
    text: Annotated[str, Query(min_length=1, max_length=200, examples=["ning"])],
    limit: Annotated[int, Query(ge=1, le=50)] = 8,
    language: Language = "en",
) -> Response:
    """Give the few best names for what has been typed so far."""
    arguments = {"text": text, "limit": limit, "language": language}
    return await answer_json(request, "suggestions", arguments, "suggestions")


@router.get("/kinds", summary="The classes that have entities", response_model=Kinds, responses=FAULTS)
async def kinds(request: Request, language: Language = "en") -> Response:
    """List the classes with the number of their entities, to narrow a search by."""
    return await answer_json(request, "kinds", {"language": language}, "kinds")


@router.get("/show", summary="Everything about an entity", response_model=EntityAnswer, responses=FAULTS)
async def show(request: Request, entity: _Thing) -> Response:
    """Give the names of an entity and every statement of the accepted view about it, each with its claims."""
    return await answer_json(request, "show", {"entity": entity})


@router.get("/neighbours", summary="What an entity is tied to", responses=table_answers(TableAnswer))
async def neighbours(
    request: Request, form: ResultFormat, entity: _Thing, relation: _Property = None, language: Language = "en"
) -> Response:
    """Count the neighbours of an entity for each relation; with a relation, list those by it with their claims."""
    return await answer_table(
        request, form, "neighbours", {"entity": entity, "relation": relation or None, "language": language}
    )


@router.get("/claims", summary="Claims about an entity, or of a document", responses=table_answers(TableAnswer))
async def claims(
    request: Request,
    form: ResultFormat,
    of: Annotated[str, Query(min_length=1, max_length=500, examples=["base/yanzhou/phase-one"])],
    property_name: Annotated[str | None, Query(alias="property", max_length=200, examples=["landArea"])] = None,
) -> Response:
    """Give every claim, outranked ones as well, with document, date, grade, printed figure and position."""
    return await answer_table(request, form, "claims", {"of": of, "property_name": property_name or None})


@router.get("/claim", summary="One claim in full", response_model=ClaimAnswer, responses=FAULTS)
async def claim(
    request: Request,
    name: Annotated[str, Query(min_length=1, max_length=500, examples=["claim/shandong-times-60gwh/phase-one-land"])],
    language: Language = "en",
) -> Response:
    """Give what a claim says, who says it and where, and what ranks above or below it."""
    return await answer_json(request, "claim", {"name": name, "language": language})


@router.get("/why", summary="Who says so", response_model=WhyAnswer, responses=FAULTS)
async def why(request: Request, asked: Annotated[Why, Query()]) -> Response:
    """Give the claims behind a statement, or the rule that infers it with the grounds of its premises."""
    arguments = {"subject": asked.subject, "predicate": asked.property, "target": asked.value or None}
    return await answer_json(request, "why", arguments, "explanations")


@router.get("/questions", summary="The named questions", response_model=Questions, responses=FAULTS)
async def questions(request: Request) -> Response:
    """List the questions with their parameters, columns and queries."""
    return await answer_json(request, "catalogue", {}, "questions")


@router.get(
    "/ask/{question}", summary="Ask a named question", responses=table_answers(QuestionAnswer), openapi_extra=_FREE
)
async def ask(request: Request, form: ResultFormat, question: _Question, language: Language = "en") -> Response:
    """Answer a question; every row has the claims behind it. No row means not stated, which is not a no."""
    given = {name: text for name, text in request.query_params.items() if name not in _RESERVED}
    arguments = {"question": question, "language": language, "parameters": given}
    return await answer_table(request, form, "ask", arguments)


@router.get("/conflicts", summary="Where sources disagree", responses=table_answers(TableAnswer))
async def conflicts(
    request: Request,
    form: ResultFormat,
    entity: Annotated[str | None, Query(max_length=500, examples=["base/yanzhou"])] = None,
) -> Response:
    """List every claim on a property to which the sources give more than one value, the accepted one first."""
    return await answer_table(request, form, "conflicts", {"entity": entity or None})


@router.get(
    "/coverage", summary="What is covered, and where it is thin", response_model=CoverageAnswer, responses=FAULTS
)
async def coverage(request: Request) -> Response:
    """Count entities, claims and sources by kind, stage and region; list what is missing or stale."""
    return await answer_json(request, "coverage_report", {}, "sections")


@router.get("/changes", summary="What changed since the release before", responses=table_answers(TableAnswer))
async def changes(request: Request, form: ResultFormat) -> Response:
    """List the claims that came, went, were restated or were ranked anew."""
    return await answer_table(request, form, "changes", {})
